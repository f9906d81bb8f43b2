"""Findings as lines: for people, for GitHub's annotations, and grouped by rule for who takes over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from migrate.report.masking import mask

if TYPE_CHECKING:
    from migrate.catalog.pages import Rule
    from migrate.findings.finding import Finding
    from migrate.sources.source import Outcome

Paint = Callable[[str, str], str]


def plain(text: str, colour: str) -> str:
    """The Paint of pipes: none."""
    return text


def text_line(one: Finding, *, cure: bool = False, paint: Paint = plain) -> str:
    """``path:line:column: rule message [safety]``, with the cure on an indented line where asked for."""
    kind = "note" if one.note else one.safety
    where, rule = paint(str(one.place), "bold"), paint(one.rule, "red")
    line = f"{where}: {rule} {_flat(one.message)} [{kind}]"
    return f"{line}\n    {_flat(one.cure)}" if cure and one.cure else line


def github_line(one: Finding) -> str:
    """A workflow command: an error, or a notice where the finding is only a note."""
    span = one.place.span
    properties = {"file": one.place.path, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # GitHub takes columns within one line only
        properties |= {"col": span.column, "endColumn": span.end_column}
    message = mask(f"{one.message} {one.cure}".strip())
    return _command("notice" if one.note else "error", properties | {"title": one.rule}, message)


def github_failure(one: Outcome) -> str:
    """A workflow command for a file that could not be checked."""
    return _command("error", {"file": one.path, "line": one.line or 1, "title": "not checked"}, one.reason)


def by_rule(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[str]:
    """Lines: a heading a rule with its title, below it each place with message and cure."""
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        groups.setdefault(one.rule, []).append(one)
    lines: list[str] = []
    for rule, members in sorted(groups.items()):
        title = f": {rules[rule].title}" if rule in rules else ""
        lines.append(f"{rule} ({members[0].stage}){title}")
        for one in members:
            lines.append(f"  {one.place}: {_flat(one.message)} [{'note' if one.note else one.safety}]")
            lines += [f"      {_flat(one.cure)}"] if one.cure else []
    return lines


def _flat(text: str) -> str:
    return " ".join(mask(text).split())


def _command(name: str, properties: Mapping[str, object], message: str) -> str:
    pairs = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items())
    return f"::{name} {pairs}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    """Percent signs first; a path with a colon or comma must not end its property."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
