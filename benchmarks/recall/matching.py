"""Lays what ``scan`` reports beside the rows of the tables, one finding a row, and judges each finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

from benchmarks.recall.labels import CallRow, NegativeRow
from benchmarks.recall.scanning import Found

# What is reported of other ways to reach a model: right on a neutral row, and not judged where no row stands.
_OTHER_WAYS = frozenset(("framework", "http"))
_OPENAI = frozenset(("openai", "configurable", "azure", "user"))


class Matched(msgspec.Struct, frozen=True):
    """The outcome for one package: pairs, rows without a finding, and findings that no row explains."""

    pairs: list[tuple[CallRow, Found]]
    missed: list[CallRow]
    wrong: list[tuple[Found, str]]
    negatives_reported: list[tuple[NegativeRow, Found]]
    right_neutral: list[Found]
    unjudged: list[Found]


def match(calls: Iterable[CallRow], negatives: Iterable[NegativeRow], findings: Iterable[Found]) -> Matched:
    """Judges the findings of one package against its rows; the paths must be written alike."""
    calls, left = list(calls), list(findings)
    expected = [row for row in calls if row.expected]
    pairs = _pair(expected, left)
    taken = {row for row, _ in pairs}
    result = Matched(pairs, [row for row in expected if row not in taken], [], [], [], [])
    neutral = _by_line([row for row in calls if not row.expected])
    others = _by_line(list(negatives))
    labelled = _by_line(expected)
    for finding in left:
        place = finding.path, finding.line
        _judge(finding, neutral.get(place), others.get(place), labelled.get(place), result)
    return result


def _judge(
    finding: Found,
    neutral: CallRow | NegativeRow | None,
    negative: CallRow | NegativeRow | None,
    expected: CallRow | NegativeRow | None,
    result: Matched,
) -> None:
    """Puts one finding, which is nobody's partner, where it belongs."""
    other_way = finding.kind in _OTHER_WAYS
    if isinstance(negative, NegativeRow) and not (other_way and finding.target not in _OPENAI):
        result.negatives_reported.append((negative, finding))
        result.wrong.append((finding, f"not OpenAI: {negative.symbol}, {negative.why}"))
    elif isinstance(neutral, CallRow) and other_way:
        result.right_neutral.append(finding)
    elif isinstance(neutral, CallRow) and neutral.tier == "sdk":
        result.unjudged.append(
            finding
        )  # a method that is passed on is a call for one reader, none for another
    elif isinstance(neutral, CallRow):
        result.wrong.append((finding, f"reported as an SDK call: {neutral.tier}"))
    elif expected is not None:
        result.wrong.append((finding, "a second finding for one call"))
    elif other_way:
        result.unjudged.append(finding)
    else:
        result.wrong.append((finding, "no call stands there"))


def _pair(rows: list[CallRow], left: list[Found]) -> list[tuple[CallRow, Found]]:
    """Takes the partner of every row out of ``left``: by column and kind, by either, by line."""
    pairs: list[tuple[CallRow, Found]] = []
    open_rows = list(rows)
    tests: tuple[Callable[[CallRow, Found], bool], ...] = (
        lambda row, finding: finding.column == row.col + 1 and finding.kind in row.kinds,
        lambda row, finding: finding.kind in row.kinds,
        lambda row, finding: finding.column == row.col + 1,
        lambda row, finding: True,
    )
    for fits in tests:
        for row in list(open_rows):
            partner = next((f for f in left if _on(row, f) and fits(row, f)), None)
            if partner is not None:
                pairs.append((row, partner))
                left.remove(partner)
                open_rows.remove(row)
    return pairs


def _on(row: CallRow, finding: Found) -> bool:
    """Whether the finding starts on a line of the row's callee; a constructor is nobody else's partner."""
    here = row.path == finding.path and row.line <= finding.line <= row.end_line
    return here and ("constructor" in row.kinds) == (finding.kind == "constructor")


def _by_line(rows: Iterable[CallRow | NegativeRow]) -> dict[tuple[str, int], CallRow | NegativeRow]:
    lines: dict[tuple[str, int], CallRow | NegativeRow] = defaultdict()
    for row in rows:
        for line in range(row.line, row.end_line + 1):
            lines.setdefault((row.path, line), row)
    return lines
