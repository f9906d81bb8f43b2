"""The report as Markdown, for a wiki or a pull request. Nothing of scanned code can act as markup."""

from __future__ import annotations

from pathlib import Path

from migrate.report.report_shapes import Report
from migrate.report.templating import Templates

# A comment on GitHub holds 65,536 characters.
_MOST_OF_A_CHECK = 20


def wiki_page(report: Report, templates: Templates) -> str:
    """The whole page. Raises SettingsError where a team's own template cannot be rendered."""
    name = Path(report.root).name or report.root
    return templates.render("report/report.md.j2", report=report, name=name, most=_MOST_OF_A_CHECK)
