"""Which use case the words about a call speak for. Weighs and compares; what the words are is in rules/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.plan.assessment import UNCLEAR, Evidence

if TYPE_CHECKING:
    from migrate.catalog.usecases import Feature, UseCase, UseCases
    from migrate.plan.readings import Reading

_SAYS = {
    "persona": 'its prompt says "you are ... {}"',
    "task": 'its prompt asks to "{}"',
    "prompt": 'its prompt says "{}"',
    "placeholder": 'its prompt is filled with "{}"',
    "parameter": "it is called with {}",
    "name": 'the function or file around it is named "{}"',
    "caller": 'a function that calls it is named "{}"',
    "code": 'the code around it says "{}"',
    "import": "its file imports {}",
}
_MOST_WORDS = 3
_MOST_EVIDENCE = 4


class Score(msgspec.Struct, frozen=True):
    """How much speaks for one use case. ``fields`` are the kinds of text in which it was seen."""

    use_case: UseCase
    points: float
    evidence: tuple[Evidence, ...]
    fields: frozenset[str]


class Verdict(msgspec.Struct, frozen=True):
    """The use case or ``unclear``, the likeliest otherwise, and what speaks for it."""

    use_case: str
    guess: str
    evidence: tuple[Evidence, ...]


def judge(table: UseCases, kind: str, readings: Sequence[Reading]) -> Verdict:
    """What a call of ``kind`` is for, by everything that ``readings`` say about it."""
    scores = sorted((_score(one, readings) for one in table.use_case), key=lambda one: -one.points)
    by_kind = next((one for one in scores if kind in one.use_case.kinds), None)
    if by_kind is not None:
        place = next(one.place for one in readings if one.field == "parameter")
        return Verdict(by_kind.use_case.id, "", (Evidence(f"it is a call of kind {kind}", place),))
    seen = [one for one in scores if one.points > 0]
    if not seen:
        return Verdict(UNCLEAR, "", ())
    best = _best(seen)
    clear = _is_clear(table, best, seen)
    name = best.use_case.id
    return Verdict(name if clear else UNCLEAR, "" if clear else name, best.evidence[:_MOST_EVIDENCE])


def _best(seen: Sequence[Score]) -> Score:
    """The highest, unless it yields to another that is plain enough."""
    best = seen[0]
    for other in seen[1:]:
        if other.use_case.id in best.use_case.yields and other.points >= best.points / 2:
            best = other
    return best


def _is_clear(table: UseCases, best: Score, seen: Sequence[Score]) -> bool:
    scale = table.scale
    rivals = [one for one in seen if one is not best and best.use_case.id not in one.use_case.yields]
    second = max((one.points for one in rivals), default=0.0)
    if best.use_case.guarded:
        strong = best.points >= scale.guarded and len(best.fields) > 1
        return strong and best.points - second >= scale.margin
    doubts = max((one.points for one in seen if one.use_case.guarded), default=0.0)
    if doubts >= scale.doubt:
        return False
    return best.points >= scale.clear and best.points - second >= scale.margin


def _score(use_case: UseCase, readings: Sequence[Reading]) -> Score:
    points = 0.0
    found: list[tuple[float, Evidence]] = []
    fields = set()
    for feature in use_case.features:
        gained, evidence = _matched(feature, readings)
        if evidence is not None:
            points += gained
            fields.add(feature.where)
            found.append((gained, evidence))
    found.sort(key=lambda one: -one[0])
    return Score(use_case, points, tuple(one for _, one in found), frozenset(fields))


def _matched(feature: Feature, readings: Sequence[Reading]) -> tuple[float, Evidence | None]:
    """The points of one feature, and its first place. A second and third word count half."""
    words: dict[str, Evidence] = {}
    for reading in readings:
        if reading.field == feature.where:
            for word, offset in reading.words.among(feature.words):
                words.setdefault(word, Evidence(_SAYS[feature.where].format(word), reading.at(offset)))
    if not words:
        return 0.0, None
    counted = min(len(words), _MOST_WORDS)
    return feature.weight * (1 + counted) / 2, next(iter(words.values()))
