"""Model ids among the values and keys of a configuration file, and what its neighbours say it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from migrate.catalog.literal_words import LiteralWords, holds
from migrate.facts.expressions import Constant, Expression, Mapping, Sequence
from migrate.program.literals.records import LiteralRole
from migrate.sources.place import Span

_TABLE: LiteralRole = "price-or-context-table"
_LIST: LiteralRole = "list-of-supported"


class Entries:
    """Walks documents, told by ``words``; ``is_id`` says what a model id is."""

    def __init__(self, words: LiteralWords, is_id: Callable[[str], bool]) -> None:
        self._words = words
        self._is_id = is_id

    def of(self, document: Expression) -> Iterator[tuple[Span, str, LiteralRole]]:
        """(span, text, role) of every text of the document, with the role that ids in it have."""
        yield from self._inside(document, (), "config-file")

    def _inside(
        self, one: Expression, keys: tuple[str, ...], role: LiteralRole
    ) -> Iterator[tuple[Span, str, LiteralRole]]:
        if isinstance(one, Constant) and isinstance(one.value, str):
            yield one.span, one.value, role if self._is_id(one.value) else self._of_text(keys, one.value)
        elif isinstance(one, Sequence):
            several = sum(isinstance(item, Constant) for item in one.items) > 1
            for item in one.items:
                inner = isinstance(item, Constant) and (several or role != "config-file")
                yield from self._inside(item, (*keys, "[]"), _LIST if inner else "config-file")
        elif isinstance(one, Mapping):
            yield from self._entries(one, keys)

    def _entries(self, one: Mapping, keys: tuple[str, ...]) -> Iterator[tuple[Span, str, LiteralRole]]:
        told = _Neighbours(one, self._words)
        for key, value in one.entries:
            if not isinstance(key, Constant):
                continue
            name = str(key.value)
            if self._is_id(name):
                yield key.span, name, self._of_key(value, keys)
            yield from self._inside(value, (*keys, name), self._of_value(name, told, keys))

    def _of_key(self, value: Expression, keys: tuple[str, ...]) -> LiteralRole:
        number = isinstance(value, Constant) and not isinstance(value.value, str)
        told = any(holds(self._words.of_a_table, key) for key in keys)
        return _TABLE if number or told or isinstance(value, (Mapping, Sequence)) else _LIST

    def _of_value(self, name: str, told: _Neighbours, keys: tuple[str, ...]) -> LiteralRole:
        entry = name in self._words.of_an_entry
        if (entry or name in self._words.of_a_model) and not told.asked and told.described(name):
            return _TABLE
        if name.isupper() or (name == "value" and told.variable):
            return "env-file"
        return _LIST if entry and keys[-1:] == ("[]",) else "config-file"

    def _of_text(self, keys: tuple[str, ...], text: str) -> LiteralRole:
        name, sign, value = text.partition("=")
        if sign and name.isupper() and self._is_id(value.strip("\"'")):
            return "env-file"
        return "documentation" if keys and keys[-1].lower() in _PROSE else "other"


_PROSE = (
    "description",
    "help",
    "title",
    "summary",
    "comment",
    "notes",
    "doc",
    "documentation",
    "tooltip",
    "markdown",
)


class _Neighbours:
    """What the keys of one mapping say of the values beside them, each found once."""

    def __init__(self, one: Mapping, words: LiteralWords) -> None:
        self._one = one
        self._words = words

    @cached_property
    def asked(self) -> bool:
        """Whether one of the keys is a parameter of a request."""
        return not self._words.of_a_request.isdisjoint(self._names)

    @cached_property
    def variable(self) -> bool:
        """Whether the mapping is a variable of the environment, told as a name and a value."""
        return any(
            isinstance(key, Constant) and key.value in ("name", "key") and _is_capital(value)
            for key, value in self._one.entries
        )

    def described(self, name: str) -> bool:
        """Whether a key besides ``name`` describes a model."""
        return bool(self._describing - {name})

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(str(key.value) for key, _ in self._one.entries if isinstance(key, Constant))

    @cached_property
    def _describing(self) -> frozenset[str]:
        return frozenset(name for name in self._names if holds(self._words.of_a_description, name))


def _is_capital(value: Expression) -> bool:
    return isinstance(value, Constant) and str(value.value).isupper()
