"""Where the bars of the model timeline stand: one a model, up to its shutdown."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from migrate.report.report_shapes import Life, ModelLife

_LEFT, _RIGHT, _WIDTH, _TOP, _ROW = 190, 40, 900, 36, 24
_MOST_BARS = 60
_MONTHS_A_TICK = 3


class Bar(msgspec.Struct, frozen=True):
    """``x`` is the end of the bar; ``ends`` whether a shutdown is announced there."""

    name: str
    life: Life
    x: float
    y: int
    ends: bool


class Tick(msgspec.Struct, frozen=True):
    x: float
    text: str


class Timeline(msgspec.Struct, frozen=True):
    """In units of the SVG's own box."""

    width: int
    height: int
    left: int
    today: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]


def timeline(models: Sequence[ModelLife], today: datetime.date) -> Timeline | None:
    """The timeline of the models with a known life, the first to end on top; None where there is none."""
    shown = [one for one in models if one.life != "unknown"][:_MOST_BARS]
    if not shown:
        return None
    ends = [one.shutdown for one in shown if one.shutdown]
    first = _month(min([today, *ends]), -_MONTHS_A_TICK)
    last = _month(max([today, *ends]), 2 * _MONTHS_A_TICK)

    def x(day: datetime.date) -> float:
        share = (day - first).days / (last - first).days
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    bars = tuple(
        Bar(one.id, one.life, x(one.shutdown or last), _TOP + place * _ROW, one.shutdown is not None)
        for place, one in enumerate(shown)
    )
    ticks = tuple(Tick(x(day), f"{day:%Y-%m}") for day in _ticks(first, last))
    return Timeline(_WIDTH, _TOP + len(shown) * _ROW, _LEFT, x(today), ticks, bars)


def _ticks(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """At most some fifteen quarters, halves or years."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(step for step in (3, 6, 12, 24, 1200) if months / step <= 15)
    day = first
    while day <= last:
        yield day
        day = _month(day, step)


def _month(day: datetime.date, after: int) -> datetime.date:
    """The first of the month so many months later."""
    months = day.year * 12 + day.month - 1 + after
    return datetime.date(months // 12, months % 12 + 1, 1)
