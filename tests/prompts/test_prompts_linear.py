"""No text is slow: each phrase has a longest match, and twice the text is twice the work."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

from migrate.catalog import load
from migrate.prompts.analysis import analyse
from migrate.prompts.language import grammar
from migrate.prompts.language.lines import line_before
from migrate.prompts.language.matching import lexicon
from migrate.prompts.language.phrases import Phrase
from migrate.prompts.language.tokens import Tokens

if sys.version_info >= (3, 11):
    from re import _parser as sre_parse
else:
    import sre_parse

WIDEST = 12_000  # characters that one attempt may look at
SHAPES = (
    *(
        "think ",
        "step by ",
        "let's think step by ",
        "think step by step. ",
        "(think step by step) ",
        "think step by step, ",
        "a",
        " ",
        "\n",
        "\n- ",
        "{",
        "{{",
        "{x",
    ),
    *(
        "<thinking>",
        "<",
        '"',
        "“",
        "1. ",
        "Thought: ",
        "Q: a\nA: b. So c.\n",
        "DO NOT ",
        "请一步一步",
        "考え",
        ".",
    ),
    *(
        "first explain your reasoning and then ",
        "before you answer, ",
        "and then, ",
        ", ",
        "not ",
        "${",
        "%(",
        "__a",
    ),
    *(
        "think carefully " + "x " * 9,
        "__a_b_c",
        "{% if ",
        "* ",
        "**",
        "#",
        "Reasoning:\n",
        "\ta\n",
        "é",
        "İ",
        "\u0301",
    ),
    "1. Restate the riddle.\n2. List possible readings.\n3. Give the answer.\n\nx\n",
    "<reasoning>a</reasoning>\n",
    "Reasoning:\nAnswer:\n",
    "Ticket: a\nBecause: it is so, as we know by now\nClass: b\n\n",
    '"think it over" ',
)


def _phrases() -> Iterator[Phrase]:
    known = lexicon(load())
    for rules in known._rules.values():
        yield from (phrase for _, phrase in rules)
    for one in known.grammars:
        yield from (phrase for phrases in one._kinds.values() for phrase in phrases)


def test_every_phrase_has_a_longest_match() -> None:
    seen = {phrase.pattern for phrase in _phrases()}
    assert len(seen) > 500
    for pattern in seen:
        assert sre_parse.parse(pattern).getwidth()[1] <= WIDEST, pattern


def test_no_phrase_repeats_a_repetition_without_a_bound() -> None:
    for phrase in _phrases():
        assert not re.search(r"(?<!\\)[*+]|\{\d*,\}", phrase.pattern.replace(r"\+", "").replace(r"\*", ""))


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_is_twice_the_work(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = 0
    match = Phrase.match

    def counting(self: Phrase, tokens: Tokens, index: int) -> re.Match[str] | None:
        nonlocal tries
        tries += 1
        return match(self, tokens, index)

    monkeypatch.setattr(Phrase, "match", counting)
    analyse(shape * (4_000 // len(shape)))
    once, tries = tries, 0
    analyse(shape * (8_000 // len(shape)))
    assert tries <= 2.3 * once + 500


@pytest.mark.parametrize("shape", SHAPES)
def test_constructions_of_twice_the_text_are_twice_the_steps(shape: str) -> None:
    analyse(shape)  # what every text pays for once
    once = _steps(shape * (3_000 // len(shape)))
    assert _steps(shape * (6_000 // len(shape))) <= 2.3 * once + 500


def _steps(text: str) -> int:
    """How many lines of the grammar run for ``text``, those of its loops each time."""
    count = 0

    def lines(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return lines

    def calls(frame: FrameType, _event: str, _argument: Any) -> Any:
        return lines if frame.f_code.co_filename == grammar.__file__ else None

    sys.settrace(calls)
    try:
        analyse(text)
    finally:
        sys.settrace(None)
    return count


def test_no_more_of_a_line_is_looked_at_than_its_end() -> None:
    assert line_before("one\ntwo three", 8) == "two "
    assert line_before("one\ntwo", 4) == ""
    assert line_before("one", 2) == "on"
    assert len(line_before("a" * 1_000_000, 900_000)) <= 1_000
