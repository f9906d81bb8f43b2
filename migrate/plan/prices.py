"""OpenAI's list prices, from the ``genai-prices`` package. What a gateway charges is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timezone
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from migrate.findings.finding import Finding

_THOUSAND = 1_000


class Prices(msgspec.Struct, frozen=True):
    """US dollars for a million tokens: of input, of output, and of input that was cached; None where the
    model has no such price."""

    input: Decimal | None
    output: Decimal | None
    cached: Decimal | None = None


@lru_cache(maxsize=256)
def prices_of(model: str, size: int = _THOUSAND, day: date | None = None) -> Prices | None:
    """The list prices of a model of OpenAI for requests with so many tokens of input, as some models ask more
    for long ones, on that day; None where the package does not know the model."""
    from genai_prices import Usage, calc_price

    when = datetime(day.year, day.month, day.day, tzinfo=timezone.utc) if day is not None else None
    tokens = max(size - size % _THOUSAND, _THOUSAND)  # whole thousands: the division stays exact
    plain = Usage(input_tokens=tokens, output_tokens=tokens)
    cached = Usage(input_tokens=tokens, cache_read_tokens=tokens)
    try:
        given = calc_price(plain, model, provider_id="openai", genai_request_timestamp=when)
        kept = calc_price(cached, model, provider_id="openai", genai_request_timestamp=when)
    except LookupError:
        return None
    amounts = (given.input_price, given.output_price, kept.input_price)
    return Prices(*(amount * 1_000_000 / tokens if amount else None for amount in amounts))


def price_line(findings: Iterable[Finding]) -> str:
    """What the model changes among ``findings`` do to the bill, in one line; empty where none is known."""
    lines = dict.fromkeys(_compared(old, new) for old, new in _moves(findings))
    return "; ".join(line for line in lines if line)


def _moves(findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    from migrate.findings.edits import ReplaceText

    for one in findings:
        if one.stage == "model":
            for edit in one.edits:
                if isinstance(edit.edit, ReplaceText):
                    yield _bare(edit.edit.old), _bare(edit.edit.new)


def _bare(model: str) -> str:
    """Without the gateway's prefix: ``openai/gpt-5.2``."""
    return model.rpartition("/")[2]


def _compared(old: str, new: str) -> str:
    before, after = prices_of(old), prices_of(new)
    if before is None or after is None:
        missing = " and ".join(name for name, known in ((old, before), (new, after)) if known is None)
        return f"price: unknown for {missing}"
    sides = [
        f"x{after_side / before_side:.2g} {word} ({_dollars(before_side)} to {_dollars(after_side)})"
        for word, before_side, after_side in (
            ("in", before.input, after.input),
            ("out", before.output, after.output),
        )
        if before_side and after_side
    ]
    return f"price, {old} to {new}: {', '.join(sides)} a million tokens, OpenAI's list" if sides else ""


def _dollars(amount: Decimal) -> str:
    return f"${amount.normalize():f}"
