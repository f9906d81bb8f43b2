"""What a request that is sent without any SDK holds: a dict, or the JSON text that is made of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.catalog.framework import HttpCall
from migrate.facts.expressions import CallReference
from migrate.facts.records import Call
from migrate.program.calls.request import Request
from migrate.program.calls.requests import read_entries
from migrate.program.solving.combining import NOTHING, union
from migrate.program.solving.values import Located, Made, Option, Value

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator


class Bodies:
    """Reads the bodies off calls."""

    def __init__(self, evaluator: Evaluator, catalog: Catalog, texts: SourceTexts) -> None:
        self._evaluator = evaluator
        self._encoders = catalog.frameworks.encoders
        self._texts = texts

    def of(self, at: Located, call: Call, known: HttpCall, request: Request) -> Request:
        """What the request's body holds: the entries of the dict that is sent."""
        for name in known.body:
            if name in request.values and request.values[name] != NOTHING:
                inner = [self._encoded(option) for option in request.values[name].options]
                where = inner[0] if len(inner) == 1 and inner[0] is not None else request.at[name]
                value = self._unencoded(request.values[name])
                return read_entries(self._evaluator, self._texts, at, call, value, where)
        empty = Request()
        empty.hidden += request.hidden
        return empty

    def _unencoded(self, value: Value) -> Value:
        """``value`` with the dict in place of its JSON text."""
        found = [Value((), value.unknown)]
        for option in value.options:
            inner = self._encoded(option)
            found.append(self._evaluator.ask(inner) if inner is not None else Value((option,)))
        return union(found)

    def _encoded(self, option: Option) -> Located | None:
        """The expression that ``json.dumps(...)`` is given; ``.encode()`` behind it changes nothing."""
        while isinstance(option, Made) and option.parent is not None:
            option = option.parent
        if not isinstance(option, Made) or option.symbol not in self._encoders or option.at is None:
            return None
        assert isinstance(option.at.expression, CallReference)
        call = self._evaluator.program.facts(option.at.path).calls[option.at.expression.index]
        return option.at.other(call.arguments[0].value) if call.arguments else None
