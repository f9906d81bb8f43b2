"""Stage ``params``: what the new model rejects is renamed or removed, and an effort that would silently
change is written down. Decided call by call, from the catalog's table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from migrate.catalog import UNKNOWN, Catalog, Verdict
from migrate.findings.finding import FileEdit, Finding
from migrate.plan.decision import Decision
from migrate.plan.landing import Landing, landings
from migrate.plan.literals import is_literal, literal_value
from migrate.program.callsite import CallSite, Parameter
from migrate.rewrite.stages.gateway_plan import GatewayPlan, is_openai
from migrate.rewrite.stages.holders import removed, renamed, replaced
from migrate.rewrite.stages.implicit_effort import ImplicitEffort
from migrate.rewrite.stages.late_parameters import LateParameters

_ENDPOINTS = ("chat", "responses")
_SMALL_CAP = 1000
_EFFORTS = ("reasoning_effort", "reasoning")
_CAPS = ("max_tokens", "max_completion_tokens", "max_output_tokens")


class ParameterStage:
    """Findings about the parameters of calls, judged by the models they have after this run."""

    def __init__(self, catalog: Catalog, plan: GatewayPlan, declared: Callable[[str], str | None]) -> None:
        """``declared`` gives, for a file, the oldest openai version that its project allows, if it says."""
        self._catalog = catalog
        self._plan = plan
        self._declared = declared

    def findings(
        self,
        sites: Sequence[CallSite],
        decisions: Mapping[str, Decision],
        moved: Mapping[str, Collection[str]],
    ) -> Iterator[Finding]:
        """What to say about the parameters of ``sites``; ``moved`` holds, a call, the ids that change."""
        for site in sites:
            decision = decisions.get(site.id)
            if decision is None or site.endpoint not in _ENDPOINTS or not is_openai(site, self._plan):
                continue
            found = landings(site, decision, moved.get(site.id, ()), self._catalog.models)
            if found:
                yield from _Call(self._catalog, self._declared(site.place.path), site, found).findings()


class _Call:
    """One call with the models it lands on."""

    def __init__(
        self, catalog: Catalog, floor: str | None, site: CallSite, found: tuple[Landing, ...]
    ) -> None:
        self._catalog = catalog
        self._site = site
        self._landings = found
        self._routes = [one.route for one in found if one.route is not None]
        self._late = LateParameters(catalog.sdk, floor, site)

    def findings(self) -> Iterator[Finding]:
        for parameter in self._site.parameters:
            yield from self._of_parameter(parameter)
        yield from ImplicitEffort(self._site, self._landings, self._late).findings()
        yield from self._cap()
        yield from self._late.findings()
        if self._site.hidden and self._routes:
            yield self._hidden()

    def _verdicts(self, parameter: Parameter) -> list[Verdict]:
        """What each route of the call says of the parameter; one verdict where they agree."""
        value = literal_value(parameter)
        tools = self._site.parameter("tools") is not None or self._site.parameter("functions") is not None
        found = [
            self._catalog.parameters.verdict(
                one.model, effort, self._site.endpoint, tools, parameter.name, value
            )
            for one in self._landings
            for effort in one.efforts
        ]
        return list({(one.action, one.to): one for one in found}.values())

    def _of_parameter(self, parameter: Parameter) -> Iterator[Finding]:
        verdicts = self._verdicts(parameter)
        first = verdicts[0]
        if len(verdicts) > 1:
            if self._routes or all(len(one.efforts) == 1 for one in self._landings):
                yield self._disagreeing(parameter, verdicts)
        elif first.action == "rename":
            yield self._rename(parameter, first)
        elif first.action == "drop":
            yield self._drop(parameter, first)
        elif first.action == "set":
            yield self._set(parameter, first)
        elif first.action == "ask":
            rule = "rejected-effort" if parameter.name in _EFFORTS else "rejected-parameter"
            yield self._manual(rule, parameter, f"{parameter.name}: {first.reason}")

    def _rename(self, parameter: Parameter, verdict: Verdict) -> Finding:
        message = f"{parameter.name} is rejected by {self._targets()}: {verdict.reason}"
        cure = f"{parameter.name} becomes {verdict.to}"
        if self._late.is_late(verdict.to):
            edits = removed(parameter) if self._movable(parameter) else ()
            if edits:
                self._late.add(verdict.to, parameter.code)
                cure += ", inside extra_body: the declared openai version has no such argument"
        elif self._site.parameter(verdict.to) is not None:
            edits, cure = (), f"{verdict.to} is passed too: keep one of them"
        else:
            edits = renamed(parameter, verdict.to)
        return self._finding("renamed-parameter", parameter, message, cure, verdict, edits)

    def _movable(self, parameter: Parameter) -> bool:
        """Whether the value can be written at the call: its names may mean nothing there."""
        return parameter.holder == self._site.place or is_literal(parameter.code)

    def _drop(self, parameter: Parameter, verdict: Verdict) -> Finding:
        message = f"{parameter.name} is rejected by {self._targets()}: {verdict.reason}"
        return self._finding(
            "rejected-parameter", parameter, message, f"{parameter.name} goes", verdict, removed(parameter)
        )

    def _set(self, parameter: Parameter, verdict: Verdict) -> Finding:
        message = (
            f"{parameter.name}={parameter.code} would not do the same on {self._targets()}: {verdict.reason}"
        )
        cure = f"{parameter.name} becomes {verdict.to}"
        edits = replaced(parameter, verdict.to)
        return self._finding("rejected-effort", parameter, message, cure, verdict, edits)

    def _finding(
        self,
        rule: str,
        parameter: Parameter,
        message: str,
        cure: str,
        verdict: Verdict,
        edits: tuple[FileEdit, ...],
    ) -> Finding:
        if not edits or self._site.closed:
            why = f" ({self._site.closed})" if self._site.closed else ""
            return self._manual(rule, parameter, f"{message}; {cure}, by hand{why}")
        return Finding(
            rule, "params", parameter.place, message, cure, verdict.safety, edits, (self._site.id,)
        )

    def _manual(self, rule: str, parameter: Parameter, message: str) -> Finding:
        return Finding(
            rule, "params", parameter.place, message, "change it by hand", "manual", (), (self._site.id,)
        )

    def _disagreeing(self, parameter: Parameter, verdicts: list[Verdict]) -> Finding:
        said = "; ".join(f"{one.action} ({one.reason})" for one in verdicts)
        message = f"{parameter.name} depends on which of its models and efforts a request has: {said}"
        return self._manual("rejected-parameter", parameter, message)

    def _targets(self) -> str:
        return " and ".join(dict.fromkeys(one.model.id for one in self._landings))

    def _cap(self) -> Iterator[Finding]:
        """A small cap on a call that reasons: the request succeeds and the text is empty."""
        reasons = [route for route in self._routes if route.effort not in (None, "none")]
        for parameter in self._site.parameters:
            value = literal_value(parameter) if parameter.name in _CAPS else UNKNOWN
            if reasons and isinstance(value, int) and value < _SMALL_CAP:
                message = (
                    f"a cap of {value} tokens includes the reasoning of {reasons[0].target.id} at effort"
                    f" {reasons[0].effort}: the answer may come back empty"
                )
                cure = "raise the cap (OpenAI advises to reserve 25,000 tokens at first), or lower the effort"
                yield Finding(
                    "small-output-cap",
                    "params",
                    parameter.place,
                    message,
                    cure,
                    "manual",
                    (),
                    (self._site.id,),
                )

    def _hidden(self) -> Finding:
        message = f"more parameters than are visible may be passed here: {self._site.hidden[0]}"
        cure = (
            f"look whether one of them is rejected by {self._targets()} (max_tokens, stop, temperature ...)"
        )
        return Finding(
            "hidden-parameters",
            "params",
            self._site.place,
            message,
            cure,
            "manual",
            (),
            (self._site.id,),
            "",
            True,
        )
