"""Finds the versions that commented magics of a notebook kept as Python install (``# MAGIC %pip install``).

Databricks and Jupytext write them so. They rise with the code of their own file. It edits nothing.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.findings.edits import ReplaceSpan
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.dependencies.requirements import installed, raised
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.program.inventory import Inventory

_PACKAGE = "openai"
_RULE = "old-sdk-pin"
_INSTALL = re.compile(
    r"#[ \t]*(?:MAGIC[ \t]+)?(?:[%!]|MAGIC[ \t]+|%sh[ \t]+)(?:python3?[ \t]+-m[ \t]+|uv[ \t]+)?"
    r"pip3?[ \t]+install\b"
)


def magic_pins(inventory: Inventory, floor: str, old: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for every requirement that does not fit ``floor`` in the files that ``old``, the findings
    of stage ``sdk``, move."""
    for path in sorted({one.place.path for one in old if one.place.path.endswith(".py")}):
        source = inventory.sources.get(path)
        if source is None or "pip" not in source.text or path not in inventory.selected:
            continue
        left = any(one.place.path == path and not one.note and not one.edits for one in old)
        for row, line in _comments(source.text):
            for one in installed(line, _PACKAGE) if _INSTALL.match(line) else ():
                new = raised(one.spec, floor)
                if new is not None:
                    place = Place(path, Span(row, one.start + 1, row, one.end + 1))
                    yield _finding(place, line[one.start : one.end], one.spec, new, left)


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of the comments at the margin."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and token.start[1] == 0:
                yield token.start[0], token.string
    except (tokenize.TokenError, SyntaxError):
        return


def _finding(place: Place, written: str, spec: str, new: str, left: bool) -> Finding:
    message = f"{_PACKAGE}{spec} allows versions on which the moved code does not run, or only those"
    if left:
        cure = f"make it {new}, by hand, when the rest of the file has moved to openai 1.x"
        return Finding(_RULE, "dependencies", place, message, cure, "manual")
    name = written.strip("\"'").removesuffix(spec).rstrip()
    # In quotes, because a shell takes > for a redirection.
    edit = FileEdit(place.path, ReplaceSpan(place.span, written, f'"{name}{new}"'))
    cure = f"it becomes {name}{new}"
    change = f"sdk {place.path}"
    return Finding(_RULE, "dependencies", place, message, cure, "review", (edit,), (), change)
