"""Classes made with TypedDict: what calling one gives is a plain dict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.program.classes import classes
from migrate.program.solving.combining import only
from migrate.program.solving.values import Definition, Located, Made, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_SYMBOLS = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})


def made(evaluator: Evaluator, called: Definition | Made, at: Located) -> Value | None:
    """The dict that calling ``called`` at ``at`` gives; None where it is no such class."""
    if isinstance(called, Made):
        known = called.symbol in _SYMBOLS
    else:
        known = not _SYMBOLS.isdisjoint(classes.external_bases(evaluator, called))
    call = evaluator.call_at(at)
    return only(evaluator.built(at, call)) if known and call is not None else None
