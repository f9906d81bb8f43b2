"""One row of usage, whatever wrote it, and sums of them."""

from __future__ import annotations

import msgspec

from migrate.plan.cost.records import Tokens


class Used(msgspec.Struct, frozen=True):
    """Requests to one model. ``endpoint`` is empty where it is not known; ``cached`` is a part of ``input``,
    ``reasoning`` one of ``output`` (None: not told apart); ``text`` is what was sent, where it is logged.
    ``apart``: by batch, flex or priority, which have prices of their own."""

    model: str
    calls: int
    input: int
    output: int
    cached: int = 0
    reasoning: int | None = None
    endpoint: str = ""
    text: str = ""
    apart: bool = False


class Sum(msgspec.Struct, frozen=True):
    """Rows added up. ``reasoning`` is None where one of them does not tell it apart."""

    calls: int = 0
    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int | None = 0

    def plus(self, one: Used) -> Sum:
        """This with one more row."""
        known = self.reasoning is not None and one.reasoning is not None
        return Sum(
            self.calls + one.calls,
            self.input + one.input,
            self.cached + one.cached,
            self.output + one.output,
            (self.reasoning or 0) + (one.reasoning or 0) if known else None,
        )

    def tokens(self) -> Tokens:
        """The same as tokens: the visible output, and the reasoning on top of it."""
        reasoning = self.reasoning or 0
        return Tokens(self.input, self.cached, self.output - reasoning, reasoning)
