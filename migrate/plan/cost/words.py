"""Costs in words, for a plan file and for people. Computes nothing but sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from migrate.catalog.costs import Costs
from migrate.plan.cost.records import Bill, CostLine
from migrate.plan.cost.usage.joining import Volumes

_PARTS = ("input", "cached", "output", "reasoning")
_SHORT = {"input": "in", "output": "out"}


def cost_words(lines: Sequence[CostLine]) -> str:
    """What one call costs before and after, its parts included; empty where its bill is not in tokens."""
    return "; ".join(_named(one, len(lines) > 1) for one in lines)


def token_words(lines: Sequence[CostLine]) -> tuple[str, ...]:
    """What the numbers rest on: tokens measured or assumed."""
    return tuple(dict.fromkeys(word for one in lines for word in _tokens(one)))


def total_words(lines: Sequence[CostLine], volumes: Volumes | None, left: int, usage: str) -> str:
    """The sums in one line. ``left`` counts the calls without a cost line; ``usage`` names the file."""
    chosen = [one for one in lines if one.measured is (volumes is not None)]
    known = [one for one in chosen if one.factor is not None]
    if not known:
        return "unknown: nothing was measured for a call here" if volumes is not None else "unknown"
    before = sum((one.before.total or Decimal(0) for one in known), Decimal(0))
    after = sum((one.after.total or Decimal(0) for one in known), Decimal(0))
    calls = len({one.call for one in known})
    what = f"1,000 calls of each of {calls}"
    if volumes is not None:
        what = f"what {usage} tells of {_number(calls, 'call')}"
    words = [f"{_change(before, after)} for {what}"]
    unpriced = len({one.call for one in chosen}) - calls
    if unpriced:
        words.append(f"the price is unknown for {unpriced} more")
    if volumes is not None and len(lines) > len(chosen):
        words.append(f"{len(lines) - len(chosen)} have no usage of their own")
    return "; ".join([*words, *([f"unknown for {left} more"] if left else [])])


def volume_words(volumes: Volumes) -> Iterator[str]:
    """The usage that could not be told call by call, or costed as it was."""
    if volumes.apart:
        yield f"{_number(volumes.apart, 'request')} by batch, flex or priority: taken at standard prices"
    if volumes.skipped:
        yield f"{_number(volumes.skipped, 'row')} of the usage without a model or tokens: left out"
    for (calls, model), one in volumes.shared.items():
        yield f"{_number(one.calls, 'request')} to {model}: of {len(calls)} calls that it does not tell apart"
    for model, one in volumes.strange.items():
        yield f"{_number(one.calls, 'request')} to {model}: of no call here"


def assumptions(costs: Costs, lines: Sequence[CostLine]) -> Iterator[str]:
    """What all costs of a plan rest on, said once."""
    yield "prices are OpenAI's list (genai-prices); a gateway may charge otherwise"
    if any(not one.measured for one in lines):
        yield (
            f"without usage: {costs.unseen.field} tokens for each text that is filled in, answers by use"
            " case; the same before and after, and nothing is taken for cached"
        )
    if any(one.before.tokens.reasoning or one.after.tokens.reasoning for one in lines):
        by_effort = ", ".join(f"{key} {value:,}" for key, value in costs.reasoning.by_effort.items() if value)
        yield f"reasoning tokens by effort, where not measured: {by_effort}"


def dollars(amount: Decimal) -> str:
    """Cents, or three digits where there are none."""
    if not amount or amount >= Decimal("0.1"):
        return f"${amount.quantize(Decimal('0.01'), ROUND_HALF_EVEN):,f}"
    return f"${float(amount):.3g}"


def times(factor: float) -> str:
    """``x0.058``, ``x12``."""
    return f"x{factor:.0f}" if factor >= 10 else f"x{factor:.2g}"


def _named(line: CostLine, several: bool) -> str:
    name = f"{line.before.model}: " if several else ""
    for bill in (line.before, line.after):
        if bill.total is None:
            return f"{name}unknown: no list price of {bill.model}"
    assert line.before.total is not None
    assert line.after.total is not None
    if line.before == line.after:
        return f"{name}{dollars(line.before.total)} for {line.calls:,} calls, as before"
    parts = ", ".join(_parts(line.before, line.after))
    return f"{name}{_change(line.before.total, line.after.total)} for {line.calls:,} calls ({parts})"


def _change(before: Decimal, after: Decimal) -> str:
    factor = f"{times(float(after / before))}: " if before else ""
    return f"{factor}{dollars(before)} to {dollars(after)}"


def _parts(before: Bill, after: Bill) -> Iterator[str]:
    for name in _PARTS:
        old, new = getattr(before, name), getattr(after, name)
        if old or new:
            yield f"{_SHORT.get(name, name)} {dollars(old)} to {dollars(new)}"


def _tokens(line: CostLine) -> Iterable[str]:
    old, new = line.before.tokens, line.after.tokens
    if line.measured:
        yield f"measured: {line.calls:,} calls, {old.input:,} in ({old.cached:,} cached), {old.output:,} out"
    if old.reasoning or new.reasoning:
        before, after = _each(old.reasoning, line.calls), _each(new.reasoning, line.calls)
        yield f"{before} to {after} reasoning a call" if before != after else f"{after} reasoning a call"
    yield from line.assumed


def _each(tokens: int, calls: int) -> str:
    return f"{round(tokens / max(calls, 1)):,}"


def _number(amount: int, what: str) -> str:
    return f"{amount:,} {what}" + ("" if amount == 1 else "s")
