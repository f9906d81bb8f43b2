"""Keeps quotation marks and emphasis in pairs where words beside them go. It decides no cut."""

from __future__ import annotations

import re

from migrate.prompts.simplification.edits import TextEdit

_PAIRS = {"”": "“", "’": "‘", "»": "«", "」": "「", "』": "『", "】": "【", "“": "„"}
_MARK = re.compile(r"\*{1,3}|_{1,3}|`{1,3}|[\"'”’」』】“]|[ \u00a0]?»")


def paired(text: str, begin: int, edit: TextEdit) -> TextEdit:
    """``edit`` of the sentence that begins at ``begin``, so that a mark which closes what stays before it
    stays, and one which closes what goes goes."""
    start, end = edit.start, edit.end
    while start < end and (mark := _closing(text, begin, start)):
        start += len(mark)
    if not edit.new:
        while end < len(text) and (mark := _closing(text, start, end)):
            end += len(mark)
    return TextEdit(min(start, end), end, edit.new)


def _closing(text: str, begin: int, at: int) -> str:
    """The mark at a place, if it closes one that was opened behind ``begin``; else nothing."""
    found = _MARK.match(text, at)
    if found is None:
        return ""
    mark, before = found[0], text[begin:at]
    opening = _PAIRS.get(mark.strip())
    if opening:
        return mark if before.count(opening) > before.count(mark.strip()) else ""
    own = re.escape(mark)
    marks = re.findall(rf"(?<!\w){own}|{own}(?!\w)", before)
    return mark if len(marks) % 2 else ""
