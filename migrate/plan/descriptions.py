"""What the people who wrote a call say that it does: docstrings and comments, as text. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUOTED = r"[rRuU]{0,2}(?P<quote>\"{3}|'{3}|\"|')(?P<text>.*?)(?P=quote)"
_OF_FILE = re.compile(rf"\s*(?:#[^\n]*\n\s*)*{_QUOTED}", re.DOTALL)
_OF_FUNCTION = re.compile(rf":[ \t]*(?:#[^\n]*)?\n\s*{_QUOTED}", re.DOTALL)
_SENTENCE = re.compile(r"\.\s|\n\s*\n|\n\s*:|\n\s*Args|\n\s*-{3}")
_LONGEST = 300
_ABOVE = 6  # lines over a call in which a comment speaks of it
_HEADER = 2_000  # characters in which the parameters of a function end


def of_file(text: str) -> str:
    """The first sentence of a file's docstring."""
    return _summary(_OF_FILE.match(text))


def of_function(code: str) -> str:
    """The first sentence of the docstring of the function, or class, whose code this is."""
    return _summary(_OF_FUNCTION.search(code, 0, _HEADER))


def above(text: str, line: int) -> str:
    """The comment nearest above ``line`` of ``text``, counted from 1; empty where none is near."""
    lines = text.split("\n")[max(0, line - 1 - _ABOVE) : line - 1]
    return " ".join(reversed(list(_comment(lines))))


def _comment(lines: list[str]) -> Iterator[str]:
    seen = False
    for one in reversed(lines):
        words = one.strip()
        if words.startswith("#"):
            seen = True
            yield words.lstrip("# ")
        elif seen or words.startswith(("def ", "async def ", "class ")):
            return


def _summary(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    return _SENTENCE.split(match["text"].strip()[:_LONGEST])[0]
