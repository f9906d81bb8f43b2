"""Requests of which no host is visible: whether they are to this API, by the end of their URL and by what
they send.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate.catalog.framework import Frameworks, HttpCall
from migrate.facts.expressions import Attribute, Constant, Expression, Operation, Text
from migrate.facts.records import Call
from migrate.program.calls.request import Request

if TYPE_CHECKING:
    from migrate.catalog import Catalog


class UnseenHosts:
    """Answers from the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._known = known = catalog.frameworks
        self._models = catalog.models
        clients = [one for one in known.http.values() if one.symbol.rpartition(".")[0] in known.http_clients]
        self._methods = {(one.symbol.rpartition(".")[2], one.asynchronous): one for one in reversed(clients)}

    def endpoint(self, ends: Sequence[str], known: HttpCall, body: Request) -> str:
        """The endpoint of a request whose URL has one of ``ends``; empty where it is none of OpenAI's API."""
        models = body.setting("model").values
        ours = bool(models) and all(isinstance(one, str) and self._models.get(one) for one in models)
        if (models and not ours) or not known.body:
            return ""
        found = {endpoint_of(self._known, f"/{one}") for one in ends}
        if len(found) == 1 and "" not in found:
            telling = any(f"/{one}".rstrip("/").endswith(self._known.http_telling) for one in ends)
            return found.pop() if telling or "model" in body.values else ""
        return "chat" if ours and not ends and "messages" in body.values else ""

    def method(self, call: Call, asynchronous: bool) -> HttpCall | None:
        """The method of a client that a call of something unknown is like; None where it does not tell."""
        if not isinstance(call.function, Attribute) or not self.tells(call):
            return None
        return self._methods.get((call.function.name, asynchronous))

    def tells(self, call: Call) -> bool:
        """Whether an argument of a call is, as it is written, a URL of this API on some host."""
        return any(self._is_telling(one.value) for one in call.arguments[:2])

    def _is_telling(self, node: Expression) -> bool:
        if isinstance(node, Text) and node.parts:
            node = node.parts[-1]
        elif isinstance(node, Operation):
            node = node.right
        text = node.value if isinstance(node, Constant) else None
        return isinstance(text, str) and f"/{text}".endswith(self._known.http_telling)


def endpoint_of(known: Frameworks, url: str) -> str:
    """``chat`` for a URL that ends in ``chat/completions``; empty for an end that is not known."""
    path = url.partition("?")[0].rstrip("/")
    ends = sorted((end for end in known.http_paths if path.endswith(f"/{end}")), key=len, reverse=True)
    return known.http_paths[ends[0]] if ends else ""
