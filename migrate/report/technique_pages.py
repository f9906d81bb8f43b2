"""Prompting techniques as people read them: one line each, and the whole page of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import indent, wrap
from typing import TYPE_CHECKING

from migrate.report.columns import aligned
from migrate.report.rule_pages import source_lines

if TYPE_CHECKING:
    from migrate.catalog.sources import Source
    from migrate.catalog.techniques import Technique, TechniqueExample
    from migrate.catalog.wording import Wording

_WIDTH = 100
_GROUPS = {
    "reasoning": "flagged: a model that reasons does it unasked",
    "tone": "flagged: pressure that changes nothing",
    "keep": "not flagged: a rewriting keeps it",
    "advice": "not flagged: only worth a word",
}


def techniques_table(techniques: Iterable[Technique]) -> str:
    """Id, group and title of every technique."""
    return aligned([("technique", "group", "title"), *((one.id, one.group, one.title) for one in techniques)])


def techniques_markdown(techniques: Iterable[Technique]) -> str:
    """The same as a Markdown table, as README shows it."""
    rows = [f"| `{one.id}` | {one.group} | {one.title} |\n" for one in techniques]
    return "| technique | group | what it is |\n|---|---|---|\n" + "".join(rows)


def technique_page(one: Technique, sources: Mapping[str, Source], wordings: Mapping[str, Wording]) -> str:
    """Why it matters at which effort, what a safe change is and where there is none, examples and sources."""
    parts = [f"{one.id}: {one.title}\n{_GROUPS[one.group]}", _wrapped(one.why)]
    if one.efforts:
        parts.append("By reasoning effort:\n\n" + indent(_wrapped(one.efforts), "    "))
    parts.append("Change:\n\n" + indent(_wrapped(one.change), "    "))
    if one.exceptions:
        parts.append("Left alone:\n\n" + "\n".join(indent(_wrapped(text), "    ") for text in one.exceptions))
    parts += [_example(example) for example in one.example]
    languages = sorted({wordings[said.lang].name for said in one.saying if said.lang in wordings})
    if languages:
        parts.append("Known in: " + ", ".join(languages))
    parts.append(f"Sources, checked on {one.checked}:\n\n" + source_lines(one.sources, sources))
    return "\n\n".join(parts) + "\n"


def _wrapped(text: str) -> str:
    return "\n".join(wrap(" ".join(text.split()), _WIDTH))


def _example(example: TechniqueExample) -> str:
    head = "Not this:" if example.absent else "Example:"
    text = f"{head}\n\n" + indent(example.text.strip("\n"), "    ")
    return f"{text}\n\nbecomes:\n\n" + indent(example.after.strip("\n"), "    ") if example.after else text
