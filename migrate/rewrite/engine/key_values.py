"""A new value in the manner of the one that it replaces, by the format of the file."""

from __future__ import annotations

import ast
import json
import re

from migrate.facts.documents.reading import Format

_PLAIN = re.compile(r"[A-Za-z][\w.-]*")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null"))


def written_value(old: str, code: str, form: Format) -> str | None:
    """How ``code`` is written in place of ``old``; None where that is not plain."""
    try:
        value = ast.literal_eval(code)
    except (ValueError, SyntaxError):
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    if not isinstance(value, str):
        return json.dumps(value)
    quote = old[:1] if old[:1] in ("'", '"') else ""
    if not _PLAIN.fullmatch(value) or value.lower() in _WORDS or old[:3] in ("'''", '"""'):
        return None
    if quote and old[-1:] == quote:
        return f"{quote}{value}{quote}"
    return value if form == "yaml" else f'"{value}"'
