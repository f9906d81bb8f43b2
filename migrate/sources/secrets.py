"""Which values of environment and configuration files, and which words of a text, are secrets, by name or by
shape: never kept, shown or sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = re.compile(
    r"(?i)(?:^|[_.-])(?:api|access|secret|private|account|master|auth)?_?"
    r"(?:key|token|secret|secrets|password|passwd|pwd|credentials?|apikey|dsn)$"
)
KEY_BEGINNINGS = "sk-|gsk_|xai-|hf_|gh[pousr]_|github_pat_|AIza|AKIA|r8_"
"""The shapes that vendors give their keys begin so; characters that mean nothing to a reader follow."""
_SHAPE = re.compile(
    rf"(?:^|[^A-Za-z0-9])(?:{KEY_BEGINNINGS}|xox[bap]-|eyJ)[A-Za-z0-9_.-]{{8,}}"
    r"|-----BEGIN|\w://[^\s/:@]*:[^\s/@]+@"
)
_SHORTEST = 8
_RANDOM = re.compile(r"(?=[^\d]*\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_]{32,}")


def is_secret(name: str, value: str) -> bool:
    """Whether ``value``, set under ``name``, is or may be a key, token or password."""
    if not value:
        return False
    return bool(_NAME.search(name) or _SHAPE.search(value) or _RANDOM.fullmatch(value))


_WORD = re.compile(r"[^\s\"'`()\[\]<>,;]+")
_BEARER = re.compile(r"(?i)\bbearer\s{1,9}([A-Za-z0-9._~+/-]{12,}=*)")
_TOLD = re.compile(
    r"(?i)\b(?:api|access|secret|private|auth)?[_ -]?(?:key|token|secret|password|passwd|pwd)[\"'`]?"
    r"\s{0,9}(?:[:=]|\bis\b)\s{0,9}[\"'`]?([^\s\"'`(){}\[\]<>,;]{8,})"
)
_BEGIN, _END = "-----BEGIN ", "-----END "


def secrets_in(text: str) -> list[tuple[int, int]]:
    """Where secrets stand in a text, as character ranges in order, none within another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(_spots(text), key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _spots(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        word = match[0].rstrip(".:")
        if len(word) >= _SHORTEST and is_secret("", word):
            yield match.start(), match.start() + len(word)
    for match in _BEARER.finditer(text):
        yield match.span(1)
    for match in _TOLD.finditer(text):
        if any(map(str.isdigit, match[1])):
            yield match.start(1), match.start(1) + len(match[1].rstrip("."))
    at = text.find(_BEGIN)
    while at >= 0:
        end = text.find(_END, at)
        line = text.find("\n", end) if end >= 0 else -1
        yield at, line if line >= 0 else len(text)
        at = text.find(_BEGIN, line) if line >= 0 else -1
