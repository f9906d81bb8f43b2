"""Clients whose URL stands in a configuration file: edited there, and the key moves with it, or neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from migrate.findings.edits import SetArgument
from migrate.findings.finding import FileEdit
from migrate.program.calls.callsite import CallSite, Client, Parameter
from migrate.program.calls.clients import parameter_named
from migrate.program.solving.values import Origin
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.rewrite.stages.params.holders import replaced
from migrate.rewrite.stages.text_edits import IN_FILES, text_edit
from migrate.sources.place import Place


class FileUrls:
    """Finds the URL of a client in a file, where every client that is given it can move."""

    def __init__(self, plan: GatewayPlan, code: Callable[[Place], str], sites: Sequence[CallSite]) -> None:
        self._plan = plan
        self._code = code
        self._fixed = {
            origin.place
            for site in sites
            for client in site.clients
            if site.kind == "framework" or (site.kind == "constructor" and self._url(site, client) is None)
            for origin in client.base_url.origins
        }

    def edit(self, site: CallSite, client: Client) -> FileEdit | None:
        """The edit that moves the URL of ``client``; None where it stands in no file, or not alone."""
        url = self._url(site, client)
        if url is None or url.place in self._fixed:
            return None
        old = str(url.value)
        return text_edit(url.place, url.role, self._code(url.place), old, self._plan.base_url)

    def _url(self, site: CallSite, client: Client) -> Origin | None:
        """Where the one URL is written, if that is OpenAI's and the key can move too."""
        found = client.base_url
        if len(found.origins) != 1 or not found.complete or found.environment or found.optional:
            return None
        url = found.origins[0]
        if url.role not in IN_FILES or not url.whole or not isinstance(url.value, str):
            return None
        if site.hidden or site.constructor or not self._plan.is_openai(url.value):
            return None
        key = parameter_named(client, "api_key")
        closed = key is not None and key.form == "file"
        if closed or client.api_key_env != self._plan.openai.key_env:
            return None
        return url if self._code(url.place).count(url.value) == 1 else None


def in_file(client: Client) -> Place | None:
    """Where a configuration file passes the URL or the key: the two move together, so neither is edited."""
    passed = (parameter_named(client, name) for name in ("base_url", "api_key"))
    return next((one.place for one in passed if one is not None and one.form == "file"), None)


def from_outside(client: Client) -> bool:
    """Whether the URL is passed in by something other than a literal, though no value of it is visible."""
    passed = parameter_named(client, "base_url")
    return passed is not None and not client.base_url.values and passed.code != "None"


def from_callers(site: CallSite, client: Client) -> Place | None:
    """Where another call passes the URL or the key, to come here as ``**kwargs``: a second call may pass
    another, or none, so that the two would not move together."""
    passed = (one for one in client.parameters if one.name in ("base_url", "api_key"))
    away = (one.place for one in passed if one.form == "argument" and one.holder != site.place)
    return next(away, None)


def given(place: Place, passed: Sequence[Parameter], names: Sequence[str], code: str) -> tuple[FileEdit, ...]:
    """The edits that give the call at ``place`` the argument of ``names``; none where another call passes it,
    to come here as ``**kwargs``: a second one may not."""
    found = [one for one in passed if one.name in names]
    if not found:
        return (FileEdit(place.path, SetArgument(place.span, names[0], code)),)
    away = len({one.place for one in found}) > 1 or (found[0].form == "argument" and found[0].holder != place)
    return () if away else replaced(found[0], code)
