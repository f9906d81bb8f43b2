"""Stage ``params`` for the calls of frameworks: the same verdicts, under each framework's own names and with
what it does to parameters itself. Everything here is for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from migrate.catalog import UNKNOWN, Catalog, Verdict
from migrate.catalog.framework import Editing, FrameworkCall
from migrate.findings.edits import SetArgument
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.plan.decision import Decision, Route
from migrate.plan.literals import literal_value
from migrate.program.calls.callsite import CallSite, Parameter
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.rewrite.stages.params.extra_body import inside_dicts
from migrate.rewrite.stages.params.framework_later import LaterParameters
from migrate.rewrite.stages.params.holders import removed, renamed, replaced
from migrate.rewrite.stages.params.implicit_effort import other_models

_ENDPOINTS = ("chat", "responses")


class FrameworkParameters:
    """Findings about the parameters of ``sites`` whose models this run moves."""

    def __init__(
        self,
        catalog: Catalog,
        plan: GatewayPlan,
        every: Sequence[CallSite],
        text: Callable[[str], str | None],
    ) -> None:
        """``every`` are all known calls, ``text`` gives the code of a file."""
        self._catalog = catalog
        self._plan = plan
        self._later = LaterParameters(catalog, every, text)

    def findings(
        self,
        sites: Sequence[CallSite],
        decisions: Mapping[str, Decision],
        moved: Mapping[str, Collection[str]],
    ) -> Iterator[Finding]:
        for site in sites:
            decision = decisions.get(site.id)
            entry = self._catalog.frameworks.calls.get(site.symbol)
            if decision is None or entry is None or site.endpoint not in _ENDPOINTS:
                continue
            routes = [one for one in decision.routes if one.old in moved.get(site.id, ())]
            if routes:
                how = entry.edit or Editing()
                advice = how.advise(self._plan.base_url, self._plan.key_env, f'"{routes[0].target.id}"')
                yield from _Call(self._catalog, site, entry, routes, advice).findings()
                yield from self._later.findings(site, how, routes, advice)


class _Call:
    """One call with the routes of its models."""

    def __init__(
        self, catalog: Catalog, site: CallSite, entry: FrameworkCall, routes: list[Route], advice: str
    ) -> None:
        self._catalog = catalog
        self._site = site
        self._entry = entry
        self._how = entry.edit or Editing()
        self._routes = routes
        self._advice = advice
        self._target = routes[0].target

    def findings(self) -> Iterator[Finding]:
        yield from self._unknown_id()
        inner = inside_dicts(self._site, self._how.inside)
        for parameter in (*self._site.parameters, *inner):
            known = self._entry.parameters.get(parameter.name, "")
            name = known or (parameter.name if parameter.form == "entry" else "")
            if name and name not in self._how.adapts:
                yield from self._of(parameter, name)
            yield from self._limit(parameter)
            yield from self._forced(parameter)
        yield from self._effort()

    def _of(self, parameter: Parameter, name: str) -> Iterator[Finding]:
        verdicts = {(one.action, one.to): one for one in self._verdicts(parameter, name)}
        verdict = next(iter(verdicts.values()))
        message = f"{parameter.name} would be rejected by {self._target.id}: {verdict.reason}"
        if len(verdicts) > 1 or verdict.action == "ask":
            yield self._manual("rejected-parameter", parameter, message)
        elif verdict.action == "rename":
            new = self._argument(verdict.to, parameter)
            edits = renamed(parameter, new, lambda _: "") if new else ()
            yield self._edited(
                "renamed-parameter", parameter, message, f"{parameter.name} becomes {new}", edits
            )
        elif verdict.action == "drop":
            cure = f"{parameter.name} goes"
            yield self._edited("rejected-parameter", parameter, message, cure, removed(parameter))
        elif verdict.action == "set":
            edits, cure = replaced(parameter, verdict.to), f"{parameter.name} becomes {verdict.to}"
            yield self._edited("rejected-effort", parameter, message, cure, edits)

    def _verdicts(self, parameter: Parameter, name: str) -> Iterator[Verdict]:
        tools = self._how.tools or self._site.parameter("tools") is not None
        value = literal_value(parameter)
        for route in self._routes:
            yield self._catalog.parameters.verdict(
                route.target, route.effort, self._site.endpoint, tools, name, value
            )

    def _argument(self, name: str, parameter: Parameter) -> str:
        """The framework's argument for the API's ``name``; "" where it has none."""
        if parameter.form == "entry":
            return name
        return next((own for own, known in self._entry.parameters.items() if known == name), "")

    def _limit(self, parameter: Parameter) -> Iterator[Finding]:
        """A value that the framework itself refuses for models that reason."""
        limit = self._how.limits.get(parameter.name)
        named = any(fnmatchcase(self._target.id, one) for one in self._how.limited)
        if limit is None or not named:
            return
        value = literal_value(parameter)
        unfit = value is UNKNOWN or (isinstance(value, (int, float)) and value and value < limit)
        if isinstance(value, float) and value > limit:
            unfit = True
        if unfit:
            code = repr(limit) if limit == 1 else repr(int(limit))
            least = code if limit == 1 else f"at least {code}"
            message = f"{self._site.sdk} refuses it for {self._target.id}: {parameter.name} has to be {least}"
            edits = () if value is UNKNOWN else replaced(parameter, code)
            yield self._edited("rejected-parameter", parameter, message, f"it becomes {code}", edits)

    def _forced(self, parameter: Parameter) -> Iterator[Finding]:
        """A note on a value that the framework sends in place of the one that is passed."""
        sent = self._how.forces.get(parameter.name)
        if sent is not None and self._target.reasons and literal_value(parameter) != float(sent):
            name, sdk = parameter.name, self._site.sdk
            message = f"{sdk} sends {name}={sent} to {self._target.id}, whatever is passed"
            cure = f"look whether {name}={parameter.code} matters; no argument of the class changes it"
            place, calls = parameter.place, (self._site.id,)
            yield Finding("rejected-parameter", "params", place, message, cure, "manual", (), calls, "", True)

    def _effort(self) -> Iterator[Finding]:
        """The effort, where it is not stated and leaving it out would change what the model does."""
        names = ("reasoning_effort", "reasoning", self._how.effort or "reasoning_effort")
        if any(self._site.parameter(name) is not None for name in names):
            return
        wanted = {route.effort for route in self._routes}
        kept = [name for name in self._how.effort_for if self._site.parameter(name) is not None]
        needs = any(one.effort not in (None, one.target.default_effort) for one in self._routes)
        if not needs and not (kept and wanted == {"none"}):
            return
        works = (f"{one.target.id} works at {one.target.default_effort or 'none'}" for one in self._routes)
        message = f"{', '.join(dict.fromkeys(works))} unless told otherwise"
        if kept and not needs:
            message = (
                f"{self._site.sdk} sends {', '.join(kept)} to {self._target.id} only beside an effort of none"
            )
        effort = wanted.pop() if len(wanted) == 1 else None
        site = self._site
        edits: tuple[FileEdit, ...] = ()
        if effort is not None and self._how.effort and not site.hidden:
            edits = (
                FileEdit(site.place.path, SetArgument(site.place.span, self._how.effort, f'"{effort}"')),
            )
        by_hand = f'state the effort "{effort}" by hand' + (self._advice and f": {self._advice}")
        cure = f'the effort "{effort}" is written down{other_models(site.model)}' if edits else by_hand
        safety: Safety = "review" if edits else "manual"
        yield Finding("implicit-effort", "params", site.place, message, cure, safety, edits, (site.id,))

    def _unknown_id(self) -> Iterator[Finding]:
        """What an id needs that the framework's own list lacks."""
        lacking = self._how.knows and not any(fnmatchcase(self._target.id, one) for one in self._how.knows)
        missing = {name: code for name, code in self._how.adds.items() if self._site.parameter(name) is None}
        if not lacking or (self._how.adds and not missing):
            return
        site = self._site
        message = f"{site.symbol} does not know {self._target.id}"
        edits = tuple(
            FileEdit(site.place.path, SetArgument(site.place.span, name, code))
            for name, code in missing.items()
        )
        cure = f"{', '.join(missing)} says what it can" if missing else self._advice
        safety: Safety = "review" if edits else "manual"
        yield Finding("framework-call", "params", site.place, message, cure, safety, edits, (site.id,))

    def _edited(
        self, rule: str, parameter: Parameter, message: str, cure: str, edits: tuple[FileEdit, ...]
    ) -> Finding:
        if not edits:
            return self._manual(rule, parameter, f"{message}; {cure}, by hand")
        return Finding(rule, "params", parameter.place, message, cure, "review", edits, (self._site.id,))

    def _manual(self, rule: str, parameter: Parameter, message: str) -> Finding:
        cure = f"change it by hand{': ' + self._advice if self._advice else ''}"
        return Finding(rule, "params", parameter.place, message, cure, "manual", (), (self._site.id,))
