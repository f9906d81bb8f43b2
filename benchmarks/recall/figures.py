"""Counts that add up over packages, and how they are printed beside the targets."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from benchmarks.recall.labels import CallRow
from benchmarks.recall.literals import JudgedLiterals
from benchmarks.recall.matching import Matched
from benchmarks.recall.scanning import Found

_TARGETS = {
    "recall": 0.97,
    "precision of proved": 0.98,
    "precision of all": 0.95,
    "target": 0.95,
    "model known": 0.80,
    "roles": 0.95,
}
_VISIBLE = frozenset(("yes", "partly"))


class Figures(msgspec.Struct, frozen=True):
    """Name of a figure to (how many right, of how many); ``negatives``: look-alikes reported as OpenAI."""

    shares: dict[str, tuple[int, int]]
    negatives: int

    def __add__(self, other: Figures) -> Figures:
        names = [*self.shares, *(name for name in other.shares if name not in self.shares)]
        shares = {name: _sum(self.shares.get(name, (0, 0)), other.shares.get(name, (0, 0))) for name in names}
        return Figures(shares, self.negatives + other.negatives)


def figures(matched: Matched, judged: JudgedLiterals | None) -> Figures:
    """The figures of one package; ``judged`` is None where ``scan`` lists no model ids."""
    right = [found for _, found in matched.pairs] + matched.right_neutral
    wrong = [found for found, _ in matched.wrong]
    proved, false = ([f for f in found if f.certainty == "proved"] for found in (right, wrong))
    placed = [(row, found) for row, found in matched.pairs if any(row.targets)]
    shares = {
        "recall": (len(matched.pairs), len(matched.pairs) + len(matched.missed)),
        "precision of proved": (len(proved), len(proved) + len(false)),
        "precision of all": (len(right), len(right) + len(wrong)),
        "target": (sum(found.target in row.targets for row, found in placed), len(placed)),
        "kind": (sum(found.kind in row.kinds for row, found in matched.pairs), len(matched.pairs)),
        **_models(matched),
    }
    if judged is not None:
        shares["roles"] = (len(judged.right), len(judged.right) + len(judged.wrong))
    return Figures(shares, len(matched.negatives_reported))


def _models(matched: Matched) -> dict[str, tuple[int, int]]:
    """Closed sets known to the end, sets of which the value is named, claims of a closed set that hold."""
    closed = [(row, found) for row, found in matched.pairs if row.model_exists == "yes"]
    visible = [(row, found) for row, found in matched.pairs if row.model_exists in _VISIBLE]
    claims = [row for row, found in matched.pairs if found.model_known and row.model_exists]
    missed = [row.model_exists for row in matched.missed]
    return {
        "model known": (
            sum(found.model_known and _names(row, found) for row, found in closed),
            len(closed) + missed.count("yes"),
        ),
        "model named": (
            sum(_names(row, found) for row, found in visible),
            len(visible) + sum(one in _VISIBLE for one in missed),
        ),
        "claims of known": (sum(row.model_exists == "yes" for row in claims), len(claims)),
    }


def _names(row: CallRow, found: Found) -> bool:
    """Whether the value that the table gives is among the reported ones; any value where it gives none."""
    return row.model in found.model_values if row.model else bool(found.model_values)


def lines(name: str, counted: Figures) -> Iterator[str]:
    """The figures as text, with the target where there is one."""
    yield name
    for figure, (right, total) in counted.shares.items():
        share = f"{right / total:.3f}" if total else "-"
        wanted = f"  (target {_TARGETS[figure]:.2f})" if figure in _TARGETS else ""
        yield f"  {figure:20} {right:4} of {total:4}  {share}{wanted}"
    yield f"  {'look-alikes reported':20} {counted.negatives:4}"


def complaints(package: str, matched: Matched, judged: JudgedLiterals | None) -> Iterator[str]:
    """Every miss and every wrong word with its place, for the person who works on it."""
    for missed in matched.missed:
        yield f"MISS    {_row(package, missed)}"
    for found, why in matched.wrong:
        yield f"FALSE   {_found(package, found)}: {why}"
    for row, found in matched.pairs:
        yield from _pair(package, row, found)
    for found in matched.unjudged:
        yield f"UNSEEN  {_found(package, found)}: no row says what this is"
    if judged is not None:
        for literal, said in judged.wrong:
            place = f"{package}/{literal.path}:{literal.line}:{literal.col + 1}"
            yield f"ROLE    {place} {literal.value}: {literal.role} {literal.receiver}, reported as {said}"
        for literal, said in judged.doubtful:
            place = f"{package}/{literal.path}:{literal.line}:{literal.col + 1}"
            yield f"DOUBT   {place} {literal.value}: {literal.role}, reported as {said}"


def _pair(package: str, row: CallRow, found: Found) -> Iterator[str]:
    if any(row.targets) and found.target not in row.targets:
        yield f"TARGET  {_found(package, found)}: expected {'|'.join(row.targets)}, reported {found.target}"
    if found.kind not in row.kinds:
        yield f"KIND    {_found(package, found)}: expected {'|'.join(row.kinds)}, reported {found.kind}"
    reported = f"reported {', '.join(found.model_values) or 'nothing'}"
    if row.model_exists in _VISIBLE and not _names(row, found):
        yield f"MODEL   {_found(package, found)}: expected {row.model or 'a value'}, {reported}"
    elif row.model_exists == "yes" and not found.model_known:
        yield f"OPEN    {_found(package, found)}: could be known to the end, {reported}"
    elif row.model_exists in {"partly", "no"} and found.model_known:
        yield f"CLAIM   {_found(package, found)}: others can come from outside, {reported} as all there is"


def _row(package: str, row: CallRow) -> str:
    return f"{package}/{row.path}:{row.line}:{row.col + 1} {row.symbol} ({'|'.join(row.kinds)})"


def _found(package: str, found: Found) -> str:
    return f"{package}/{found.place} {found.symbol} ({found.kind}, {found.certainty})"


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
