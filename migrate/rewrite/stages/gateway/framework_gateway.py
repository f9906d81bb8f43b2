"""Stage ``gateway`` for the calls of frameworks that take a URL and a key themselves: both or neither, and
for a person to look at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from migrate.catalog.framework import Editing, FrameworkCall
from migrate.findings.edits import AddImport, Edit, SetArgument, SetEntry
from migrate.findings.finding import FileEdit, Finding
from migrate.program.calls.callsite import CallSite, Client, Parameter
from migrate.program.calls.surroundings import ALONE, Surroundings
from migrate.rewrite.stages.gateway.gateway_doubts import (
    any_model,
    doubts_of_key,
    endpoint_doubts,
    key_write_doubts,
    test_doubts,
)
from migrate.rewrite.stages.gateway.gateway_files import given
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, client_key
from migrate.rewrite.stages.gateway.gateway_words import still_read
from migrate.rewrite.stages.text_edits import in_files, text_edit
from migrate.sources.place import Place


class FrameworkGateway:
    """Moves them; ``code`` gives the source text at a place, ``style`` is that of the settings."""

    def __init__(
        self,
        calls: Mapping[str, FrameworkCall],
        plan: GatewayPlan,
        style: str,
        code: Callable[[Place], str],
        sites: Sequence[CallSite] = (),
        surroundings: Surroundings = ALONE,
    ) -> None:
        """``sites`` are all calls and clients: a URL in a file that several of them are given stays."""
        self._given = Counter(
            place
            for site in sites
            if site.kind in ("constructor", "framework")
            for place in {one.place for client in site.clients for one in client.base_url.origins}
        )
        self._calls = calls
        self._plan = plan
        self._style = style
        self._code = code
        self._surroundings = surroundings

    def finding(self, site: CallSite) -> Finding | None:
        """What moves the requests of ``site``, which talks to OpenAI; None where a person has to."""
        entry = self._calls.get(site.symbol)
        if not self._possible(site) or entry is None or (entry.any_vendor and any_model(site.model)):
            return None
        client = site.clients[0]
        edits = self._edits(site, client, entry) if site.target == "openai" else self._of_file(site, entry)
        if not edits:
            return None
        doubts = [*endpoint_doubts(self._plan, [site]), *test_doubts(site.place.path)]
        doubts += doubts_of_key(self._plan, client.api_key)
        doubts += key_write_doubts(self._surroundings, site.place.path)
        message = f"{site.symbol} talks to OpenAI directly, not through {self._plan.gateway.title}"
        cure = f"it gets the URL {self._plan.base_url} and the key from {self._plan.key_env}"
        cure += still_read(self._plan, client, site.place, self._surroundings)
        cure += f"; look first: {'; '.join(doubts)}" if doubts else ""
        place, calls = site.place, (site.id,)
        return Finding(
            "framework-call", "gateway", place, message, cure, "review", edits, calls, client_key(client)
        )

    def _possible(self, site: CallSite) -> bool:
        plan = self._plan
        return (
            self._style != "environment"
            and plan.gateway.naming == "bare"
            and site.kind == "framework"
            and plan.gateway.serves(site.endpoint) is not False
            and len(site.clients) == 1
            and (site.target == "openai" or in_files(site.clients[0].base_url))
            and (site.target != "openai" or not site.clients[0].base_url.values)
            and not self.from_outside(site)
            and site.clients[0].place is not None
            and not site.clients[0].hidden
        )

    def from_outside(self, site: CallSite) -> bool:
        """Whether the URL of ``site`` is passed in by something of which no value is visible."""
        entry = self._calls.get(site.symbol)
        passed = [site.parameter(name) for name in entry.base_url] if entry is not None else []
        seen = any(client.base_url.values for client in site.clients)
        return not seen and any(one is not None and one.code != "None" for one in passed)

    def _edits(self, site: CallSite, client: Client, entry: FrameworkCall) -> tuple[FileEdit, ...]:
        how = entry.edit
        if how is None or client.place is None:
            return ()
        if client.place != site.place:
            return self._of_carrier(client, client.place)
        if how.client_code and entry.client and not _passed(site, (*entry.client, *how.loses)):
            return self._with_object(site, entry, how)
        if not how.url:
            return ()
        nested = _holders(site, entry)
        if nested:
            return self._in_dicts(nested, entry, how)
        return self._in_call(site.place, site.parameters, entry, how)

    def _of_file(self, site: CallSite, entry: FrameworkCall) -> tuple[FileEdit, ...]:
        """A call whose URL is OpenAI's, written in a configuration file: edited there, with the key here."""
        found, how = site.clients[0].base_url, entry.edit
        url = found.origins[0] if len(found.origins) == 1 else None
        if url is None or how is None or not entry.api_key or not isinstance(url.value, str):
            return ()
        whole = found.complete and url.whole and not found.environment and not found.optional
        if not whole or not self._plan.is_openai(url.value) or self._code(url.place).count(url.value) != 1:
            return ()
        if _passed(site, entry.api_key) or site.hidden or self._given[url.place] != 1:
            return ()
        moved = text_edit(url.place, url.role, self._code(url.place), url.value, self._plan.base_url)
        key = SetArgument(site.place.span, entry.api_key[0], self._key(how))
        return (moved, *self._with_imports(site.place.path, (key,), how.key_import))

    def _of_carrier(self, client: Client, place: Place) -> tuple[FileEdit, ...]:
        """An object that holds URL and key for the call (``OpenAIProvider()``)."""
        entry = self._calls.get(client.symbol)
        if entry is None or entry.edit is None or not entry.edit.url or client.api_key.origins:
            return ()
        return self._in_call(place, (), entry, entry.edit)

    def _in_call(
        self, place: Place, passed: Sequence[Parameter], entry: FrameworkCall, how: Editing
    ) -> tuple[FileEdit, ...]:
        """Two arguments, at a call that is written under a name of the framework's; one that comes to it from
        elsewhere (``**kwargs``) is given its value there, or neither is."""
        called = re.split(r"[(\[]", self._code(place), maxsplit=1)[0].strip().rpartition(".")[2]
        known = {
            one.symbol.rpartition(".")[2] for one in self._calls.values() if one.canonical == entry.canonical
        }
        if called not in known or not entry.base_url or not entry.api_key:
            return ()
        codes = ((entry.base_url, self._plan.url_code(self._style)), (entry.api_key, self._key(how)))
        found = [given(place, passed, names, code) for names, code in codes]
        if not all(found):
            return ()
        every = [one for edits in found for one in edits]
        edits = {
            path: [one.edit for one in every if one.path == path]
            for path in dict.fromkeys(e.path for e in every)
        }
        return tuple(one for path in edits for one in self._with_imports(path, edits[path], how.key_import))

    def _in_dicts(
        self, holders: Collection[Place], entry: FrameworkCall, how: Editing
    ) -> tuple[FileEdit, ...]:
        """The entries of every dict that names a model (``config_list``)."""
        url, key = (paths[0].rpartition(".")[2] for paths in (entry.base_url, entry.api_key))
        edits: list[FileEdit] = []
        for holder in holders:
            pair = (
                SetEntry(holder.span, url, self._plan.url_code(self._style)),
                SetEntry(holder.span, key, self._key(how)),
            )
            edits += self._with_imports(holder.path, pair, how.key_import)
        return tuple(dict.fromkeys(edits))

    def _with_object(self, site: CallSite, entry: FrameworkCall, how: Editing) -> tuple[FileEdit, ...]:
        code = how.client_code.format(url=self._plan.url_code(self._style), key=self._key(how))
        edits = (SetArgument(site.place.span, entry.client[0], code),)
        return self._with_imports(site.place.path, edits, how.client_import)

    def _key(self, how: Editing) -> str:
        plain = self._plan.key_code()
        return how.key_code.format(key_env=self._plan.key_env) if how.key_code else plain

    def _with_imports(self, path: str, edits: Collection[Edit], name: str) -> tuple[FileEdit, ...]:
        found = [FileEdit(path, edit) for edit in edits]
        if any("os." in getattr(edit, "code", "") for edit in edits):
            found.append(FileEdit(path, AddImport("os")))
        if name:
            module, _, last = name.rpartition(".")
            found.append(FileEdit(path, AddImport(module, last)))
        return tuple(found)


def _passed(site: CallSite, names: Collection[str]) -> bool:
    return any(site.parameter(name) is not None for name in names)


def _holders(site: CallSite, entry: FrameworkCall) -> list[Place]:
    """The dicts that name the model, where it is not an argument of the call."""
    names = {path.rpartition(".")[2] for path in entry.model if "." in path}
    found = [one for one in site.parameters if one.form == "entry" and one.name in names]
    return list(dict.fromkeys(one.holder for one in found))
