"""Which finding answers which row, and what the others are worth."""

from __future__ import annotations

from benchmarks.recall.labels import CallRow, NegativeRow
from benchmarks.recall.matching import match
from benchmarks.recall.scanning import Found


def row(
    line: int, col: int, kind: str = "chat", *, tier: str = "sdk", form: str = "call", end: int = 0
) -> CallRow:
    return CallRow(
        package="shop-1.0",
        path="bot.py",
        line=line,
        end_line=end or line,
        col=col,
        form=form,
        tier=tier,
        kinds=tuple(kind.split("|")),
        symbol=f"{kind}@{line}",
        targets=("openai",),
        model="",
        model_exists="",
    )


def found(
    line: int, column: int, kind: str = "chat", *, target: str = "openai", path: str = "bot.py"
) -> Found:
    return Found(
        path=path,
        line=line,
        column=column,
        end_line=line,
        kind=kind,
        symbol=kind,
        certainty="proved",
        target=target,
        model_values=(),
        model_known=False,
    )


def negative(line: int) -> NegativeRow:
    return NegativeRow("shop-1.0", "bot.py", line, line, 0, "other.messages.create", "another package")


def test_two_calls_on_one_line_keep_their_columns() -> None:
    first, second = row(3, 0), row(3, 40)
    result = match([second, first], [], [found(3, 1), found(3, 41)])
    assert {(one.col, finding.column) for one, finding in result.pairs} == {(0, 1), (40, 41)}


def test_a_client_made_and_called_in_one_expression_is_two_rows() -> None:
    result = match([row(3, 0, "constructor"), row(3, 0)], [], [found(3, 1), found(3, 1, "constructor")])
    assert [(one.kinds[0], finding.kind) for one, finding in result.pairs] == [
        ("constructor", "constructor"),
        ("chat", "chat"),
    ]


def test_a_client_is_no_answer_to_a_call() -> None:
    result = match([row(3, 0)], [], [found(3, 1, "constructor")])
    assert len(result.missed) == 1
    assert [why for _, why in result.wrong] == ["a second finding for one call"]


def test_any_line_of_a_long_callee_is_its_place_and_the_next_is_not() -> None:
    assert not match([row(3, 0, end=5)], [], [found(5, 9)]).missed
    assert match([row(3, 0, end=5)], [], [found(6, 9)]).missed
    assert match([row(3, 0)], [], [found(3, 1, path="other.py")]).missed


def test_a_second_finding_for_one_call_is_wrong() -> None:
    result = match([row(3, 0)], [], [found(3, 1), found(3, 1)])
    assert len(result.pairs) == len(result.wrong) == 1


def test_a_look_alike_reported_as_openai_is_counted_and_wrong() -> None:
    result = match([], [negative(4)], [found(4, 1)])
    assert len(result.negatives_reported) == len(result.wrong) == 1


def test_a_look_alike_reported_as_another_vendors_framework_is_not() -> None:
    result = match([], [negative(4)], [found(4, 1, "framework", target="other")])
    assert not result.wrong
    assert len(result.unjudged) == 1


def test_a_wrapper_is_right_as_a_framework_and_wrong_as_an_sdk_call() -> None:
    rows = [row(4, 0, "wrapper", tier="wrapper")]
    assert len(match(rows, [], [found(4, 1, "framework")]).right_neutral) == 1
    assert len(match(rows, [], [found(4, 1, "chat")]).wrong) == 1


def test_a_method_that_is_passed_on_is_not_judged() -> None:
    result = match([row(4, 0, form="ref")], [], [found(4, 1)])
    assert not result.wrong
    assert not result.missed
    assert len(result.unjudged) == 1


def test_where_no_row_stands_an_sdk_call_is_wrong_and_a_framework_is_not_judged() -> None:
    result = match([], [], [found(9, 1), found(9, 1, "framework")])
    assert [why for _, why in result.wrong] == ["no call stands there"]
    assert [finding.kind for finding in result.unjudged] == ["framework"]
