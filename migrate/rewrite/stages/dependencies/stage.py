"""Finds declared versions on which the code does not run, as it is or as it becomes. Locks are named only."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.findings.edits import Edit, ReplaceSpan, ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.dependencies.beside import Beside
from migrate.rewrite.stages.dependencies.commands import command_edit
from migrate.rewrite.stages.dependencies.needs import highest
from migrate.rewrite.stages.dependencies.requirements import Requirement, raised, requirements
from migrate.rewrite.stages.dependencies.scope import Scope
from migrate.sources.kinds import kind_of
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.catalog.sdk_legacy import LegacyFacts
    from migrate.program.inventory import Inventory
    from migrate.rewrite.stages.dependencies.needs import Need
    from migrate.sources.source import Source

LOCKS = ("Pipfile.lock", "conda-lock.yml", "pdm.lock", "poetry.lock", "pylock.toml", "uv.lock")
_RULE = "old-sdk-pin"


def pin_findings(inventory: Inventory, needs: Sequence[Need], old: LegacyFacts) -> Iterator[Finding]:
    """One finding for every requirement that allows what is older than one of ``needs`` of its code;
    ``old`` knows what else calls openai 0.x."""
    every = {**inventory.texts, **{path: one for path, one in inventory.sources.items() if _is_setup(path)}}
    kinds = ("dependencies", "deployment")
    sources = {path: one for path, one in every.items() if kind_of(path) in kinds or _is_setup(path)}
    locked = {path for path in sources if path.rpartition("/")[2] in LOCKS}
    beside = Beside({path: one for path, one in sources.items() if path not in locked}, old.users, old.floor)
    scope = Scope(sources, {(site.place.path, site.sdk) for site in inventory.call_sites})
    for path in sorted(sources) if needs else ():
        if path in locked:
            yield from _locked(sources[path], highest(needs))
            continue
        for need in highest(scope.needed_by(path, needs)):
            for one in requirements(path, sources[path].text, need.package):
                new = raised(one.spec, need.floor)
                if new is not None:
                    yield _raised(sources[path], one, new, need, beside)


def _is_setup(path: str) -> bool:
    return path.rpartition("/")[2] == "setup.py"


def _raised(source: Source, found: Requirement, new: str, need: Need, beside: Beside) -> Finding:
    place = Place(source.path, Lines(source.text).between(found.start, found.end))
    message = (
        f"{need.package}{found.spec} allows versions on which {need.why} does not run, or only those: "
        f"it needs {need.floor}"
    )
    edit = _edit(source, found, new, place.span)
    if isinstance(edit, str):
        return Finding(_RULE, "dependencies", place, message, f"make it {new}, by hand: {edit}", "manual")
    made = (FileEdit(source.path, edit),)
    change = "|".join(one for one in ("pins", need.change) if one)
    cure = f"it becomes {need.package}{new}"
    doubts = list(beside.doubts(source.path, need))
    if need.left:
        calls = (
            "1 call does not run on it and is"
            if need.left == 1
            else f"{need.left} calls do not run on it and are"
        )
        doubts.insert(0, f"{calls} still to be moved by hand")
    cure += f"; look first: {'; '.join(doubts)}" if doubts else ""
    return Finding(_RULE, "dependencies", place, message, cure, "review", made, (), change)


def _edit(source: Source, found: Requirement, new: str, span: Span) -> Edit | str:
    """The edit, or why there is none."""
    if found.hashed:
        return "the hashes that stand with it belong to one version"
    if "ockerfile" in source.path.rpartition("/")[2]:
        return command_edit(source.text, found, new)
    if kind_of(source.path) == "deployment":
        return "and in quotes, because a shell takes > for a redirection"
    if not _is_setup(source.path):
        return ReplaceSpan(span, found.spec, new)
    lines = Lines(source.text)
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole = lines.of(node)
            if whole.covers(span) and node.value.count(found.spec) == 1:
                return ReplaceText(whole, found.spec, new)
    return "it is not plain text"


def _locked(source: Source, needs: Sequence[Need]) -> Iterator[Finding]:
    for number, line in enumerate(source.text.splitlines(), 1):
        written = line.strip().strip(",").replace("'", '"')
        for name in (one.package for one in needs):
            if written in (f'name = "{name}"', f'"{name}": {{', f"- name: {name}"):
                place = Place(source.path, Span(number, 1, number, len(line) + 1))
                message = f"a lock file holds the version of {name} that was chosen before"
                cure = "make it anew with its own tool, after the requirement has changed"
                yield Finding(_RULE, "dependencies", place, message, cure, "manual", note=True)
