"""Assesses every call of an inventory: use case and latency, each with its evidence. Decides no model.

A comment ``# repoint: use-case=legal`` on a call's statement overrules what the program makes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from migrate.plan.assessment import UNCLEAR, Assessment, Confidence, Evidence, Latency
from migrate.plan.latency import judge_latency
from migrate.plan.readings import Texts
from migrate.plan.usecase import Verdict, judge
from migrate.prompts.extraction import orphans_in, prompts_of
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.calls.callsite import CallSite
    from migrate.program.inventory import Inventory
    from migrate.prompts.extraction import Prompts
    from migrate.prompts.prompt import PromptText

_STATED = re.compile(r"use-case\s*=\s*(?P<word>[\w-]+)")


def assess(inventory: Inventory, catalog: Catalog, prompts: Prompts | None = None) -> dict[str, Assessment]:
    """The assessment of every call that asks a model, by the call's id. Raises CatalogError.

    ``prompts`` are those of ``inventory``, where they were read already.
    """
    texts = Texts(inventory, catalog.use_cases)
    stated = _Stated(inventory, catalog)
    known = prompts_of(inventory) if prompts is None else prompts
    asking = [site for site in inventory.call_sites if site.kind != "constructor" and site.asks]
    beside = _beside(inventory, asking, known)
    guarded = {one.id for one in catalog.use_cases.use_case if one.guarded}
    found = {}
    for site in asking:
        context = inventory.contexts.of(site.place)
        latency, why = judge_latency(catalog.latency, site, context)
        said = stated.at(site.place)
        if said is not None:
            name, comment = said
            found[site.id] = Assessment(
                site.id, name, "stated", (comment,), latency, why, guarded=name in guarded
            )
            continue
        sent = known.of(site.id) or beside.get(site.place.path, ())
        readings = texts.of(site, context, sent, seen=bool(known.of(site.id)))
        spoken = texts.spoken(site.place.path)
        verdict = judge(catalog.use_cases, (site.kind, site.endpoint), readings, spoken)
        found[site.id] = _assessment(site, verdict, latency, why, verdict.use_case in guarded)
    return found


def _beside(inventory: Inventory, sites: Iterable[CallSite], prompts: Prompts) -> dict[str, list[PromptText]]:
    """By file what reads like a prompt and reaches no known call, where a call's own prompts are not seen."""
    found: dict[str, list[PromptText]] = {}
    paths = {site.place.path for site in sites if not prompts.of(site.id)} & inventory.selected
    for one in orphans_in(inventory, paths, prompts):
        found.setdefault(one.place.path, []).append(one)
    return found


class _Stated:
    """The comments that name a use case, by the lines that they speak of."""

    def __init__(self, inventory: Inventory, catalog: Catalog) -> None:
        self._inventory = inventory
        self._table = catalog.use_cases
        self._read: dict[str, list[tuple[tuple[int, int], str, Evidence]]] = {}

    def at(self, place: Place) -> tuple[str, Evidence] | None:
        """The use case that a comment on the statement at ``place`` names, and the comment."""
        first, last = place.span.line, place.span.end_line
        for (start, end), name, evidence in self._in(place.path):
            if start <= first <= end or first <= start <= last:
                return name, evidence
        return None

    def _in(self, path: str) -> list[tuple[tuple[int, int], str, Evidence]]:
        if path not in self._read:
            self._read[path] = list(self._found(path))
        return self._read[path]

    def _found(self, path: str) -> list[tuple[tuple[int, int], str, Evidence]]:
        source = self._inventory.source(path)
        if source is None or "repoint:" not in source.text:
            return []
        from migrate.findings.comments import comments  # tokenize is not for start-up

        found = []
        for one in comments(source):
            match = _STATED.match(one.words)
            known = self._table.get(match["word"]) if match else None
            if known is not None:
                found.append((one.lines, known.id, Evidence(f"a comment says {one.words}", one.place)))
        return found


def _assessment(
    site: CallSite, verdict: Verdict, latency: Latency, why: tuple[Evidence, ...], guarded: bool
) -> Assessment:
    confidence: Confidence = "unclear" if verdict.use_case == UNCLEAR else "clear"
    return Assessment(
        site.id,
        verdict.use_case,
        confidence,
        verdict.evidence,
        latency,
        why,
        verdict.guess,
        verdict.doubt,
        verdict.doubt_evidence,
        guarded,
    )
