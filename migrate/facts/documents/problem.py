"""What can be wrong with a configuration file."""

from __future__ import annotations


class DocumentError(Exception):
    """A file that is not valid in its format: ``line``, counted from 1, and what is wrong there."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line
        self.what = what
