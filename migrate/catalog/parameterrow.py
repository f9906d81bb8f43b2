"""One row of rules/parameters/*.toml: conditions on a request, and a verdict. Order is not its business."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from typing import Any, Literal, TypeAlias

import msgspec

from migrate.catalog.models import Endpoint, Evidence, Kind, Model
from migrate.catalog.verdict import UNKNOWN, Action, Safety

Reasoning: TypeAlias = Literal["on", "off", "never"]
Standing: TypeAlias = Literal["same", "accepted", "rejected", "null", "unknown"]


class Request(msgspec.Struct, frozen=True):
    """What a verdict depends on besides the parameter. ``effort`` is None where the request states none."""

    target: Model
    effort: str | None
    endpoint: str
    tools: bool

    @property
    def reasoning(self) -> Reasoning:
        """Whether the request makes the model reason; ``never`` where the model takes no effort."""
        if not self.target.reasons:
            return "never"
        return "off" if (self.effort or self.target.default_effort) == "none" else "on"

    def standing(self, value: object) -> Standing:
        """How an effort argument's value stands to this request's own effort."""
        if value is UNKNOWN:
            return "unknown"
        if value is None:
            return "null"
        if self.effort is not None and value == self.effort:
            return "same"
        return "accepted" if value in self.target.efforts else "rejected"


class ParameterRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[parameter]]``: conditions, of which those left out always hold, and a verdict."""

    names: tuple[str, ...]
    action: Action
    reason: str
    endpoint: Endpoint | None = None
    reasoning: tuple[Reasoning, ...] = ()
    families: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    tools: bool | None = None
    values: tuple[Any, ...] | None = None
    null: bool = False
    holds: str = ""
    value: tuple[Standing, ...] = ()
    decided: bool | None = None
    to: str = ""
    error: str = ""
    safety: Safety = "safe"
    evidence: Evidence = "documented"
    source: str | None = None
    checked: date | None = None

    def fits(self, request: Request, value: object) -> bool:
        """Whether every stated condition holds for this argument of such a request."""
        target = request.target
        return (
            (not self.reasoning or request.reasoning in self.reasoning)
            and (not self.families or target.family in self.families)
            and (not self.models or any(fnmatchcase(target.id, one) for one in self.models))
            and (not self.kinds or target.kind in self.kinds)
            and (self.tools is None or self.tools is request.tools)
            and (self.decided is None or self.decided is (request.effort is not None))
            and (not self.value or request.standing(value) in self.value)
            and (self.values is None or self._lists(value))
            and (not self.holds or (isinstance(value, (list, tuple)) and self.holds in value))
        )

    def _lists(self, value: object) -> bool:
        if value is None:
            return self.null
        return any(_equal(value, known) for known in self.values or ())


def _equal(value: object, known: object) -> bool:
    """Equality of literals in which True is not 1 and ``("x",)`` is ``["x"]``."""
    if isinstance(value, tuple):
        value = list(value)
    return isinstance(value, bool) is isinstance(known, bool) and value == known
