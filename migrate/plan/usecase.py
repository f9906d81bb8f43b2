"""Which use case the words about a call speak for, and which guarded one is to be feared. Compares scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.plan.assessment import UNCLEAR, Evidence
from migrate.plan.scoring import OF_PROMPTS, Score, score

if TYPE_CHECKING:
    from migrate.catalog.usecases import Scale, UseCases
    from migrate.plan.readings import Reading

_AROUND = frozenset(("named", "about", "import"))
_MOST_EVIDENCE = 4


class Verdict(msgspec.Struct, frozen=True):
    """The use case or ``unclear``, the likeliest otherwise, and what speaks for it. ``doubt`` is the guarded
    use case that the call may be, though it is not claimed; a person has to say."""

    use_case: str
    guess: str = ""
    evidence: tuple[Evidence, ...] = ()
    doubt: str = ""
    doubt_evidence: tuple[Evidence, ...] = ()


def judge(
    table: UseCases,
    kinds: Sequence[str],
    readings: Sequence[Reading],
    spoken: Mapping[str, Evidence] | None = None,
) -> Verdict:
    """What a call is for, by its ``kinds`` and by everything that ``readings`` say about it. ``spoken``
    are the guarded use cases that its file speaks of, each with a place."""
    for one in table.use_case:
        kind = next((kind for kind in kinds if kind in one.kinds), None)
        if kind is not None:
            place = next(reading.place for reading in readings if reading.field == "parameter")
            return Verdict(one.id, "", (Evidence(f"it is a call of kind {kind}", place),))
    scores = sorted((score(table, one, readings) for one in table.use_case), key=lambda one: -one.points)
    seen = [one for one in scores if one.points > 0]
    if not seen:
        return Verdict(UNCLEAR)
    best = _best(table, seen)
    name, evidence = best.use_case.id, best.evidence[:_MOST_EVIDENCE]
    if best.use_case.guarded:
        clear = _is_overwhelming(table.scale, best, seen)
    else:
        feared = spoken or any(one.whole >= table.scale.doubt for one in seen if one.use_case.guarded)
        clear = not feared and _is_clear(table.scale, best, seen, readings)
    if clear:
        return Verdict(name, "", evidence)
    guess = (name, evidence) if best.points >= table.scale.margin else ("", ())
    return Verdict(UNCLEAR, *guess, *_doubt(table.scale, seen, spoken or {}))


def _doubt(
    scale: Scale, seen: Sequence[Score], spoken: Mapping[str, Evidence]
) -> tuple[str, tuple[Evidence, ...]]:
    """The guarded use case that most speaks for, and what; the one its file speaks of where the call says
    nothing."""
    for one in seen:
        if one.use_case.guarded and one.points >= scale.doubt:
            return one.use_case.id, one.evidence[:_MOST_EVIDENCE]
    return next(((name, (evidence,)) for name, evidence in spoken.items()), ("", ()))


def _best(table: UseCases, seen: Sequence[Score]) -> Score:
    """The highest, unless it yields to another that is plain enough."""
    best = seen[0]
    for other in seen[1:]:
        if other.use_case.id in best.use_case.yields and other.points >= table.scale.clear:
            best = other
    return best


def _second(scale: Scale, best: Score, seen: Sequence[Score]) -> float:
    """The points of the next one that ``best`` has to keep away from."""
    rivals = [
        one.points
        for one in seen
        if one is not best
        and best.use_case.id not in one.use_case.yields
        and not (one.use_case.id in best.use_case.yields and one.points < scale.clear)
    ]
    return max(rivals, default=0.0)


def _leads(scale: Scale, best: Score, seen: Sequence[Score]) -> bool:
    margin = max(scale.margin, scale.lead * best.points)
    return best.points - _second(scale, best, seen) >= margin


def _is_overwhelming(scale: Scale, best: Score, seen: Sequence[Score]) -> bool:
    """Whether a guarded use may be claimed. What a model is told may be an example, and a name is no proof:
    both have to say so, and plainly."""
    twice = not best.fields.isdisjoint(OF_PROMPTS) and not best.fields.isdisjoint(_AROUND)
    return twice and best.points >= scale.guarded and _leads(scale, best, seen)


def _is_clear(scale: Scale, best: Score, seen: Sequence[Score], readings: Sequence[Reading]) -> bool:
    """Whether enough speaks for ``best``, and enough more than for any other."""
    prompts = [one for one in readings if one.field == "prompt"]
    enough = scale.told if any(not one.beside for one in prompts) else scale.clear
    if best.points >= enough and _leads(scale, best, seen):
        return True
    return not prompts and _is_alone(scale, best, seen)


def _is_alone(scale: Scale, best: Score, seen: Sequence[Score]) -> bool:
    """Whether names say one thing, and next to nothing says another: enough where no prompt is visible."""
    second = max((one.points for one in seen if one is not best), default=0.0)
    return "named" in best.fields and best.points >= scale.alone and second <= scale.margin / 2
