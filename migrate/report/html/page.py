"""The report as one HTML page, under a Content-Security-Policy that lets nothing else run or load."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from migrate.report.html.bars import bars
from migrate.report.html.gauge import gauge
from migrate.report.html.highlighting import highlighted
from migrate.report.html.side_by_side import changed_file
from migrate.report.html.timeline import timeline
from migrate.report.readiness.subject import Subject
from migrate.report.report_shapes import Report, ReportCall
from migrate.report.templating import Templates
from migrate.rewrite.proposal import FileChange

_MOST_ROWS = 200
_MOST_FILES = 200
_MOST_PROMPTS = 100
# What a reader can narrow the table of calls by: attribute, title, the values of a call.
_FILTERS: tuple[tuple[str, str, Callable[[ReportCall], Iterable[str]]], ...] = (
    ("model", "Model", lambda call: call.models),
    ("use", "Use", lambda call: [call.use_case]),
    ("latency", "Latency", lambda call: [call.latency]),
    ("status", "Status", lambda call: [call.status.replace("-", " ")]),
)


def page(report: Report, subject: Subject, changes: Sequence[FileChange], templates: Templates) -> str:
    """The whole page. Raises SettingsError where a team's own template cannot be rendered."""
    style, script = templates.text("report/style.css"), templates.text("report/script.js")
    return templates.render(
        "report/page.html.j2",
        report=report,
        name=Path(report.root).name or report.root,
        policy=policy(style, script),
        style=_inline(style, "style"),
        script=_inline(script, "script"),
        gauge=gauge(report.score),
        timeline=timeline(report.models, report.date),
        filters=list(_filters(report.calls)),
        changes=[changed_file(one) for one in changes[:_MOST_FILES]],
        left_out=max(0, len(changes) - _MOST_FILES),
        costs=report.costs if report.costs.calls else None,
        bars=bars(report.costs),
        prompts=highlighted(subject.prompts, _MOST_PROMPTS),
        most=_MOST_ROWS,
    )


def policy(style: str, script: str) -> str:
    """Only this style and this script, by their hashes: no network, no form, no attribute that acts."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _inline(text: str, element: str) -> object:
    """``text`` to stand in ``element`` as it is. Raises SettingsError where it would end the element."""
    from markupsafe import Markup

    from migrate.errors import SettingsError

    if f"</{element}" in text.lower():
        raise SettingsError(f"template report: the {element} holds </{element}; take it out")
    return Markup(text)  # a template file, nothing of scanned code


def _filters(calls: Sequence[ReportCall]) -> Iterable[tuple[str, str, list[str]]]:
    for key, title, values_of in _FILTERS:
        values = sorted({value for call in calls for value in values_of(call) if value})
        if len(values) > 1:
            yield key, title, values
