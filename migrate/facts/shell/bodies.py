"""The JSON that a command's word sends, as an expression that stands where the word is written."""

from __future__ import annotations

import msgspec

from migrate.facts.documents.json_values import read_json
from migrate.facts.documents.problem import DocumentError
from migrate.facts.expressions import Constant, Expression, Mapping, Opaque, Sequence
from migrate.facts.shell.words import UNKNOWN, Word
from migrate.sources.lines import Lines
from migrate.sources.place import Span

SHELL_VARIABLE = "a variable of the shell"


class Body(msgspec.Struct, frozen=True):
    """``json`` is the text that is sent, with a digit for a number that is filled in; ``tree`` what it means,
    in places of the file."""

    word: Word
    json: str
    tree: Expression


def body_of(word: Word, lines: Lines) -> Body | None:
    """The body that ``word`` of the text ``lines`` gives; None where it is no JSON."""
    text = _json(word.text)
    try:
        tree = read_json(text)
    except DocumentError:
        return None
    return Body(word, text, _Moving(word, Lines(text), lines).moved(tree))


def _json(text: str) -> str:
    """``text`` with a number for every expansion that stands outside of a string."""
    parts: list[str] = []
    inside = escaped = False
    for one in text:
        if one == '"' and not escaped:
            inside = not inside
        escaped = inside and one == "\\" and not escaped
        parts.append("0" if one == UNKNOWN and not inside else one)
    return "".join(parts)


class _Moving:
    """Moves expressions from the text of a body to the file."""

    def __init__(self, word: Word, own: Lines, file: Lines) -> None:
        self._word = word
        self._own = own
        self._file = file

    def moved(self, node: Expression) -> Expression:
        span = self._span(node.span)
        if isinstance(node, Mapping):
            entries = ((key and self.moved(key), self.moved(value)) for key, value in node.entries)
            return Mapping(span, tuple(entries))
        if isinstance(node, Sequence):
            return Sequence(span, tuple(map(self.moved, node.items)))
        start, end = self._own.offsets(node.span)
        if UNKNOWN in self._word.text[start:end]:
            return Opaque(span, SHELL_VARIABLE)
        return Constant(span, node.value) if isinstance(node, Constant) else Opaque(span, "a secret")

    def _span(self, span: Span) -> Span:
        start, end = self._own.offsets(span)
        return self._file.between(self._word.starts[start], self._word.ends[end - 1])
