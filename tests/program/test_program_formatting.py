"""Texts that are put together: how many places they come from, and where they end."""

from __future__ import annotations

from migrate.program.solving.values import LiteralOption, Origin, Value
from migrate.program.texts.formatting import joined
from migrate.sources.place import Place, Span

HERE = Place("app.py", Span(1, 8, 1, 11))


def text(value: str) -> Value:
    return Value((LiteralOption(value, (Origin(HERE, value, "constant"),)),))


def test_lines_of_one_literal_are_written_in_one_place() -> None:
    found = joined([text("a")] * 12)
    assert [one.value for one in found.options if isinstance(one, LiteralOption)] == ["a" * 12]
    assert [len(one.origins) for one in found.options if isinstance(one, LiteralOption)] == [1]


def test_a_text_that_grows_too_long_is_unknown() -> None:
    assert joined([text("a" * 150_000)] * 2) == Value((), ("it is text that grows too long",))
