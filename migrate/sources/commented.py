"""Whether something stands behind the sign of a comment on its line, in files that are not Python."""

from __future__ import annotations

import re

from migrate.sources.lines import Lines

_SIGN = re.compile(r"(?:^|[ \t])(?:#|//)|^[ \t]*;")


class Comments:
    """Of one text. Each line is looked at once, where it is asked about in one go."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._line = 0
        self._from = 0

    def hold(self, offset: int) -> bool:
        """Whether the sign of a comment stands before ``offset`` on its line."""
        line, column = self._lines.position(offset)
        if line != self._line:
            sign = _SIGN.search(self._lines.line(line))
            begins = offset - column + 1
            self._line = line
            self._from = begins + sign.end() if sign is not None else len(self._lines.text) + 1
        return self._from <= offset
