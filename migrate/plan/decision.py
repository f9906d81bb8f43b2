"""The Decision record: for one call site, where each model it may use goes, and why."""

from __future__ import annotations

import msgspec

from migrate.catalog.models import Model
from migrate.plan.assessment import Assessment


class Route(msgspec.Struct, frozen=True):
    """``old`` (as written) becomes ``target``. ``effort`` is what the new request must have, None where
    the target takes none; ``rule`` names the finding, ``reason`` says why in words; ``planned`` says that a
    plan file has it so, ``chosen`` that its effort is a person's, whatever the request states."""

    old: str
    old_model: Model
    target: Model
    effort: str | None
    rule: str
    reason: str
    planned: bool = False
    chosen: bool = False


class Stay(msgspec.Struct, frozen=True):
    """``old`` is not routed: ``rule`` names why where that is worth a finding, else it is empty."""

    old: str
    rule: str
    reason: str
    cure: str = ""
    note: bool = False


class Decision(msgspec.Struct, frozen=True):
    """What becomes of one call site. ``routes`` and ``stays`` together cover all its visible models.
    ``assessment`` says what the call is for, None where nobody asked."""

    call: str
    routes: tuple[Route, ...]
    stays: tuple[Stay, ...]
    effort_known: bool = True
    assessment: Assessment | None = None
