"""The reasoning effort of a call that states none: written down where leaving it out would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.catalog import UNKNOWN
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.plan.effort import effort_of
from migrate.plan.landing import Landing
from migrate.program.calls.callsite import CallSite, Setting
from migrate.rewrite.stages.params.holders import argument_set, entry_set
from migrate.rewrite.stages.params.late_parameters import LateParameters


def other_models(model: Setting) -> str:
    """What to look at first where a call may be given another ``model``; empty where it is not seen to."""
    if model.environment:
        how = f"{model.environment[0]} may name another model"
    elif any(one.role == "cli-default" for one in model.origins):
        how = "the command line may name another model"
    elif not model.complete:
        how = "other models may reach this call"
    else:
        return ""
    return f"; look first: {how}, and those that do not reason refuse an effort"


class ImplicitEffort:
    """One routed call with the models it lands on; ``late`` takes an effort that goes into extra_body."""

    def __init__(self, site: CallSite, found: Sequence[Landing], late: LateParameters) -> None:
        self._site = site
        self._landings = found
        self._routes = [one.route for one in found if one.route is not None]
        self._late = late

    def findings(self) -> Iterator[Finding]:
        """One finding or none."""
        effort = effort_of(self._site)
        if effort is not None:
            if effort is UNKNOWN:
                yield from self._sometimes_missing()
            return
        if all(route.effort in (None, route.target.default_effort) for route in self._routes):
            return
        needed = {effort or one.model.default_effort for one in self._landings for effort in one.efforts}
        message = self._effort_message()
        if len(needed) > 1:
            yield self._manual_effort(message)
            return
        effort = next(iter(needed))
        cure = f'effort "{effort}" is written down'
        if self._site.closed:
            yield self._manual_effort(f"{message}; {self._site.closed}")
            return
        edits = self._effort_edits(f'"{effort}"')
        if not edits:
            return
        place, calls = self._site.place, (self._site.id,)
        look = other_models(self._site.model)
        safety: Safety = "review" if self._site.sdk == "curl" or look else "safe"
        cure += look
        yield Finding("implicit-effort", "params", place, message, cure, safety, edits, calls)

    def _sometimes_missing(self) -> Iterator[Finding]:
        """An effort that may be None or is not visible: where the request states none, the models' own
        efforts differ."""
        passed = self._site.parameter("reasoning_effort")
        if passed is not None and not passed.setting.optional:
            return
        if any((route.effort or "none") != (route.target.default_effort or "none") for route in self._routes):
            how = (
                "can be None here, or left out"
                if passed is not None
                else "may be passed out of sight, or not at all"
            )
            yield self._manual_effort(f"the effort {how}; {self._effort_message()}")

    def _effort_message(self) -> str:
        parts = []
        for route in self._routes:
            if route.chosen:
                parts.append(f"the plan asks for effort {route.effort}")
                continue
            was = route.old_model.default_effort or ("none" if not route.old_model.reasons else "its own")
            parts.append(
                f"without an effort {route.old} works at {was}, {route.target.id} at"
                f" {route.target.default_effort or 'none'}"
            )
        return "; ".join(dict.fromkeys(parts))

    def _manual_effort(self, message: str) -> Finding:
        cure = "pass the effort together with the model: each of them needs another"
        return Finding(
            "implicit-effort", "params", self._site.place, message, cure, "manual", (), (self._site.id,)
        )

    def _effort_edits(self, code: str) -> tuple[FileEdit, ...]:
        if self._site.endpoint == "responses":
            whole = self._site.parameter("reasoning")
            if whole is not None and whole.code.startswith("{"):
                return (entry_set(whole, "effort", code),)
            return (argument_set(self._site, "reasoning", f'{{"effort": {code}}}'),)
        if self._late.is_late("reasoning_effort"):
            self._late.add("reasoning_effort", code)
            return ()
        return (argument_set(self._site, "reasoning_effort", code),)
