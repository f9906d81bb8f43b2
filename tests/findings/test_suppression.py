"""Comments that switch a rule off."""

from __future__ import annotations

from datetime import date

import pytest

from migrate.findings.suppression import ignored

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = 1  # repoint: ignore[retired-model]", True),
        ("x = 1  # repoint:ignore[other, retired-model] because of the contract", True),
        ("x = 1  # repoint: ignore", True),
        ("x = 1  # noqa  # repoint: ignore[retired-model]", True),
        ("x = 1  # repoint: ignore[retired-model] until=2026-11-23", True),
        ("x = 1  # repoint: ignore[retired-model] until=2026-11-22", False),
        ("x = 1  # repoint: ignore[retired-model] until=2026-13-40", False),
        ("x = 1  # repoint: ignore[retiring-model]", False),
        ("x = 1  # ignore[retired-model]", False),
        ("x = 1", False),
    ],
)
def test_a_comment_counts_for_its_line(line: str, expected: bool) -> None:
    assert ignored(line, "retired-model", TODAY) is expected
