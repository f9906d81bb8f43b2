"""Judges of purpose: what calls are for, who waits for them, and whether prompts suit the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.catalog.checklist import Check
from migrate.plan.assessment import Evidence as Reason
from migrate.prompts.estimating import tokens
from migrate.report.readiness.records import POINTS, Evidence, Mark
from migrate.report.readiness.subject import JudgedPrompt, Subject
from migrate.sources.place import Place

_WITH_PROMPTS = ("chat", "responses", "legacy-chat")


def use_known(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every call that was assessed."""
    for site in subject.calls:
        found = subject.assessments.get(site.id)
        if found is None:
            continue
        if found.confidence != "unclear":
            text = f"{found.use_case}{_because(found.evidence)}"
            yield Evidence("pass", text, site.place, site.id)
        elif found.guess:
            text = f"perhaps {found.guess}{_because(found.evidence)}"
            yield Evidence("partial", text, site.place, site.id)
        else:
            yield Evidence("unknown", "nothing says what it is for", site.place, site.id)


def latency_known(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every call that was assessed."""
    for site in subject.calls:
        found = subject.assessments.get(site.id)
        if found is None:
            continue
        if found.latency == "unknown":
            yield Evidence("unknown", "nothing says who waits", site.place, site.id)
        else:
            yield Evidence("pass", f"{found.latency}{_because(found.latency_evidence)}", site.place, site.id)


def _because(reasons: Sequence[Reason]) -> str:
    return f": {reasons[0].words}" if reasons else ""


def prompts_simple(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every place where a prompt is written, by the call for which it is worst; and every call of the SDK
    that shows none."""
    worst: dict[Place, Evidence] = {}
    for one in subject.prompts:
        found = _simple(subject, one)
        before = worst.setdefault(one.prompt.place, found)
        if POINTS[found.mark] < POINTS[before.mark]:
            worst[one.prompt.place] = found
    yield from worst.values()
    shown = {one.site.id for one in subject.prompts}
    for site in subject.calls:
        if site.kind in _WITH_PROMPTS and site.id not in shown:
            yield Evidence("unknown", "its prompt is not visible", site.place, site.id)


def _simple(subject: Subject, one: JudgedPrompt) -> Evidence:
    place, call = one.prompt.place, one.site.id
    if not one.analysis.flag:
        return Evidence("pass", "asks for no reasoning", place, call)
    said = ", ".join(dict.fromkeys(span.label for span in one.analysis.spans))
    effort = _effort(subject, one)
    if effort:
        return Evidence("fail", f"{said}, and the model reasons ({effort})", place, call)
    return Evidence("partial", f"{said}; the model does not reason here, so it may stay", place, call)


def _effort(subject: Subject, one: JudgedPrompt) -> str:
    """The effort at which a model of the call reasons, after the move; empty where none is known to."""
    for landing in subject.landings(one.site):
        for effort in landing.efforts:
            given = effort or landing.model.default_effort
            if landing.model.reasons and given not in (None, "none"):
                return f"{landing.model.id} at {given}"
    return ""


def prompts_fit(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every prompt of a call whose model's window is known."""
    for one in subject.prompts:
        windows = [landing.model.context_window for landing in subject.landings(one.site)]
        window = min((size for size in windows if size), default=None)
        if window is None:
            continue
        size = tokens(one.prompt.text)
        text = f"some {size:,} tokens of {window:,}"
        mark: Mark = "pass" if 2 * size < window else "partial" if size < window else "fail"
        yield Evidence(mark, text, one.prompt.place, one.site.id)
