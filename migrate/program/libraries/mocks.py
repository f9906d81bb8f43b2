"""Stand-ins: what ``unittest.mock`` and pytest-mock make. They take every attribute and send no request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import CallReference
from migrate.facts.records import Parameter
from migrate.program.solving.combining import only
from migrate.program.solving.values import External, Located, Made, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

CLASSES = frozenset(
    {"Mock", "MagicMock", "AsyncMock", "NonCallableMock", "NonCallableMagicMock", "PropertyMock"}
)
"""What makes stand-ins, by the last names."""

_MODULE = "unittest.mock"
_MOCK = f"{_MODULE}.MagicMock"
_PYTEST_MOCK = ("mocker", "class_mocker", "module_mocker", "package_mocker", "session_mocker")


def made(symbol: str, at: Located) -> Value | None:
    """What a call of ``symbol`` gives, where that belongs to ``unittest.mock``."""
    return only(Made(symbol, at)) if symbol.startswith(f"{_MODULE}.") else None


def passed(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> Value | None:
    """What ``@patch(...)`` passes to function ``index`` of ``path`` for a parameter that no call passes, or
    pytest-mock, whose fixture has all that ``unittest.mock`` has."""
    if wanted.name in _PYTEST_MOCK:
        return only(External(_MODULE))
    scope = evaluator.program.scope(path, index)
    block = evaluator.program.scope(path, scope.parent).block
    calls = evaluator.program.facts(path).calls
    for one in scope.decorators:
        if isinstance(one, CallReference):
            decorator = evaluator.evaluate(Located(path, scope.parent, block, calls[one.index].function))
            symbols = [option.symbol for option in decorator.options if isinstance(option, External)]
            if any(symbol.startswith(f"{_MODULE}.") for symbol in symbols):
                return only(Made(_MOCK, None))
    return None
