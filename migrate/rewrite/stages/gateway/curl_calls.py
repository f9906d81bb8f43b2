"""Stage ``gateway`` for requests that commands send with curl: URL and key variable, both or neither, and for
a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from migrate.findings.edits import ReplaceSpan
from migrate.findings.finding import FileEdit, Finding
from migrate.program.calls.callsite import CallSite, Client, Parameter
from migrate.program.calls.clients import parameter_named
from migrate.rewrite.stages.gateway.gateway_doubts import unserved_endpoints
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand, client_key
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span
from migrate.sources.source import Source

_BASE = re.compile(r"https?://[^/\s\"'$]+/v1(?=/|\Z)")


def is_readable(site: CallSite) -> bool:
    """Whether ``site`` is a command whose body could be read, so that it can be edited."""
    return site.sdk == "curl" and bool(site.parameters) and not site.hidden


class CurlGateway:
    """Moves them; ``code`` gives the source text at a place, ``source`` a file."""

    def __init__(
        self,
        plan: GatewayPlan,
        style: str,
        code: Callable[[Place], str],
        source: Callable[[str], Source | None],
    ) -> None:
        self._plan = plan
        self._style = style
        self._code = code
        self._source = source

    def finding(self, site: CallSite) -> Finding | None:
        """What to say of where ``site`` sends its request; None where that is the gateway."""
        client = site.clients[0]
        title = self._plan.gateway.title
        if self._plan.has(client):
            return None
        unserved = unserved_endpoints(self._plan, [site])
        message = f"a command talks to OpenAI directly, not through {title}"
        if unserved:
            why = f"it stays: {title} is not known to serve {', '.join(unserved)}"
            return by_hand(site, "unserved-endpoint", message, why, note=True)
        cure = f"its URL becomes {self._plan.base_url}, the key comes from {self._plan.key_env}"
        url, key = self._edit_of_url(client), parameter_named(client, "api_key")
        obstacle = self._obstacle(site, url, key)
        if obstacle or url is None or key is None:
            return by_hand(site, "direct-client", message, f"{cure}, by hand: {obstacle}")
        edits = (url, FileEdit(key.place.path, ReplaceSpan(key.place.span, key.code, self._plan.key_env)))
        cure += f"; look first: {self._plan.key_env} has to be set where it runs"
        place, calls = site.place, (site.id,)
        return Finding(
            "direct-client", "gateway", place, message, cure, "review", edits, calls, client_key(client)
        )

    def _obstacle(self, site: CallSite, url: FileEdit | None, key: Parameter | None) -> str:
        """Why the two cannot move here; empty where they can."""
        old = self._plan.openai.key_env
        if self._style == "environment":
            return "curl takes no address from the environment"
        if key is None:
            return "no header shows which variable holds the key"
        if key.code != old:
            return f"${key.code} may hold the key of others too"
        if url is None:
            return "its URL is put together, or has no /v1"
        if self._plan.gateway.naming == "prefixed" and not site.model.complete:
            return f"its model is not visible, and {self._plan.gateway.title} names models otherwise"
        where = self._set_at(site.place.path, old)
        return f"line {where} sets {old}" if where else ""

    def _set_at(self, path: str, name: str) -> int:
        """The line of the file on which it sets the variable itself; 0 where it does not."""
        source = self._source(path)
        text = source.text if source is not None else ""
        found = re.search(rf"(?<![\w$.{{-]){name}[\"']?[ \t]*(?:=(?!=)|:(?![-?=+]))", text)
        return Lines(text).position(found.start())[0] if found else 0

    def _edit_of_url(self, client: Client) -> FileEdit | None:
        """The edit of the URL up to its version, where that stands in one piece."""
        origin = client.base_url.origins[0]
        code = self._code(origin.place)
        found = list(_BASE.finditer(code))
        if len(found) != 1 or not self._plan.is_openai(found[0][0]) or self._plan.regional(client):
            return None
        start, old = origin.place.span, found[0][0]
        if "\n" in code[: found[0].end()]:
            return None
        column = start.column + found[0].start()
        span = Span(start.line, column, start.line, column + len(old))
        return FileEdit(origin.place.path, ReplaceSpan(span, old, self._plan.base_url.rstrip("/")))
