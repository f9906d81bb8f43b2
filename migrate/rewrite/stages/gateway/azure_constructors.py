"""The constructor of an Azure client as one of OpenAI's, in edits; or why it stays."""

from __future__ import annotations

from collections.abc import Callable

from migrate.catalog.azure import AzureWay
from migrate.findings.edits import AddImport, DropImport, Edit, RemoveArgument, ReplaceExpression, SetArgument
from migrate.findings.finding import FileEdit, Finding
from migrate.program.calls.callsite import CallSite, Client
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.sources.place import Place, Span


class Stays(Exception):  # noqa: N818  it is no error: it ends one question
    """Why a client cannot be moved, in words."""


class AzureConstructors:
    """Rewrites them; ``code`` gives the source text at a place."""

    def __init__(self, way: AzureWay, plan: GatewayPlan, style: str, code: Callable[[Place], str]) -> None:
        self._way = way
        self._plan = plan
        self._style = style
        self._code = code

    def edits(self, site: CallSite, client: Client) -> tuple[FileEdit, ...]:
        """The edits at the constructor. Raises Stays."""
        place, span = site.place, site.place.span
        plain = all(one.form == "argument" and one.position < 0 for one in client.parameters)
        if site.hidden or site.constructor or site.closed or not plain or self._style == "environment":
            raise Stays("its arguments are not all written in the call")
        written = self._code(place).partition("(")[0]
        old, new = site.symbol.rpartition(".")[2], self._way.classes[site.symbol]
        if written.rpartition(".")[2] != old:
            raise Stays(f"it is called {written.strip()}")
        function = Span(span.line, span.column, span.line, span.column + len(written))
        name = written[: -len(old)] + new.rpartition(".")[2]
        edits: list[Edit] = [ReplaceExpression(function, name)]
        edits += [
            RemoveArgument(span, one.name) for one in client.parameters if one.name in self._way.arguments
        ]
        edits += [
            SetArgument(span, "base_url", self._plan.url_code(self._style)),
            SetArgument(span, "api_key", self._plan.key_code()),
            AddImport("os"),
        ]
        if written == old:
            module, _, last = new.rpartition(".")
            edits += [AddImport(module, last), DropImport(module, old)]
        return tuple(FileEdit(place.path, edit) for edit in edits)

    def moving(self, site: CallSite, edits: tuple[FileEdit, ...], key: str) -> Finding:
        message = f"{site.symbol} goes to Azure, not to {self._plan.gateway.title}"
        new = self._way.classes[site.symbol]
        cure = f"it becomes {new} with {self._plan.base_url} and the key from {self._plan.key_env};"
        cure += " it moves because --move-client asks for it"
        return Finding("azure-client", "gateway", site.place, message, cure, "review", edits, (site.id,), key)

    def staying(self, site: CallSite, why: str) -> Finding:
        message = f"{site.symbol} goes to Azure: it stays, though --move-client asks for it"
        new = self._way.classes[site.symbol]
        cure = f"{why}; by hand it becomes {new}(base_url=..., api_key=...), and deployments become ids"
        return Finding("azure-client", "gateway", site.place, message, cure, "manual", (), (site.id,))
