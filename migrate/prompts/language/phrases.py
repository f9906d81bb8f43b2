"""Turns a phrase as the rules write it into a pattern over the words of a text.

    think [carefully] (about|through) it      words, what may be there, one of several
    {steps} ... answer                        a class of the wording, a gap of up to 14 words (``..``: three)
    solve the problem «step by step»          what is cut, where that is only a part of the phrase
    so: ¶ reason                              marks count, ¶ is the end of a line
    tip you # dollars, with {field}, {tag}    any number (¤: with a currency), any template field, any tag
    steps ⟨ in order ⟩                        brackets that stand in the text

There is no repetition in this language, so no phrase can take more than a bounded time at one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from migrate.errors import CatalogError
from migrate.prompts.language.tokens import BREAK, CJK, CURRENCY, FIELD, NUMBER, Tokens

_PIECE = re.compile(r"\.\.\.|\.\.|\{\w+\}|[()\[\]|«»¶]|(?:(?!\.\.)[^\s()\[\]{}|«»¶])+")
_CJK = re.compile(f"[{CJK}]")
_STOP = ".!?;:()\n。！？；：（）"
_GAPS = {"..": (3, 6), "...": (14, 18)}  # words, CJK characters
_CLOSING = {"(": ")", "[": "]", "«": "»"}


class Phrase:
    """A compiled phrase: ``pattern`` for ``Tokens.joined``, ``heads`` are the words it can begin with."""

    __slots__ = ("_regex", "heads", "pattern")

    def __init__(self, pattern: str, heads: frozenset[str]) -> None:
        self.pattern = pattern
        self.heads = heads
        self._regex: re.Pattern[str] | None = None

    @classmethod
    def of(cls, text: str, classes: Mapping[str, Sequence[str]]) -> Phrase:
        """The phrase that a text of the rules stands for. Raises CatalogError."""
        part = _Reader(text, classes).sequence("")
        if part.empty or not part.heads or text.startswith(".."):
            raise CatalogError(f"phrase {text!r} may be empty or begins with a gap; begin it with a word")
        return cls(part.regex, part.heads)

    def match(self, tokens: Tokens, index: int) -> re.Match[str] | None:
        """The phrase at a token, or None. Its span is one in ``tokens.joined``."""
        if self._regex is None:
            self._regex = re.compile(self.pattern)
        return self._regex.match(tokens.joined, tokens.before(index))


class _Part:
    """A piece of a pattern; ``empty`` where it can match nothing, ``heads`` are its possible first words."""

    __slots__ = ("empty", "heads", "regex")

    def __init__(self, regex: str, heads: frozenset[str], empty: bool) -> None:
        self.regex, self.heads, self.empty = regex, heads, empty


_BUILT_IN = {
    "¶": _Part(f" {BREAK}", frozenset((BREAK,)), False),
    "⟨": _Part(r" \(", frozenset("("), False),
    "⟩": _Part(r" \)", frozenset(")"), False),
    "#": _Part(rf" [{CURRENCY}]?\d{{1,40}}[{CURRENCY}]?(?![^ ])", frozenset((NUMBER,)), False),
    "¤": _Part(rf" (?:[{CURRENCY}]\d{{1,40}}|\d{{1,40}}[{CURRENCY}])(?![^ ])", frozenset((NUMBER,)), False),
    "{field}": _Part(f" {FIELD}", frozenset((FIELD,)), False),
    "{tag}": _Part(r" </?[^ <>]{1,62}>", frozenset(("<tag>",)), False),
}


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, text: str, classes: Mapping[str, Sequence[str]], inside: tuple[str, ...] = ()) -> None:
        self._text, self._classes, self._inside = text, classes, inside
        self._pieces = _PIECE.findall(text)
        self._at = 0
        every = " ".join([text, *(one for name in classes for one in classes[name] if f"{{{name}}}" in text)])
        self._wide = bool(_CJK.search(every))

    def sequence(self, closing: str) -> _Part:
        """Alternatives up to a closing bracket, which is taken too."""
        branches: list[list[_Part]] = [[]]
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            self._at += 1
            if piece == closing:
                return _one_of([_joined(branch) for branch in branches])
            if piece == "|":
                branches.append([])
            else:
                branches[-1].extend(self._parts(piece))
        if closing:
            raise CatalogError(f"phrase {self._text!r}: {closing} is missing; close the bracket")
        return _one_of([_joined(branch) for branch in branches])

    def _parts(self, piece: str) -> Iterator[_Part]:
        if piece in _CLOSING:
            inner = self.sequence(_CLOSING[piece])
            yield _bracketed(piece, inner)
        elif piece in _CLOSING.values():
            raise CatalogError(f"phrase {self._text!r}: {piece} closes nothing; take it out")
        elif piece in _GAPS:
            yield _Part(self._gap(piece), frozenset(), True)
        elif piece.startswith("{") and piece not in _BUILT_IN:
            yield self._class(piece[1:-1])
        elif piece in _BUILT_IN:
            yield _BUILT_IN[piece]
        else:
            found = Tokens(piece).words
            if not found:
                raise CatalogError(f"phrase {self._text!r}: {piece} is no word; take it out")
            yield from map(_literal, found)

    def _gap(self, piece: str) -> str:
        words, characters = _GAPS[piece]
        stop = re.escape(_STOP + (",，、" if piece == ".." else ""))
        if self._wide:
            return rf"(?: ?[^ {stop}]){{0,{characters}}}?"
        return rf"(?: [^ {stop}]{{1,60}}){{0,{words}}}?"

    def _class(self, name: str) -> _Part:
        if name not in self._classes:
            raise CatalogError(f"phrase {self._text!r}: no class {name!r}; define it in the wording")
        if name in self._inside:
            raise CatalogError(f"class {name!r} holds itself; take it out of one of them")
        inside = (*self._inside, name)
        return _one_of([_Reader(one, self._classes, inside).sequence("") for one in self._classes[name]])


def _literal(word: str) -> _Part:
    if _CJK.fullmatch(word):
        return _Part(f" ?{word}", frozenset((word,)), False)
    return _Part(rf" {re.escape(word)}(?![^ ])", frozenset((word,)), False)


def _bracketed(opening: str, inner: _Part) -> _Part:
    if opening == "[":
        return _Part(f"(?:{inner.regex})?", inner.heads, True)
    if opening == "«":
        return _Part(f"(?P<cut>{inner.regex})", inner.heads, inner.empty)
    return _Part(f"(?:{inner.regex})", inner.heads, inner.empty)


def _joined(parts: Sequence[_Part]) -> _Part:
    heads: frozenset[str] = frozenset()
    empty = True
    for part in parts:
        if empty:
            heads |= part.heads
        empty = empty and part.empty
    return _Part("".join(part.regex for part in parts), heads, empty)


def _one_of(parts: Sequence[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    # Longer ones first: a match takes as much as it can.
    ordered = sorted(parts, key=lambda part: -len(part.regex))
    heads = frozenset[str]().union(*(part.heads for part in parts))
    return _Part(f"(?:{'|'.join(p.regex for p in ordered)})", heads, any(p.empty for p in parts))
