"""A dict as a list of something: its keys, values and pairs; lists made of them, and dicts made of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.facts.expressions import Constant, Element, Scalar, Sequence, Subscript
from migrate.facts.records import Call
from migrate.program.collections.layering import Layers
from migrate.program.solving.combining import NOTHING, only, union, unknown
from migrate.program.solving.values import (
    Entry,
    Items,
    LiteralOption,
    Located,
    Option,
    Pairs,
    Series,
    TextMethod,
    Texts,
    Value,
)

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def view(evaluator: Evaluator, base: Value, method: TextMethod) -> Value:
    """``mapping.keys()``, ``.values()`` or ``.items()``."""
    found = [
        _of_mapping(evaluator.seen(one, method.base), method.name)
        for one in base.options
        if isinstance(one, Items)
    ]
    if len(found) < len(base.options):
        found.append(unknown(f"it is the result of .{method.name}()"))
    return union([*found, base.doubt()])


def _of_mapping(whole: Items, name: str) -> Value:
    doubts = Value((), whole.more)
    if name == "keys":
        return union([only(keys(whole)), doubts])
    if name == "values":
        return union([only(Series(tuple(one.value for one in whole.entries), whole.home, True)), doubts])
    return union([only(Pairs(whole)), doubts])


def keys(whole: Items) -> Texts:
    """The keys of a dict. Something is looked up by them: none of them counts as a place to edit."""
    found = {one.key: one.named for one in whole.entries}
    return Texts(
        tuple(
            LiteralOption(key, tuple(replace(origin, whole=False) for origin in origins))
            for key, origins in found.items()
        )
    )


def listed(evaluator: Evaluator, at: Located) -> Value:
    """``list(at)`` and the like: a dict gives its keys, anything else what it is."""
    return as_list(evaluator, evaluator.evaluate(at), at)


def as_list(evaluator: Evaluator, value: Value, at: Located) -> Value:
    """``value`` of ``at`` with the keys in the place of every dict."""
    options: list[Option] = []
    more: list[str] = []
    for one in value.options:
        if isinstance(one, Items):
            whole = evaluator.seen(one, at)
            options.append(keys(whole))
            more += whole.more
        else:
            options.append(one)
    return Value(tuple(options), tuple(dict.fromkeys((*value.unknown, *more))))


def _iterated(evaluator: Evaluator, at: Located) -> Value:
    return evaluator.evaluate(at.other(Element(at.expression.span, at.expression)))


def first(evaluator: Evaluator, at: Located, call: Call) -> Value:
    """``next(iterator, default)``: any of what iterating gives, or the default."""
    found = _iterated(evaluator, at.other(call.arguments[0].value))
    return union([found, *(evaluator.evaluate(at.other(one.value)) for one in call.arguments[1:2])])


def from_keys(evaluator: Evaluator, at: Located, call: Call) -> Value:
    """``dict.fromkeys(keys, value)``."""
    named = _iterated(evaluator, at.other(call.arguments[0].value))
    given = call.arguments[1].value if len(call.arguments) > 1 else Constant(call.span, None)
    layers = Layers(at.place())
    for one in named.options:
        if isinstance(one, LiteralOption):
            layers.put(Entry(one.value, at.other(given), at.place(), "store", named=one.origins))
    for why in named.unknown:
        layers.doubt(why)
    return only(layers.finish())


def part_of_pair(evaluator: Evaluator, pairs: Pairs, position: object) -> Value:
    """``pair[0]``: any key; ``pair[1]``: any value."""
    if not pairs.single:
        return only(Pairs(pairs.mapping, True))
    if position == 0:
        return Value(keys(pairs.mapping).values)
    return union([evaluator.evaluate(one.value) for one in pairs.mapping.entries] or [NOTHING])


def paired(evaluator: Evaluator, key: Located, value: Located) -> list[Items]:
    """The mappings whose pairs ``key`` and ``value`` run through together; none where they do not."""
    sources = [_source(evaluator, key, 0), _source(evaluator, value, 1)]
    if sources[0] is None or sources[0] != sources[1]:
        return []
    found = evaluator.evaluate(sources[0]).options
    pairs = [one.mapping for one in found if isinstance(one, Pairs)]
    return pairs if len(pairs) == len(found) else []


def _source(evaluator: Evaluator, at: Located, position: int) -> Located | None:
    """What the name ``at`` is the part ``position`` of, where it is bound once and by unpacking."""
    bound = evaluator.binding(at)
    if bound is None or not isinstance(bound.expression, Subscript):
        return None
    index = bound.expression.index
    if not isinstance(index, Constant) or index.value != position:
        return None
    return bound.other(bound.expression.base)


def exact_keys(key: Value) -> set[Scalar]:
    """The keys that ``key`` can be; none where it may be others too."""
    texts = [one for one in key.options if isinstance(one, LiteralOption)]
    given = any(origin.open for one in texts for origin in one.origins)
    if key.unknown or given or len(texts) < len(key.options):
        return set()
    return {one.value for one in texts}


def of_pairs(evaluator: Evaluator, series: Series) -> Items | None:
    """The mapping that ``dict([("key", value), ...])`` makes."""
    layers = Layers(series.home)
    for item in series.items:
        pair = item.expression
        if not isinstance(pair, Sequence) or len(pair.items) != 2:
            return None
        keys = [
            one
            for one in evaluator.evaluate(item.other(pair.items[0])).options
            if isinstance(one, LiteralOption)
        ]
        if len(keys) != 1:
            return None
        layers.put(Entry(keys[0].value, item.other(pair.items[1]), series.home, "store"))
    return layers.finish()
