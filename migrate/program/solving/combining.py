"""Values put together: unions, single options, and the trail that a literal leaves on its way."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from msgspec.structs import replace

from migrate.facts.expressions import Scalar
from migrate.program.solving.values import (
    Built,
    Items,
    LiteralOption,
    Located,
    Made,
    Option,
    Origin,
    Pairs,
    Role,
    Series,
    TextMethod,
    Texts,
    Value,
)
from migrate.sources.place import Place, Span

NOTHING = Value()
_MOST_OPTIONS = 64
_MOST_TEXTS = 512
_LONGEST_LIST = 256
_MOST_LINKS = 40
_MOST_FOLLOWED = 16  # literals of one value whose way from where they are written is still told on
_MOST_PIECES = 4
_MOST_REASONS = 40
_TOO_MANY = "it has too many possible values"
_MORE_REASONS = "there are more reasons than are told"


def unknown(why: str) -> Value:
    return Value((), (why,))


def only(option: Option) -> Value:
    return Value((option,))


def union(values: list[Value]) -> Value:
    """All options of ``values``, each once, in order; a set grown too large ends in "unknown"."""
    if len(values) == 1:
        return values[0]
    options: dict[Hashable, Option] = {}
    for option in {id(option): option for value in values for option in value.options}.values():
        options.setdefault(identity(option), option)
    reasons = _reasons(values)
    kept = tuple(_kept(options.values())) if len(options) > _MOST_OPTIONS else tuple(options.values())
    if len(kept) < len(options):
        return Value(kept, tuple(dict.fromkeys((*reasons, _TOO_MANY))))
    return Value(kept, reasons)


def _kept(options: Iterable[Option]) -> Iterator[Option]:
    """So many of them as can be followed. Texts of prompts are counted apart: a program can send hundreds of
    them through one function."""
    texts = others = 0
    for one in options:
        if isinstance(one, Built):
            texts += 1
            if texts <= _MOST_TEXTS:
                yield one
        else:
            others += 1
            if others <= _MOST_OPTIONS:
                yield one


def _reasons(values: list[Value]) -> tuple[str, ...]:
    """The reasons of all ``values``, each once, in order; nobody reads more than a screen of them."""
    reasons: dict[str, None] = {}
    for value in values:
        reasons.update(dict.fromkeys(value.unknown))
    if len(reasons) <= _MOST_REASONS:
        return tuple(reasons)
    kept = [one for one in reasons if one != _MORE_REASONS]
    return (*kept[: _MOST_REASONS - 1], _MORE_REASONS)


def identity(option: Option) -> Hashable:
    """What makes two options the same: not the way that a literal took, nor the inside of a display."""
    if isinstance(option, LiteralOption):
        origins = option.origins
        if len(origins) == 1:
            return (option.value, origins[0].place, origins[0].role)
        # Of a text that is put together of many pieces, the ends tell it from others.
        ends = origins if len(origins) <= _MOST_PIECES else (origins[0], origins[-1])
        return (option.value, len(origins), tuple((one.place, one.role) for one in ends))
    if isinstance(option, Items):
        return (Items, option.home, len(option.entries), option.more)
    if isinstance(option, Series):
        return (Series, option.home, len(option.items))
    if isinstance(option, Texts):
        return (Texts, tuple(map(identity, option.values)))
    if isinstance(option, Pairs):
        return (Pairs, identity(option.mapping), option.single)
    if isinstance(option, TextMethod):
        return (TextMethod, option.name, _where(option.base))
    if isinstance(option, Built):
        return (Built, _where(option.at))
    if isinstance(option, Made):
        return (option.symbol, _where(option.at), option.parent and identity(option.parent), option.maker)
    return option


def _where(at: Located | None) -> Hashable:
    return at and (at.path, at.scope, at.expression.span)


def same(one: Value, other: Value) -> bool:
    """Whether two Values hold the same options and doubts, in any order."""
    if set(one.unknown) != set(other.unknown):
        return False
    return set(map(identity, one.options)) == set(map(identity, other.options))


def crossing(value: Value, place: Place, role: Role | None) -> Value:
    """``value`` seen through a name, field or parameter written at ``place``.

    The first crossing gives an origin its role; every crossing of another place adds a link to the chain.
    """
    if len(value.options) > _MOST_FOLLOWED and all(map(_has_role, value.options)):
        return value
    if LiteralOption not in map(type, value.options):
        return value
    return Value(tuple(_crossed(option, place, role) for option in value.options), value.unknown)


def _has_role(option: Option) -> bool:
    if not isinstance(option, LiteralOption) or not option.origins:
        return True
    return option.origins[0].role is not None and option.origins[-1].role is not None


def _crossed(option: Option, place: Place, role: Role | None) -> Option:
    if not isinstance(option, LiteralOption):
        return option
    return LiteralOption(option.value, tuple(_linked(one, place, role) for one in option.origins))


def _linked(origin: Origin, place: Place, role: Role | None) -> Origin:
    known = place == origin.place or place in origin.chain or len(origin.chain) >= _MOST_LINKS
    return replace(origin, role=origin.role or role, chain=origin.chain if known else (*origin.chain, place))


def is_class_name(symbol: str) -> bool:
    """Whether a dotted name ends like a class by Python's naming custom."""
    return symbol.rpartition(".")[2].lstrip("_")[:1].isupper()


def literal(value: Scalar, path: str, span: Span, role: Role | None = None) -> Value:
    return only(LiteralOption(value, (Origin(Place(path, span), value, role),)))


def listed(items: Iterable[Located], home: Place, *, repeated: bool = False) -> Series:
    """A list of ``items``; a long one, or one of items that come any number of times, holds each place once:
    a list that is made from itself would never end."""
    every = tuple(items)
    if not repeated and len(every) <= _LONGEST_LIST:
        return Series(every, home)
    once = {(one.path, one.expression.span): one for one in every}
    return Series(tuple(once.values())[:_LONGEST_LIST], home, True)


def opened(value: Value) -> Value:
    """``value`` as the default of a parameter to which callers that are not visible may pass another."""
    options = tuple(
        LiteralOption(one.value, tuple(replace(origin, open=True) for origin in one.origins))
        if isinstance(one, LiteralOption)
        else one
        for one in value.options
    )
    return Value(options, value.unknown)
