"""The parameters of one call: keywords, positional arguments, and what ``**mapping`` brings in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.facts.expressions import CallReference, Constant, Expression
from migrate.facts.records import Argument, Call
from migrate.program.callsite import Form, Parameter, Setting
from migrate.program.combining import crossing, only, union
from migrate.program.setting import setting
from migrate.program.values import Applied, Entry, Items, LiteralOption, Located, Option, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.code import SourceTexts
    from migrate.program.evaluate import Evaluator

_FORMS: dict[str, Form] = {"display": "entry", "call": "argument", "store": "store", "keyword": "argument"}


class Request:
    """What one call passes, evaluated. ``values`` keeps each parameter's Value for later questions;
    ``optional`` names those that some of the mappings it is given do not hold."""

    def __init__(self) -> None:
        self.parameters: list[Parameter] = []
        self.values: dict[str, Value] = {}
        self.at: dict[str, Located] = {}
        self.hidden: list[str] = []
        self.optional: set[str] = set()

    def add(self, parameter: Parameter, at: Located, value: Value) -> None:
        """Adds a parameter; one that is there already can be either."""
        before = self.values.get(parameter.name)
        self.parameters.append(parameter)
        self.values[parameter.name] = value if before is None else union([before, value])
        self.at[parameter.name] = at

    def value(self, name: str) -> Value | None:
        """What parameter ``name`` can be, None among it where it may be absent; None where it is."""
        found = self.values.get(name)
        if found is None or name not in self.optional:
            return found
        return union([found, only(LiteralOption(None, ()))])

    def setting(self, name: str) -> Setting:
        """The Setting of a parameter; where it is absent an empty one, complete if nothing is hidden."""
        found = [one.setting for one in self.parameters if one.name == name]
        if found:
            return _all_of(found) if len(found) > 1 else found[0]
        return Setting((), not self.hidden, (), (), tuple(self.hidden))


def _all_of(found: list[Setting]) -> Setting:
    return Setting(
        tuple(dict.fromkeys(value for one in found for value in one.values)),
        all(one.complete for one in found),
        tuple(dict.fromkeys(origin for one in found for origin in one.origins)),
        tuple(dict.fromkeys(name for one in found for name in one.environment)),
        tuple(dict.fromkeys(why for one in found for why in one.why)),
        tuple(dict.fromkeys(place for one in found for place in one.reads)),
        any(one.optional for one in found),
    )


def read_request(
    evaluator: Evaluator, texts: SourceTexts, at: Located, call: Call, positional: Sequence[str] = ()
) -> Request:
    """Everything that ``call``, standing at ``at``, passes; ``positional`` names what goes by position."""
    reader = _Reader(evaluator, texts, at, call)
    position = 0
    for argument in call.arguments:
        if argument.stars == 2:
            reader.spread(at.other(argument.value))
        elif argument.stars == 1:
            reader.request.hidden.append("it passes *arguments")
        elif argument.name is not None:
            reader.add_argument(argument, argument.name, -1)
        else:
            if position < len(positional):
                reader.add_argument(argument, positional[position], position)
            else:
                reader.request.hidden.append("it passes an argument by position that has no known name")
            position += 1
    return reader.request


def add_early(evaluator: Evaluator, texts: SourceTexts, option: Applied, request: Request) -> None:
    """Adds what ``functools.partial`` passed early."""
    node = option.call.expression
    assert isinstance(node, CallReference)
    call = evaluator.program.facts(option.call.path).calls[node.index]
    early = msgspec.structs.replace(call, arguments=call.arguments[1:])
    before = read_request(evaluator, texts, option.call, early)
    for parameter in before.parameters:
        if parameter.name not in request.values:
            request.add(parameter, before.at[parameter.name], before.values[parameter.name])
    request.hidden += before.hidden


def read_entries(
    evaluator: Evaluator, texts: SourceTexts, at: Located, call: Call, value: Value, place: Place
) -> Request:
    """The entries of the dicts among ``value``, written at ``place``, which ``call`` sends as they are."""
    reader = _Reader(evaluator, texts, at, call)
    reader.add_mappings(value, place)
    return reader.request


class _Reader:
    """Reads the arguments of one call into ``request``."""

    def __init__(self, evaluator: Evaluator, texts: SourceTexts, at: Located, call: Call) -> None:
        self.request = Request()
        self._evaluator = evaluator
        self._texts = texts
        self._at = at
        self._holder = Place(at.path, call.span)
        # Python refuses a keyword that ``**mapping`` holds too: what is written out is what counts.
        self._written = frozenset(one.name for one in call.arguments if one.name is not None)

    def add_argument(self, argument: Argument, name: str, position: int) -> None:
        where = self._at.other(argument.value)
        value = self._evaluator.ask(where)
        code = self._texts.code(where.place())
        parameter = Parameter(name, code, where.place(), self._holder, "argument", setting(value), position)
        self.request.add(parameter, where, value)

    def spread(self, at: Located) -> None:
        """Adds what ``**at`` passes."""
        self.add_mappings(self._evaluator.ask(at), at.place(), "**", self._written)

    def add_mappings(
        self, value: Value, place: Place, stars: str = "", besides: frozenset[str] = frozenset()
    ) -> None:
        """Adds the entries of the dicts among ``value``, which is written at ``place`` behind ``stars``; not
        ``besides``."""
        code = f"{stars}{self._texts.code(place)}"
        mappings = [option for option in value.options if isinstance(option, Items)]
        wholes = [self._evaluator.grown(option, self._at.path) for option in mappings]
        for one in wholes:
            for entry in one.entries:
                if entry.key not in besides:
                    self._add_entry(entry, place)
            self.request.hidden += one.more
        self.request.optional |= _not_in_all(wholes) - besides
        hidden = [
            option for option in value.options if not isinstance(option, Items) and not _is_none(option)
        ]
        if hidden:
            self.request.hidden.append(f"{code} is not a dict that can be followed")
        self.request.hidden += value.unknown
        if not value.options and not value.unknown:
            self.request.hidden.append(f"{code} is not visible")

    def _add_entry(self, entry: Entry, spread: Place) -> None:
        if not isinstance(entry.key, str):
            return
        value = self._evaluator.ask(entry.value)
        place = entry.value.place()
        passed = setting(crossing(crossing(value, place, None), spread, None))
        given = passed if entry.form == "keyword" else _as_entry(passed)
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


def _not_in_all(mappings: list[Items]) -> set[str]:
    """The keys that some of the mappings lack, or that only a statement further down adds."""
    held = [{entry.key for entry in one.entries if entry.form != "store"} for one in mappings]
    seen = {entry.key for one in mappings for entry in one.entries}
    return {key for key in seen if isinstance(key, str) and not all(key in keys for keys in held)}


def _as_entry(found: Setting) -> Setting:
    """Literals that stand in the dict itself have the role dict-entry."""
    origins = tuple(
        msgspec.structs.replace(one, role="dict-entry") if one.role == "argument" else one
        for one in found.origins
    )
    return msgspec.structs.replace(found, origins=origins)
