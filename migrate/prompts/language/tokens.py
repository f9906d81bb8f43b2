"""Reads a text as words and marks, so that spacing, line breaks, casing, accents, quotes, hyphens and
emphasis make no difference to what is looked for. It knows no phrase.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import lru_cache

from migrate.prompts.language import placeholders

CJK = "々぀-ヿ㐀-䶿一-鿿가-힣"
FIELD = "\u2402"
BLOCK = "\u2404"  # ``{% if x %}``: what is said around it does not go on across it
BREAK = "\n"
THINKING = "thinking"
NUMBER = "#0"  # stands for any number where phrases are looked up by their first word
CURRENCY = "$€£¥₩"
_WORD = "A-Za-zªµºÀ-ÖØ-öø-\u1fffＡ-Ｚａ-ｚ"
_MARKS = ".,;:!?…。，、；：！？()（）#=|<>[]{}/"
_LONG_LINE = 60
_STATEMENTS = ("{%", "{#")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    parts = (
        rf"(?P<cjk>[{CJK}])",
        rf"(?P<word>[{_WORD}]+)",
        rf"(?P<field>{placeholders.pattern().pattern})",
        r"(?P<tag></?[^\W\d_][\w.:-]{0,60}[ ]?/?>)",
        rf"(?P<number>[{CURRENCY}]?(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)[{CURRENCY}]?)",
        r"(?P<line>\n)",
        r"(?P<dots>\.{2,6})",
        rf"(?P<mark>[{re.escape(_MARKS)}])",
    )
    return re.compile("|".join(parts), re.VERBOSE)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """``word`` without case and accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)) or word


def fold_label(label: str) -> str:
    """The words of a label or a cue, folded, with one blank between them."""
    return " ".join(fold(label).split())


class Tokens:
    """Words and marks of a text. ``joined`` holds them, each after a space but for CJK characters
    in a row; ``starts`` and ``ends`` are their places in the text, ``places`` those in ``joined``.
    Words of ``open_ended`` end no line that is finished, ``starters`` are written large only where a sentence
    begins; tags whose names hold one of ``stems`` are all read as the tag THINKING."""

    def __init__(
        self,
        text: str,
        open_ended: frozenset[str] = frozenset(),
        stems: tuple[str, ...] = (),
        starters: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts = array("L")
        self.ends = array("L")
        self.places = array("L")
        parts: list[str] = []
        place = 0
        cjk_before = False
        for word, start, end, cjk in _tokens(text, open_ended, stems, starters):
            if not (cjk and cjk_before):
                parts.append(" ")
                place += 1
            parts.append(word)
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(end)
            self.places.append(place)
            place += len(word)
            cjk_before = cjk
        self.joined = "".join(parts)

    def __len__(self) -> int:
        return len(self.words)

    def at(self, place: int) -> int:
        """The token that stands at a place of ``joined``, or after the space there."""
        return bisect_right(self.places, place) - (self.joined[place] != " ")

    def before(self, index: int) -> int:
        """The place in ``joined`` where a token begins, with the space before it."""
        place = self.places[index]
        return place - (place > 0 and self.joined[place - 1] == " ")

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters of the text from one token to another, both included."""
        return self.starts[first], self.ends[last]


def _tokens(
    text: str, open_ended: frozenset[str], stems: tuple[str, ...], starters: frozenset[str]
) -> list[tuple[str, int, int, bool]]:
    found: list[tuple[str, int, int, bool]] = []
    for match in _pattern().finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            found.append((fold(match[0]), start, end, False))
        elif kind == "line":
            if found and found[-1][0] != BREAK and _breaks(text, start, found[-1], open_ended, starters):
                found.append((BREAK, start, end, False))
        elif kind == "field":
            found.append((BLOCK if match[0][:2] in _STATEMENTS else FIELD, start, end, False))
        elif kind == "dots":
            found.append(("…", start, end, False))
        elif kind == "number":
            found.append((match[0].replace(",", ""), start, end, False))
        elif kind == "tag":
            found.append((_tag(match[0], stems), start, end, False))
        else:
            found.append((match[0], start, end, kind == "cjk"))
    return found


def _tag(written: str, stems: tuple[str, ...]) -> str:
    tag = written.lower().replace(" ", "")
    if any(stem in tag for stem in stems):
        return f"</{THINKING}>" if tag.startswith("</") else f"<{THINKING}>"
    return tag


def _breaks(
    text: str,
    line_end: int,
    last: tuple[str, int, int, bool],
    open_ended: frozenset[str],
    starters: frozenset[str],
) -> bool:
    """Whether the line that ends here ends what is said, and is not only wrapped: the next begins in lower
    case, or this one ends on a word that cannot end a sentence."""
    after = line_end + 1
    while after < len(text) and text[after] in " \t\r":
        after += 1
    if after >= len(text) or text[after] == "\n" or last[3]:
        return True
    if text[last[2] : line_end].strip(" \t\r-*_`\"'”’)"):
        return True
    if last[0][-1] in ".:!?…;#>|" + BLOCK or not text[after].isalpha():
        return True
    if text[after].islower():
        return not _goes_on(text, after)
    begin = text.rfind("\n", 0, line_end) + 1
    wrapped = line_end - begin >= _LONG_LINE
    first = re.match(r"[^\W\d_]+", text[after : after + _LONG_LINE])
    anew = first is not None and fold(first[0]) in starters
    return not (last[0] in open_ended or last[0] == "," or (wrapped and not anew))


def _goes_on(text: str, after: int) -> bool:
    """Whether a line that begins in lower case goes on with the one before: ``a)`` and ``key:`` do not."""
    head = text[after : after + 24].split("\n", 1)[0]
    return not re.match(r"[a-z]{1,2}[).]|[a-z_]+\s?[:=]", head)
