"""Hides what looks like a secret before it is shown. Never used on what is written to a source file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.sources.secrets import KEY_BEGINNINGS, secrets_in

if TYPE_CHECKING:
    from migrate.prompts.detection.spans import Span

_KEY = re.compile(rf"(?<![A-Za-z0-9_-])({KEY_BEGINNINGS})([A-Za-z0-9_-]{{8,}})")
_BEARER = re.compile(r"(?i)\b(bearer\s+)([A-Za-z0-9._~+/-]{12,}=*)")
_IN_URL = re.compile(r"(\w://[^\s/:@'\"]*:)([^\s/@'\"]+)(?=@)")
_LITERAL = re.compile(r"""([rbu]?['"])([^'"\s]{8,})(['"])""")
_ASSIGNED = re.compile(
    r"""(?i)((?:api_?key|token|secret|password)['"]?\]?\s*[:=]\s*[rbu]?)(['"])((?![^'"]*…)[^'"\s]{8,})\2"""
)
_SECRET_NAMES = frozenset(("api_key", "azure_ad_token", "webhook_secret", "admin_api_key", "token"))


def mask(text: str) -> str:
    """``text`` with every secret down to its kind and its last four characters: ``sk-…abcd``."""
    text = _KEY.sub(lambda found: f"{found[1]}…{_end(found[2])}", text)
    text = _BEARER.sub(lambda found: f"{found[1]}…{_end(found[2])}", text)
    return _IN_URL.sub(r"\1…", text)


def masked(text: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """The text of a prompt with its secrets masked as ``mask`` does, and where ``spans`` are then."""
    parts: list[str] = []
    moves: list[tuple[int, int]] = []  # what stands from the first on has moved by the second
    done = moved = 0
    for start, end in secrets_in(text):
        secret = text[start:end]
        shown = mask(secret)
        shown = shown if shown != secret else f"…{_end(secret)}"
        parts += (text[done:start], shown)
        moved += len(shown) - len(secret)
        moves.append((end, moved))
        done = end
    ends = [end for end, _ in moves]

    def at(offset: int) -> int:
        known = bisect_right(ends, offset)
        return offset + (moves[known - 1][1] if known else 0)

    kept = (msgspec.structs.replace(one, start=at(one.start), end=at(one.end)) for one in spans)
    return "".join((*parts, text[done:])), tuple(kept)


def mask_argument(name: str, code: str) -> str:
    """The code of an argument; a literal that is a key by its name is masked whatever its shape."""
    literal = _LITERAL.fullmatch(code) if name in _SECRET_NAMES else None
    if literal is not None and mask(code) == code:
        return f"{literal[1]}…{_end(literal[2])}{literal[3]}"
    return mask(code)


def mask_line(code: str) -> str:
    """A line of code; every literal that is given to a name which speaks of a key is masked too."""
    return _ASSIGNED.sub(lambda found: f"{found[1]}{found[2]}…{_end(found[3])}{found[2]}", mask(code))


def _end(secret: str) -> str:
    return secret[-4:] if len(secret) >= 12 else ""
