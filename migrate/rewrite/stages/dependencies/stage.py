"""Finds declared versions on which the code that stage ``sdk`` writes does not run. Locks are named only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.findings.edits import Edit, ReplaceSpan, ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.dependencies.requirements import Requirement, raised, requirements
from migrate.sources.kinds import kind_of
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.program.inventory import Inventory
    from migrate.sources.source import Source

_PACKAGE = "openai"
_LOCKS = ("Pipfile.lock", "conda-lock.yml", "pdm.lock", "poetry.lock", "pylock.toml", "uv.lock")
_RULE = "old-sdk-pin"


def pin_findings(inventory: Inventory, floor: str) -> Iterator[Finding]:
    """One finding for every requirement that does not fit ``floor``, the oldest version that will do."""
    sources = {**inventory.texts, **{path: one for path, one in inventory.sources.items() if _is_setup(path)}}
    for path in sorted(sources):
        if kind_of(path) not in ("dependencies", "deployment") and not _is_setup(path):
            continue
        if path.rpartition("/")[2] in _LOCKS:
            yield from _locked(sources[path])
            continue
        for one in requirements(path, sources[path].text, _PACKAGE):
            new = raised(one.spec, floor)
            if new is not None:
                yield _raised(sources[path], one, new)


def _is_setup(path: str) -> bool:
    return path.rpartition("/")[2] == "setup.py"


def _raised(source: Source, found: Requirement, new: str) -> Finding:
    lines = Lines(source.text)
    place = Place(source.path, lines.between(found.start, found.end))
    message = f"{_PACKAGE}{found.spec} allows versions on which the moved code does not run, or only those"
    edit = _edit(source, found, new, place.span)
    why = ""
    if found.hashed:
        why = "the hashes that stand with it belong to one version"
    elif kind_of(source.path) == "deployment":
        why = "and in quotes, because a shell takes > for a redirection"
    elif edit is None:
        why = "it is not plain text"
    if why or edit is None:
        return Finding(_RULE, "dependencies", place, message, f"make it {new}, by hand: {why}", "manual")
    cure = f"it becomes {_PACKAGE}{new}"
    return Finding(
        _RULE, "dependencies", place, message, cure, "review", (FileEdit(source.path, edit),), (), "pins"
    )


def _edit(source: Source, found: Requirement, new: str, span: Span) -> Edit | None:
    if not _is_setup(source.path):
        return ReplaceSpan(span, found.spec, new)
    lines = Lines(source.text)
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole = lines.of(node)
            if whole.covers(span) and node.value.count(found.spec) == 1:
                return ReplaceText(whole, found.spec, new)
    return None


def _locked(source: Source) -> Iterator[Finding]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if line.strip().strip(",").replace("'", '"') in ('name = "openai"', '"openai": {', "- name: openai"):
            place = Place(source.path, Span(number, 1, number, len(line) + 1))
            message = "a lock file holds the version of openai that was chosen before"
            cure = "make it anew with its own tool, after the requirement has changed"
            yield Finding(_RULE, "dependencies", place, message, cure, "manual", note=True)
