"""JSON with comments and trailing commas (JSONC) made plain, every character where it was. Reads no value."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\r\n]*|/\*.*?\*/|,(?=\s*[\]}])', re.DOTALL)
_VISIBLE = re.compile(r"[^\r\n]")


def plain_json(text: str) -> str:
    """``text`` with comments, and commas before a closing bracket, blanked out."""
    if "//" not in text and "/*" not in text and not _TRAILING.search(text):
        return text
    without = _TOKEN.sub(lambda match: match[0] if match[0][0] in '",' else _blank(match[0]), text)
    return _TOKEN.sub(lambda match: " " if match[0] == "," else match[0], without)


_TRAILING = re.compile(r",\s*[\]}]")


def _blank(comment: str) -> str:
    return _VISIBLE.sub(" ", comment)
