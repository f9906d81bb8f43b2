"""Facts grow with the text that they are of: no construct makes each of its parts hold all the others."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from migrate.facts.extract import extract
from migrate.facts.records import FileFacts


def cases(size: int) -> str:
    return "match x:\n" + "".join(f"    case 'a{n}':\n        y = {n}\n" for n in range(size))


def unpacked(size: int) -> str:
    return f"{', '.join(f'a{n}' for n in range(size))} = {', '.join(repr(str(n)) for n in range(size))}\n"


def unpacked_by_a_loop(size: int) -> str:
    names = ", ".join(f"a{n}" for n in range(size))
    return f"for {names} in [{', '.join(repr(str(n)) for n in range(size))}]:\n    pass\n"


def lists_compared(size: int) -> str:
    return f"assert [{'a, ' * size}] == [{'b, ' * size}]\n"


def numbers_compared(size: int) -> str:
    return f"assert [{'1, ' * size}] == [{'2, ' * size}]\n"


def named_at_once(size: int) -> str:
    return "".join(f"a{n} = " for n in range(size)) + f"[{'1, ' * size}]\n"


def items_of_items(size: int) -> str:
    return f"x{'[0]' * 60}\n" * (size // 60)


def compared_among_items(size: int) -> str:
    return f"x{'[0]' * 60} in ({'y, ' * 60})\n" * (size // 60)


@pytest.mark.parametrize(
    "make",
    [
        cases,
        unpacked,
        unpacked_by_a_loop,
        lists_compared,
        numbers_compared,
        named_at_once,
        items_of_items,
        compared_among_items,
    ],
)
def test_twice_the_text_is_twice_the_facts(make: Callable[[int], str]) -> None:
    small, large = (_size(make(size)) for size in (1_200, 2_400))
    assert large < 2.3 * small
    assert large < 80 * len(make(2_400))


def test_a_comparison_with_a_number_decides_nothing() -> None:
    facts = extract("a.py", "if x == 1 or x is None or 'a' != x or x in (2, 'b'):\n    pass\n")
    assert isinstance(facts, FileFacts)
    assert len(facts.lookups) == 2


def _size(text: str) -> int:
    facts = extract("a.py", text)
    assert isinstance(facts, FileFacts)
    return len(msgspec.msgpack.encode(facts))
