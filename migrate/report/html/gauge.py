"""The arc of the score."""

from __future__ import annotations

import math
from typing import Literal

import msgspec

_RADIUS, _LEFT, _BASE = 80, 100, 105
_GOOD, _HALF = 80, 50


class Gauge(msgspec.Struct, frozen=True):
    """``path`` is the d of an SVG path in a box of 200 by 120."""

    path: str
    level: Literal["good", "half", "bad"]


def gauge(score: float | None) -> Gauge | None:
    """The arc for a score of 0 to 100; None where there is nothing to draw."""
    if not score:
        return None
    angle = math.pi * (1 - score / 100)
    x, y = _LEFT + _RADIUS * math.cos(angle), _BASE - _RADIUS * math.sin(angle)
    path = f"M {_LEFT - _RADIUS} {_BASE} A {_RADIUS} {_RADIUS} 0 0 1 {x:.2f} {y:.2f}"
    return Gauge(path, "good" if score >= _GOOD else "half" if score >= _HALF else "bad")
