"""What tests have to do with a file of the program: which of them import it, and which ids they give it
themselves. Reads facts only."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from migrate.facts.expressions import Imported
from migrate.facts.imports import imports
from migrate.facts.records import FileFacts
from migrate.program.linking.modules import ModuleIndex
from migrate.sources.place import Span


def may_mean(modules: ModuleIndex, facts: FileFacts, test: str, path: str) -> bool:
    """Whether the file ``test`` imports ``path``, or names it in a way that leads to no file at all: of two
    files of one name it is the one that its import finds."""
    last = path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
    found = {file for one in imports(facts) if last in _words(one) for file in _files(modules, one, test)}
    return path in found or not found


def given(facts: FileFacts, value: str, expected: Collection[Span]) -> frozenset[int]:
    """The scopes that pass ``value`` to something themselves, other than where it is ``expected``."""
    return frozenset(
        one.scope
        for one in facts.mentions
        if one.value == value and one.context == "argument" and one.span not in expected
    )


def _words(one: Imported) -> list[str]:
    return [*one.module.split("."), *([one.name] if one.name else [])]


def _files(modules: ModuleIndex, one: Imported, test: str) -> Iterator[str]:
    module = modules.named(one.module, one.level, test)
    if module is not None:
        yield module
    if one.name:
        dotted = f"{one.module}.{one.name}" if one.module else one.name
        inner = modules.named(dotted, one.level, test)
        if inner is not None:
            yield inner
