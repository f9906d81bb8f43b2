"""The Decision record: for one call site, where each model it may use goes, and why."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.catalog.models import Model
from migrate.plan.assessment import Assessment

PromptChoice: TypeAlias = Literal["", "ask", "keep", "raise"]
"""What a person chose for words of a prompt that ask for reasoning: leave them, or raise the effort, so that
they can go. Empty where there is nothing to choose."""


class Route(msgspec.Struct, frozen=True):
    """``old`` (as written) becomes ``target``. ``effort`` is what the new request must have, None where
    the target takes none; ``rule`` names the finding, ``reason`` says why in words; ``planned`` says that a
    plan file has it so, ``chosen`` that its effort is a person's, whatever the request states.
    ``by_policy``: it leaves its tier because of what the call is for."""

    old: str
    old_model: Model
    target: Model
    effort: str | None
    rule: str
    reason: str
    planned: bool = False
    chosen: bool = False
    by_policy: bool = False


class Proposal(msgspec.Struct, frozen=True):
    """Where ``old`` could go besides what is decided, and why. A person says yes in the plan; nothing else
    acts on it."""

    old: str
    target: Model
    effort: str | None
    reason: str


class Stay(msgspec.Struct, frozen=True):
    """``old`` is not routed: ``rule`` names why where that is worth a finding, else it is empty."""

    old: str
    rule: str
    reason: str
    cure: str = ""
    note: bool = False


class Decision(msgspec.Struct, frozen=True):
    """What becomes of one call site. ``routes`` and ``stays`` together cover all its visible models.
    ``assessment`` says what the call is for, None where nobody asked; ``proposals`` what a bolder policy, or
    a more careful person, would do with it, at most one a model; ``prompts`` what the plan file chooses."""

    call: str
    routes: tuple[Route, ...]
    stays: tuple[Stay, ...]
    effort_known: bool = True
    assessment: Assessment | None = None
    proposals: tuple[Proposal, ...] = ()
    prompts: PromptChoice = ""
