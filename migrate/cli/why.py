"""``scan --why PATH:LINE``: the calls and model ids that stand there, or near, explained."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from migrate.errors import UsageError
from migrate.findings.cells import CellPlaces
from migrate.sources.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from migrate.cli.output import Output
    from migrate.plan.assessment import Assessment
    from migrate.program.calls.callsite import CallSite
    from migrate.program.inventory import Inventory
    from migrate.program.literals.records import ModelLiteral

_PLACE = re.compile(r"(?P<path>.+?)(?::cell (?P<cell>\d+))?:(?P<line>\d+)(?::(?P<column>\d+))?")
_NEAREST = 3


def explain(
    why: str,
    inventory: Inventory,
    literals: Sequence[ModelLiteral],
    assessments: Mapping[str, Assessment],
    output: Output,
) -> int:
    """Prints what stands at ``why`` in the format asked for. Raises UsageError where nothing can."""
    asked = asked_about(why, inventory, literals)
    if output.format == "text":
        output.result(_text(asked, inventory, assessments))
        return 0
    output.result(_documents(asked, inventory, assessments, output))
    return 0


def _documents(
    asked: Asked, inventory: Inventory, assessments: Mapping[str, Assessment], output: Output
) -> bytes:
    from migrate.report import documents
    from migrate.report.call_documents import call_site
    from migrate.report.document_shapes import AskedLine, ScanWhy
    from migrate.report.json_bytes import indented, lines

    sites = tuple(call_site(one, inventory.prompts(one), assessments.get(one.id)) for one in asked.calls)
    if output.format == "jsonl":
        return lines(sites)
    whole = ScanWhy(
        root=inventory.root.as_posix(),
        why=AskedLine(asked.path, asked.line, asked.cell),
        call_sites=sites,
        literals=tuple(map(documents.literal, asked.literals)),
        nearest=tuple(documents.place(site.place) for site in asked.nearest),
    )
    return indented(whole)


def _text(asked: Asked, inventory: Inventory, assessments: Mapping[str, Assessment]) -> str:
    from migrate.program.linking.code import SourceTexts
    from migrate.report.tree import drawn

    if asked.calls:
        from migrate.report.explanations import Explainer

        texts = SourceTexts(lambda path: _text_of(path, inventory))
        cells = CellPlaces(inventory.sources)
        explainer = Explainer(inventory.call_sites, lambda place: texts.line(cells.joined(place)))
        return drawn(
            [explainer.call(site, inventory.prompts(site), assessments.get(site.id)) for site in asked.calls]
        )
    from migrate.report.lines_without_calls import line_without_calls

    where = f"{asked.path}:{f'cell {asked.cell}:' if asked.cell else ''}{asked.line}"
    return drawn([line_without_calls(where, asked.literals, asked.nearest, inventory.call_sites)])


def _text_of(path: str, inventory: Inventory) -> str | None:
    source = inventory.source(path)
    return source.text if source is not None else None


class Asked(msgspec.Struct, frozen=True):
    """A line that is asked about, ``path`` relative to the scanned root, and what stands there. ``nearest``
    are the calls of the file next to it, where the line itself holds none."""

    path: str
    line: int
    calls: tuple[CallSite, ...]
    literals: tuple[ModelLiteral, ...]
    nearest: tuple[CallSite, ...]
    cell: int | None = None


def asked_about(why: str, inventory: Inventory, literals: Sequence[ModelLiteral]) -> Asked:
    """What stands at ``why``; calls and ``literals`` are told by cell. Raises UsageError where that is no
    line of a scanned file."""
    path, cell, line, column = _place(why, inventory)
    sites = [site for site in inventory.call_sites if (site.place.path, site.place.cell) == (path, cell)]
    found = _calls(sites, line, column)
    there = (one for one in literals if (one.place.path, one.place.cell) == (path, cell))
    here = tuple(one for one in there if one.place.span.line == line)
    near = () if found else tuple(sorted(sites, key=lambda site: abs(site.place.span.line - line))[:_NEAREST])
    return Asked(path, line, tuple(found), here, tuple(sorted(near, key=lambda site: site.place)), cell)


def parsed(why: str) -> tuple[str, int | None, int, int | None]:
    """Path, perhaps a notebook's cell, line and perhaps column. Raises UsageError where ``why`` is not
    written so."""
    match = _PLACE.fullmatch(why)
    if match is None or int(match["line"]) < 1:
        raise UsageError(f"--why: {why!r} is no place; give PATH:LINE, as in app/bot.py:31")
    cell, column = (int(match[name]) if match[name] else None for name in ("cell", "column"))
    return match["path"], cell, int(match["line"]), column


def _place(why: str, inventory: Inventory) -> tuple[str, int | None, int, int | None]:
    given, cell, line, column = parsed(why)
    path = _relative(given, inventory)
    unusable = next(
        (one for one in inventory.outcomes if one.path == path and one.state != "unchanged"), None
    )
    if unusable is not None:
        raise UsageError(f"--why: {path} was not read: {unusable.reason}")
    if path not in inventory.selected:
        raise UsageError(f"--why: {given} is not among the scanned files; name its folder as a path too")
    source = inventory.sources.get(path)
    last: int | None = _last_line(source.text) if source is not None else line
    where = path
    if source is not None and source.cells:
        if cell is None:
            raise UsageError(f"--why: {path} is a notebook; name the cell too, as in {path}:cell 2:{line}")
        last = CellPlaces(inventory.sources).last_line(path, cell)
        where = f"{path}:cell {cell}"
    elif cell is not None:
        last = None
    if last is None:
        raise UsageError(f"--why: {path} has no cell {cell} of Python; correct the cell")
    if line > last:
        raise UsageError(f"--why: {where} ends at line {last}; correct the line")
    return path, cell, line, column


def _last_line(text: str) -> int:
    return max(len(Lines(text)) - text.endswith(("\n", "\r")), 1)


def _relative(given: str, inventory: Inventory) -> str:
    """The path as seen from the scanned root: people give it from where they stand, or as scan prints it."""
    here = Path(os.path.realpath(given))
    if here.is_relative_to(inventory.root.resolve()) and here.is_file():
        return here.relative_to(inventory.root.resolve()).as_posix()
    if (inventory.root / given).is_file():
        return Path(given).as_posix()
    raise UsageError(f"--why: {given}: not found; correct the path")


def _calls(sites: Sequence[CallSite], line: int, column: int | None) -> list[CallSite]:
    """The call at the column; those that begin on the line; else the innermost ones that go across it."""
    begin = [site for site in sites if site.place.span.line == line]
    exact = [site for site in begin if site.place.span.column == column]
    across = [site for site in sites if site.place.span.line <= line <= site.place.span.end_line]
    inner = [
        site
        for site in across
        if not any(site is not other and site.place.span.covers(other.place.span) for other in across)
    ]
    return exact or begin or inner
