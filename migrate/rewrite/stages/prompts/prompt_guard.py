"""A last look at what a simplification would take out of a prompt: words that code may wait for stay.

The analysis of the text decides what goes; this only refuses, and errs on the side of refusing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate.prompts.simplification.edits import TextEdit

_QUOTED = re.compile(r"\"[^\"\n]{1,80}\"|`[^`\n]{1,80}`|“[^”\n]{1,80}”|'[A-Za-z_][\w -]{0,40}'")
_MARKUP = re.compile(r"</?[A-Za-z][\w-]*/?>|\{[^{}\n]+\}|\[[A-Z][^\]\n]*\]")
_WORD = re.compile(r"[^\W\d_]+")


def taken(text: str, edits: Sequence[TextEdit], rewrite: str) -> str:
    """Something that an edit takes out and that the output may be told by; empty where there is nothing."""
    for edit in edits:
        for one in _telling(text[edit.start : edit.end]):
            if one not in rewrite:
                return one
    return ""


def _telling(removed: str) -> Iterator[str]:
    for pattern in (_QUOTED, _MARKUP):
        for match in pattern.finditer(removed):
            yield match[0]
    words = _WORD.findall(removed)
    loud = [one for one in words if len(one) > 2 and one.isupper()]
    if len(loud) * 2 < len(words):  # otherwise the whole of it is shouted
        yield from loud
