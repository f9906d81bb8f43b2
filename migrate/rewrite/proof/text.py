"""Takes inserted statements and imports out of the new text's lines again, and proves that they were all.

It trusts the trees to be as expected; the text around changed expressions is not its business.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Sequence

from migrate.errors import ProofError
from migrate.findings.edits import InsertAfter, RemoveStatement
from migrate.rewrite.engine.edits import where
from migrate.rewrite.engine.source import split_lines
from migrate.rewrite.proof.uses import Pairing, Use

# A blank line above the import and two below it: what PEP 8 can ask for.
_BLANK_LINES = 3


def without_inserted(new_lines: list[str], found: Sequence[Use]) -> None:
    """Empties the lines of ``new_lines`` that InsertAfter brought. Raises ProofError where they hold more."""
    for use in found:
        if isinstance(use.edit, InsertAfter) and isinstance(use.node, ast.stmt):
            _take_out(new_lines, use.node, use.edit.code, where(use.edit))
            _take_out_blank(new_lines, use.node.lineno - 1, use.edit)
        elif isinstance(use.edit, RemoveStatement) and isinstance(use.node, ast.stmt):
            _take_out(new_lines, use.node, "pass", where(use.edit))


def _take_out(new_lines: list[str], node: ast.stmt, code: str, place: str) -> None:
    first, last = node.lineno - 1, node.end_lineno or node.lineno
    written = "".join(new_lines[first:last])
    # Continued lines are indented as the block is; that strings kept their spaces the trees have shown.
    if _stripped(written) != _stripped(code):
        raise ProofError("proof", f"{place}: the new line holds more than {code!r}")
    new_lines[first:last] = [""] * (last - first)


def _take_out_blank(new_lines: list[str], first: int, edit: InsertAfter) -> None:
    for place in range(first - edit.blank, first):
        if place < 0 or new_lines[place].strip():
            raise ProofError("proof", f"{where(edit)}: the lines before the new one are not blank")
        new_lines[place] = ""


def _stripped(source: str) -> list[str]:
    return [line.strip() for line in split_lines(source.strip())]


def without_imports(
    old_lines: Sequence[str], new_lines: list[str], pairing: Pairing, brought: Container[int]
) -> None:
    """Empties the lines of ``new_lines`` that hold new imports, and takes back the blank lines around them.

    ``brought`` holds the ids of statements in ``pairing.old`` that edits brought in. Raises ProofError
    where anything but blank lines differs around an import.
    """
    for place, code in pairing.added.items():
        _take_out(new_lines, pairing.new[place], code, "the imports")
    kept = {
        new: node for new, node in zip(pairing.rest(), pairing.old, strict=True) if id(node) not in brought
    }
    for place in pairing.added:
        before = max((new for new in kept if new < place), default=None)
        behind = min((new for new in kept if new > place), default=None)
        old_gap = slice(
            0 if before is None else kept[before].end_lineno or 0,
            len(old_lines) if behind is None else _first_line(kept[behind]) - 1,
        )
        new_gap = slice(
            0 if before is None else pairing.new[before].end_lineno or 0,
            len(new_lines) if behind is None else _first_line(pairing.new[behind]) - 1,
        )
        old, new = old_lines[old_gap], new_lines[new_gap]
        if not _same_but_blank(old, new, _BLANK_LINES * len(pairing.added)):
            raise ProofError("proof", "more than an import changed where the import was added")
        new_lines[new_gap] = [*old, *[""] * (len(new) - len(old))]


def _same_but_blank(old: Sequence[str], new: Sequence[str], most: int) -> bool:
    """Whether ``new`` is ``old`` with up to ``most`` blank lines more; "" is a line taken out already."""
    added = sum(1 for line in new if line and not line.strip()) - sum(1 for line in old if not line.strip())
    return 0 <= added <= most and _written(old) == _written(new)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _written(lines: Sequence[str]) -> list[str]:
    return [line.rstrip("\r\n") for line in lines if line.strip()]
