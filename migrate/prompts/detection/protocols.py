"""Finds protocols of thoughts, actions and observations that are laid out as lines. It changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from migrate.prompts.language.tokens import fold_label

Turn: TypeAlias = Literal["thought", "action", "observation", "final"]

_CUE = re.compile(
    r"[ \t]*(?:#{1,4}[ \t]+)?[*_#(\[<{]{0,4}[ \t]?([^\W\d_][^:：\n|\"\]>]{0,24}?)[ \t]*#?"
    r"(?:\d{1,3}|[iN]|\{[^{}\n]{0,20}\})?[*_'>})]{0,4}(?:[ \t]*(?:[:：]|\][:：]?)|(?<=\d)[ \t]+(?=\S))"
)
_KEY = re.compile(r'[ \t{\[]*"([^\W\d_][^"\n]{0,24})"[ \t]*:')
_LOOP = frozenset(("thought", "action", "observation"))
_NEAR = 40  # lines between one turn and the next
_PAIRS = frozenset(
    (("thought", "action"), ("thought", "observation"), ("action", "observation"), ("thought", "final"))
)
_ADJACENT = 3  # lines between a thought and the final answer


def protocol(text: str, cues: Mapping[str, Turn], loose: frozenset[str]) -> list[tuple[int, int]]:
    """The lines of a protocol, as character ranges: those with a cue, if two kinds follow one another. Cues
    that are ``loose``, and keys of records, are one where all of a loop is there, what comes back as well."""
    turns = list(_turns(text, {cue: turn for cue, turn in cues.items() if cue not in loose}, _CUE))
    if not _follow(turns):
        looped = (list(_turns(text, cues, pattern)) for pattern in (_CUE, _KEY))
        turns = next((found for found in looped if _follow(found) and _loops(found)), [])
    return [] if is_material(text, cues) else [(start, end) for _, _, start, end in turns]


def _loops(turns: Sequence[tuple[int, Turn, int, int]]) -> bool:
    return _LOOP.issubset(turn for _, turn, _, _ in turns)


def is_material(text: str, cues: Mapping[str, Turn]) -> bool:
    """Whether each thought stands under the same heading, as ``New lines:``: it is material."""
    thoughts = (start for _, turn, start, _ in _turns(text, cues, _CUE) if turn == "thought")
    above = {_line_before(text, start) for start in thoughts}
    heading = above.pop() if len(above) == 1 else ""
    return heading.endswith((":", "：")) and text.count(f"\n{heading}\n") > 1


def _line_before(text: str, at: int) -> str:
    """The line with something in it above that of a character."""
    end = text.rfind("\n", 0, at)
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return text[text.rfind("\n", 0, max(end, 0)) + 1 : max(end, 0)]


def _follow(turns: list[tuple[int, Turn, int, int]]) -> bool:
    last: dict[Turn, int] = {}
    for line, turn, _, _ in turns:
        for before, at in last.items():
            reach = _ADJACENT if turn == "final" else _NEAR
            if (before, turn) in _PAIRS and line - at <= reach:
                return True
        last[turn] = line
    return False


def _turns(
    text: str, cues: Mapping[str, Turn], pattern: re.Pattern[str]
) -> Iterator[tuple[int, Turn, int, int]]:
    """Each line that begins with a cue: its number, the kind of turn, and its range."""
    number = line = 0
    while line < len(text):
        end = text.find("\n", line)
        end = len(text) if end < 0 else end
        match = pattern.match(text, line, end)
        turn = cues.get(fold_label(match[1])) if match else None
        if match and turn:
            yield number, turn, match.start(1), end
        number, line = number + 1, end + 1
