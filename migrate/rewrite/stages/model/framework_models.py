"""The models of frameworks' calls: which calls can be changed, and the id that a call asks for unasked."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrate.catalog import Catalog
from migrate.findings.edits import SetArgument
from migrate.findings.finding import FileEdit, Finding
from migrate.plan.decision import Route
from migrate.program.calls.callsite import CallSite
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, is_openai
from migrate.rewrite.stages.model.model_findings import without_a_model
from migrate.sources.place import Place


class FrameworkModels:
    """Knows them from the catalog; ``code`` gives the source text at a place."""

    def __init__(self, catalog: Catalog, plan: GatewayPlan, code: Callable[[Place], str]) -> None:
        self._calls = catalog.frameworks.calls
        self._models = catalog.models
        self._plan = plan
        self._code = code

    def editable(self, site: CallSite) -> bool:
        """Whether the id that ``site`` asks for may be changed where it is written."""
        entry = self._calls.get(site.symbol)
        if site.kind != "framework" or entry is None or entry.edit is None:
            return False
        # What suits OpenAI's new model may be refused by another vendor's, which a variable can bring here.
        fixed = site.model.complete and not site.model.environment
        own = not entry.any_vendor or (fixed and all(map(self._is_id, site.model.values)))
        return own and site.asks and site.model_parameter is not None and is_openai(site, self._plan)

    def _is_id(self, value: object) -> bool:
        return isinstance(value, str) and self._models.get(value) is not None

    def prefix(self, site: CallSite) -> str:
        """What begins a new id that has no vendor before it."""
        entry = self._calls.get(site.symbol)
        return entry.edit.prefix if entry is not None and entry.edit is not None else ""

    def implied(self, site: CallSite, route: Route) -> Finding:
        """A call that names no model gets the argument that does."""
        entry = self._calls[site.symbol]
        message = without_a_model(site, route.old, route.reason, entry.implicit_note)
        new = f"{self.prefix(site)}{route.target.id}"
        name = entry.model[0]
        called = re.split(r"[(\[]", self._code(site.place), maxsplit=1)[0].strip().rpartition(".")[2]
        plain = called == site.symbol.rpartition(".")[2] and "." not in name and not site.hidden
        variables = " or ".join(entry.implicit_env)
        cure = f"{name}={new!r} is passed" + (f"; {variables} would decide no more" if variables else "")
        if not plain:
            cure = f"pass {name}={new!r}" + (f", or set {variables}" if variables else "") + ", by hand"
            return Finding(route.rule, "model", site.place, message, cure, "manual", (), (site.id,))
        edit = FileEdit(site.place.path, SetArgument(site.place.span, name, f'"{new}"'))
        return Finding(route.rule, "model", site.place, message, cure, "review", (edit,), (site.id,))
