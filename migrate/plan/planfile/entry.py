"""The records of a plan file. What a key means is written once, here; reading and writing are elsewhere."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

import msgspec

from migrate.plan.decision import PromptChoice

SCHEMA = "repoint/plan/1"
NAME = "repoint-plan.toml"
# The keys of an entry that belong to people once they are written.
THEIRS = ("decision", "model", "effort", "prompt_choice", "note")

Choice: TypeAlias = Literal["accept", "keep", "ask"]
Names: TypeAlias = str | tuple[str, ...]
"""One name, or as many as ``current`` has, in its order."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What is planned for one call site. Keys are in the order in which they are written.

    ``decision``, ``model``, ``effort``, ``prompt_choice`` and ``note`` belong to people once they are
    written; the rest is the program's. ``code`` stands for the text of the call, so that it is found again
    when it moved; ``attention`` says what a person should look at before deciding.
    """

    id: str
    place: str
    function: str = ""
    use_case: str = ""
    latency: str = ""
    evidence: tuple[str, ...] = ()
    current: Names = ()
    model: Names = ()
    effort: Names = ()
    decision: Choice
    prompt_choice: PromptChoice = ""
    note: str = ""
    reason: str = ""
    parameters: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    cost: str = ""
    tokens: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    code: str = ""

    @property
    def path(self) -> str:
        """The file of the call, as ``place`` has it."""
        return self.place.rpartition(":")[0]

    @property
    def was(self) -> tuple[str, ...]:
        """The models that the call had when this was written."""
        return several(self.current)

    def aim(self, old: str) -> tuple[str, str]:
        """Model and effort that ``old``, one of ``was``, should become; empty where it says nothing."""
        at = self.was.index(old)
        return _at(self.model, at), _at(self.effort, at)


class Chosen(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The settings that the plan was made with."""

    gateway: str = ""
    strong: str = ""
    fast: str = ""
    horizon: int = 0
    policy: str = ""
    usage: str = ""


class Totals(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The plan in numbers. ``elsewhere`` counts calls that do not go to OpenAI and have no entry."""

    calls: int = 0
    accept: int = 0
    keep: int = 0
    ask: int = 0
    vanished: int = 0
    elsewhere: int = 0
    cost: str = ""
    assumptions: tuple[str, ...] = ()


class PlanFile(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A whole plan file: which program and catalog made it, when, and an entry a call."""

    schema: str
    version: str
    date: datetime.date
    catalog: datetime.date
    settings: Chosen = Chosen()
    totals: Totals = Totals()
    call: tuple[Entry, ...] = ()


def several(names: Names) -> tuple[str, ...]:
    """``names`` as a tuple; none for an empty one."""
    if isinstance(names, str):
        return (names,) if names else ()
    return names


def shortest(names: tuple[str, ...]) -> Names:
    """``names`` as they are written: one that holds for all alone."""
    return names[0] if len(set(names)) == 1 else names


def _at(names: Names, index: int) -> str:
    if isinstance(names, str):
        return names
    return names[index] if index < len(names) else ""
