"""Proves a rewritten file before anybody may write it: the new text is the old one with exactly these edits.

The trees are compared by applying the edits a second time, to ``ast``, without the engine. Nothing is
changed here, and that a second run finds nothing is checked by the stages, not here.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.findings.edits import AddImport, Edit
from migrate.rewrite.engine.edits import merged
from migrate.rewrite.engine.imports import import_line, opening_length, provides
from migrate.rewrite.engine.source import TextOffsets, parse, quietly, split_lines
from migrate.rewrite.proof.loose import prove_bound
from migrate.rewrite.proof.names import Names
from migrate.rewrite.proof.outside import prove_outside
from migrate.rewrite.proof.removing import kept_lines
from migrate.rewrite.proof.text import without_imports, without_inserted
from migrate.rewrite.proof.tree import Expected
from migrate.rewrite.proof.uses import Pairing, Use, changes


def prove(text: str, edits: Sequence[Edit], new_text: str) -> None:
    """Raises ProofError unless ``new_text`` is ``text`` with ``edits`` applied, and nothing else.

    Both texts come without a BOM. Checked are: libcst prints the original exactly; the new text parses;
    its tree is the expected one; text outside the edits is the same; new imports stand there once; names
    that edits use are bound where they use them; no name loses what it was bound to.
    """
    wanted = merged(edits)
    if not wanted:
        if new_text != text:
            raise ProofError("proof", "the text changed without an edit")
        return
    from migrate.rewrite.engine.cst_module import parse_exactly

    parse_exactly(text)
    try:
        _prove_change(text, wanted, new_text)
    except RecursionError as error:
        raise ProofError("proof", "the file is nested too deeply to be proved") from error


def _prove_change(text: str, edits: Sequence[Edit], new_text: str) -> None:
    original, actual = parse(text, rule="proof"), parse(new_text, "the new text", "proof")
    added = _added_imports(original.body, actual.body, edits)
    expected = Expected(text, edits)
    pairing = Pairing(expected.tree(original).body, actual.body, added)
    _prove_tree(pairing)
    found, regions = changes(expected, pairing)
    remaining = _without_inserted(expected, pairing, found, new_text)
    prove_outside(expected.lines, remaining, regions, edits, expected.removed)
    _prove_names(expected, pairing, found, new_text, edits)
    prove_bound(text, new_text)


def _added_imports(old: Sequence[ast.stmt], new: Sequence[ast.stmt], edits: Sequence[Edit]) -> dict[int, str]:
    """Where the imports stand that the old text lacks, by index in the new module."""
    present = list(old)
    added: dict[int, str] = {}
    for edit in edits:
        if not isinstance(edit, AddImport) or any(provides(node, edit) for node in present):
            continue
        line = import_line(edit)
        node = parse(line, f"the import {line!r}", "proof").body[0]
        places = [index for index, one in enumerate(new) if ast.dump(one) == ast.dump(node)]
        if len(places) != 1 or places[0] < max(opening_length(old), opening_length(new)):
            raise ProofError(
                "proof", f"{line!r} must stand once at the module's top, not {len(places)} times"
            )
        present.append(node)
        added[places[0]] = line
    return added


def _prove_tree(pairing: Pairing) -> None:
    """Raises ProofError with the first statement that is not as expected."""
    rest = [pairing.new[place] for place in pairing.rest()]
    for one, two in zip(pairing.old, rest, strict=False):
        if quietly(lambda: ast.dump(one), "the tree", "proof") != ast.dump(two):  # noqa: B023  called at once
            raise ProofError("proof", f"line {two.lineno}: the new syntax tree is not the expected one")
    if len(pairing.old) != len(rest):
        raise ProofError("proof", "the new syntax tree has other statements than expected")


def _without_inserted(
    expected: Expected, pairing: Pairing, found: Sequence[Use], new_text: str
) -> TextOffsets:
    """The new text with inserted statements and imports taken out; lines keep their numbers."""
    lines = split_lines(new_text)
    without_inserted(lines, found)
    without_imports(kept_lines(expected.lines, expected.removed), lines, pairing, expected.brought)
    if not expected.lines.text.endswith(("\n", "\r")) and not new_text.endswith(("\n", "\r")):
        # The last line had no end; it needed one only because lines were added behind it.
        last = max((number for number, line in enumerate(lines) if line), default=0)
        lines[last:] = [line.rstrip("\r\n") for line in lines[last:]]
    return TextOffsets(lines)


def _prove_names(
    expected: Expected, pairing: Pairing, found: Sequence[Use], new_text: str, edits: Sequence[Edit]
) -> None:
    imports = [edit for edit in edits if isinstance(edit, AddImport)]
    if not imports and not found:
        return
    names = Names(new_text, pairing.new)
    for edit in imports:
        if import_line(edit) in pairing.added.values():
            names.prove_import(edit)
    for use in found:
        names.prove_use(use, imports, expected.targets[use.edit])
