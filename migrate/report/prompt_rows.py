"""The prompts of a code base as rows: for a table, for Markdown, and as the records of prompt_shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from migrate.prompts.estimating import tokens
from migrate.report.columns import aligned
from migrate.report.markdown import code_markdown, plain_markdown
from migrate.report.masking import masked
from migrate.report.prompt_shapes import PromptCall, PromptRow

if TYPE_CHECKING:
    from migrate.findings.finding import Finding
    from migrate.program.calls.callsite import CallSite
    from migrate.rewrite.stages.prompts.prompts import Reviewed

Key: TypeAlias = tuple[str, str, str]

_HEAD = ("prompt", "role", "tokens", "call", "techniques", "proposal")
_NOWHERE = "no known call"


def record(one: Reviewed, sites: Mapping[str, CallSite], proposed: Mapping[Key, Finding]) -> PromptRow:
    """The record of one prompt. ``proposed`` are the findings that count, by ``key``: one whose edits turned
    out not to be possible says so there."""
    finding = None if one.finding is None else proposed.get(key(one.finding))
    if finding is not None and finding.edits and one.finding is not None:
        finding = one.finding
    at = one.prompt.place
    text, spans = masked(one.prompt.text, one.analysis.spans)
    _, advice = masked(one.prompt.text, one.analysis.advice)
    return PromptRow(
        path=at.path,
        line=at.span.line,
        column=at.span.column,
        cell=at.cell,
        role=one.prompt.role,
        calls=tuple(_call(sites[call]) for call in one.calls),
        text=text,
        fields=one.prompt.fields,
        tokens=tokens(one.prompt.text),
        labels=one.analysis.labels,
        spans=spans,
        advice=advice,
        policy=one.analysis.policy,
        rule=finding.rule if finding is not None else None,
        cure=finding.cure if finding is not None else None,
        edit=finding is not None and bool(finding.edits),
        unknown=one.prompt.unknown,
    )


def key(finding: Finding) -> Key:
    """What tells a finding about prompts from another, whatever became of it."""
    return finding.rule, str(finding.place), finding.message


def _call(site: CallSite) -> PromptCall:
    at = site.place
    return PromptCall(id=site.id, path=at.path, line=at.span.line, cell=at.cell)


def table(rows: Sequence[PromptRow]) -> str:
    """The rows for a person; those that reach no known call last, and apart. What is only worth a word
    stands in brackets."""
    sent = _together([one for one in rows if one.calls])
    lost = _together([one for one in rows if not one.calls])
    parts = [aligned([_HEAD, *sent])] if sent else []
    if lost:
        parts.append(f"Prompts that reach no known call, which are never edited:\n{aligned(lost)}")
    return "\n".join(parts)


def markdown(rows: Sequence[PromptRow]) -> str:
    """The rows as a table of Markdown."""
    lines = ["| prompt | role | tokens | call | techniques | proposal |", "|---|---|--:|---|---|---|"]
    for where, role, count, call, techniques, proposal in _together(rows):
        cells = (
            code_markdown(where),
            role,
            count,
            call if call == _NOWHERE else code_markdown(call),
            plain_markdown(techniques),
            plain_markdown(proposal),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _together(rows: Iterable[PromptRow]) -> list[tuple[str, ...]]:
    """The cells of ``rows``. Texts that differ only in what is filled in are one row, and counted there."""
    found: dict[tuple[str, ...], list[int]] = {}
    for one in rows:
        words = [span.label for span in one.spans] + [f"({span.label})" for span in one.advice]
        techniques = ", ".join(dict.fromkeys(words)) or "-"
        where = f"{_at(one.path, one.cell)}:{one.line}:{one.column}"
        key = (where, one.role, _calls(one.calls), techniques, _proposal(one))
        found.setdefault(key, []).append(one.tokens)
    return [(*key[:2], _sizes(sizes), *key[2:]) for key, sizes in found.items()]


def _sizes(tokens: Sequence[int]) -> str:
    if len(tokens) == 1:
        return f"~{tokens[0]}"
    least, most = min(tokens), max(tokens)
    return (f"~{most}" if least == most else f"~{least}-{most}") + f" ({len(tokens)} texts)"


def _at(path: str, cell: int | None) -> str:
    return path if cell is None else f"{path}:cell {cell}"


def _calls(calls: Sequence[PromptCall]) -> str:
    if not calls:
        return _NOWHERE
    more = f" and {len(calls) - 1} more" if len(calls) > 1 else ""
    return f"{_at(calls[0].path, calls[0].cell)}:{calls[0].line}{more}"


def _proposal(one: PromptRow) -> str:
    if one.edit:
        return f"edit: {one.cure}"
    return one.cure or "-"


def flagged(rows: Iterable[PromptRow]) -> bool:
    """Whether any of them is worth a finding."""
    return any(one.rule is not None for one in rows)
