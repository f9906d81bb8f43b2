"""Stage ``gateway``: clients of OpenAI get the gateway's URL and key, both or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from migrate.findings.edits import AddImport, SetArgument
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.program.calls.callsite import CallSite, Client
from migrate.program.calls.clients import parameter_named
from migrate.program.calls.surroundings import Surroundings, covers
from migrate.rewrite.stages.gateway.gateway_doubts import client_doubts, key_write_doubts, unserved_endpoints
from migrate.rewrite.stages.gateway.gateway_files import FileUrls, from_callers, from_outside, in_file
from migrate.rewrite.stages.gateway.gateway_module import ModuleClients
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan, by_hand, client_key
from migrate.rewrite.stages.gateway.gateway_words import elsewhere, still_read
from migrate.rewrite.stages.gateway.uncalled_clients import uncalled
from migrate.rewrite.stages.gateway.variables import by_environment
from migrate.rewrite.stages.params.holders import replaced
from migrate.settings import Settings
from migrate.sources.place import Place


class GatewayStage:
    """Findings about where clients send their requests."""

    def __init__(
        self, plan: GatewayPlan, settings: Settings, surroundings: Surroundings, code: Callable[[Place], str]
    ) -> None:
        """``code`` gives the source text at a place."""
        self._plan = plan
        self._code = code
        self._files = FileUrls(plan, code, ())
        self._settings = settings
        self._surroundings = surroundings

    def findings(self, sites: Sequence[CallSite]) -> Iterator[Finding]:
        """One finding or none for every client constructor, and one for the module's own client."""
        if self._plan.direct:
            return
        users = _users(sites)
        self._surroundings = _without_clients(self._surroundings, sites)
        self._files = FileUrls(self._plan, self._code, sites)
        for site in sites:
            if site.kind == "constructor" and site.clients:
                found = self._of_client(site, site.clients[0], users.get(site.place, []))
                if found is not None:
                    yield found
        yield from uncalled(self._plan, self._settings.style, sites, users)
        yield from ModuleClients(self._plan, self._settings.style, self._surroundings).findings(sites)

    def _of_client(self, site: CallSite, client: Client, users: list[CallSite]) -> Finding | None:
        if self._plan.has(client) and in_file(client) is None:
            return self._leaking(site, client)
        if len({one.symbol for one in site.clients}) > 1 and "azure" in {one.target for one in site.clients}:
            names = " or ".join(dict.fromkeys(one.symbol for one in site.clients))
            cure = f"give {client.symbol} alone the URL and key of {self._plan.gateway.title}, by hand"
            return by_hand(site, "direct-client", f"{names} is made here, chosen when it runs", cure)
        if client.target == "openai" and not from_outside(client) and not site.hidden:
            message = f"{site.symbol} talks to OpenAI directly, not through {self._plan.gateway.title}"
            return self._direct(site, client, users, message)
        url = self._files.edit(site, client) if self._settings.style != "environment" else None
        if url is not None:
            return self._in_a_file(site, client, users, url)
        if self._is_asked_for(site, client) and not self._shared_with_others(client, users):
            return self._moved(site, client, users)
        return elsewhere(self._plan, site, client)

    def _is_asked_for(self, site: CallSite, client: Client) -> bool:
        """Whether the settings ask to move a client that is not plainly OpenAI's, and that can be done."""
        word = "other" if client.target == "other" else "configurable"
        urls = [one for one in client.parameters if one.name == "base_url"]
        possible = len(urls) == 1 and not site.hidden and not site.constructor
        asked = word in self._settings.move_clients and client.target != "azure"
        return (
            asked and possible and self._settings.style != "environment" and site.symbol in self._plan.classes
        )

    def _shared_with_others(self, client: Client, users: list[CallSite]) -> bool:
        """Whether some class that makes its clients here gives them the URL of another vendor."""
        same = (one for site in users for one in site.clients if one.place == client.place)
        return "other" not in self._settings.move_clients and any(one.target == "other" for one in same)

    def _moved(self, site: CallSite, client: Client, users: list[CallSite]) -> Finding:
        """A client that moves only because the settings say so: a person looks at it."""
        told = elsewhere(self._plan, site, client)
        finding = self._direct(site, client, users, told.message.removesuffix(": it stays"))
        if not finding.edits:
            return told
        cure = f"{finding.cure}; it moves because --move-client asks for it"
        return msgspec.structs.replace(finding, rule=told.rule, cure=cure, safety="review")

    def _in_a_file(
        self, site: CallSite, client: Client, users: list[CallSite], url: FileEdit
    ) -> Finding | None:
        """A client whose URL a configuration file gives: edited there, together with the key."""
        told = self._direct(site, client, users, f"{url.path} sends {site.symbol} to OpenAI directly")
        if not told.edits:
            return told
        edits = (url, *self._edits(site, client, {"api_key": self._plan.key_code()}))
        look = f"other programs may read {url.path} too"
        cure = f"{told.cure}{'; ' if 'look first: ' in told.cure else '; look first: '}{look}"
        return msgspec.structs.replace(told, edits=edits, cure=cure, safety="review")

    def _leaking(self, site: CallSite, client: Client) -> Finding | None:
        """A client that is at the gateway, with OpenAI's key still. Where the program puts the URL into its
        variable, and fills that of the key too, they belong together."""
        old = self._plan.openai.key_env
        given = parameter_named(client, "base_url") is not None
        filled = not given and key_write_doubts(self._surroundings, site.place.path)
        if client.api_key_env != old or self._settings.style == "environment" or filled:
            return None
        title, key = self._plan.gateway.title, self._plan.key_env
        message = f"{site.symbol} sends the key in {old} to {title}"
        cure = f"the key comes from {key}; look first: whether {old} holds a key of {title} on purpose"
        edits = self._edits(site, client, {"api_key": self._plan.key_code()})
        return Finding("leaking-key", "gateway", site.place, message, cure, "review", edits, (site.id,))

    def _direct(self, site: CallSite, client: Client, users: list[CallSite], message: str) -> Finding:
        title = self._plan.gateway.title
        if self._settings.style == "environment":
            return by_environment(self._plan, site, client, message)
        if site.constructor:
            cure = f"give base_url and api_key to OpenAI's own constructor inside {site.constructor}"
            return by_hand(site, "direct-client", message, cure)
        unserved = unserved_endpoints(self._plan, users)
        if unserved:
            why = f"it stays: {title} is not known to serve {', '.join(unserved)}, all that it is used for"
            return by_hand(site, "unserved-endpoint", message, why, note=True)
        written = in_file(client)
        if written is not None:
            return by_hand(site, "direct-client", message, f"set base_url and the key at {written}")
        passed = from_callers(site, client)
        if passed is not None:
            cure = f"set base_url and the key together where it is called, as at {passed}, by hand"
            return by_hand(site, "direct-client", message, cure)
        doubts = client_doubts(self._plan, site, client, users, self._surroundings)
        safety: Safety = "review" if doubts else "safe"
        cure = f"base_url becomes {self._plan.base_url}, the key comes from {self._plan.key_env}"
        cure += still_read(self._plan, client, site.place, self._surroundings)
        codes = {"base_url": self._plan.url_code(self._settings.style), "api_key": self._plan.key_code()}
        if doubts:
            cure += "; look first: " + "; ".join(doubts)
        return Finding(
            "direct-client",
            "gateway",
            site.place,
            message,
            cure,
            safety,
            self._edits(site, client, codes),
            (site.id,),
            client_key(client),
        )

    def _edits(self, site: CallSite, client: Client, codes: Mapping[str, str]) -> tuple[FileEdit, ...]:
        """Every argument of ``codes`` gets its code: where it is passed now, or else at the constructor."""
        edits: list[FileEdit] = []
        for name, code in codes.items():
            passed = parameter_named(client, name)
            if passed is not None:
                edits += replaced(passed, code)
            else:
                edits.append(FileEdit(site.place.path, SetArgument(site.place.span, name, code)))
        reading = dict.fromkeys(one.path for one in edits if "os." in getattr(one.edit, "code", ""))
        return (*edits, *(FileEdit(path, AddImport("os")) for path in reading))


def _without_clients(surroundings: Surroundings, sites: Sequence[CallSite]) -> Surroundings:
    """``surroundings`` without the reads of the key that a client is made with: these go with it."""
    made = [site.place for site in sites if site.kind == "constructor"]
    reads = tuple(one for one in surroundings.key_reads if not any(covers(place, one) for place in made))
    return msgspec.structs.replace(surroundings, key_reads=reads)


def _users(sites: Sequence[CallSite]) -> dict[Place, list[CallSite]]:
    """The calls that go through each client, by where the client is made."""
    found: dict[Place, list[CallSite]] = {}
    for site in sites:
        if site.kind != "constructor":
            for client in site.clients:
                if client.place is not None:
                    found.setdefault(client.place, []).append(site)
    return found
