"""The readiness report as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.report.counts import Counts, number
from migrate.report.finding_lines import Paint, plain
from migrate.report.readiness.records import Mark
from migrate.report.report_shapes import Proof, Report, ReportAction, ReportCheck, Trend

_BOXES: dict[Mark | None, str] = {
    "pass": "[x]",
    "partial": "[~]",
    "fail": "[ ]",
    "unknown": "[?]",
    "not-assessed": "[-]",
    None: "   ",
}
_COLOURS: dict[Mark | None, str] = {"pass": "green", "partial": "yellow", "fail": "red"}
_WORDS: dict[str, str] = {"not-assessed": "not assessed"}
LEGEND = "[x] pass  [~] partial  [ ] fail  [?] unknown  [-] not assessed; the last two count as fail"


def lines(report: Report, *, evidence: bool = False, paint: Paint = plain) -> Iterator[str]:
    """Score, checklist and what to do next; with ``evidence`` every place that does not pass."""
    yield paint(f"Readiness: {_score(report.score)}", "bold") + _since(report.change, report.score)
    yield ""
    for item in report.items:
        share = "" if item.share is None else f"{100 * item.share:.0f} %"
        box = paint(_BOXES[item.mark], _COLOURS.get(item.mark, "plain"))
        yield f"{box} {paint(f'{item.title:<38}', 'bold')} {share:>6}".rstrip()
        for check in item.checks:
            yield from _check(check, evidence, paint)
    yield ""
    yield LEGEND
    yield from ("", f"Cost: {report.costs.words}")
    if report.actions:
        yield from ("", paint("What to do next", "bold"))
        for place, action in enumerate(report.actions, 1):
            yield from _action(place, action)
        yield from ("", _able(report.summary))


def _able(counts: Counts) -> str:
    """What repoint does itself, and what it cannot."""
    left = f"{number(counts.manual, 'finding')} left to a person"
    return f"repoint makes {number(counts.safe, 'safe change')}, {counts.review} more for your review; {left}"


def _score(score: float | None) -> str:
    return "no score, because nothing here asks a model" if score is None else f"{score:g} of 100"


def _since(change: Trend | None, score: float | None) -> str:
    if change is None or change.before is None or score is None:
        return ""
    return f" ({score - change.before:+.1f} since {change.since})"


def _check(check: ReportCheck, evidence: bool, paint: Paint) -> Iterator[str]:
    if check.mark is None:
        return
    box = paint(_BOXES[check.mark], _COLOURS.get(check.mark, "plain"))
    said = ", ".join(f"{amount} {_WORDS.get(mark, mark)}" for mark, amount in check.counts.items())
    yield f"    {box} {check.id:<21} {check.question:<75} {said}"
    if evidence:
        yield from (f"          {_proof(one)}" for one in check.evidence if one.mark != "pass")


def _proof(one: Proof) -> str:
    where = f"{one.path}:{one.line}: " if one.path else ""
    return f"{where}{' '.join(one.text.split())} [{_WORDS.get(one.mark, one.mark)}]"


def _action(place: int, action: ReportAction) -> Iterator[str]:
    places = ", ".join(action.places[:2]) + (" ..." if action.amount > len(action.places[:2]) else "")
    where = f": {places}" if action.places else ""
    yield f"{place:>3}. +{action.points:<5g} {action.remedy}"
    yield f"            {action.check}, {number(action.amount, 'place')}{where}"
    if action.command:
        by = "repoint makes the change where it can prove it" if action.automatic else "shows more"
        yield f"            {action.command}   ({by})"
