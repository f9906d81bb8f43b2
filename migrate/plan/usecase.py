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
    "name": 'its function is named "{}"',
    "owner": 'what holds its function is named "{}"',
    "file": 'its file is named "{}"',
    "project": 'a folder around it is named "{}"',
    "caller": 'a function that calls it is named "{}"',
    "about": 'a docstring or comment on it says "{}"',
    "code": 'the code around it says "{}"',
    "import": "its file imports {}",
}
_OF_PROMPTS = frozenset(("persona", "task", "prompt", "placeholder"))
_MOST_WORDS = 3
_MOST_EVIDENCE = 4


class Score(msgspec.Struct, frozen=True):
    """How much speaks for one use case. ``fields`` are the kinds of text in which it was seen; ``whole`` are
    the points if every prompt said what some do."""

    use_case: UseCase
    points: float
    whole: float
    evidence: tuple[Evidence, ...]
    fields: frozenset[str]


class Verdict(msgspec.Struct, frozen=True):
    """The use case or ``unclear``, the likeliest otherwise, and what speaks for it."""

    use_case: str
    guess: str
    evidence: tuple[Evidence, ...]


def judge(table: UseCases, kinds: Sequence[str], readings: Sequence[Reading]) -> Verdict:
    """What a call is for, by its ``kinds`` and by everything that ``readings`` say about it."""
    for one in table.use_case:
        kind = next((kind for kind in kinds if kind in one.kinds), None)
        if kind is not None:
            place = next(reading.place for reading in readings if reading.field == "parameter")
            return Verdict(one.id, "", (Evidence(f"it is a call of kind {kind}", place),))
    scores = sorted((score(table, one, readings) for one in table.use_case), key=lambda one: -one.points)
    seen = [one for one in scores if one.points > 0]
    if not seen:
        return Verdict(UNCLEAR, "", ())
    best = _best(table, seen)
    told = any(one.field == "prompt" for one in readings)
    clear = _is_clear(table, best, seen) or (not told and _is_alone(table, best, seen))
    name = best.use_case.id
    return Verdict(name if clear else UNCLEAR, "" if clear else name, best.evidence[:_MOST_EVIDENCE])


def _best(table: UseCases, seen: Sequence[Score]) -> Score:
    """The highest, unless it yields to another that is plain enough."""
    best = seen[0]
    for other in seen[1:]:
        if other.use_case.id in best.use_case.yields and other.points >= table.scale.clear:
            best = other
    return best


def _is_clear(table: UseCases, best: Score, seen: Sequence[Score]) -> bool:
    scale = table.scale
    rivals = [
        one
        for one in seen
        if one is not best
        and best.use_case.id not in one.use_case.yields
        and not (one.use_case.id in best.use_case.yields and one.points < scale.clear)
    ]
    second = max((one.points for one in rivals), default=0.0)
    margin = max(scale.margin, scale.lead * best.points)
    if best.use_case.guarded:
        # A name alone is no proof: what the model is told has to say so too.
        told = not best.fields.isdisjoint(_OF_PROMPTS)
        strong = told and best.points >= scale.guarded and len(best.fields) > 1
        return strong and best.points - second >= margin
    doubts = max((one.whole for one in seen if one.use_case.guarded), default=0.0)
    if doubts >= scale.doubt:
        return False
    return best.points >= scale.clear and best.points - second >= margin


def _is_alone(table: UseCases, best: Score, seen: Sequence[Score]) -> bool:
    """Whether names say one thing, and next to nothing says another: enough where no prompt is visible."""
    scale = table.scale
    second = max((one.points for one in seen if one is not best), default=0.0)
    named = "named" in best.fields and not best.use_case.guarded
    return named and best.points >= scale.alone and second <= scale.margin / 2


def score(table: UseCases, use_case: UseCase, readings: Sequence[Reading]) -> Score:
    """What speaks for one use case."""
    points = whole = 0.0
    found: list[tuple[float, Evidence]] = []
    fields = set()
    beside = any(one.beside for one in readings)
    for feature in use_case.features:
        gained, share, evidence = _matched(table, feature, readings)
        if evidence is not None:
            points += gained * share
            whole += gained
            fields.add("code" if beside and feature.where in _OF_PROMPTS else feature.where)
            found.append((gained * share, evidence))
    found.sort(key=lambda one: -one[0])
    return Score(use_case, points, whole, tuple(one for _, one in found), frozenset(fields))


def _matched(
    table: UseCases, feature: Feature, readings: Sequence[Reading]
) -> tuple[float, float, Evidence | None]:
    """The points of one feature, the share of them that counts, and its first place. What few of many
    prompts say counts little: the call passes on whatever it is given."""
    if feature.where == "named":
        points, first = _named(table, feature, readings)
        return points, 1.0, first
    here = [reading for reading in readings if reading.field == feature.where]
    words, matching = _found(feature, here)
    if not words:
        return 0.0, 1.0, None
    counted = 1 if feature.where == "parameter" else min(len(words), _MOST_WORDS)
    share = min(1.0, table.scale.spread * matching / len(here)) if feature.where in _OF_PROMPTS else 1.0
    return feature.weight * (1 + counted) / 2, share, next(iter(words.values()))


def _named(table: UseCases, feature: Feature, readings: Sequence[Reading]) -> tuple[float, Evidence | None]:
    """The same of the names around a call: the nearer, the more a name says."""
    share = 0.0
    first: Evidence | None = None
    scale = table.scale
    most = scale.most_around
    for field, part in scale.named.items():
        words, _ = _found(feature, [reading for reading in readings if reading.field == field])
        if words:
            share += part
            most = scale.most_named if part >= 1 else most
            first = first or next(iter(words.values()))
    return feature.weight * min(share, most), first


def _found(feature: Feature, readings: Sequence[Reading]) -> tuple[dict[str, Evidence], int]:
    """The words of ``feature`` that stand in ``readings``, each with its first place, and in how many of
    them any stands."""
    words: dict[str, Evidence] = {}
    matching = 0
    for reading in readings:
        found = reading.words.among(feature.words)
        matching += bool(found)
        for word, offset in found:
            words.setdefault(word, Evidence(_SAYS[reading.field].format(word), reading.at(offset)))
    return words, matching
