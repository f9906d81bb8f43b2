"""Follows the answers of all calls at once through the files they reach, until nothing new turns up."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import TYPE_CHECKING

from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.held import Held
from migrate.rewrite.stages.sdk.own_attributes import OwnAttributes
from migrate.rewrite.stages.sdk.plain_answers import says_dict
from migrate.rewrite.stages.sdk.reads import Obstacle, Reads
from migrate.rewrite.stages.sdk.scopes import Scopes
from migrate.rewrite.stages.sdk.summaries import Summaries

if TYPE_CHECKING:
    from migrate.catalog.sdk_legacy import DictReaders, LegacyFacts
    from migrate.program.functions.calling import Calling
    from migrate.sources.place import Place

_PASSES = 20


def follow(
    files: MutableMapping[str, CodeFile],
    asking: Mapping[Place, Held],
    calling: Calling,
    load: Callable[[str], CodeFile | None],
    old: LegacyFacts,
    texts: Callable[[str, tuple[str, ...]], Iterable[tuple[str, str]]],
) -> Reads:
    """What becomes of the answers to ``asking``. ``files`` gains those that answers lead to."""
    reads = Reads(old.answers, old.answer_cures)
    if not asking:
        return reads
    handed: set[Place] = set()

    def callers(function: Place) -> tuple[Place, ...]:
        found = calling.callers(function)
        if found is None:
            handed.add(function)
        return found or ()

    summaries = Summaries(asking, calling.targets, callers, OwnAttributes(texts))
    for _ in range(_PASSES):
        summaries.changed = False
        _pass(files, reads, summaries)
        more = _reached(files, summaries, load)
        if not summaries.changed and not more:
            break
        if summaries.met:
            summaries.forget()
    reads.recording = True
    summaries.run.clear()
    _pass(files, reads, summaries)
    _unseen(files, reads, summaries, handed, old.dict_readers)
    return reads


def blocked(reads: Reads, known: Mapping[Place, Obstacle]) -> dict[Place, Obstacle]:
    """The calls that stay as they are, each with the first reason: ``known`` ones, those that an obstacle
    names, and those whose answers are read in one place with the answer of such a one."""
    found = dict(known)
    for one in reads.obstacles:
        for source in sorted(one.sources):
            found.setdefault(source, one)
    grown = True
    while grown:
        grown = False
        for recasting in reads.recastings.values():
            stopped = [found[one] for one in sorted(recasting.sources) if one in found]
            for source in recasting.sources if stopped else ():
                if source not in found:
                    found[source] = stopped[0]
                    grown = True
    return found


def _pass(files: Mapping[str, CodeFile], reads: Reads, summaries: Summaries) -> None:
    for file in list(files.values()):
        Scopes(file, reads, summaries).module()


def _reached(
    files: MutableMapping[str, CodeFile], summaries: Summaries, load: Callable[[str], CodeFile | None]
) -> bool:
    """Adds the files that answers were seen to go to; whether there were any."""
    called = (place.path for places in summaries.callers.values() for place in places)
    wanted = {*called, *(place.path for place in summaries.fed())} - files.keys()
    found = {path: load(path) for path in sorted(wanted)}
    files.update({path: file for path, file in found.items() if file is not None})
    return any(found.values())


def _unseen(
    files: Mapping[str, CodeFile],
    reads: Reads,
    summaries: Summaries,
    handed: set[Place],
    readers: DictReaders,
) -> None:
    """Functions that return an answer to someone out of sight."""
    values = _as_values(files)
    for function, places in summaries.callers.items():
        held = summaries.returns(function)
        file = files.get(function.path)
        node = file.functions.get(function.span) if file is not None else None
        if file is None or node is None or not held.tracked:
            continue
        is_dict = says_dict(node, readers)
        if held.plain and held.kind == "answer" and is_dict:
            continue
        name = getattr(node, "name", "")
        why = f"{name} says that it returns a dict" if is_dict and held.kind == "answer" else ""
        if not places or function in handed:
            why = f"{name or 'a function'} returns the answer, and no call of it is in sight; if callers want"
            why += " a dict, let it return .model_dump(exclude_unset=True) of it, and annotate that"
        elif name in values:
            why = f"{name} returns the answer, and is itself passed on at {values[name]}"
        elif any(place.path not in files for place in places) or set(places) & set(summaries.missed()):
            why = f"{name} returns the answer, and not all calls of it can be read"
        if why:
            reads.obstacles.append(Obstacle(function, why, held.sources))


def _as_values(files: Mapping[str, CodeFile]) -> dict[str, Place]:
    """Names of functions that are used without being called, with the place."""
    found: dict[str, Place] = {}
    for file in files.values():
        names = {getattr(one, "name", "") for one in file.functions.values()}
        for node in ast.walk(file.tree):
            if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
                name = node.id if isinstance(node, ast.Name) else node.attr
                parent = file.parent(node)
                called = isinstance(parent, ast.Call) and parent.func is node
                if name in names and not called and not isinstance(parent, ast.Attribute):
                    found.setdefault(name, file.place(node))
    return found
