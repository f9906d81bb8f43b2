"""Says whether a module has an import at its top level, and where a new one belongs.

It reads ``ast`` statements only; it writes nothing.
"""

from __future__ import annotations

import ast
import bisect
import itertools
import sys
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from migrate.findings.edits import AddImport

Import: TypeAlias = "ast.Import | ast.ImportFrom"
_WIDTH = 100
_Key: TypeAlias = "tuple[int | bool | str, ...]"


class Slot(NamedTuple):
    """A new import goes before statement ``place`` of the module (its length: behind the last one).

    ``touches`` says which import it continues without a blank line: the one before, the one behind,
    or none.
    """

    place: int
    touches: Literal["before", "behind", "none"]


def import_line(edit: AddImport) -> str:
    """The statement as source text."""
    return f"import {edit.module}" if edit.name is None else f"from {edit.module} import {edit.name}"


def import_of(module: str, names: Sequence[str]) -> str:
    """``from module import`` of ``names``, each on a line of its own where one line would be too long."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return line
    return f"from {module} import (\n" + "".join(f"    {one},\n" for one in names) + ")"


def bound_name(edit: AddImport) -> str:
    """The name that the import gives to the module: ``os`` for ``import os.path``."""
    return edit.module.partition(".")[0] if edit.name is None else edit.name


def provides(statement: ast.stmt, edit: AddImport) -> bool:
    """Whether ``statement`` is an import that does all that ``edit`` asks for, under the same name."""
    if edit.name is None:
        return isinstance(statement, ast.Import) and any(
            alias.asname is None and f"{alias.name}.".startswith(f"{edit.module}.")
            for alias in statement.names
        )
    return (
        isinstance(statement, ast.ImportFrom)
        and "." * statement.level + (statement.module or "") == edit.module
        and any(alias.name == edit.name and alias.asname in (None, edit.name) for alias in statement.names)
    )


def opening_length(body: Sequence[ast.stmt]) -> int:
    """How many statements must stay in front of any import: the docstring and ``__future__``."""
    count = 0
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        count = int(isinstance(body[0].value.value, str))
    while count < len(body) and _is_future(body[count]):
        count += 1
    return count


def slot_for(body: Sequence[ast.stmt], edit: AddImport) -> Slot:
    """Where the import belongs: in order among the imports of its kind that stand together, above all
    of them where none is of its kind, before the first where they are in no order, else behind docstring
    and ``__future__``."""
    opening = opening_length(body)
    first = next((i for i, node in enumerate(body) if i >= opening and _is_import(node)), None)
    if first is None or (opening and body[first].lineno == body[opening - 1].end_lineno):
        return Slot(opening, "none")
    block = []
    for node in body[first:]:
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            break
        block.append(node)
    new = [
        node for node in ast.parse(import_line(edit)).body if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    start, paragraph = _paragraph(block, _section(new[0]))
    for key in (_isort_key, _module_key):
        slot = _in_order(paragraph, new[0], key)
        if slot is not None:
            return Slot(first + start + slot.place, slot.touches)
    return Slot(first, "behind")


def _paragraph(block: Sequence[Import], section: int) -> tuple[int, Sequence[Import]]:
    """The first imports without a blank line between them that hold one of ``section``, and where they
    start in ``block``; the first ones of all where none does."""
    starts = [0, *(i for i in range(1, len(block)) if block[i].lineno > (block[i - 1].end_lineno or 0) + 1)]
    ends = [*starts[1:], len(block)]
    paragraphs = [(start, block[start:end]) for start, end in zip(starts, ends, strict=True)]
    return next(
        (one for one in paragraphs if any(_section(node) == section for node in one[1])), paragraphs[0]
    )


def _in_order(block: Sequence[Import], new: Import, key: Callable[[Import], _Key]) -> Slot | None:
    keys = [key(node) for node in block]
    if any(one > two for one, two in itertools.pairwise(keys)):
        return None
    index = bisect.bisect_right(keys, key(new))
    if index and keys[index - 1][0] == key(new)[0]:
        return Slot(index, "before")
    if index < len(block) and keys[index][0] == key(new)[0]:
        return Slot(index, "behind")
    return Slot(index, "none")


def _isort_key(node: Import) -> _Key:
    return (_section(node), isinstance(node, ast.ImportFrom), _module(node).lower())


def _module_key(node: Import) -> _Key:
    return (_section(node), _module(node).lower())


def _module(node: Import) -> str:
    return node.names[0].name if isinstance(node, ast.Import) else node.module or ""


def _section(node: Import) -> int:
    """0 for the standard library, 1 for what is installed, 2 for relative imports."""
    if isinstance(node, ast.ImportFrom) and node.level:
        return 2
    return int(_module(node).partition(".")[0] not in sys.stdlib_module_names)


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__" and not node.level
