"""The parameters of one call: keywords, positional arguments, and what ``**mapping`` brings in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.facts.expressions import CallReference, Constant, Expression
from migrate.facts.records import Argument, Call
from migrate.program.calls.callsite import Form, Parameter
from migrate.program.calls.request import Request
from migrate.program.calls.setting import as_entry, setting
from migrate.program.functions.positions import spelled_out
from migrate.program.solving.combining import crossing, union
from migrate.program.solving.values import Applied, Entry, Items, LiteralOption, Located, Option, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator

_FORMS: dict[str, Form] = {
    "display": "entry",
    "call": "argument",
    "store": "store",
    "keyword": "argument",
    "default": "store",
    "field": "field",
}


def read_request(
    evaluator: Evaluator,
    texts: SourceTexts,
    at: Located,
    call: Call,
    positional: Sequence[str] = (),
    wanted: Collection[str] | None = None,
) -> Request:
    """Everything that ``call``, standing at ``at``, passes, or of it what is ``wanted``; ``positional`` names
    what goes by position."""
    reader = _Reader(evaluator, texts, at, call)
    reader.wanted = wanted
    position = 0
    for argument in call.arguments:
        if argument.stars == 2:
            reader.spread(at.other(argument.value))
        elif argument.stars == 1:
            position = reader.unpack(at, argument, positional, position)
        elif argument.name is not None:
            reader.add_argument(at.other(argument.value), argument.name, -1)
        else:
            if position < len(positional):
                reader.add_argument(at.other(argument.value), positional[position], position)
            else:
                reader.request.hidden.append("it passes an argument by position that has no known name")
            position += 1
    return reader.request


def add_early(
    evaluator: Evaluator, texts: SourceTexts, partials: Sequence[Applied | None], request: Request
) -> None:
    """Adds what ``functools.partial`` passed early, in one call or another of ``partials``; None stands for a
    function that was passed nothing early."""
    passed = frozenset(request.values.keys() - request.optional)
    held = [set(_early(evaluator, texts, one, request, passed)) for one in partials]
    always = set.intersection(*held)
    request.optional = (request.optional | set().union(*held)) - always


def _early(
    evaluator: Evaluator, texts: SourceTexts, option: Option | None, request: Request, passed: frozenset[str]
) -> Iterator[str]:
    """Adds what one partial passes besides ``passed``, and names it."""
    if not isinstance(option, Applied):
        return
    node = option.call.expression
    assert isinstance(node, CallReference)
    call = evaluator.program.facts(option.call.path).calls[node.index]
    early = msgspec.structs.replace(call, arguments=call.arguments[1:])
    before = read_request(evaluator, texts, option.call, early)
    for parameter in before.parameters:
        if parameter.name not in passed:
            request.add(parameter, before.at[parameter.name], before.values[parameter.name])
            yield parameter.name
    request.hidden += before.hidden
    yield from _early(evaluator, texts, option.function, request, passed | before.values.keys())


def read_entries(
    evaluator: Evaluator, texts: SourceTexts, at: Located, call: Call, value: Value, where: Located
) -> Request:
    """The entries of the dicts among ``value``, written as ``where``, which ``call`` sends as they are."""
    reader = _Reader(evaluator, texts, at, call)
    reader.add_mappings(value, where)
    return reader.request


class _Reader:
    """Reads the arguments of one call into ``request``: those ``wanted``, all where that is not said."""

    def __init__(self, evaluator: Evaluator, texts: SourceTexts, at: Located, call: Call) -> None:
        self.request = Request()
        self.wanted: Collection[str] | None = None
        self._evaluator = evaluator
        self._texts = texts
        self._at = at
        self._holder = Place(at.path, call.span)
        # Python refuses a keyword that ``**mapping`` holds too: what is written out is what counts.
        self._written = frozenset(one.name for one in call.arguments if one.name is not None)

    def _wants(self, name: str) -> bool:
        return self.wanted is None or name in self.wanted

    def add_argument(self, where: Located, name: str, position: int) -> None:
        """Adds the expression ``where`` as a parameter, by name where ``position`` is -1."""
        if not self._wants(name):
            return
        value = self._evaluator.ask(where)
        code = self._texts.code(where.place())
        parameter = Parameter(name, code, where.place(), self._holder, "argument", setting(value), position)
        self.request.add(parameter, where, value)

    def unpack(self, at: Located, argument: Argument, names: Sequence[str], position: int) -> int:
        """Adds what ``*sequence`` passes, from ``position`` on; returns the next position."""
        one = Call(argument.span, argument.value, (argument,), at.scope, at.block, False)
        rows, doubts = spelled_out(self._evaluator, at, one)
        for row in rows:
            for where, name in zip(row, names[position:], strict=False):
                self.add_argument(where, name, position)
        if doubts:
            self.request.hidden.append("it passes *arguments")
        return position + max(map(len, rows))

    def spread(self, at: Located) -> None:
        """Adds what ``**at`` passes."""
        self.add_mappings(self._evaluator.ask(at), at, "**", self._written)

    def add_mappings(
        self, value: Value, at: Located, stars: str = "", besides: frozenset[str] = frozenset()
    ) -> None:
        """Adds the entries of the dicts among ``value``, which is written as ``at`` behind ``stars``; not
        ``besides``."""
        place = at.place()
        code = f"{stars}{self._texts.code(place)}"
        mappings = [option for option in value.options if isinstance(option, Items)]
        wholes = [self._evaluator.seen(option, at) for option in mappings]
        for one in wholes:
            for entry in one.entries:
                if entry.key not in besides:
                    self._add_entry(entry, place, () if entry.key in one.settled else one.more)
            self.request.hidden += one.more
        strange = any(not isinstance(one, Items) and not _is_none(one) for one in value.options)
        unseen = (None,) if strange or value.unknown else ()
        self.request.optional |= _not_in_all([*wholes, *unseen]) - besides
        if strange:
            self.request.hidden.append(f"{code} is not a dict that can be followed")
        self.request.hidden += value.unknown
        if not value.options and not value.unknown:
            self.request.hidden.append(f"{code} is not visible")

    def _add_entry(self, entry: Entry, spread: Place, doubts: tuple[str, ...]) -> None:
        """Adds one key; for the reasons ``doubts`` something unseen may stand there instead."""
        if not isinstance(entry.key, str) or not self._wants(entry.key):
            return
        value = union([self._evaluator.ask(entry.value), Value((), doubts)])
        place = entry.value.place()
        passed = setting(crossing(crossing(value, place, None), spread, None))
        given = passed if entry.form == "keyword" else as_entry(passed)
        form = _FORMS[entry.form]
        code = self._texts.code(place)
        if self._evaluator.program.documents.holds(place.path):
            form, code = "file", _as_code(entry.value.expression)
        parameter = Parameter(entry.key, code, place, entry.holder, form, given, -1)
        self.request.add(parameter, entry.value, value)


def _as_code(value: Expression) -> str:
    """A value of a configuration file as Python would write it; secrets and containers are left out."""
    return repr(value.value) if isinstance(value, Constant) else "..."


def _is_none(option: Option) -> bool:
    return isinstance(option, LiteralOption) and option.value is None


def _not_in_all(mappings: Sequence[Items | None]) -> set[str]:
    """The keys that some of the mappings lack, or may lack, as one that is not visible may: None."""
    entries = [() if one is None else one.entries for one in mappings]
    held = [{entry.key for entry in rows if not entry.maybe} for rows in entries]
    seen = {entry.key for rows in entries for entry in rows}
    return {key for key in seen if isinstance(key, str) and not all(key in keys for keys in held)}
