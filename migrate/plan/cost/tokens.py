"""How many tokens a text has: counted by the optional extra ``tokens``, otherwise estimated and said so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec

from migrate.catalog.costs import Costs
from migrate.prompts.estimating import tokens as estimated
from migrate.prompts.prompt import PromptText

_USUAL = "o200k_base"


class Counted(msgspec.Struct, frozen=True):
    """Tokens of what the code shows of a call's prompts, texts that are filled in, and whether the number is
    a count or an estimate. ``seen`` is false where no prompt is visible at all."""

    static: int
    fields: int
    exact: bool
    seen: bool


def counted(prompts: Sequence[PromptText], encoding: str | None, costs: Costs) -> Counted:
    """The prompts of one call in tokens."""
    count = _counter(encoding or _USUAL)
    static = sum((count or estimated)(_fixed(one)) for one in prompts)
    around = costs.text.per_message * (len(prompts) + 1) if prompts else 0
    exact = count is not None and encoding is not None
    # Where nothing of the user's turn is written, all of it comes at run time.
    turn = all(one.role in ("system", "developer", "few-shot") for one in prompts)
    fields = sum(len(one.fields) for one in prompts) + turn
    return Counted(static + around, fields, exact, bool(prompts))


def fragments(prompt: PromptText) -> list[str]:
    """The stretches of a prompt that are always the same, in order."""
    found = [""]
    for piece in prompt.pieces:
        if piece.kind == "field":
            found.append("")
        else:
            found[-1] += prompt.text[piece.start : piece.end]
    return [one for one in found if one.strip()]


def _fixed(prompt: PromptText) -> str:
    return "".join(fragments(prompt))


@lru_cache(maxsize=4)
def _counter(encoding: str) -> Callable[[str], int] | None:
    """A tokenizer that carries its data; None where it is not installed or does not know the encoding."""
    try:
        from splintr import Tokenizer

        known = Tokenizer.from_pretrained(encoding)
    except (ImportError, ValueError):
        return None
    return lambda text: len(known.encode(text))
