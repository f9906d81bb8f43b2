"""What each call costs before and after, from prices, measured or assumed tokens, and volumes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from migrate.catalog import UNKNOWN, Catalog
from migrate.catalog.models import Model
from migrate.plan.cost.records import Bill, CostLine, Tokens
from migrate.plan.cost.tokens import Counted, counted
from migrate.plan.cost.usage.joining import Volumes
from migrate.plan.cost.usage.records import Sum
from migrate.plan.effort import effort_of
from migrate.plan.literals import literal_value
from migrate.plan.prices import prices_of
from migrate.program.calls.callsite import CallSite
from migrate.prompts.prompt import PromptText

CAPS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_CALLS = 1_000
_MILLION = 1_000_000
_ANSWERING = ("chat", "responses", "completions", "embeddings")


class Costing:
    """Prices calls; ``volumes`` is None where nothing was measured."""

    def __init__(
        self,
        catalog: Catalog,
        prompts: Mapping[str, Sequence[PromptText]],
        volumes: Volumes | None,
        day: date,
    ) -> None:
        self._catalog = catalog
        self._prompts = prompts
        self._volumes = volumes
        self._day = day

    def line(self, site: CallSite, use_case: str, old: str, new: str, effort: str) -> CostLine | None:
        """The cost of ``site`` with model ``old`` as it is, and with ``new`` at ``effort``; None where the
        bill of such a call is not counted in tokens."""
        before = self._catalog.models.get(old)
        after = self._catalog.models.get(new)
        if before is None or after is None or site.endpoint not in _ANSWERING:
            return None
        stated = effort_of(site)
        was = stated if isinstance(stated, str) else before.default_effort or ""
        now = effort if new != old else was
        measured = self._measured(site, old)
        if measured is not None:
            tokens, moved = measured.tokens(), self._moved(measured, (before, was), (after, now))
            calls, assumed = measured.calls, self._said(measured, was, now, stated is UNKNOWN)
        else:
            tokens, assumed = self._assumed(site, use_case, before, was)
            moved, _ = self._assumed(site, use_case, after, now)
            calls = _CALLS
        return CostLine(
            site.id,
            calls,
            measured is not None,
            self.bill(old, was, tokens, calls),
            self.bill(new, now, moved, calls),
            assumed,
        )

    def bill(self, name: str, effort: str, tokens: Tokens, calls: int) -> Bill:
        """What these tokens cost on the model ``name``."""
        parsed = self._catalog.models.parse(name)
        if parsed is None or parsed.fine_tuned:
            return Bill(name, effort, tokens)
        prices = prices_of(parsed.bare, tokens.input // max(calls, 1), self._day)
        if prices is None or prices.input is None:
            return Bill(name, effort, tokens)
        out = prices.output if prices.output is not None else Decimal(0) if not tokens.output else None
        return Bill(
            name,
            effort,
            tokens,
            _price(tokens.input - tokens.cached, prices.input),
            _price(tokens.cached, prices.cached),
            _price(tokens.output, out),
            _price(tokens.reasoning, out),
        )

    def _measured(self, site: CallSite, old: str) -> Sum | None:
        if self._volumes is None:
            return None
        return self._volumes.of_call.get((site.id, old))

    def _moved(self, sum_: Sum, was: tuple[Model, str], now: tuple[Model, str]) -> Tokens:
        """Measured tokens on another model: what is visible stays, what it reasons is assumed by effort."""
        tokens = sum_.tokens()
        if was[0].reasons and now[0].reasons and was[1] == now[1]:
            return tokens
        if sum_.reasoning is None and was[0].reasons:
            return tokens  # not told apart: all of it is taken for the answer
        reasoning = self._reasoning(*now) * sum_.calls
        return Tokens(tokens.input, tokens.cached, tokens.output, reasoning)

    def _said(self, sum_: Sum, was: str, now: str, hidden: bool) -> tuple[str, ...]:
        said = []
        if was != now and self._catalog.costs.reasoning.by_effort.get(now):
            said.append(f"reasoning at {now}")
        if sum_.reasoning is None:
            said.append("reasoning was not told apart")
        return (*said, *(["the stated effort is not visible"] if hidden else []))

    def _assumed(
        self, site: CallSite, use_case: str, model: Model, effort: str
    ) -> tuple[Tokens, tuple[str, ...]]:
        """Tokens of 1,000 calls, and what is assumed about them."""
        costs = self._catalog.costs
        seen: Counted = counted(self._prompts.get(site.id, ()), model.encoding, costs)
        filled = seen.fields * costs.unseen.field if seen.seen else costs.unseen.prompt
        cap = _cap(site)
        answer = costs.answer.by_use_case.get(use_case, costs.answer.default)
        answer = 0 if site.endpoint == "embeddings" else min(answer, cap) if cap else answer
        reasoning = self._reasoning(model, effort)
        if cap:
            reasoning = min(reasoning, max(cap - answer, 0))
        tokens = Tokens((seen.static + filled) * _CALLS, 0, answer * _CALLS, reasoning * _CALLS)
        return tokens, _words(seen, filled, answer)

    def _reasoning(self, model: Model, effort: str) -> int:
        if not model.reasons:
            return 0
        known = self._catalog.costs.reasoning.by_effort
        return known.get(effort or model.default_effort or self._catalog.routing.unknown_default, 0)


def _price(tokens: int, price: Decimal | None) -> Decimal | None:
    return None if price is None else price * tokens / _MILLION


def _cap(site: CallSite) -> int | None:
    """The cap that the request states on its output, where it is visible."""
    for name in CAPS:
        given = site.parameter(name)
        value = literal_value(given) if given is not None else None
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
    return None


def _words(seen: Counted, filled: int, answer: int) -> tuple[str, ...]:
    text = f"{seen.static:,} tokens of written prompt a call{'' if seen.exact else ' (estimated)'}"
    amounts = [f"{filled:,} filled in" if filled else "", f"{answer:,} answered" if answer else ""]
    return (text if seen.seen else "no prompt is visible", *filter(None, amounts))
