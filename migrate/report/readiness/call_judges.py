"""Judges of calls: what a request passes, and whether anybody looks at what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.catalog import UNKNOWN
from migrate.catalog.checklist import Check
from migrate.catalog.lives import lives_of
from migrate.plan.literals import literal_value
from migrate.program.calls.callsite import CallSite
from migrate.report.readiness.records import Evidence
from migrate.report.readiness.subject import Subject

_TEXT_ENDPOINTS = ("chat", "responses", "completions")


def clean(subject: Subject, check: Check) -> Iterator[Evidence]:
    """Every call: whether a finding of the check's rules and stages is about it."""
    unknown = {site.id for site in subject.asking if not site.model.values and "params" in check.stages}
    for site in subject.calls:
        finding = next(subject.findings_about(site, check.rules, check.stages), None)
        if finding is None and site.id in unknown:
            yield Evidence("unknown", "its model is not known, nor what that takes", site.place, site.id)
        elif finding is None:
            yield Evidence("pass", check.passes, site.place, site.id)
        else:
            yield Evidence("fail", f"{finding.rule}: {finding.message}", finding.place, site.id)


def parameters_visible(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every call that names a model."""
    for site in subject.asking:
        if site.hidden:
            yield Evidence("fail", site.hidden[0], site.place, site.id)
        else:
            yield Evidence("pass", "all parameters are known", site.place, site.id)


def output_capped(subject: Subject, check: Check) -> Iterator[Evidence]:
    """Every call that is answered with text."""
    for site in _answered_with_text(subject):
        caps = [one for one in site.parameters if one.name in check.parameters]
        if caps:
            yield Evidence("pass", f"{caps[-1].name} is passed", site.place, site.id)
        elif site.hidden:
            yield Evidence("partial", f"it may be capped: {site.hidden[0]}", site.place, site.id)
        else:
            yield Evidence("fail", "no output cap", site.place, site.id)


def determinism_pinned(subject: Subject, check: Check) -> Iterator[Evidence]:
    """Every call that asks for equal answers."""
    for site in _answered_with_text(subject):
        promise = _promise(site, check)
        if not promise:
            continue
        moving = [value for value in site.model.values if not _pinned(subject, value)]
        if moving or not site.model.values:
            said = f"{moving[0]} can change under it" if moving else "its model is not known"
            yield Evidence("fail", f"{promise}, and {said}", site.place, site.id)
        else:
            yield Evidence("pass", f"{promise}, on a dated snapshot", site.place, site.id)


def _promise(site: CallSite, check: Check) -> str:
    """What the request passes so that answers are the same; empty where nothing is."""
    for name in check.parameters:
        given = site.parameter(name)
        value = literal_value(given) if given is not None else None
        if value is not None and (value is not UNKNOWN) and (name != "temperature" or value == 0):
            return f"{name}={value!r}"
    return ""


def _pinned(subject: Subject, value: object) -> bool:
    """Whether ``value`` names a snapshot that lives: one that was shut down answers nothing at all."""
    model = subject.catalog.models.get(value) if isinstance(value, str) else None
    life = lives_of(subject.catalog, subject.settings)
    return bool(model and model.snapshot_of and life.of(model.shutdown) != "retired")


def usage_read(subject: Subject, check: Check) -> Iterator[Evidence]:
    """Every call that is answered with text: its own file counts, another file in part."""
    hits = {hit.place.path: hit for hit in subject.hits.get(check.signal, ())}
    for site in _answered_with_text(subject):
        own = hits.get(site.place.path)
        if own is not None:
            yield Evidence("pass", f"{own.word} is read at line {own.place.span.line}", site.place, site.id)
        elif hits:
            other = next(iter(hits.values()))
            yield Evidence("partial", f"only elsewhere: {other.place}", site.place, site.id)
        else:
            yield Evidence("fail", "nobody reads it", site.place, site.id)


def calls_tested(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every call: whether tests name the function or class that it stands in."""
    some = bool(subject.tested)
    for site in subject.calls:
        names = [name for name in site.function.split(".") if name.isidentifier() and name != "__init__"]
        named = [name for name in names if name in subject.tested]
        if named:
            yield Evidence("pass", f"tests name {named[-1]}", site.place, site.id)
        elif some:
            yield Evidence("partial", "there are tests, none names it", site.place, site.id)
        else:
            yield Evidence("fail", "no test and no evaluation set was found", site.place, site.id)


def _answered_with_text(subject: Subject) -> Iterator[CallSite]:
    return (site for site in subject.asking if site.endpoint in _TEXT_ENDPOINTS)
