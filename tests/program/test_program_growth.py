"""What statements do to a dict, where not all of them could be looked at."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from migrate.program.collections.growth import grown
from migrate.program.solving.budget import TOO_FAR
from migrate.program.solving.evaluate import Evaluator
from migrate.program.solving.values import Items, Value
from migrate.sources.place import Place, Span

HOME = Place("app.py", Span(3, 10, 3, 12))


def answering(value: Value) -> Evaluator:
    """Something that gives ``value`` to every question."""
    documents = SimpleNamespace(readers=lambda _: ())
    program = SimpleNamespace(documents=documents)
    return cast(Evaluator, SimpleNamespace(program=program, guarded=lambda *_: value))


def test_a_dict_whose_search_was_cut_short_may_hold_more() -> None:
    began: Any = Items(HOME, (), settled=frozenset({"model"}))
    cut = grown(answering(Value((began,), (TOO_FAR,))), began)
    assert (cut.more, cut.settled) == ((TOO_FAR,), frozenset())
    lost = grown(answering(Value((), (TOO_FAR,))), began)
    assert lost == cut
    assert grown(answering(Value((began,))), began) == began
