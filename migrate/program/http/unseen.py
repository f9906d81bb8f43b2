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
from migrate.sources.testfiles import is_test

if TYPE_CHECKING:
    from migrate.catalog import Catalog

_BODIES = ("content", "files")


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
        if ends:
            telling = any(f"/{one}".rstrip("/").endswith(self._known.http_telling) for one in ends)
            return self.common_endpoint(ends) if telling or "model" in body.values else ""
        return "chat" if ours and "messages" in body.values else ""

    def common_endpoint(self, ends: Sequence[str]) -> str:
        """The endpoint that all ``ends`` of a URL mean; empty where they mean several, or none."""
        found = {endpoint_of(self._known, f"/{one}") for one in ends}
        return found.pop() if len(found) == 1 else ""

    def method(self, path: str, call: Call, asynchronous: bool) -> HttpCall | None:
        """The method of a client that a call in the file ``path`` of something unknown is like; None where it
        does not tell."""
        if not isinstance(call.function, Attribute) or not self.tells(call):
            return None
        known = self._methods.get((call.function.name, asynchronous))
        return known if known is not None and _sends(call, known) and not _asks_itself(path, call) else None

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


def _sends(call: Call, known: HttpCall) -> bool:
    """Whether a request has a body. ``@app.post("/v1/chat/completions")`` has none: it serves that path."""
    passed = [one for one in call.arguments if one.stars or one.name in (*known.body, *_BODIES)]
    return bool(passed) or sum(one.name is None for one in call.arguments) > 1


def _asks_itself(path: str, call: Call) -> bool:
    """Whether a test asks a path without a host: that of the program which it tests."""
    texts = (one.value.value for one in call.arguments[:2] if isinstance(one.value, Constant))
    return is_test(path) and any(isinstance(text, str) and text.startswith("/") for text in texts)


def endpoint_of(known: Frameworks, url: str) -> str:
    """``chat`` for a URL that ends in ``chat/completions``; empty for an end that is not known."""
    path = url.partition("?")[0].rstrip("/")
    ends = sorted((end for end in known.http_paths if path.endswith(f"/{end}")), key=len, reverse=True)
    return known.http_paths[ends[0]] if ends else ""
