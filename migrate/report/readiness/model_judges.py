"""Judges of models: whether they are known, alive, named in one place and priced."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.catalog.checklist import Check
from migrate.plan.prices import prices_of
from migrate.program.calls.callsite import CallSite
from migrate.report.readiness.records import Evidence, Mark
from migrate.report.readiness.subject import Subject
from migrate.sources.place import Place

_ENDING = frozenset(("retired-model", "retiring-model"))
_MOST_NAMED = 3


def models_known(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every call that names a model."""
    for site in subject.asking:
        why = site.model.why[0] if site.model.why else ""
        if site.model.complete and site.model.values:
            yield Evidence("pass", _ids(site), site.place, site.id)
        elif site.model.values:
            yield Evidence("partial", f"{_ids(site)} and perhaps others: {why}", site.place, site.id)
        else:
            yield Evidence("unknown", why or "no value was found", site.place, site.id)


def models_alive(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every call that names a model, where the first of its models is written."""
    for site in subject.asking:
        decision = subject.decisions[site.id]
        ends = [(one.rule, one.reason) for one in decision.routes]
        ends += [(one.rule, one.reason) for one in decision.stays if one.rule]
        ending = [reason for rule, reason in ends if rule in _ENDING]
        later = [one.reason for one in decision.routes]
        unknown = [reason for rule, reason in ends if rule == "unknown-model"]
        if ending:
            yield Evidence("fail", ending[0], _written(site), site.id)
        elif unknown or not site.model.values:
            reason = unknown[0] if unknown else "its model is not known"
            yield Evidence("unknown", reason, _written(site), site.id)
        elif later:
            yield Evidence("partial", later[0], _written(site), site.id)
        else:
            yield Evidence("pass", f"no shutdown of {_ids(site)} is near", _written(site), site.id)


def models_central(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every call whose model is written somewhere: at the call, or away from it."""
    for site in subject.asking:
        here = [one for one in site.model.origins if one.role == "argument"]
        if here:
            yield Evidence("fail", f"{here[0].value} is written at the call", here[0].place, site.id)
        elif site.model.origins:
            first = site.model.origins[0]
            yield Evidence("pass", f"written as {first.role or 'a constant'}", first.place, site.id)


def price_known(subject: Subject, _: Check) -> Iterator[Evidence]:
    """Every call whose model after the move is known."""
    for site in subject.asking:
        decision = subject.decisions[site.id]
        after = [*(one.target.id for one in decision.routes), *(one.old for one in decision.stays)]
        unpriced = [name for name in after if prices_of(subject.catalog.models.bare(name)) is None]
        mark: Mark = "fail" if unpriced else "pass"
        text = f"no list price of {unpriced[0]}" if unpriced else "its list price is known"
        if after:
            yield Evidence(mark, text, site.place, site.id)
        else:
            yield Evidence("unknown", "its model is not known", site.place, site.id)


def _written(site: CallSite) -> Place:
    return site.model.origins[0].place if site.model.origins else site.place


def _ids(site: CallSite) -> str:
    names = [str(value) for value in site.model.values]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
