"""The risks of this run that are no errors, wherever a call or a client moves. Decides no move and edits
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from migrate.catalog import Catalog
from migrate.findings.finding import Finding
from migrate.plan.decision import Decision, Route
from migrate.plan.literals import entry_value, literal_value
from migrate.program.calls.callsite import CallSite
from migrate.program.calls.surroundings import Surroundings
from migrate.program.inventory import Inventory
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, is_openai
from migrate.rewrite.stages.risks.call_risks import CallRisks
from migrate.rewrite.stages.risks.code_risks import CodeRisks
from migrate.sources.testfiles import is_test


def _asks_for_json(site: CallSite) -> str:
    """The parameter that asks for JSON without a schema; empty where none does."""
    passed, text = site.parameter("response_format"), site.parameter("text")
    if passed is not None and entry_value(passed, "type") == "json_object":
        return "response_format"
    value = literal_value(text) if text is not None else None
    inner = value.get("format") if isinstance(value, dict) else None
    return "text.format" if isinstance(inner, dict) and inner.get("type") == "json_object" else ""


class Risks:
    """Finds them for one plan; ``text`` gives the source of a file."""

    def __init__(self, catalog: Catalog, plan: GatewayPlan, text: Callable[[str], str | None]) -> None:
        self._catalog = catalog
        self._plan = plan
        self._text = text

    def of_models(
        self, sites: Sequence[CallSite], decisions: Mapping[str, Decision], paths: Collection[str]
    ) -> Iterator[Finding]:
        """What the new models of ``sites`` bring for them, and for the code in ``paths``."""
        calls = CallRisks(self._catalog.risks, self._text, self._plan.gateway.title)
        moving: dict[str, tuple[Route, ...]] = {}
        for site in sites:
            decision = decisions.get(site.id)
            if decision is not None and decision.routes and is_openai(site, self._plan):
                moving[site.id] = decision.routes
                yield from calls.of_routes(site, decision.routes)
        files = {site.place.path for site in sites if site.id in moving}
        if not files:
            return
        routes = [route for found in moving.values() for route in found]
        code = CodeRisks(self._catalog.risks, self._catalog.models, routes)
        for path in sorted(paths):
            text = self._text(path) if path.endswith(".py") and not is_test(path) else None
            if text is not None:
                yield from code.of_file(path, text, calls=path in files)

    def of_json(
        self, sites: Sequence[CallSite], moving: Collection[str], inventory: Inventory
    ) -> Iterator[Finding]:
        """Calls of ``moving`` that ask for JSON without the word that the server wants to read."""
        asking = [site for site in sites if site.id in moving and _asks_for_json(site) and not site.hidden]
        if not asking:
            return
        from migrate.prompts.extraction import prompts_of

        prompts = prompts_of(inventory, self._catalog)
        for site in asking:
            texts = prompts.of(site.id)
            whole = texts and not any(one.fields or one.unknown for one in texts)
            if whole and not any("json" in one.text.lower() for one in texts):
                name = _asks_for_json(site)
                message = f"{name} json_object is refused unless the messages hold the word json"
                cure = "ask for JSON in the prompt by that word, or pass a json_schema"
                place, calls = site.place, (site.id,)
                rule = "unsaid-json"
                yield Finding(rule, "params", place, message, cure, "manual", (), calls, "", True)

    def of_gateway(
        self, sites: Sequence[CallSite], at_gateway: Collection[str], surroundings: Surroundings
    ) -> Iterator[Finding]:
        """What the calls that go through the gateway after this run ask of it, and code that asks where they
        go."""
        calls = CallRisks(self._catalog.risks, self._text, self._plan.gateway.title)
        moving = [site for site in sites if site.id in at_gateway and site.kind != "constructor"]
        if not moving or self._plan.direct:
            return
        for site in moving:
            yield from calls.at_gateway(site)
        for place in surroundings.url_branches:
            message = "code decides by OpenAI's URL here; after the move requests go to another"
            cure = f"look what it should do for {self._plan.base_url}"
            yield Finding("branch-on-url", "gateway", place, message, cure, "manual", (), (), "", True)
