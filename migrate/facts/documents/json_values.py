"""JSON to expressions. The standard library reads every scalar; only where it stands is found here."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.scalars import scalar
from migrate.facts.expressions import Constant, Expression, Mapping, Sequence
from migrate.sources.lines import Lines
from migrate.sources.place import Span

_BLANK = re.compile(r"[ \t\r\n]*")


def read_json(text: str) -> Expression:
    """The value of a JSON text. Raises DocumentError."""
    reader = _Reader(text)
    value = reader.value("")
    if reader.at != len(text):
        raise reader.wrong("text follows the value")
    return value


class _Reader:
    """Stands at offset ``at`` of a text, never before a blank."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._decoder = JSONDecoder()
        self.at = 0
        self._skip(0)

    def value(self, key: str) -> Expression:
        """The value that starts here; ``key`` is the name it is written under."""
        opening = self._text[self.at : self.at + 1]
        if opening == "{":
            return self._mapping()
        return self._sequence(key) if opening == "[" else self._scalar(key)

    def wrong(self, what: str) -> DocumentError:
        return DocumentError(self._lines.position(self.at)[0], what)

    def _mapping(self) -> Expression:
        start = self.at
        entries: dict[object, tuple[Expression, Expression]] = {}
        self._skip(self.at + 1)
        while not self._taken("}"):
            span, name = self._plain()
            if not isinstance(name, str):
                raise DocumentError(span.line, "a key that is no text")
            self._take(":")
            entries[name] = (Constant(span, name), self.value(name))
            self._separate("}")
        return Mapping(self._lines.between(start, self._end), tuple(entries.values()))

    def _sequence(self, key: str) -> Expression:
        start = self.at
        items: list[Expression] = []
        self._skip(self.at + 1)
        while not self._taken("]"):
            items.append(self.value(key))
            self._separate("]")
        return Sequence(self._lines.between(start, self._end), tuple(items))

    def _scalar(self, key: str) -> Expression:
        span, value = self._plain()
        return scalar(span, value, key)

    def _plain(self) -> tuple[Span, object]:
        start = self.at
        try:
            value, end = self._decoder.raw_decode(self._text, start)
        except JSONDecodeError as error:
            raise DocumentError(error.lineno, error.msg) from None
        self._skip(end)
        return self._lines.between(start, end), value

    def _separate(self, closing: str) -> None:
        if self._text[self.at : self.at + 1] != closing:
            self._take(",")

    def _take(self, mark: str) -> None:
        if not self._taken(mark):
            raise self.wrong(f"{mark} is missing")

    def _taken(self, mark: str) -> bool:
        """Whether ``mark`` stands here; it is passed then."""
        if self._text[self.at : self.at + 1] != mark:
            return False
        self._end = self.at + 1
        self._skip(self._end)
        return True

    def _skip(self, start: int) -> None:
        blank = _BLANK.match(self._text, start)
        assert blank is not None
        self.at = blank.end()
