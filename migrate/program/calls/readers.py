"""Who else reads a value: lookups and comparisons whose answer changes when a literal does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from migrate.facts.expressions import Attribute, Constant, Expression, Opaque, Scalar, dotted
from migrate.facts.records import Call, Lookup, Store
from migrate.program.linking.program import Program
from migrate.program.solving.evaluate import Evaluator
from migrate.program.solving.values import Definition, External, Items, LiteralOption, Located, Series, Texts
from migrate.sources.place import Place
from migrate.sources.testfiles import is_test

_OF_THE_TEXT = ("startswith", "endswith", "split", "partition", "index")
_OF_THE_ARGUMENT = ("encoding_for_model", "encoding_name_for_model")
_OF_A_KEY = ("get", "pop")


class Readers:
    """Answers for the loaded files of one program."""

    def __init__(self, program: Program, evaluator: Evaluator) -> None:
        self._program = program
        self._evaluator = evaluator

    @property
    def evaluator(self) -> Evaluator:
        """For a part that has questions of its own."""
        return self._evaluator

    def of_literals(self, places: Collection[Place]) -> dict[Place, Place]:
        """For each literal of ``places`` that something is looked up by or compared with: where."""
        return self._reached(places, self._deciding())

    def gates(self, places: Collection[Place]) -> dict[Place, Place]:
        """For each literal of ``places`` that a comparison lets through, and raises for others: where."""
        return self._reached(places, self._gates())

    def let_through(self, gate: Place) -> frozenset[Scalar]:
        """What the comparison at ``gate`` lets through, or another one of that function of the same name."""
        lookups = self._program.facts(gate.path).lookups
        here = [one for one in lookups if one.gate and one.span == gate.span]
        alike = {(one.scope, dotted(one.subject)) for one in here}
        beside = (one for one in lookups if one.gate and (one.scope, dotted(one.subject)) in alike)
        return frozenset(text for one in (*here, *beside) for text in self._texts(gate.path, one))

    def _texts(self, path: str, lookup: Lookup) -> Iterator[Scalar]:
        for option in self._evaluator.ask(_located(path, lookup, lookup.value)).options:
            if isinstance(option, LiteralOption):
                yield option.value
            elif isinstance(option, Texts):
                yield from (one.value for one in option.values)
            elif isinstance(option, Items):
                yield from (one.key for one in option.entries)
            elif isinstance(option, Series):
                inner = (one for item in option.items for one in self._evaluator.ask(item).options)
                yield from (one.value for one in inner if isinstance(one, LiteralOption))

    def _reached(
        self, places: Collection[Place], deciding: Iterable[tuple[Located, Place]]
    ) -> dict[Place, Place]:
        found: dict[Place, Place] = {}
        for at, where in deciding:
            for option in self._evaluator.ask(at).options:
                for origin in option.origins if isinstance(option, LiteralOption) else ():
                    if origin.place in places and not _within(origin.place, where):
                        found.setdefault(origin.place, where)
        return found

    def _gates(self) -> Iterator[tuple[Located, Place]]:
        """The subjects of gates; those of tests judge what a program did."""
        for path in self._program.loaded():
            for lookup in self._program.facts(path).lookups if not is_test(path) else ():
                if lookup.gate and not isinstance(lookup.subject, Opaque):
                    yield _located(path, lookup, lookup.subject), Place(path, lookup.span)

    def of_entries(
        self, entries: Collection[tuple[Place, str]], known: Collection[Place]
    ) -> dict[tuple[Place, str], Place]:
        """For each entry (dict, key) of ``entries`` that is read by its key, or spread into a call that is
        none of the ``known`` ones: where."""
        keys = {key for _, key in entries}
        found: dict[tuple[Place, str], Place] = {}
        for base, key, where in self._keyed():
            if key in keys:
                for home in self._homes(base):
                    if (home, key) in entries:
                        found.setdefault((home, key), where)
        for mapping, where in self._spread():
            if where not in known:
                homes = self._homes(mapping)
                found.update({one: where for one in entries if one[0] in homes and one not in found})
        return found

    def homes_of_store(self, place: Place) -> list[Place]:
        """The dicts into which the store with the target at ``place`` writes: ``kwargs["stop"]``."""
        facts = self._program.facts(place.path)
        bases = [_located(place.path, one, one.base) for one in facts.stores if one.span == place.span]
        return list(dict.fromkeys(home for base in bases for home in self._homes(base)))

    def _homes(self, mapping: Located) -> list[Place]:
        """The dicts that ``mapping`` can be, and those that its entries were copied from."""
        found = [one for one in self._evaluator.ask(mapping).options if isinstance(one, Items)]
        copied = (entry.holder for one in found for entry in one.entries)
        return list(dict.fromkeys((*(one.home for one in found), *copied)))

    def _spread(self) -> Iterator[tuple[Located, Place]]:
        """Every ``**mapping`` in a call of something outside the program, with the place of the call."""
        for path in self._program.loaded():
            for call in self._program.facts(path).calls:
                for argument in call.arguments:
                    if argument.stars == 2 and self._leaves(path, call):
                        yield _located(path, call, argument.value), Place(path, call.span)

    def _leaves(self, path: str, call: Call) -> bool:
        """Whether the called function is not the program's own: that one's calls are followed anyway."""
        called = self._evaluator.ask(_located(path, call, call.function)).options
        return (
            not any(isinstance(one, Definition) for one in called) and External("builtins.dict") not in called
        )

    def _deciding(self) -> Iterator[tuple[Located, Place]]:
        """Expressions whose value is looked up by or compared, with the place where."""
        for path in self._program.loaded():
            facts = self._program.facts(path)
            for lookup in facts.lookups:
                for one in _deciding_sides(lookup):
                    if not isinstance(one, Constant):
                        yield _located(path, lookup, one), Place(path, lookup.span)
            for call in facts.calls:
                for one in _deciding_parts(call):
                    yield _located(path, call, one), Place(path, call.span)

    def _keyed(self) -> Iterator[tuple[Located, str, Place]]:
        """(mapping, constant key, place) of every ``mapping[key]``, ``.get(key)`` and ``.pop(key)``."""
        for path in self._program.loaded():
            facts = self._program.facts(path)
            for lookup in facts.lookups:
                if lookup.form == "subscript" and isinstance(lookup.value, Constant):
                    base = _located(path, lookup, lookup.subject)
                    yield base, str(lookup.value.value), Place(path, lookup.span)
            for call in facts.calls:
                key = call.arguments[0].value if call.arguments else None
                named = isinstance(call.function, Attribute) and call.function.name in _OF_A_KEY
                if named and isinstance(call.function, Attribute) and isinstance(key, Constant):
                    base = _located(path, call, call.function.base)
                    yield base, str(key.value), Place(path, call.span)


def _located(path: str, at: Lookup | Call | Store, expression: Expression) -> Located:
    return Located(path, at.scope, at.block, expression)


def _deciding_sides(lookup: Lookup) -> tuple[Expression, ...]:
    """What a lookup goes by."""
    return (lookup.value,) if lookup.form == "subscript" else (lookup.subject, lookup.value)


def _deciding_parts(call: Call) -> Iterator[Expression]:
    name = call.function.name if isinstance(call.function, Attribute) else ""
    first = call.arguments[0].value if call.arguments else None
    if name in _OF_THE_TEXT and isinstance(call.function, Attribute):
        yield call.function.base
    if first is not None and not isinstance(first, Constant) and name in (*_OF_THE_ARGUMENT, *_OF_A_KEY):
        yield first


def _within(inner: Place, outer: Place) -> bool:
    return inner.path == outer.path and outer.span.covers(inner.span)
