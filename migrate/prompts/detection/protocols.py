"""Finds protocols of thoughts, actions and observations that are laid out as lines. It changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from migrate.prompts.language.tokens import fold_label

Turn: TypeAlias = Literal["thought", "action", "observation", "final"]

_CUE = re.compile(
    r"[ \t]*(?:#{1,4}[ \t]+)?[*_#(\[<{]{0,4}[ \t]?([^\W\d_][^:：\n|\"\]>]{0,24}?)[ \t]*#?"
    r"(?:\d{1,3}|[iN]|\{[^{}\n]{0,20}\})?[*_'>})]{0,4}(?:[ \t]*(?:[:：]|\][:：]?)|(?<=\d)[ \t]+(?=\S))"
)
_NEAR = 40  # lines between one turn and the next
_PAIRS = frozenset(
    (("thought", "action"), ("thought", "observation"), ("action", "observation"), ("thought", "final"))
)
_ADJACENT = 3  # lines between a thought and the final answer


def protocol(text: str, cues: Mapping[str, Turn]) -> list[tuple[int, int]]:
    """The lines of a protocol, as character ranges: those with a cue, if two kinds follow one another."""
    turns = list(_turns(text, cues))
    return [(start, end) for _, _, start, end in turns] if _follow(turns) else []


def _follow(turns: list[tuple[int, Turn, int, int]]) -> bool:
    last: dict[Turn, int] = {}
    for line, turn, _, _ in turns:
        for before, at in last.items():
            reach = _ADJACENT if turn == "final" else _NEAR
            if (before, turn) in _PAIRS and line - at <= reach:
                return True
        last[turn] = line
    return False


def _turns(text: str, cues: Mapping[str, Turn]) -> Iterator[tuple[int, Turn, int, int]]:
    """Each line that begins with a cue: its number, the kind of turn, and its range."""
    number = line = 0
    while line < len(text):
        end = text.find("\n", line)
        end = len(text) if end < 0 else end
        match = _CUE.match(text, line, end)
        turn = cues.get(fold_label(match[1])) if match else None
        if match and turn:
            yield number, turn, match.start(1), end
        number, line = number + 1, end + 1
