"""The shape of the plan as a JSON document: keys in print order.

The JSON Schema is made from these records; a docstring here is a description there.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from migrate.plan.planfile.entry import Choice
from migrate.report.document_shapes import Document


class PlanSettings(msgspec.Struct, frozen=True):
    """The settings that the plan was made with."""

    gateway: str
    strong: str
    fast: str
    horizon: int
    policy: str
    usage: str


class PlanTotals(msgspec.Struct, frozen=True):
    """The plan in numbers: ``vanished`` entries speak of calls that are gone, calls ``elsewhere`` do not go
    to OpenAI and have no entry. ``cost`` says what changes in words, ``assumptions`` what that rests on."""

    calls: int
    accept: int
    keep: int
    ask: int
    vanished: int
    elsewhere: int
    cost: str
    assumptions: tuple[str, ...]


class PlannedModel(msgspec.Struct, frozen=True):
    """A model of a call and what it becomes; ``effort`` is empty where none is set."""

    current: str
    model: str
    effort: str


class PlannedBill(msgspec.Struct, frozen=True):
    """Tokens and US dollars of one side, part by part: ``cached_tokens`` are among the ``input_tokens``, and
    reasoning comes on top of the output. An amount is null where the model has no known price."""

    model: str
    effort: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    reasoning_tokens: int
    input: float | None
    cached: float | None
    output: float | None
    reasoning: float | None
    total: float | None


class PlannedCost(msgspec.Struct, frozen=True):
    """The bill of one model of one call before and after, for ``calls`` requests; ``measured`` says that a
    usage file told volume and tokens, ``assumed`` what the rest is taken from. ``factor`` is null where a
    price is not known."""

    calls: int
    measured: bool
    before: PlannedBill
    after: PlannedBill
    factor: float | None
    assumed: tuple[str, ...]


class PlannedCall(msgspec.Struct, frozen=True):
    """What is planned for one call: as the plan file has it, people's edits included."""

    id: str
    path: str
    line: int
    function: str
    use_case: str
    latency: str
    evidence: tuple[str, ...]
    models: tuple[PlannedModel, ...]
    decision: Choice
    note: str
    reason: str
    parameters: tuple[str, ...]
    prompts: tuple[str, ...]
    cost: str
    costs: tuple[PlannedCost, ...]
    attention: tuple[str, ...]


class Plan(Document, frozen=True, kw_only=True):
    """The plan; ``file`` is where it is written, ``stale`` what the file that is there does not say yet."""

    schema: Literal["repoint/plan/1"] = "repoint/plan/1"
    file: str
    settings: PlanSettings
    totals: PlanTotals
    stale: tuple[str, ...]
    calls: tuple[PlannedCall, ...]
