"""The records of a cost: tokens, bills before and after, and the line of one model of one call."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Tokens(msgspec.Struct, frozen=True):
    """Tokens over a number of calls. ``cached`` is a part of ``input``; ``output`` is what is visible, and
    ``reasoning`` comes on top of it."""

    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0


class Bill(msgspec.Struct, frozen=True):
    """What ``tokens`` cost in US dollars on ``model``, part by part; None where it has no known price."""

    model: str
    effort: str
    tokens: Tokens
    input: Decimal | None = None
    cached: Decimal | None = None
    output: Decimal | None = None
    reasoning: Decimal | None = None

    @property
    def total(self) -> Decimal | None:
        """The whole amount; unknown where any part is."""
        parts = [self.input, self.cached, self.output, self.reasoning]
        return None if None in parts else sum((one for one in parts if one is not None), Decimal(0))


class CostLine(msgspec.Struct, frozen=True):
    """One model of one call, before and after, for ``calls`` requests. ``measured`` says that both volume and
    tokens were; otherwise it is for 1,000 calls, and ``assumed`` says in words what it rests on."""

    call: str
    calls: int
    measured: bool
    before: Bill
    after: Bill
    assumed: tuple[str, ...] = ()

    @property
    def factor(self) -> float | None:
        """What the bill is multiplied by; None where that is not known."""
        old, new = self.before.total, self.after.total
        return float(new / old) if old and new is not None else None
