"""Part of stage ``params``: calls that pass functions pass tools, where all of their file changes with them;
otherwise a note names the first obstacle.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from migrate.catalog import Catalog
from migrate.findings.edits import Edit
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.program.calls.callsite import CallSite
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle, code_tree
from migrate.rewrite.stages.functions.messages import Messages, unaccounted
from migrate.rewrite.stages.functions.reads import Reads
from migrate.rewrite.stages.functions.request import Requests
from migrate.rewrite.stages.params.late_parameters import version


class FunctionStage:
    """Findings about calls that pass functions; ``texts`` are the files that were read, by path, ``declared``
    gives the oldest openai version that a file's project allows."""

    def __init__(
        self, catalog: Catalog, texts: Mapping[str, str], declared: Callable[[str], str | None]
    ) -> None:
        self._sdk = catalog.sdk
        self._way = catalog.functions
        self._texts = texts
        self._declared = declared

    def findings(self, sites: Sequence[CallSite]) -> Iterator[Finding]:
        """One a call, and one change a file."""
        by_file: dict[str, list[CallSite]] = {}
        for site in sites:
            if site.method == self._way.method and any(
                one.name in self._way.passed for one in site.parameters
            ):
                by_file.setdefault(site.place.path, []).append(site)
        for path, found in by_file.items():
            yield from self._of_file(path, found)

    def _of_file(self, path: str, sites: Sequence[CallSite]) -> Iterator[Finding]:
        edits: tuple[FileEdit, ...] = ()
        try:
            edits = tuple(FileEdit(path, edit) for edit in self._edits(path, sites))
            cure = "it passes tools, and what the file reads and sends back of function calls goes with them"
        except Obstacle as obstacle:
            cure = f"it stays, and works: {obstacle}"
        for site in sites:
            one = next(one for one in site.parameters if one.name in self._way.passed)
            message = f"{one.name} is deprecated: tools and tool_choice take its place"
            calls, change = (site.id,), f"functions {path}" if edits else ""
            safety: Safety = "review" if edits else "manual"
            yield Finding(
                "function-call", "params", one.place, message, cure, safety, edits, calls, change, True
            )

    def _edits(self, path: str, sites: Sequence[CallSite]) -> list[Edit]:
        """All edits of one file. Raises Obstacle."""
        code = code_tree(path, self._texts.get(path))
        if code is None:
            raise Obstacle("the file cannot be read as Python code")
        calls = [self._call(code, site, self._declared(path)) for site in sites]
        self._no_others(code, calls)
        requests = Requests(code, calls, self._way, lambda name: self._named(name, path))
        reads = Reads(code, self._way)
        edits = [edit for call in calls for edit in requests.edits(call)]
        for call in calls:
            reads.follow(call)
        edits += Messages(code, reads, self._way).edits()
        unaccounted(code, reads, self._way)
        return list(dict.fromkeys(edits))

    def _named(self, name: str, path: str) -> bool:
        word = re.compile(rf"\b{re.escape(name)}\b")
        return any(name in text and word.search(text) for other, text in self._texts.items() if other != path)

    def _call(self, code: CodeTree, site: CallSite, floor: str | None) -> ast.Call:
        """The call of ``site``, if all that it passes stands in it. Raises Obstacle."""
        if site.certainty != "proved" or site.closed or site.hidden:
            raise Obstacle(site.closed or (site.hidden[0] if site.hidden else "its receiver is not proved"))
        for one in site.parameters:
            if one.name in self._way.passed and (
                one.form != "argument" or one.position >= 0 or one.holder != site.place
            ):
                raise Obstacle(f"{one.name} does not stand in the call itself ({one.place})")
        method = self._sdk.methods[site.method]
        needed = max((method.takes(name) for name in self._way.needed), key=version)
        if floor is not None and version(floor) < version(needed):
            raise Obstacle(f"the project allows openai {floor}; {self._way.single} came with {needed}")
        call = code.call_at(site.place.span)
        if call is None:
            raise Obstacle("the call cannot be read")
        return call

    def _no_others(self, code: CodeTree, calls: Collection[ast.Call]) -> None:
        """Raises Obstacle for a call or dict of the file that passes functions and is not among ``calls``."""
        for node in ast.walk(code.tree):
            passed = [one.arg for one in node.keywords] if isinstance(node, ast.Call) else []
            held = isinstance(node, ast.Constant) and node.value == self._way.functions
            if held or (any(name in passed for name in self._way.passed) and node not in calls):
                raise Obstacle(
                    f"line {getattr(node, 'lineno', 0)} has to do with functions and is not followed"
                )
