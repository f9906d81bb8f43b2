"""What a readiness report consists of: marks with their evidence, checks, items and the score."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.sources.place import Place

Mark: TypeAlias = Literal["pass", "partial", "fail", "unknown", "not-assessed"]

POINTS: dict[Mark, float] = {"pass": 1.0, "partial": 0.5, "fail": 0.0, "unknown": 0.0, "not-assessed": 0.0}


class Evidence(msgspec.Struct, frozen=True, order=True):
    """One thing judged: a call, client, prompt, or the repository as a whole (``place`` None). ``text`` says
    in a few words why it has its mark."""

    mark: Mark
    text: str
    place: Place | None = None
    call: str = ""


class CheckResult(msgspec.Struct, frozen=True):
    """One check judged. ``share`` is the mean of its evidence's points, 0 to 1, None where there is nothing
    to judge; such a check counts neither for nor against."""

    id: str
    item: str
    weight: float
    question: str
    mark: Mark | None
    share: float | None
    evidence: tuple[Evidence, ...]
    remedy: str
    command: str
    automatic: bool


class ItemResult(msgspec.Struct, frozen=True):
    """One item of the checklist: the weighted mean of its checks, and their marks taken together."""

    id: str
    title: str
    why: str
    mark: Mark | None
    share: float | None
    weight: float
    checks: tuple[CheckResult, ...]


class Action(msgspec.Struct, frozen=True):
    """Something to do next: the check that it mends, the points of the score it can bring, how many things it
    is about, and the first places of them."""

    check: str
    title: str
    points: float
    amount: int
    remedy: str
    command: str
    automatic: bool
    places: tuple[Place, ...]


class Readiness(msgspec.Struct, frozen=True):
    """``score`` is 0 to 100, with one decimal; None where the code asks no model at all."""

    score: float | None
    items: tuple[ItemResult, ...]
    actions: tuple[Action, ...]

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        return tuple(check for item in self.items for check in item.checks)
