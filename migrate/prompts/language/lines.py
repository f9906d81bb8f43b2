"""Lines of a text, looked at no further than pays: a line can be as long as the text."""

from __future__ import annotations

_MOST = 1_000


def line_before(text: str, at: int) -> str:
    """What stands before the place ``at`` in its line; of a very long one only the end."""
    first = max(0, at - _MOST)
    return text[max(first, text.rfind("\n", first, at) + 1) : at]
