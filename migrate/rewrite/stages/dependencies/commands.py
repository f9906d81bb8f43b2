"""Requirements in ``RUN pip install`` lines of Dockerfiles: the edit where the word is plain, or why none."""

from __future__ import annotations

import re

from migrate.findings.edits import ReplaceSpan
from migrate.rewrite.stages.dependencies.requirements import Requirement, command_before
from migrate.sources.lines import Lines

_NAME = re.compile(r"[\w.-]+(?:\[[\w,.-]*\])?$")
_REDIRECTED = "the shell takes its < and > for redirections, so that no version is asked for"


def command_edit(text: str, found: Requirement, new: str) -> ReplaceSpan | str:
    """What makes ``new`` of the versions of ``found``. They get quotes, for a shell redirects at >."""
    command = command_before(text, found.start)
    name = _NAME.search(text[: found.start])
    if name is None or not command.lstrip().upper().startswith("RUN "):
        return "it is no plain RUN line"
    before, after = text[name.start() - 1], text[found.end : found.end + 1]
    lines = Lines(text)
    if before in "\"'":
        inside = command[: len(command) - len(name[0]) - 1]
        if after != before or _open(inside):
            return "other words stand in the same quotes"
        return ReplaceSpan(lines.between(found.start, found.end), found.spec, new)
    if _open(command):
        return "it stands inside quotes"
    if "<" in found.spec or ">" in found.spec:
        return _REDIRECTED
    if after.strip():
        return "other text follows it without a space"
    span = lines.between(name.start(), found.end)
    return ReplaceSpan(span, name[0] + found.spec, f'"{name[0]}{new}"')


def _open(command: str) -> bool:
    """Whether a quote is open at the end of ``command``."""
    return any(command.count(quote) % 2 for quote in "\"'")
