"""What is worth knowing of a call although nothing is done about it here. Only notes: they fail no check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.findings.finding import Finding
from migrate.program.calls.callsite import CallSite
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.settings import Stage


def notes(sites: Sequence[CallSite]) -> Iterator[Finding]:
    """The notes on every call of ``sites``."""
    for site in sites:
        if site.kind.startswith("legacy-"):
            message = f"{site.symbol} exists only in openai before 1.0"
            yield _note(site, "old-sdk", "sdk", message, "move the code to openai 1.0 or newer by hand")
        if site.certainty == "likely":
            message = f"it is called like {site.symbol}, but nothing says what the receiver is"
            yield _note(site, "unproved-receiver", "model", message, "annotate the client, or leave it")


def unlisted(change: Finding, target: str, plan: GatewayPlan) -> Finding:
    """The note that the gateway does not document the model that ``change`` changes an id to."""
    message = f"{plan.gateway.title} does not list {target} among its models"
    cure = "try it there first, or choose another model with --strong or --fast"
    return Finding(
        "unlisted-model", "model", change.place, message, cure, "manual", (), change.calls, "", True
    )


def _note(site: CallSite, rule: str, stage: Stage, message: str, cure: str) -> Finding:
    return Finding(rule, stage, site.place, message, cure, "manual", (), (site.id,), "", True)
