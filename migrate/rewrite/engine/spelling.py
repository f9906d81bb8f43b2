"""How text is spelled inside a string literal, and what a stretch of one reads as. Knows ``ast`` only."""

from __future__ import annotations

import re

from migrate.errors import ProofError
from migrate.findings.edits import ReplaceText
from migrate.rewrite.engine.edits import where
from migrate.rewrite.engine.source import literal_text
from migrate.sources.lines import Lines

_OPENING = re.compile(r"([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_END = "X"  # behind a stretch: a quote at its end would become a part of the closing ones


def opening_of(source: str) -> tuple[str, str]:
    """The prefix and the quotes that a literal begins with. Raises ProofError."""
    match = _OPENING.match(source)
    if match is None or "b" in match[1].lower():
        raise ProofError("engine", f"{source[:20]!r} is no string literal")
    return match[1], match[2]


def reads(raw: str, prefix: str, quote: str) -> str | None:
    """The text that ``raw`` spells between these quotes; None for what has placeholders, or no meaning."""
    text = literal_text(f"{prefix}{quote}{raw}{_END}{quote}")
    return text[: -len(_END)] if text is not None and text.endswith(_END) else None


def spelled(text: str, prefix: str, quote: str, newline: str) -> str:
    """``text`` as it is written between these quotes. Raises ProofError where a raw one cannot hold it."""
    written = text.replace("{", "{{").replace("}", "}}") if "f" in prefix.lower() else text
    if "r" in prefix.lower():
        if quote[0] in text or text.endswith("\\") or (len(quote) == 1 and "\n" in text):
            raise ProofError("engine", f"a raw literal cannot hold {text!r}")
        return written.replace("\n", newline)
    written = written.replace("\\", "\\\\").replace(quote[0], f"\\{quote[0]}").replace("\r", "\\r")
    return written.replace("\n", "\\n" if len(quote) == 1 else newline)


def stretch(edit: ReplaceText, source: str) -> tuple[int, int]:
    """Where ``edit.within`` begins and ends in ``source``, which is at ``edit.span``. Raises ProofError."""
    assert edit.within is not None
    lines = Lines(source)

    def offset(line: int, column: int) -> int:
        row = line - edit.span.line + 1
        if not 1 <= row <= len(lines):
            raise ProofError("engine", f"{where(edit)}: the stretch lies outside of its literal")
        return lines.offset(row, column - edit.span.column + 1 if row == 1 else column)

    return offset(edit.within.line, edit.within.column), offset(edit.within.end_line, edit.within.end_column)
