"""What goes with a client or a model that moves where its stage was asked for alone: names that the gateway
knows, parameters that the new model takes. It decides nothing about them."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.catalog.gateways import Gateway
from migrate.findings.finding import Finding
from migrate.settings import Stage


def with_what_goes_along(stages: tuple[Stage, ...], gateway: Gateway) -> tuple[Stage, ...]:
    """``stages`` and those without which they would break calls. At some gateways no model has its bare name.
    A new model may refuse the old parameters, and an effort that is not written down now could not be told
    later."""
    more: list[Stage] = []
    if "gateway" in stages and gateway.naming == "prefixed":
        more.append("model")
    if "model" in (*stages, *more):
        more.append("params")
    return (*stages, *(one for one in more if one not in stages))


def unasked_left_out(found: Sequence[Finding], stages: tuple[Stage, ...]) -> tuple[Finding, ...]:
    """``found`` of the stages ``with_what_goes_along``, less models of clients that stay and parameters of
    calls whose model stays, where only ``stages`` are wanted."""
    if "model" not in stages:
        clients = {one.change for one in found if one.stage == "gateway" and one.edits}
        found = [one for one in found if one.stage != "model" or one.change in clients]
    if "params" not in stages:
        moved = {call for one in found if one.stage == "model" and not one.note for call in one.calls}
        found = [one for one in found if one.stage != "params" or not moved.isdisjoint(one.calls)]
    return tuple(found)
