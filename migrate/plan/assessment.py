"""The Assessment record: what a call is for and how long its answer may take, with the evidence. Data only.

    assessments = assess(inventory, catalog)  # of migrate.plan.assess: by call id, every call that asks
    decision = router.decide(site, assessments.get(site.id))

``Assessment.use_case`` is what a plan may act on: an id of rules/usecases.toml, or ``unclear``. ``guess`` is
the likeliest where it is unclear, for people to look at; nothing may act on it. ``doubt`` is a use
where mistakes cost most (legal, medical, finance) that the call may be for: a plan asks a person.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.sources.place import Place

Confidence: TypeAlias = Literal["stated", "clear", "unclear"]
Latency: TypeAlias = Literal["interactive", "background", "unknown"]

UNCLEAR = "unclear"


class Evidence(msgspec.Struct, frozen=True):
    """One thing that speaks for an assessment, in words, and where it stands."""

    words: str
    place: Place


class Assessment(msgspec.Struct, frozen=True):
    """What call ``call`` is for. ``confidence`` is ``stated`` where a comment ``# repoint: use-case=...``
    says it. ``evidence`` speaks for ``use_case``, or for ``guess`` where that is unclear. ``guarded``:
    mistakes cost most in ``use_case``."""

    call: str
    use_case: str
    confidence: Confidence
    evidence: tuple[Evidence, ...]
    latency: Latency
    latency_evidence: tuple[Evidence, ...]
    guess: str = ""
    doubt: str = ""
    doubt_evidence: tuple[Evidence, ...] = ()
    guarded: bool = False
