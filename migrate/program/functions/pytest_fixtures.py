"""Parameters of pytest tests: what the fixture of that name returns or yields, in the same file or in a
``conftest.py`` of a folder above.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from migrate.facts.expressions import CallReference, Constant, Expression, last_name
from migrate.facts.records import FileFacts, Parameter, Scope
from migrate.program.solving.combining import union
from migrate.program.solving.values import Definition, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def fixture(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> Value | None:
    """What pytest passes for ``wanted`` to function ``index`` of ``path``; None where it does not."""
    facts = evaluator.program.facts(path)
    if not (_is_test(path, facts.scopes[index]) or _decorator(facts, facts.scopes[index]) is not None):
        return None
    for where in (path, *_above(evaluator, path)):
        found = [one for one in _named(evaluator, where, wanted.name) if one != Definition(path, index)]
        if found:
            called = Value(tuple(found))
            returned = [
                evaluator.returned(one.path, one.scope) for one in found if not _yields(evaluator, one)
            ]
            generated = evaluator.generated(called)
            return union([*returned, *([generated] if generated is not None else [])])
    return None


def _is_test(path: str, scope: Scope) -> bool:
    name = basename(path)
    return scope.name.startswith("test") and (name.startswith("test") or name.endswith("_test.py"))


def _above(evaluator: Evaluator, path: str) -> Iterator[str]:
    """Every ``conftest.py`` that pytest reads for ``path``, the nearest first."""
    folder = dirname(path)
    while True:
        found = evaluator.program.modules.file_of(f"{folder}/conftest" if folder else "conftest")
        if found is not None and found != path and evaluator.program.load(found) is not None:
            yield found
        if not folder:
            return
        folder = dirname(folder)


def _named(evaluator: Evaluator, path: str, name: str) -> list[Definition]:
    """The fixtures called ``name`` that a file defines or imports."""
    facts = evaluator.program.facts(path)
    found = [
        Definition(path, index)
        for index, scope in enumerate(facts.scopes)
        if scope.kind == "function" and scope.decorators and _title(facts, scope) == name
    ]
    if found:
        return found
    member = evaluator.member(path, name)
    options = member.options if member is not None else ()
    return [one for one in options if isinstance(one, Definition) and _is_fixture(evaluator, one)]


def _is_fixture(evaluator: Evaluator, one: Definition) -> bool:
    facts = evaluator.program.facts(one.path)
    return _decorator(facts, facts.scopes[one.scope]) is not None


def _yields(evaluator: Evaluator, one: Definition) -> bool:
    return bool(evaluator.program.scope(one.path, one.scope).yields)


def _title(facts: FileFacts, scope: Scope) -> str | None:
    """The name that a fixture goes by; None for what is no fixture."""
    decorator = _decorator(facts, scope)
    if decorator is None:
        return None
    if isinstance(decorator, CallReference):
        for one in facts.calls[decorator.index].arguments:
            if one.name == "name" and isinstance(one.value, Constant):
                return str(one.value.value)
    return scope.name


def _decorator(facts: FileFacts, scope: Scope) -> Expression | None:
    """The ``@pytest.fixture`` of a function, called or not."""
    for one in scope.decorators:
        plain = facts.calls[one.index].function if isinstance(one, CallReference) else one
        if last_name(plain) == "fixture":
            return one
    return None
