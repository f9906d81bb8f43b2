"""Stage ``responses``, on request only: a call of Chat Completions becomes one of Responses, with all that
reads its answer, or stays with the first obstacle named.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Sequence

from migrate.catalog import Catalog
from migrate.findings.edits import Edit, Recast
from migrate.findings.finding import FileEdit, Finding
from migrate.plan.literals import literal_value
from migrate.program.calls.callsite import CallSite
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle, code_tree
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, is_openai
from migrate.rewrite.stages.params.late_parameters import version
from migrate.rewrite.stages.responses.answer_readers import Answers
from migrate.rewrite.stages.responses.response_arguments import argument_edits
from migrate.rewrite.stages.responses.response_streams import stream_edits


class ResponsesStage:
    """Findings about calls that could move; ``text`` gives a file's source, ``declared`` the oldest openai
    version that its project allows."""

    def __init__(
        self,
        catalog: Catalog,
        plan: GatewayPlan,
        text: Callable[[str], str | None],
        declared: Callable[[str], str | None],
    ) -> None:
        self._way = catalog.responses
        self._models = catalog.models
        self._plan = plan
        self._text = text
        self._declared = declared
        self._files: dict[str, CodeTree | None] = {}

    def findings(
        self, sites: Sequence[CallSite], at_gateway: Collection[str], busy: Collection[str]
    ) -> Iterator[Finding]:
        """One for every call of the method; ``busy`` are the calls that other stages of this run change."""
        for site in sites:
            if site.kind == "chat" and site.method == self._way.method and is_openai(site, self._plan):
                yield self._finding(site, site.id in at_gateway, site.id in busy)

    def _finding(self, site: CallSite, through: bool, busy: bool) -> Finding:
        message = f"{site.symbol} asks Chat Completions; Responses can take it"
        place, calls = site.place, (site.id,)
        try:
            self._allowed(site, through, busy)
            edits = tuple(FileEdit(place.path, edit) for edit in self._edits(site))
        except Obstacle as obstacle:
            cure = f"it stays: {obstacle}"
            return Finding("chat-completion", "responses", place, message, cure, "manual", (), calls)
        cure = "it asks Responses, with store=False as before, and its answer is read there"
        return Finding("chat-completion", "responses", place, message, cure, "review", edits, calls)

    def _allowed(self, site: CallSite, through: bool, busy: bool) -> None:
        """Raises Obstacle for what stands against the call as a whole."""
        floor = self._declared(site.place.path)
        if busy:
            raise Obstacle("other stages change it in this run; let them finish first")
        if site.certainty != "proved" or site.closed or site.hidden:
            raise Obstacle(site.closed or (site.hidden[0] if site.hidden else "its receiver is not proved"))
        if floor is not None and version(floor) < version(self._way.since):
            raise Obstacle(f"the project allows openai {floor}; Responses came with {self._way.since}")
        if through and not self._plan.direct and self._plan.gateway.serves("responses") is not True:
            raise Obstacle(f"no source says that {self._plan.gateway.title} serves Responses")
        if not site.model.values or not site.model.complete:
            raise Obstacle("its model is not known")
        for value in site.model.values:
            model = self._models.get(str(value))
            if model is None or (model.endpoints and "responses" not in model.endpoints):
                raise Obstacle(f"nothing says that {value} is served by Responses")

    def _edits(self, site: CallSite) -> Iterator[Edit]:
        """All edits of one call. Raises Obstacle."""
        code = self._code(site.place.path)
        call = code.call_at(site.place.span) if code is not None else None
        if code is None or call is None:
            raise Obstacle("the call cannot be read")
        client: ast.expr = call.func
        for _ in self._way.method.split("."):
            if not isinstance(client, ast.Attribute):
                raise Obstacle("the method is not called by its name")
            client = client.value
        yield Recast(code.span(call.func), code.span(client), f"_{self._way.path}")
        yield from argument_edits(site, self._way, code, call)
        yield from self._read(site, code, call)

    def _read(self, site: CallSite, code: CodeTree, call: ast.Call) -> Iterator[Edit]:
        """The edits of what reads the answer."""
        way, streamed = self._way, site.parameter(self._way.stream)
        if streamed is not None and literal_value(streamed) is True:
            yield from stream_edits(code, call, way)
            return
        readers = way.readers
        if site.parameter(way.tools) is not None:
            readers = {read: new for read, new in readers.items() if ".message" not in read} | dict(way.calls)
        yield from Answers(code, readers).edits(call)

    def _code(self, path: str) -> CodeTree | None:
        if path not in self._files:
            self._files[path] = code_tree(path, self._text(path))
        return self._files[path]
