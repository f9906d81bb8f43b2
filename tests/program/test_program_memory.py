"""Questions that need each other, and questions without end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from migrate.facts.expressions import Constant
from migrate.program.solving import budget
from migrate.program.solving.combining import literal, only, union
from migrate.program.solving.memory import Memory
from migrate.program.solving.pending import Pending
from migrate.program.solving.values import Built, LiteralOption, Located, Value
from migrate.sources.place import Span


def text(value: str) -> Value:
    return literal(value, "a.py", Span(1, 1, 1, 2))


def texts(value: Value) -> list[str]:
    return sorted(str(one.value) for one in value.options if isinstance(one, LiteralOption))


def limit(monkeypatch: pytest.MonkeyPatch, **steps: int) -> None:
    """Lets searches take no more than so many ``steps``."""
    kinds: tuple[budget.Search, ...] = ("full", "brief", "around", "nearest")
    for search in kinds:
        if search in steps:
            limits = replace(budget._LIMITS[search], steps=steps[search])
            monkeypatch.setitem(budget._LIMITS, search, limits)


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


def test_only_what_read_an_answer_is_worked_out_again() -> None:
    side = {f"s{number}": f"s{number + 1}" for number in range(40)}
    graph = Graph({"a": "b s0", "b": "c", "c": "a d", **side})
    assert {"a", "b", "c", "d", "s0", "s40"} <= set(texts(graph.ask("a")))
    assert max(graph.computed.count(f"s{number}") for number in range(41)) == 1
    assert graph.computed.count("d") == 1


def test_nothing_is_too_deep() -> None:
    chain = {str(number): str(number + 1) for number in range(2_000)}
    graph = Graph(chain | {"2000": "0"})
    graph.ask("0")
    for name in ("0", "1000", "2000"):
        assert not graph.ask(name).unknown or graph.ask(name).unknown == ("it has too many possible values",)


def test_work_grows_with_the_questions_not_with_their_square() -> None:
    def work(size: int) -> int:
        names = [f"n{number}" for number in range(size)]
        edges = {name: f"n{(number * 7 + 3) % size} n{number - 1}" for number, name in enumerate(names)}
        graph = Graph(edges)
        graph.ask(f"n{size - 1}")
        return len(graph.computed)

    assert work(200) < 6 * 200
    assert work(400) < 3 * work(200)


def test_what_grows_without_end_is_told() -> None:
    memory = Memory()

    def ask() -> Value:
        return memory.guarded("x", lambda: union([text("x"), text("+".join(texts(ask())) + "x")]))

    assert ask().unknown == ("it is built up step by step, without a visible end",)


def test_too_long_is_unknown_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, full=3_000, around=10, nearest=10)
    memory = Memory()
    computed: list[int] = []

    def fork(number: int) -> Callable[[], Value]:
        def compute() -> Value:
            computed.append(number)
            return union([memory.guarded(one, fork(one)) for one in (2 * number, 2 * number + 1)])

        return compute

    for start in (2, 3):
        memory.refill()
        assert memory.guarded(start, fork(start)).unknown
    assert len(computed) < 6_000


def test_a_brief_question_takes_nothing_from_others(monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, brief=20, around=10, nearest=10)
    memory = Memory()

    def wide(first: int) -> Callable[[], Value]:
        rows = range(first, first + 40)
        return lambda: union([memory.guarded(number, lambda: text("near")) for number in rows])

    memory.refill(brief=True)
    assert memory.guarded("brief", wide(0)).unknown
    memory.refill()
    assert not memory.guarded("full", wide(40)).unknown


def test_what_a_lost_question_never_came_to_is_asked_after_all(monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, full=20)
    memory = Memory()

    def wide() -> Value:
        return union([memory.guarded(number, lambda: text("near")) for number in range(40)])

    memory.refill()
    assert memory.guarded("wide", wide).unknown
    memory.refill()
    found = memory.guarded(39, lambda: text("near"))
    assert (texts(found), found.unknown) == (["near"], ())
    assert memory.guarded(39, lambda: text("never")) == found


def test_searches_that_take_too_long_leave_less_to_those_after_them() -> None:
    def longest(search: budget.Search) -> int:
        """How many steps a search may take, after it took too many."""
        spent.look_nearby(search)
        while not spent.is_spent:
            spent.spend((), Pending("x", Value, None, None), 0)
        return spent.steps - 1

    spent = budget.Budget()
    assert [longest("around") for _ in range(4)] == [750, 375, 300, 300]
    assert [longest("nearest") for _ in range(3)] == [750, 750, 750]
    assert longest("around") == 300
    spent.restore()
    assert longest("around") == 750


class Quiet(Graph):
    """Names of which only those that end in "!" are a text."""

    def ask(self, name: str) -> Value:
        def compute() -> Value:
            self.computed.append(name)
            own = [text(name)] if name.endswith("!") else []
            return union([*own, *map(self.ask, self.edges.get(name, "").split())])

        return self.guarded(name, compute)


def _tangle(size: int) -> dict[str, str]:
    """Questions all of which need each other."""
    return {f"n{one}": f"n{one // 2} n{2 * one % size} n{(2 * one + 1) % size}" for one in range(size)}


def test_where_everything_hangs_together_the_search_is_short() -> None:
    def work(size: int) -> int:
        graph = Quiet(_tangle(size))
        graph.ask("n1")
        return len(graph.computed)

    assert work(1_000) < 4_000
    assert work(3_000) < 1.5 * budget._LIMITS["full"].entangled


def test_what_is_close_by_is_found_though_the_search_is_lost() -> None:
    graph = Quiet({"a": "b n1 c", "b": "near!", "c": "d", "d": "end!", **_tangle(10_000)})
    found = graph.ask("a")
    assert texts(found) == ["end!", "near!"]
    assert budget.TOO_FAR in found.unknown
    assert graph.ask("a") == found


def test_prompts_are_not_lost_behind_other_values() -> None:
    prompts = [
        Built(Located("a.py", 0, number, Constant(Span(number + 1, 1, number + 1, 2), str(number))))
        for number in range(100)
    ]
    others = [text(str(number)) for number in range(100)]
    value = union([*others, *(only(one) for one in prompts)])
    assert [one for one in value.options if isinstance(one, Built)] == prompts
    assert len(texts(value)) < len(others)
    assert value.unknown
