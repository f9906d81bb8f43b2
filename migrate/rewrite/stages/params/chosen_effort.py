"""The reasoning effort that a person chose in the plan file, where the request states another one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from migrate.catalog import UNKNOWN
from migrate.findings.finding import FileEdit, Finding
from migrate.plan.decision import Decision, Route
from migrate.plan.effort import effort_of
from migrate.program.calls.callsite import CallSite
from migrate.rewrite.stages.params.holders import entry_set, replaced
from migrate.rewrite.stages.params.params import ParameterStage

_RULE = "unplanned-effort"


def with_standing(
    moved: Mapping[str, Collection[str]], decisions: Mapping[str, Decision]
) -> dict[str, Collection[str]]:
    """``moved`` with the models that stay where only the effort was chosen: their requests change as well."""
    standing = {
        call: [one.old for one in decision.routes if one.chosen and one.old_model.id == one.target.id]
        for call, decision in decisions.items()
    }
    return {**moved, **{call: [*moved.get(call, ()), *found] for call, found in standing.items() if found}}


def with_chosen_efforts(
    stage: ParameterStage,
    sites: Sequence[CallSite],
    decisions: Mapping[str, Decision],
    moved: Mapping[str, Collection[str]],
) -> Iterator[Finding]:
    """What ``stage`` finds, with the efforts that people chose; those replace what it would do to the stated
    ones. ``moved`` holds, a call, the ids that change."""
    own = [one for site in sites for one in _of_site(site, decisions.get(site.id), moved.get(site.id, ()))]
    chosen = {call for one in own for call in one.calls}
    for one in stage.findings(sites, decisions, moved):
        if one.rule != "rejected-effort" or not chosen.intersection(one.calls):
            yield one
    yield from own


def _of_site(site: CallSite, decision: Decision | None, moved: Collection[str]) -> Iterator[Finding]:
    routes = [one for one in decision.routes if one.chosen and one.effort] if decision is not None else []
    stated = effort_of(site)
    wanted = {one.effort for one in routes}
    if not routes or wanted == {stated}:
        return
    first = routes[0]
    if stated is None or not all(one.old in moved for one in routes):
        return  # written down with the model, or it does not move and waits with it
    elif stated is UNKNOWN or len(wanted) > 1:
        yield _by_hand(site, first, "what the request states is not visible, or differs by model")
    else:
        yield _edited(site, first, str(stated))


def _edited(site: CallSite, route: Route, stated: str) -> Finding:
    edits = _edits(site, f'"{route.effort}"')
    if not edits:
        return _by_hand(site, route, "it is set in a way that cannot be edited")
    message = f"the plan asks for effort {route.effort}, the request for {stated}"
    cure = f'effort becomes "{route.effort}"'
    return Finding(_RULE, "params", site.place, message, cure, "safe", edits, (site.id,))


def _edits(site: CallSite, code: str) -> tuple[FileEdit, ...]:
    plain = site.parameter("reasoning_effort")
    if plain is not None:
        return replaced(plain, code)
    whole = site.parameter("reasoning")
    if whole is None or not whole.code.startswith("{"):
        return ()
    return (entry_set(whole, "effort", code),)


def _by_hand(site: CallSite, route: Route, why: str) -> Finding:
    message = f"the plan asks for effort {route.effort} here: {why}"
    return Finding(_RULE, "params", site.place, message, "set it by hand", "manual", (), (site.id,))
