"""How much the words about a call speak for one use case. The words are in rules/; it compares nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.plan.assessment import Evidence

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
    "after": 'what is done with its answer says "{}"',
    "import": "its file imports {}",
}
OF_PROMPTS = frozenset(("persona", "task", "prompt", "placeholder"))
_LONG = frozenset(("prompt", "code"))
_MOST_WORDS = 3


class Score(msgspec.Struct, frozen=True):
    """How much speaks for one use case. ``fields`` are the kinds of text in which it was seen; ``whole`` are
    the points if every prompt said what some do."""

    use_case: UseCase
    points: float
    whole: float
    evidence: tuple[Evidence, ...]
    fields: frozenset[str]


def score(table: UseCases, use_case: UseCase, readings: Sequence[Reading]) -> Score:
    """What speaks for one use case."""
    points = whole = 0.0
    found: list[tuple[float, Evidence]] = []
    fields = set()
    beside = any(one.beside for one in readings)
    for feature in use_case.features:
        gained, share, evidence = _matched(table, use_case, feature, readings)
        if evidence is not None:
            points += gained * share
            whole += gained
            fields.add("code" if beside and feature.where in OF_PROMPTS else feature.where)
            found.append((gained * share, evidence))
    found.sort(key=lambda one: -one[0])
    return Score(use_case, points, whole, tuple(one for _, one in found), frozenset(fields))


def _matched(
    table: UseCases, use_case: UseCase, feature: Feature, readings: Sequence[Reading]
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
    if feature.where in _LONG and not use_case.guarded and len(words) == 1 and " " not in next(iter(words)):
        counted = 0  # one word of a long text may stand there for anything
    share = min(1.0, table.scale.spread * matching / len(here)) if feature.where in OF_PROMPTS else 1.0
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
