"""The findings of stage ``model`` that have no edit, in words. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.findings.finding import Finding
from migrate.plan.decision import Decision, Route, Stay
from migrate.program.calls.callsite import CallSite
from migrate.program.literals.surrounding import MOST_CHOICES
from migrate.rewrite.stages.model.model_uses import Use
from migrate.sources.place import Place

# Roles of a literal that, as one of many, is rather listed than chosen where it is written.
LISTING = ("dict-entry", "enum-member", "class-attribute")


def calls_of(uses: list[Use]) -> tuple[str, ...]:
    """The ids of the calls that use an origin."""
    return tuple(dict.fromkeys(use.site.id for use in uses))


def _model_place(site: CallSite) -> Place:
    passed = site.parameter(site.model_parameter or "")
    return passed.place if passed is not None else site.place


def _routed_place(site: CallSite, decision: Decision) -> Place:
    """Where the call is given the ids that are routed; what it is passed may come from elsewhere."""
    place = _model_place(site)
    if place.path == site.place.path:
        return place
    routed = {route.old for route in decision.routes}
    return next((one.place for one in site.model.origins if one.value in routed), place)


def without_a_model(site: CallSite, implicit: str, reason: str, note: str = "") -> str:
    """What is said of the model of a call that names none; ``note`` tells what else it may ask for."""
    return f"{site.symbol} without a model asks for {implicit}{f' ({note})' if note else ''}: {reason}"


def staying(site: CallSite, stay: Stay) -> Finding:
    """What is said of an id that no route moves."""
    written = [origin for origin in site.model.origins if origin.value == stay.old]
    place = written[0].place if written else site.place
    cure = stay.cure or "look whether it should be a model that stays"
    reason = stay.reason
    if written and written[0].role == "implicit":
        reason = without_a_model(site, stay.old, reason)
    return Finding(stay.rule, "model", place, reason, cure, "manual", (), (site.id,), "", stay.note)


def by_hand(site: CallSite, route: Route, why: str, place: Place | None = None) -> Finding:
    """A routed id that only a person can change."""
    cure = f"{route.old} should become {route.target.id}; {why}"
    where = place or _model_place(site)
    return Finding(route.rule, "model", where, route.reason, cure, "manual", (), (site.id,))


def unknown_model(site: CallSite) -> Finding:
    """The note that a call may use models that are not visible."""
    why = "; ".join(site.model.why[:2]) or "no value is visible"
    known = ", ".join(str(value) for value in site.model.values[:MOST_CHOICES])
    message = f"the model of this call is not known{f' (besides {known})' if known else ''}: {why}"
    cure = "look where it comes from, and move it there by hand if it is being shut down"
    return Finding("unknown-model", "model", site.place, message, cure, "manual", (), (site.id,), "", True)


def mixed(site: CallSite, decision: Decision) -> Iterator[Finding]:
    """A call that OpenAI's client and another vendor's both reach; one finding, however many its models."""
    if any(client.target in ("openai", "configurable", "unknown") for client in site.clients):
        if decision.routes:
            reasons = "; ".join(dict.fromkeys(route.reason for route in decision.routes[:MOST_CHOICES]))
            more = len(decision.routes) - MOST_CHOICES
            reasons += f"; {more} more {'is' if more == 1 else 'are'} going" if more > 0 else ""
            message = f"{reasons}, but this call is also reached by a client that is not OpenAI's"
            targets = " or ".join(dict.fromkeys(route.target.id for route in decision.routes))
            cure = f"give each client its own model: OpenAI's becomes {targets}"
            place = _routed_place(site, decision)
            yield Finding("shared-origin", "model", place, message, cure, "manual", (), (site.id,))
        if site.model_parameter and not site.model.complete:
            yield unknown_model(site)


def shared(first: Use, uses: list[Use], ties: str) -> Finding:
    """An origin that calls with different decisions share."""
    wanted = [f"{use.site.place} → {use.new}" if use.changes else use.why for use in uses]
    message = f"{first.old!r} feeds calls with different decisions: {'; '.join(dict.fromkeys(wanted))}"
    cure = (
        "give each decision a constant of its own, pass the model as a parameter, or decide the same for all"
        " of them"
    )
    calls = calls_of([use for use in uses if use.changes])
    return Finding("shared-origin", "model", first.origin.place, message, cure, "manual", (), calls, ties)


def one_of_many(first: Use, calls: tuple[str, ...]) -> Finding:
    """An id that is passed to a call which takes many."""
    assert first.route is not None
    count = len(first.site.model.values)
    message = f"{first.route.reason}; {first.site.place} is given it, or one of {count - 1} other models"
    cure = f"decide by hand whether {first.old} becomes {first.new} here, or goes"
    return Finding(first.route.rule, "model", first.origin.place, message, cure, "manual", (), calls)


def listed(uses: list[Use], calls: tuple[str, ...], *, note: bool) -> Finding:
    """Ids of one file that stand in a list of what is supported; a ``note`` where so many stand there that
    nobody can say whether a call is given one of them."""
    first = uses[0]
    ids = ", ".join(dict.fromkeys(repr(use.old) for use in uses))
    targets = ", ".join(dict.fromkeys(use.new for use in uses))
    lines = list(dict.fromkeys(str(use.origin.place.span.line) for use in uses))
    where = f" (lines {', '.join(lines)})" if len(lines) > 1 else ""
    reason = f": {first.route.reason}" if first.route is not None else ""
    message = f"{ids}{where} stands in a list of supported models{reason}"
    if len({use.old for use in uses}) > 1:
        message = f"{ids}{where} stand in a list of supported models, and are going"
    cure = f"add {targets} beside it; which model a request uses is chosen elsewhere"
    place = first.origin.place
    return Finding("definition-model", "model", place, message, cure, "manual", (), calls, "", note)
