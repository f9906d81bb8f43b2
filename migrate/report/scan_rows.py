"""Call sites as rows of five texts: where, call, model, target, parameters. The text format of scan."""

from __future__ import annotations

from typing import NamedTuple

from migrate.plan.assessment import Assessment
from migrate.program.calls.callsite import CallSite
from migrate.report.masking import mask, mask_argument
from migrate.report.plain_parameters import plain_parameters
from migrate.sources.source import Outcome

_LONGEST = 40  # characters of one parameter's code
_MOST = 6  # models of one call, and places that they come from; -v shows all


class Row(NamedTuple):
    where: str
    call: str
    model: str
    target: str
    parameters: str


HEAD = Row("where", "call", "model", "target", "parameters")


def row(site: CallSite, assessment: Assessment | None = None, *, verbose: bool = False) -> Row:
    """One call site; ``verbose`` adds why more than this may be passed, ``assessment`` what it is for."""
    parameters = " ".join(
        f"{one.name}={_short(mask_argument(one.name, one.code))}" for one in plain_parameters(site)
    )
    hidden = "".join(f" [{mask(why)}]" for why in site.hidden) if verbose else " ..." * bool(site.hidden)
    call = _call(site) + (_use(assessment) if assessment is not None else "")
    return Row(str(site.place), call, _model(site, verbose), site.target, (parameters + hidden).strip())


def unusable_line(one: Outcome) -> str:
    """``path:line: failed: reason``."""
    line = f":{one.line}" if one.line else ""
    return f"{one.path}{line}: {one.state}: {one.reason}"


def _use(one: Assessment) -> str:
    """What a call is for, and whether somebody waits: `` [summarisation, background]``."""
    guess = f", perhaps {one.guess}" if one.guess else ""
    waits = f", {one.latency}" if one.latency != "unknown" else ""
    return f" [{one.use_case}{guess}{waits}]"


def _call(site: CallSite) -> str:
    name = site.symbol.removeprefix("openai.")
    if site.kind == "constructor":
        name += "()"
    return name + " (likely)" * (site.certainty == "likely")


def _model(site: CallSite, verbose: bool) -> str:
    """The possible ids, ``?`` where there may be others, and where they are written if not in the call."""
    if site.model_parameter is None:
        return "-"
    words = _first([str(one) or "''" for one in site.model.values], verbose) + ["?"] * (
        not site.model.complete
    )
    elsewhere = [
        one.place.line
        for one in site.model.origins
        if one.place.path != site.place.path or not site.place.span.covers(one.place.span)
    ]
    places = _first(list(dict.fromkeys(elsewhere)), verbose)
    origin = f" from {', '.join(places)}" if places else ""
    why = f" [{'; '.join(site.model.why)}]" if verbose and site.model.why else ""
    return " | ".join(words) + origin + mask(why)


def _first(words: list[str], verbose: bool) -> list[str]:
    """``words``, or the first of many and how many more there are."""
    left = len(words) - _MOST
    return words if verbose or left < 2 else [*words[:_MOST], f"{left} more"]


def _short(code: str) -> str:
    code = " ".join(code.split())
    return code if len(code) <= _LONGEST else code[: _LONGEST - 1] + "…"
