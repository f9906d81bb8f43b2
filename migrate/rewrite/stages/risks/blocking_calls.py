"""Requests that block an event loop: a synchronous client called in an ``async def``. Notes, no edits.

Only what is called there by its own name counts: a method that is handed to ``asyncio.to_thread`` or to an
executor runs in a thread, and so does what stands in a lambda or in a function inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import last_name
from migrate.findings.finding import Finding

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.calls.callsite import CallSite
    from migrate.program.inventory import Inventory


def blocking_calls(inventory: Inventory, catalog: Catalog) -> Iterator[Finding]:
    """A note on every request that is proved to be synchronous and stands in an asynchronous function."""
    for site in inventory.call_sites:
        if site.kind == "constructor" or site.certainty != "proved" or not _waits(site, catalog):
            continue
        found = inventory.contexts.around(site.place)
        if found is None or not found[0].asynchronous:
            continue
        scope, call = found
        if call.awaited or last_name(call.function) != site.method.rpartition(".")[2]:
            continue
        message = (
            f"this request is synchronous: nothing else runs in the event loop until {scope.name} has it"
        )
        cure = "use the asynchronous client and await the request, or hand it to asyncio.to_thread"
        yield Finding("blocking-call", "sdk", site.place, message, cure, "manual", (), (site.id,), "", True)


def _waits(site: CallSite, catalog: Catalog) -> bool:
    """Whether the request is synchronous whatever client it goes through."""
    clients = [catalog.sdk.clients.get(one.symbol) for one in site.clients]
    return not site.asynchronous and all(one is not None and not one.asynchronous for one in clients)
