"""Where the parts of the two cost bars stand: before and after, on one scale."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from migrate.report.report_shapes import Dollars, ReportCosts

_LEFT, _WIDTH, _ROW = 70, 900, 34
_PARTS = ("input", "cached", "output", "reasoning")


class Part(msgspec.Struct, frozen=True):
    """A stretch of a bar, in units of the SVG's own box."""

    name: str
    x: float
    width: float
    dollars: float


class Bar(msgspec.Struct, frozen=True):
    """``end`` is where its label stands."""

    name: str
    y: int
    parts: tuple[Part, ...]
    end: float
    total: float


def bars(costs: ReportCosts) -> tuple[Bar, ...]:
    """The two bars; none where nothing is known to cost anything."""
    most = max(costs.before.total, costs.after.total)
    if not most:
        return ()
    both = (("before", costs.before), ("after", costs.after))
    return tuple(_bar(name, one, most, place) for place, (name, one) in enumerate(both))


def _bar(name: str, dollars: Dollars, most: float, place: int) -> Bar:
    parts = tuple(_parts(dollars, (_WIDTH - _LEFT - 110) / most))
    end = parts[-1].x + parts[-1].width if parts else _LEFT
    return Bar(name, place * _ROW + 4, parts, round(end + 8, 1), dollars.total)


def _parts(dollars: Dollars, scale: float) -> Iterator[Part]:
    x: float = _LEFT
    for name in _PARTS:
        amount: float = getattr(dollars, name)
        if amount:
            yield Part(name, round(x, 1), round(amount * scale, 1), amount)
            x += amount * scale
