"""Which entry of a plan speaks of which call: by id and text, so that code may move and keep its plan."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from migrate.plan.planfile.entry import Entry
from migrate.program.calls.callsite import CallSite
from migrate.program.calls.identity import fingerprint
from migrate.sources.place import Place

T = TypeVar("T")


def code_mark(site: CallSite, code: Callable[[Place], str]) -> str:
    """What stands for the text of a call, however it is laid out."""
    return fingerprint("".join(code(site.place).split()))[:8]


def matched(
    entries: Sequence[Entry], sites: Iterable[CallSite], code: Callable[[Place], str]
) -> dict[str, Entry]:
    """The entry of each call, by the call's id; calls without one are left out.

    First those whose id and text are as they were; then the text in the same function, as another call may
    have been put before it; then the id alone, as the call may have been edited; then the text alone, as it
    may have been moved to another file or function; last the function, as a call of openai 0.x has another
    id and text once it was moved to 1.x.
    """
    marks = {site.id: code_mark(site, code) for site in sites}
    by_id = {site.id: site for site in sites}
    found: dict[str, Entry] = {}
    left = {entry.id: entry for entry in entries}

    def pair(of_site: Callable[[CallSite], Hashable], of_entry: Callable[[Entry], Hashable]) -> None:
        open_sites = [site for site in by_id.values() if site.id not in found]
        for site, entry in _unique(open_sites, list(left.values()), of_site, of_entry):
            found[site.id] = left.pop(entry.id)

    pair(lambda site: (site.id, marks[site.id]), lambda entry: (entry.id, entry.code))
    pair(
        lambda site: (site.place.path, site.function, marks[site.id]),
        lambda entry: (entry.path, entry.function, entry.code),
    )
    pair(lambda site: site.id, lambda entry: entry.id)
    pair(lambda site: marks[site.id], lambda entry: entry.code)
    pair(lambda site: (site.place.path, site.function), lambda entry: (entry.path, entry.function))
    return found


def _unique(
    sites: list[CallSite],
    entries: list[Entry],
    of_site: Callable[[CallSite], Hashable],
    of_entry: Callable[[Entry], Hashable],
) -> list[tuple[CallSite, Entry]]:
    """The pairs that agree, where on either side only one has that key."""
    by_key = _grouped(entries, of_entry)
    return [
        (alike[0], by_key[key][0])
        for key, alike in _grouped(sites, of_site).items()
        if len(alike) == 1 and len(by_key.get(key, ())) == 1
    ]


def _grouped(items: list[T], key: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    found: dict[Hashable, list[T]] = {}
    for one in items:
        found.setdefault(key(one), []).append(one)
    return found
