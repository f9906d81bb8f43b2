"""Tokenizers that are looked up by the id of a model: where it moves to one that tiktoken may not know, the
encoding is named instead. Changes no model id.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from migrate.catalog import Catalog
from migrate.catalog.models import Model
from migrate.findings.edits import AddImport, DropImport, ReplaceExpression
from migrate.findings.finding import FileEdit, Finding
from migrate.plan.decision import Decision
from migrate.program.calls.callsite import CallSite
from migrate.sources.place import Place

_LOOKUP, _DIRECT = "encoding_for_model", "get_encoding"


class Tokenizers:
    """Findings about ``tiktoken.encoding_for_model``; ``code`` gives the source text at a place, ``text``
    that of a file."""

    def __init__(
        self,
        catalog: Catalog,
        code: Callable[[Place], str],
        text: Callable[[str], str | None],
    ) -> None:
        self._words = catalog.risks
        self._models = catalog.models
        self._code = code
        self._text = text

    def findings(
        self,
        sites: Sequence[CallSite],
        decisions: Mapping[str, Decision],
        moved: Mapping[str, Collection[str]],
    ) -> Iterator[Finding]:
        """One for every tokenizer whose model is written where a call's is that moves, in its change."""
        moves: dict[Place, tuple[str, Model]] = {}
        for site in sites:
            decision = decisions.get(site.id)
            routes = {one.old: one for one in decision.routes} if decision is not None else {}
            for origin in site.model.origins if site.asks else ():
                route = routes.get(str(origin.value))
                if route is not None and route.old in moved.get(site.id, ()):
                    moves[origin.place] = (site.id, route.target)
        for site in sites:
            if not site.asks and site.kind == "framework":
                yield from self._of(site, moves)

    def _of(self, site: CallSite, moves: Mapping[Place, tuple[str, Model]]) -> Iterator[Finding]:
        found = [moves[one.place] for one in site.model.origins if one.place in moves]
        late = [(target, self._words.known_to_tiktoken(target.id)) for _, target in found]
        unknown = [(target, first) for target, first in late if first is not None]
        if not unknown or self._caught(site):
            return
        target, first = unknown[0]
        since = f"tiktoken before {first} does not know" if first else "no tiktoken knows"
        message = f"{since} {target.id}: the lookup would raise KeyError"
        encoding = self._encoding(site, moves)
        calls, place = tuple(dict.fromkeys(call for call, _ in found)), site.place
        written = self._code(place).partition("(")[0].rstrip()
        if encoding is None or not written.endswith(_LOOKUP):
            cure = f'name the encoding instead: tiktoken.{_DIRECT}("{target.encoding or "..."}"), by hand'
            yield Finding("unknown-encoding", "model", place, message, cure, "manual", (), calls, "", True)
            return
        code = f'{written.removesuffix(_LOOKUP)}{_DIRECT}("{encoding}")'
        edits = [FileEdit(place.path, ReplaceExpression(place.span, code))]
        if written == _LOOKUP:
            imports = (AddImport("tiktoken", _DIRECT), DropImport("tiktoken", _LOOKUP))
            edits += (FileEdit(place.path, one) for one in imports)
        cure = f"it becomes {code}, which is the encoding of {target.id}"
        yield Finding("unknown-encoding", "model", place, message, cure, "safe", tuple(edits), calls)

    def _caught(self, site: CallSite) -> bool:
        """Whether the lookup stands in a ``try`` that has an answer to an unknown id."""
        text = self._text(site.place.path) or ""
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return False
        line = site.place.span.line
        return any(
            isinstance(one, ast.Try)
            and one.handlers
            and one.body[0].lineno <= line <= (one.body[-1].end_lineno or 0)
            for one in ast.walk(tree)
        )

    def _encoding(self, site: CallSite, moves: Mapping[Place, tuple[str, Model]]) -> str | None:
        """The one encoding of all models that the tokenizer may be for, after the move."""
        if not site.model.complete or any(one.open for one in site.model.origins):
            return None
        after = [
            moves[one.place][1] if one.place in moves else self._models.get(str(one.value))
            for one in site.model.origins
        ]
        encodings = {model.encoding if model is not None else None for model in after}
        return encodings.pop() if len(encodings) == 1 else None
