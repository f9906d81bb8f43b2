"""Comments that switch a rule off, and what is said of comments that do so wrongly or in vain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migrate.findings.comments import comments
from migrate.findings.finding import Finding
from migrate.findings.suppression import Suppressions
from migrate.sources.place import Place, Span
from migrate.sources.source import Source

TODAY = date(2026, 11, 23)
RULES = ("retired-model", "retiring-model", "shared-origin")


def source(text: str, path: str = "app.py") -> Source:
    return Source(path, Path(path), text.encode(), text)


def suppressions(text: str, path: str = "app.py") -> Suppressions:
    files = {path: source(text, path)}
    return Suppressions(files.get, RULES, TODAY)


def finding(line: int) -> Finding:
    return Finding(
        "retired-model", "model", Place("app.py", Span(line, 1, line, 9)), "it is shut down", "", "manual"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = 1  # repoint: ignore[retired-model]", True),
        ("x = 1  # repoint:ignore[shared-origin, retired-model] because of the contract", True),
        ("x = 1  # repoint: ignore", True),
        ("x = 1  # noqa  # repoint: ignore[retired-model]", True),
        ("x = 1  # repoint: ignore[retired-model]  # noqa", True),
        ("x = 1  # repoint: ignore[retired-model] until=2026-11-23", True),
        ("x = 1  # repoint: ignore[retired-model] until the contract ends", True),
        ("x = 1  # repoint: ignore[no-such-rule, retired-model]", True),
        ("x = 1  # repoint: ignore[retired-model] until=2026-11-22", False),
        ("x = 1  # repoint: ignore[retired-model] until=2026-13-40", False),
        ("x = 1  # repoint: ignore[retiring-model]", False),
        ("x = 1  # repoint: ignore[no-such-rule]", False),
        ("x = 1  # repoint: ignore retired-model", False),
        ("x = 1  # repoint: ignore[]", False),
        ("x = '# repoint: ignore[retired-model]'", False),
        ("x = 1  # ignore[retired-model]", False),
        ("x = 1", False),
    ],
)
def test_a_comment_counts_for_its_line(line: str, expected: bool) -> None:
    assert suppressions(line).covers(finding(1)) is expected


MANY = """\
# repoint: ignore[retired-model]
# another comment

first = make(
    1,
)
second = make(
    1,
    2,  # repoint: ignore[retired-model]
    3,
)
third = make(
    1,
)  # repoint: ignore[retired-model]
fourth = make(  # repoint: ignore[retired-model]
    1,
)
if fourth:  # repoint: ignore[retired-model]
    fifth = 1
# repoint: ignore[retired-model]
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((1, 2, 3), False),
        ((4, 5, 6), True),
        ((7, 8), False),
        ((9,), True),
        ((10, 11), False),
        ((12, 13, 14), True),
        ((15, 16, 17), True),
        ((18,), True),
        ((19,), False),
    ],
)
def test_a_comment_counts_for_its_statement_or_its_line(lines: tuple[int, ...], expected: bool) -> None:
    asked = suppressions(MANY)
    assert {line: asked.covers(finding(line)) for line in lines} == dict.fromkeys(lines, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# repoint: ignore-file\nx = 1\ny = 2\n", True),
        ("x = 1\ny = 2\n# repoint: ignore-file[retired-model]\n", True),
        ("# repoint: ignore-file[shared-origin]\nx = 1\ny = 2\n", False),
        ("# repoint: ignore-file until=2026-01-01\nx = 1\ny = 2\n", False),
    ],
)
def test_a_whole_file(text: str, expected: bool) -> None:
    assert suppressions(text).covers(finding(2)) is expected


@pytest.mark.parametrize(
    ("comment", "rule", "words"),
    [
        ("ignore[retird-model]", "misspelt-ignore", "did you mean 'retired-model'?"),
        ("ignroe[retired-model]", "misspelt-ignore", "did you mean 'ignore'?"),
        ("ignore[]", "misspelt-ignore", "names no rule"),
        ("ignore retired-model", "misspelt-ignore", "between brackets"),
        ("ignore until=someday", "misspelt-ignore", "until=someday is no date"),
        ("ignore[retired-model] until=2026-11-22", "expired-ignore", "until=2026-11-22 has passed"),
        ("ignore[retired-model]", "unused-ignore", "nothing that is found"),
    ],
)
def test_what_is_wrong_with_a_comment_is_said(comment: str, rule: str, words: str) -> None:
    asked = suppressions(f"x = 1  # repoint: {comment}")
    (found,) = asked.findings(["app.py"], unused=True)
    assert (found.rule, found.note) == (rule, rule == "unused-ignore")
    assert words in f"{found.message} {found.cure}"
    assert found.place.span.line == 1


@pytest.mark.parametrize(
    "comment", ["ignore[retired-model] the reason", "ignore", "use-case=legal", "ignore-file[retired-model]"]
)
def test_nothing_is_said_of_a_comment_that_is_right(comment: str) -> None:
    asked = suppressions(f"x = 1  # repoint: {comment}")
    assert asked.covers(finding(1)) is not comment.startswith("use")
    assert list(asked.findings(["app.py"], unused=True)) == []


def test_unused_comments_are_not_looked_for_where_not_all_was_looked_at() -> None:
    asked = suppressions("x = 1  # repoint: ignore[retired-model]")
    assert list(asked.findings(["app.py"], unused=False)) == []


def test_comments_of_an_environment_file() -> None:
    text = "# repoint: ignore[retired-model] why\n\nMODEL=gpt-4\nKEY=x # repoint: ignore\n"
    assert [(one.lines[0], one.words) for one in comments(source(text, ".env"))] == [
        (3, "ignore[retired-model] why"),
        (4, "ignore"),
    ]


def test_a_file_that_python_cannot_read_has_no_comments() -> None:
    assert comments(source("# repoint: ignore\nx = (\n")) == ()


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("use-case=legal", None),
        ("use-case=leagl", "there is no use case 'leagl'"),
        ("use-case legal", "it names no use case"),
    ],
)
def test_a_use_case_that_nobody_knows(comment: str, message: str | None) -> None:
    files = {"app.py": source(f"x = 1  # repoint: {comment}\n")}
    found = list(Suppressions(files.get, RULES, TODAY, "legal".__eq__).findings(["app.py"], unused=True))
    assert [one.message for one in found] == ([message] if message else [])
    assert all(one.rule == "misspelt-ignore" for one in found)
