"""Model ids among the values and keys of a configuration file, and what its neighbours say it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
        names = [str(key.value) for key, _ in one.entries if isinstance(key, Constant)]
        for key, value in one.entries:
            if not isinstance(key, Constant):
                continue
            name = str(key.value)
            if self._is_id(name):
                yield key.span, name, self._of_key(value, keys)
            yield from self._inside(value, (*keys, name), self._of_value(name, names, one, keys))

    def _of_key(self, value: Expression, keys: tuple[str, ...]) -> LiteralRole:
        number = isinstance(value, Constant) and not isinstance(value.value, str)
        told = any(holds(self._words.of_a_table, key) for key in keys)
        return _TABLE if number or told or isinstance(value, (Mapping, Sequence)) else _LIST

    def _of_value(self, name: str, names: list[str], one: Mapping, keys: tuple[str, ...]) -> LiteralRole:
        words = self._words
        entry = name in words.of_an_entry
        asked = not words.of_a_request.isdisjoint(names)
        described = not asked and any(
            holds(words.of_a_description, other) for other in names if other != name
        )
        if described and (entry or name in words.of_a_model):
            return _TABLE
        if name.isupper() or (name == "value" and any(_is_variable(one, key) for key in ("name", "key"))):
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


def _is_variable(one: Mapping, key: str) -> bool:
    found = [value for name, value in one.entries if isinstance(name, Constant) and name.value == key]
    return any(isinstance(value, Constant) and str(value.value).isupper() for value in found)
