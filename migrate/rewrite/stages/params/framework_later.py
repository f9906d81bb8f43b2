"""Parameters that frameworks take where their model is used, and send as they are. Which calls of a file
those are is not known: one that the new model would reject is left to a person, and holds the model back."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

from migrate.catalog import UNKNOWN, Catalog
from migrate.catalog.framework import Editing
from migrate.findings.finding import Finding
from migrate.plan.decision import Route
from migrate.program.calls.callsite import CallSite
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.sources.place import Place

Given = tuple[Place, str, object]
"""Where a call is given a parameter, its name, and its value as far as it is written there."""


class LaterParameters:
    """Reads files by ``text``; ``sites`` are the known calls, which are judged for themselves."""

    def __init__(
        self, catalog: Catalog, sites: Sequence[CallSite], text: Callable[[str], str | None]
    ) -> None:
        self._parameters = catalog.parameters
        self._known = {site.place for site in sites}
        self._text = text
        self._given: dict[str, list[Given]] = {}

    def findings(
        self, site: CallSite, how: Editing, routes: Sequence[Route], advice: str
    ) -> Iterator[Finding]:
        """What to look at before the models of ``routes`` are asked by the object made at ``site``."""
        if how.tools:
            yield from self._with_tools(site, routes, advice)
        if not how.later:
            return
        names = ", ".join(sorted({route.target.id for route in routes}))
        found = False
        for place, name, value in self._in(site.place.path):
            reason = self._rejected(site, routes, name, value) if name in how.later else ""
            if reason:
                found = True
                message = (
                    f"{name} is passed here, where {site.symbol} may be used: {names} rejects it: {reason}"
                )
                cure = f"change it by hand, or the model back: {advice}" if advice else "change it by hand"
                yield Finding("hidden-parameters", "params", place, message, cure, "manual", (), (site.id,))
        if not found:
            message = f"{site.symbol} sends what its calls are given to {names} as it is"
            cure = f"look at the calls that other files make with it{': ' + advice if advice else ''}"
            yield Finding(
                "hidden-parameters", "params", site.place, message, cure, "manual", (), (site.id,), "", True
            )

    def _with_tools(self, site: CallSite, routes: Sequence[Route], advice: str) -> Iterator[Finding]:
        """Tools that are always sent, and that a model rejects at the effort it works at."""
        for route in routes:
            reason = self._rejected(site, [route], "tools", UNKNOWN)
            if reason:
                message = f"{site.symbol} sends tools, which {route.target.id} rejects: {reason}"
                cure = f"change it by hand{': ' + advice if advice else ''}"
                yield Finding(
                    "rejected-parameter", "params", site.place, message, cure, "manual", (), (site.id,)
                )

    def _rejected(self, site: CallSite, routes: Sequence[Route], name: str, value: object) -> str:
        """Why one of the new models rejects the parameter; empty where all take it."""
        for route in routes:
            verdict = self._parameters.verdict(route.target, route.effort, site.endpoint, True, name, value)
            if verdict.action != "keep":
                return verdict.reason
        return ""

    def _in(self, path: str) -> list[Given]:
        if path not in self._given:
            self._given[path] = list(self._read(path))
        return self._given[path]

    def _read(self, path: str) -> Iterator[Given]:
        text = self._text(path)
        if text is None:
            return
        try:
            file = CodeFile(path, text)
        except (SyntaxError, ValueError, RecursionError):
            return
        for node in file.calls.values():
            if file.place(node) in self._known:
                continue
            for one in node.keywords:
                if one.arg is not None:
                    value = one.value.value if isinstance(one.value, ast.Constant) else UNKNOWN
                    yield Place(path, file.span(one.value)), one.arg, value
