"""Stage ``params``: what the new model rejects is renamed or removed, and an effort that would silently
change is written down. Decided call by call, from the catalog's table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from migrate.catalog import UNKNOWN, Catalog, Verdict
from migrate.findings.finding import Finding
from migrate.plan.decision import Decision
from migrate.plan.landing import Landing, landings
from migrate.plan.literals import literal_value
from migrate.program.calls.callsite import CallSite, Parameter
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, is_openai
from migrate.rewrite.stages.params.extra_body import inside_extra_body
from migrate.rewrite.stages.params.implicit_effort import ImplicitEffort
from migrate.rewrite.stages.params.late_parameters import LateParameters
from migrate.rewrite.stages.params.parameter_findings import ParameterFindings
from migrate.sources.place import Place

_ENDPOINTS = ("chat", "responses")
_SMALL_CAP = 1000
_CAPS = ("max_tokens", "max_completion_tokens", "max_output_tokens")


class ParameterStage:
    """Findings about the parameters of calls, judged by the models they have after this run."""

    def __init__(
        self,
        catalog: Catalog,
        plan: GatewayPlan,
        declared: Callable[[str], str | None],
        code: Callable[[Place], str],
    ) -> None:
        """``declared`` gives, for a file, the oldest openai version that its project allows, if it says;
        ``code`` the source text at a place."""
        self._catalog = catalog
        self._plan = plan
        self._declared = declared
        self._code = code

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
                floor = self._declared(site.place.path)
                yield from _Call(self._catalog, floor, site, found, self._code).findings()


class _Call:
    """One call with the models it lands on."""

    def __init__(
        self,
        catalog: Catalog,
        floor: str | None,
        site: CallSite,
        found: tuple[Landing, ...],
        code: Callable[[Place], str],
    ) -> None:
        self._catalog = catalog
        self._site = site
        self._landings = found
        self._routes = [one.route for one in found if one.route is not None]
        self._late = LateParameters(catalog.sdk, floor, site)
        targets = " and ".join(dict.fromkeys(one.model.id for one in found))
        self._say = ParameterFindings(site, targets, self._late, code)

    def findings(self) -> Iterator[Finding]:
        for parameter in self._site.parameters:
            yield from self._of_parameter(parameter)
        for parameter in inside_extra_body(self._site):
            yield from self._of_parameter(parameter, named=False)
        yield from ImplicitEffort(self._site, self._landings, self._late).findings()
        yield from self._cap()
        yield from self._late.findings()
        if self._site.hidden and self._routes:
            yield self._say.hidden()

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

    def _of_parameter(self, parameter: Parameter, *, named: bool = True) -> Iterator[Finding]:
        """``named`` is whether it is an argument of the SDK's method, which old versions may lack."""
        verdicts = self._verdicts(parameter)
        first = verdicts[0]
        if len(verdicts) > 1:
            if self._routes or all(len(one.efforts) == 1 for one in self._landings):
                yield self._say.disagreeing(parameter, verdicts)
        elif first.action == "rename":
            yield self._say.rename(parameter, first, named=named)
        elif first.action == "drop":
            yield self._say.drop(parameter, first)
        elif first.action == "set":
            yield self._say.set(parameter, first)
        elif first.action == "ask" and (self._routes or not self._say.is_unseen_effort(parameter)):
            yield self._say.ask(parameter, first)

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
                place, calls = parameter.place, (self._site.id,)
                yield Finding("small-output-cap", "params", place, message, cure, "manual", (), calls)
