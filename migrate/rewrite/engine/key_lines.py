"""The lines of one entry of a YAML block or a TOML table: what of them goes, and the comment that stays."""

from __future__ import annotations

import re

from migrate.facts.documents.reading import Format

_YAML = re.compile(r"[ \t]*:[ \t]+(?:[|>][-+\d]*[ \t]*)?")
_TOML = re.compile(r"[ \t]*=[ \t]*")
_REST = re.compile(r"[ \t]*(?P<comment>#[^\r\n]*)?(?P<end>\r?\n|\r|\Z)")
_NAMED = ("&", "*", "!")


def entry_lines(text: str, key: int, value: int, end: int, form: Format) -> tuple[int, int, str] | None:
    """(start, end, what is left) of the entry whose key begins at ``key``, and whose value stands from
    ``value`` to ``end``; None where other things stand on its lines, or others may refer to it."""
    start = max(text.rfind("\n", 0, key), text.rfind("\r", 0, key)) + 1
    margin = text[start:key]
    if margin.strip() or text[value : value + 1] in _NAMED or value < key:
        return None
    separator = (_TOML if form == "toml" else _YAML).search(text, key, max(value, key))
    if separator is None or "\n" in text[key : separator.start()]:
        return None
    if end > value and text[end - 1] in "\r\n":
        return start, end, ""
    rest = _REST.match(text, end)
    if rest is None:
        return None
    kept = f"{margin}{rest['comment']}{rest['end']}" if rest["comment"] else ""
    if not rest["end"] and not kept:
        return None
    return start, rest.end(), kept
