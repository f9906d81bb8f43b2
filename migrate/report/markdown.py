"""Findings as Markdown, for a comment on a pull request. Nothing of scanned code can act as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from migrate.report.counts import number
from migrate.report.masking import mask

if TYPE_CHECKING:
    from migrate.catalog.pages import Rule
    from migrate.findings.finding import Finding
    from migrate.report.counts import Counts
    from migrate.sources.source import Outcome

# A comment on GitHub holds 65,536 characters: what is beyond these is counted, not listed.
_MOST_OF_A_RULE = 50
_SPECIAL = "\\`*_[]<>|~&"


def comment(
    findings: Iterable[Finding], outcomes: Iterable[Outcome], counts: Counts, rules: Mapping[str, Rule]
) -> str:
    """A heading with the numbers, a section a rule with a table of its findings, files that failed."""
    lines = [f"### repoint: {number(counts.findings, 'finding')}", ""]
    lines.append(
        f"{number(counts.calls, 'call')} and {number(counts.clients, 'client')}"
        f" in {number(counts.scanned, 'file')}."
    )
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        groups.setdefault(one.rule, []).append(one)
    for rule in sorted(groups, key=lambda name: (-len(groups[name]), name)):
        lines += ["", *_section(rules[rule], groups[rule])]
    failed = [one for one in outcomes if one.state == "failed"]
    if failed:
        lines += ["", "#### Not checked", ""]
        lines += [f"- {code_markdown(one.path)}: {plain_markdown(one.reason)}" for one in failed]
    return "\n".join(lines) + "\n"


def _section(rule: Rule, findings: list[Finding]) -> Iterator[str]:
    yield f"<details><summary><code>{rule.id}</code> ({len(findings)}): {_html(rule.title)}</summary>"
    yield ""
    yield "| where | what | edit |"
    yield "|---|---|---|"
    for one in findings[:_MOST_OF_A_RULE]:
        kind = "note" if one.note else one.safety
        cure = f" {plain_markdown(one.cure)}" if one.cure else ""
        yield f"| {code_markdown(str(one.place))} | {plain_markdown(one.message)}.{cure} | {kind} |"
    if len(findings) > _MOST_OF_A_RULE:
        yield ""
        yield f"and {len(findings) - _MOST_OF_A_RULE:,} more."
    yield ""
    yield "</details>"


def plain_markdown(text: str) -> str:
    """``text`` on one line, with nothing in it that Markdown or HTML reads as markup; secrets masked."""
    flat = " ".join(mask(text).split())
    return "".join(f"\\{one}" if one in _SPECIAL else one for one in flat)


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code_markdown(text: str) -> str:
    """``text`` as code, in HTML: backticks in a name cannot end it, and a bar does not end the cell."""
    flat = " ".join(mask(text).split())
    return f"<code>{_html(flat).replace('|', '&#124;')}</code>"
