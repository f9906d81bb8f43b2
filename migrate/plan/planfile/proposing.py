"""What the program itself would write down for a call, and how that joins what people have written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from migrate.catalog import Catalog
from migrate.catalog.lives import Lives
from migrate.catalog.models import Models
from migrate.plan.assessment import Assessment, Evidence
from migrate.plan.decision import Decision, Proposal, Route, Stay
from migrate.plan.planfile.checking import current
from migrate.plan.planfile.entry import Choice, Entry, several, shortest
from migrate.plan.planfile.matching import code_mark
from migrate.program.calls.callsite import CallSite
from migrate.sources.place import Place

BY_HAND = ("framework", "http")


def proposed(
    site: CallSite, decision: Decision, assessment: Assessment | None, code: Callable[[Place], str]
) -> Entry:
    """The entry of a call that no plan speaks of yet."""
    was = current(site)
    routes = {route.old: route for route in decision.routes}
    targets = tuple(routes[old].target.id if old in routes else old for old in was)
    efforts = tuple((routes[old].effort or "") if old in routes else "" for old in was)
    return Entry(
        id=site.id,
        place=f"{site.place.path}:{site.place.span.line}",
        function=site.function,
        use_case=assessment.use_case if assessment is not None else "",
        latency=assessment.latency if assessment is not None else "",
        evidence=_evidence(assessment),
        current=shortest(was) if was else "",
        model=shortest(targets) if was else "",
        effort=shortest(efforts) if was else "",
        decision="ask" if _feared(decision, assessment) else _choice(site, decision),
        reason="; ".join(dict.fromkeys(_reasons(site, decision))),
        attention=(*_fears(assessment), *_attention(site, decision)),
        code=code_mark(site, code),
    )


def joined(old: Entry, new: Entry, models: Models) -> Entry:
    """``new`` with what people wrote into ``old``; where the code changed since, it is asked again."""
    new = replace(new, note=old.note, prompt_choice=old.prompt_choice)
    if not old.was or not new.was:
        return replace(new, decision=old.decision if old.was == new.was else new.decision)
    if set(old.was) != set(new.was):
        if set(new.was) <= {*old.was, *several(old.model)}:  # it was applied, as a whole or in part
            return replace(new, decision="keep" if old.decision == "keep" else new.decision)
        said = f"it was decided for {' and '.join(old.was)}, and the code has changed since"
        return replace(new, decision="ask", attention=(said, *new.attention))
    aims = [old.aim(one) for one in new.was]
    model, effort = shortest(tuple(one for one, _ in aims)), shortest(tuple(one for _, one in aims))
    attention = new.attention
    if (model, effort) != (new.model, new.effort) and old.decision != "keep":
        attention = (f"without what is written here it would be {_aim(new, models)}", *attention)
    return replace(new, model=model, effort=effort, decision=old.decision, attention=attention)


def raised(entry: Entry, catalog: Catalog) -> Entry:
    """``entry`` with the efforts that it needs where a person chose to raise them for its prompts."""
    if entry.prompt_choice != "raise" or entry.decision != "accept":
        return entry
    efforts = []
    for old in entry.was:
        model, effort = entry.aim(old)
        target = catalog.models.get(model)
        needed = catalog.routing.raised_from(effort or None, target) if target is not None else effort
        efforts.append(needed or "")
    return replace(entry, effort=shortest(tuple(efforts)) if efforts else "")


def warned(entry: Entry, models: Models, lives: Lives) -> Entry:
    """``entry`` with a word about each model that a person named and that ends before long."""
    said = []
    for old in entry.was if entry.decision == "accept" else ():
        target = models.get(entry.aim(old)[0])
        if target is not None and target.id != old and lives.of(target.shutdown) == "retiring":
            said.append(f"{target.id} shuts down on {target.shutdown}: name a model that lives longer")
    return replace(entry, attention=(*dict.fromkeys(said), *entry.attention))


def gone(old: Entry) -> Entry:
    """The entry of a call that is not there any more."""
    return replace(
        old, attention=("no such call is found any more: take this entry out, or restore the call",)
    )


def _evidence(assessment: Assessment | None) -> tuple[str, ...]:
    """What speaks for use case and latency, in words, with its places."""
    if assessment is None:
        return ()
    guess = (f"perhaps {assessment.guess}",) if assessment.guess else ()
    found = (*assessment.evidence, *assessment.latency_evidence)
    return (*guess, *dict.fromkeys(f"{one.words} ({_line(one)})" for one in found))


def _feared(decision: Decision, assessment: Assessment | None) -> bool:
    """Whether a call moves that may be for a use in which mistakes cost most, or is for one and could go to a
    better model: a person says so first."""
    if assessment is None or not decision.routes:
        return False
    return bool(assessment.doubt) or (assessment.guarded and bool(decision.proposals))


def _fears(assessment: Assessment | None) -> Iterator[str]:
    if assessment is not None and assessment.doubt:
        why = "; ".join(f"{one.words} ({_line(one)})" for one in assessment.doubt_evidence[:2])
        yield (
            f"it may be {assessment.doubt} work, where a mistake costs more than a model: {why}; see whether"
            f" model and effort are right for that, or say what it is: # repoint: use-case={assessment.doubt}"
        )


def _line(evidence: Evidence) -> str:
    return f"{evidence.place.path}:{evidence.place.span.line}"


def _choice(site: CallSite, decision: Decision) -> Choice:
    if any(stay.rule and not stay.note for stay in decision.stays) or not current(site):
        return "ask"
    if not decision.routes:
        return "keep"
    return "accept" if decision.effort_known and not _merging(decision) else "ask"


def _merging(decision: Decision) -> bool:
    """Whether a choice between models, a cheap and a strong one perhaps, would be none any more."""
    before = {route.old_model.snapshot_of or route.old_model.id for route in decision.routes}
    return len({route.target.id for route in decision.routes}) < len(before)


def _reasons(site: CallSite, decision: Decision) -> list[str]:
    if not current(site):
        count = len(site.model.values)
        return [f"it is given one of {count} models" if count else "; ".join(site.model.why[:2])]
    found: list[Route | Stay] = [*decision.routes, *decision.stays]
    return [one.reason for one in found if one.reason]


def _attention(site: CallSite, decision: Decision) -> list[str]:
    said = [stay.cure for stay in decision.stays if stay.rule and not stay.note and stay.cure]
    said += [f"it could go to {_named(one)}: {one.reason}" for one in decision.proposals]
    if _merging(decision):
        said.append(
            "different models of this call become the same: keep them apart, or say that one is enough"
        )
    if decision.routes and site.kind == "framework":
        said.append(f"it goes through {site.sdk}, whose installed release has to know the new model")
    elif decision.routes and site.kind in BY_HAND:
        said.append(f"the request is made by {site.sdk}: it is changed by hand")
    if decision.routes and not decision.effort_known:
        said.append("the effort that the request states is not visible")
    if current(site) and not site.model.complete:
        said.append("other models than these may reach it")
    return said


def _named(one: Proposal) -> str:
    return f"{one.target.id} with effort {one.effort}" if one.effort else one.target.id


def _aim(entry: Entry, models: Models) -> str:
    """Model and effort in words."""
    words = []
    for old in entry.was:
        model, effort = entry.aim(old)
        words.append(f"{model} with effort {effort}" if effort and model in models else model)
    return " and ".join(dict.fromkeys(words))
