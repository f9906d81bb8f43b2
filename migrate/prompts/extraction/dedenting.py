"""What ``textwrap.dedent`` and ``inspect.cleandoc`` leave of a text. Neither looks into fields."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping

from migrate.prompts.extraction.parts import Draft, trimmed, without


def dedented(draft: Draft) -> Draft:
    """``textwrap.dedent``: the blanks that all lines begin with go, and those of blank lines."""
    whole = _whole(draft)
    return _lines_cut(draft, whole, textwrap.dedent(whole))


def cleaned(draft: Draft) -> Draft:
    """``inspect.cleandoc``: the same but for the first line, which loses all its blanks; blank lines go at
    both ends."""
    whole = _whole(draft)
    first, _, rest = whole.partition("\n")
    wanted = first.lstrip(" \t") + ("\n" + textwrap.dedent(rest) if rest else "")
    return trimmed(_lines_cut(draft, whole, wanted), "lr", "\n")


def _whole(draft: Draft) -> str:
    # A field must look like a word: what fills it may begin with blanks, but is not known.
    return "".join("x" * len(one.text) if one.kind == "field" else one.text for one in draft)


def _lines_cut(draft: Draft, whole: str, wanted: str) -> Draft:
    """``draft``, whose text is ``whole``, with what its lines begin with in ``whole`` and not in ``wanted``
    taken out."""
    gone: list[tuple[int, int]] = []
    at = 0
    for line, kept in zip(whole.split("\n"), wanted.split("\n"), strict=True):
        if len(kept) < len(line):
            gone.append((at, at + len(line) - len(kept)))
        at += len(line) + 1
    return without(draft, gone)


DEDENTING: Mapping[str, Callable[[Draft], Draft]] = {"textwrap.dedent": dedented, "inspect.cleandoc": cleaned}
