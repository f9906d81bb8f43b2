"""Questions that need each other, and questions without end."""

from __future__ import annotations

from collections.abc import Callable

from migrate.program.combining import literal, union
from migrate.program.memory import Memory
from migrate.program.values import LiteralOption, Value
from migrate.sources.place import Span


def text(value: str) -> Value:
    return literal(value, "a.py", Span(1, 1, 1, 2))


def texts(value: Value) -> list[str]:
    return sorted(str(one.value) for one in value.options if isinstance(one, LiteralOption))


class Graph(Memory):
    """Names that are their own text and what other names are."""

    def __init__(self, edges: dict[str, str]) -> None:
        super().__init__()
        self.edges = edges
        self.computed: list[str] = []

    def ask(self, name: str) -> Value:
        def compute() -> Value:
            self.computed.append(name)
            return union([text(name), *map(self.ask, self.edges.get(name, "").split())])

        return self.guarded(name, compute)


def test_each_answer_is_computed_once() -> None:
    graph = Graph({"a": "b c", "b": "d", "c": "d"})
    assert texts(graph.ask("a")) == ["a", "b", "c", "d"]
    graph.ask("d")
    assert sorted(graph.computed) == ["a", "b", "c", "d"]


def test_every_member_of_a_cycle_gets_the_whole_answer() -> None:
    graph = Graph({"a": "b", "b": "c", "c": "a d"})
    for name in "abc":
        assert texts(graph.ask(name)) == ["a", "b", "c", "d"]


def test_cycles_within_cycles() -> None:
    edges = {"a": "b", "b": "c e", "c": "b d", "d": "a", "e": "e f"}
    for first in "abcdef":
        graph = Graph(edges)
        graph.ask(first)
        assert texts(graph.ask("d")) == ["a", "b", "c", "d", "e", "f"]
        assert texts(graph.ask("e")) == ["e", "f"]


def test_too_deep_is_unknown_there_only() -> None:
    graph = Graph({str(number): str(number + 1) for number in range(200)})
    assert graph.ask("0").unknown
    assert not graph.ask("199").unknown


def test_too_long_is_unknown_and_ends() -> None:
    memory = Memory()

    def fork(name: str) -> Callable[[], Value]:
        return lambda: union([memory.guarded(name + end, fork(name + end)) for end in "ab"])

    for start in "xyz":
        memory.refill()
        assert memory.guarded(start, fork(start)).unknown
