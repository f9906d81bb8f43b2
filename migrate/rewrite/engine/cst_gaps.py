"""The stretches of space, line ends and comments between the items of a call or a dict display.

A gap is what libcst keeps between two tokens inside brackets. These functions say how gaps divide and
join when an item comes or goes, so that every comment stays with what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

Gap = cst.BaseParenthesizableWhitespace

NOTHING = cst.SimpleWhitespace("")
SPACE = cst.SimpleWhitespace(" ")


def has_comments(gap: Gap) -> bool:
    """Whether a comment stands in the gap."""
    if not isinstance(gap, cst.ParenthesizedWhitespace):
        return False
    return gap.first_line.comment is not None or any(line.comment for line in gap.empty_lines)


def bare_end(gap: cst.ParenthesizedWhitespace) -> cst.TrailingWhitespace:
    """The gap's first line end, without the comment before it."""
    return cst.TrailingWhitespace(newline=gap.first_line.newline)


def own_line(gap: Gap, like: cst.ParenthesizedWhitespace) -> cst.ParenthesizedWhitespace:
    """``gap`` made to end on a line of its own, indented as ``like`` is; its comments are kept."""
    if isinstance(gap, cst.ParenthesizedWhitespace):
        return gap.with_changes(indent=like.indent, last_line=like.last_line)
    return cst.ParenthesizedWhitespace(
        first_line=bare_end(like), indent=like.indent, last_line=like.last_line
    )


def without_comments(gap: Gap) -> Gap:
    """``gap`` as a single line end and its indentation; a gap on one line stays as it is."""
    if not isinstance(gap, cst.ParenthesizedWhitespace):
        return gap
    return gap.with_changes(first_line=bare_end(gap), empty_lines=())


def split_before(gap: cst.ParenthesizedWhitespace) -> tuple[Gap, Gap]:
    """Makes room for an item on its own line in the middle of ``gap``: what comes before, what after.

    The trailing comment belongs to the item before; comments on lines of their own to the one behind.
    """
    return gap.with_changes(empty_lines=()), gap.with_changes(first_line=bare_end(gap))


def join(before: Gap, after: Gap, *, first: bool) -> Gap:
    """The gap that is left where the item between ``before`` and ``after`` goes and another follows.

    ``first``: nothing but the opening bracket stands before the item.
    """
    if isinstance(after, cst.ParenthesizedWhitespace):
        if isinstance(before, cst.ParenthesizedWhitespace):
            return _both(before, after)
        if not first:
            return after  # a trailing comment on a shared line: who knows whose it is
        lines = _without_blank_ends(after.empty_lines)
        return after.with_changes(first_line=bare_end(after), empty_lines=lines) if lines else before
    return before


def join_closing(before: Gap, after: Gap, *, only: bool) -> Gap:
    """The gap that is left before the closing bracket where the last item goes.

    ``only``: there was no other item, so without comments the brackets close at once.
    """
    joined = _closing(before, after, only)
    if only and not has_comments(joined):
        return NOTHING
    if isinstance(joined, cst.ParenthesizedWhitespace):
        return joined.with_changes(empty_lines=_without_blank_end(joined.empty_lines))
    return joined


def _closing(before: Gap, after: Gap, only: bool) -> Gap:
    if not isinstance(before, cst.ParenthesizedWhitespace):
        if only and isinstance(after, cst.ParenthesizedWhitespace):
            return after.with_changes(first_line=bare_end(after))
        return after
    if isinstance(after, cst.ParenthesizedWhitespace):
        return _both(before, after)
    return before if has_comments(before) else after


def _both(before: cst.ParenthesizedWhitespace, after: cst.ParenthesizedWhitespace) -> Gap:
    """Both break the line, so the item had lines of its own: its trailing comment goes with it."""
    above, below = list(before.empty_lines), list(after.empty_lines)
    if above and _blank(above[-1]):
        while below and _blank(below[0]):
            below.pop(0)
    return after.with_changes(first_line=before.first_line, empty_lines=(*above, *below))


def chain(first: Gap, second: Gap) -> Gap:
    """Two gaps that a dropped comma kept apart, as one; no comment is lost."""
    if not isinstance(first, cst.ParenthesizedWhitespace):
        return second
    if not isinstance(second, cst.ParenthesizedWhitespace):
        return first
    lines = [*first.empty_lines]
    if second.first_line.comment is not None:
        indent = cst.SimpleWhitespace(second.last_line.value)
        lines.append(
            cst.EmptyLine(
                indent=second.indent,
                whitespace=indent,
                comment=second.first_line.comment,
                newline=second.first_line.newline,
            )
        )
    return second.with_changes(first_line=first.first_line, empty_lines=(*lines, *second.empty_lines))


def _blank(line: cst.EmptyLine) -> bool:
    return line.comment is None


def _without_blank_end(lines: Sequence[cst.EmptyLine]) -> tuple[cst.EmptyLine, ...]:
    kept = list(lines)
    while kept and _blank(kept[-1]):
        kept.pop()
    return tuple(kept)


def _without_blank_ends(lines: Sequence[cst.EmptyLine]) -> tuple[cst.EmptyLine, ...]:
    kept = list(_without_blank_end(lines))
    while kept and _blank(kept[0]):
        kept.pop(0)
    return tuple(kept)
