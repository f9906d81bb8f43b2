"""Uses and definitions of model ids, against what ``scan`` may list."""

from __future__ import annotations

import pytest

from benchmarks.recall.labels import LiteralRow
from benchmarks.recall.literals import judge_literals
from benchmarks.recall.scanning import FoundLiteral


def literal(role: str, *, receiver: str = "", reaches: bool = False, area: str = "source") -> LiteralRow:
    return LiteralRow("shop-1.0", "bot.py", 3, 8, "gpt-4o", "equal", role, receiver, reaches, area)


def listed(*, use: bool, column: int = 9, value: str = "gpt-4o") -> FoundLiteral:
    return FoundLiteral("bot.py", 3, column, column + 8, value, "constant", use)


@pytest.mark.parametrize(
    ("row", "use"),
    [
        (literal("call-argument", receiver="sdk:chat"), True),
        (literal("constant", reaches=True), True),
        (literal("table-key"), False),
        (literal("branch"), False),
        (literal("call-argument", receiver="sdk:chat", area="test"), False),
    ],
)
def test_a_use_and_a_definition_are_told_apart(row: LiteralRow, *, use: bool) -> None:
    assert judge_literals([row], [listed(use=use)]).right == [row]
    assert judge_literals([row], [listed(use=not use)]).wrong[0][0] == row


def test_what_must_be_edited_has_to_be_listed() -> None:
    row = literal("call-argument", receiver="sdk:chat")
    judged = judge_literals([row], [])
    assert judged.wrong == [(row, "not listed")]
    assert judged.unlisted == [row]


def test_text_need_not_be_listed() -> None:
    judged = judge_literals([literal("docstring")], [])
    assert judged.right
    assert not judged.unlisted


def test_a_default_that_nobody_followed_may_be_either() -> None:
    row = literal("parameter-default")
    assert judge_literals([row], [listed(use=True)]).free == [row]


def test_the_literal_that_covers_the_column_is_meant() -> None:
    row = literal("table-key")
    assert judge_literals([row], [listed(use=True, column=40), listed(use=False)]).right == [row]


def test_an_id_behind_its_provider_may_be_a_use_and_a_sentence_may_not() -> None:
    row = literal("embedded")
    assert judge_literals([row], [listed(use=True, value="openai/gpt-4o")]).free == [row]
    assert judge_literals([row], [listed(use=True, value="Ask gpt-4o")]).wrong[0][0] == row
    assert judge_literals([row], [listed(use=True, value="not a name/gpt-4o")]).wrong[0][0] == row


def test_a_tokenizers_default_that_is_called_a_use_is_doubtful() -> None:
    row = literal("tokenizer-default")
    assert judge_literals([row], [listed(use=True)]).doubtful
    assert not judge_literals([row], [listed(use=False)]).doubtful
