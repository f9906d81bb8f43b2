"""How long a call's answer may take: whether a person waits for it, or a machine, or nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog.literal_words import names
from migrate.plan.assessment import Evidence, Latency
from migrate.plan.wording import Words
from migrate.sources.testfiles import is_test

if TYPE_CHECKING:
    from migrate.catalog.usecases import LatencySign, LatencySigns, Side
    from migrate.program.calls.callsite import CallSite
    from migrate.program.contexts.records import Context, Frame, Sign
    from migrate.sources.place import Place

_MOST_EVIDENCE = 3
_OF_SIGNS = ("package", "symbol", "written")


class Hint(msgspec.Struct, frozen=True):
    """One thing that speaks for a side, and how much."""

    side: Side
    weight: float
    evidence: Evidence


def judge_latency(
    signs: LatencySigns, site: CallSite, context: Context | None
) -> tuple[Latency, tuple[Evidence, ...]]:
    """The latency of a call, and what speaks for it. Where both sides do, the stronger counts; where they
    are equal somebody waits."""
    hints = [*_of_site(site), *(_of_context(signs, context) if context else ())]
    sums: dict[Side, float] = {}
    for one in hints:
        sums[one.side] = sums.get(one.side, 0.0) + one.weight
    for side in sorted(sums, key=lambda side: (-sums[side], side == "background")):
        if sums[side] >= signs.believed:
            here = sorted((one for one in hints if one.side == side), key=lambda one: -one.weight)
            return side, tuple(one.evidence for one in here[:_MOST_EVIDENCE])
    return "unknown", ()


def _of_site(site: CallSite) -> Iterator[Hint]:
    streams = site.parameter("stream")
    if site.stream and (streams is None or streams.setting.values == (True,)):
        yield Hint("interactive", 3.0, Evidence("it streams its answer", site.place))
    elif site.stream:
        yield Hint("interactive", 1.0, Evidence("it may stream its answer", site.place))
    if site.kind == "batch":
        yield Hint("background", 4.0, Evidence("it is part of the Batch API", site.place))
    tier = site.parameter("service_tier")
    if tier is not None and "flex" in tier.code:
        yield Hint("background", 4.0, Evidence("it asks for the flex service tier", tier.place))
    if is_test(site.place.path):
        yield Hint("background", 4.0, Evidence("it stands in a test", site.place))
    if site.place.cell is not None or site.place.path.endswith(".ipynb"):
        yield Hint("background", 3.0, Evidence("it stands in a notebook", site.place))


def _of_context(signs: LatencySigns, context: Context) -> Iterator[Hint]:
    """What each rule finds nearest to the call: that many callers show the same makes it no surer."""
    for rule in signs.sign:
        found = (hint for frame in context.frames for hint in _of_frame(signs, rule, frame, context))
        best = max(found, key=lambda hint: hint.weight, default=None)
        if best is not None:
            yield best


def _of_frame(signs: LatencySigns, rule: LatencySign, frame: Frame, context: Context) -> Iterator[Hint]:
    if frame.depth and is_test(frame.place.path):
        return
    left = signs.fading if rule.what in _OF_SIGNS else signs.blurring
    for words, place in _matches(rule, frame, context):
        told = f"{rule.says} ({words})"
        if frame.depth:
            told += f", by way of {frame.name or 'module ' + frame.place.path}"
        yield Hint(rule.side, rule.weight * left**frame.depth, Evidence(told, place))


def _matches(rule: LatencySign, frame: Frame, context: Context) -> Iterator[tuple[str, Place]]:
    """(what it is called, where) of everything at ``frame`` that ``rule`` speaks of."""
    if rule.loop and not frame.loops:
        return
    if rule.what in _OF_SIGNS:
        for sign in frame.signs:
            if (not rule.on or sign.kind in rule.on) and _is(rule, sign):
                yield sign.symbol, sign.place
    elif rule.what == "import" and frame.depth == 0:
        found = (name for name in context.imports if name.partition(".")[0] in rule.names)
        yield from ((name, frame.at) for name in list(found)[:1])
    elif rule.what == "call":
        found = (name for name in frame.called if names(rule.names, name))
        yield from ((name, frame.at) for name in list(found)[:1])
    elif rule.what in ("path", "function"):
        text = frame.name if rule.what == "function" else frame.place.path.removesuffix(".py")
        yield from ((word, frame.at) for word, _ in _words(text).among(rule.names)[:1])


def _is(rule: LatencySign, sign: Sign) -> bool:
    if rule.what == "package":
        ends = not rule.last or sign.symbol.rpartition(".")[2] in rule.last
        return ends and sign.resolved and sign.symbol.partition(".")[0] in rule.names
    if rule.what == "written":
        return not sign.resolved and sign.symbol.rpartition(".")[2] in rule.names
    return names(rule.names, sign.symbol)


@lru_cache(maxsize=1024)
def _words(text: str) -> Words:
    return Words(text)
