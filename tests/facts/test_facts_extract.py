"""One file to its facts: what is recorded, and how files that do not parse end."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest

from migrate.facts.expressions import Choice, Constant, Element, Imported, Opaque, Repeated
from migrate.facts.extract import extract
from migrate.facts.records import FileFacts
from migrate.sources.place import Span
from migrate.sources.source import Outcome


def facts_of(text: str) -> FileFacts:
    facts = extract("app.py", dedent(text))
    assert isinstance(facts, FileFacts), facts
    return facts


def outcome_of(text: str) -> Outcome:
    outcome = extract("app.py", text)
    assert isinstance(outcome, Outcome)
    return outcome


def test_columns_count_characters() -> None:
    (call,) = facts_of('x = "é𝄞"; f("a")\n').calls
    assert call.span == Span(1, 11, 1, 17)


def test_a_call_knows_its_scope_and_whether_it_is_awaited() -> None:
    facts = facts_of("async def f():\n    await g()\n    h()\n")
    assert [(facts.scopes[one.scope].qualname, one.awaited) for one in facts.calls] == [
        ("f", True),
        ("f", False),
    ]


def test_imports() -> None:
    bindings = (
        facts_of("import a.b\nimport c as d\nfrom ..e import f as g\nfrom h import *\n").scopes[0].bindings
    )
    values = {name: rows[0].value for name, rows in bindings.items()}
    found = {
        name: (one.module, one.name, one.level) for name, one in values.items() if isinstance(one, Imported)
    }
    assert found == {"a": ("a", None, 0), "d": ("c", None, 0), "g": ("e", "f", 2)}


def test_globals_are_bound_where_they_live() -> None:
    facts = facts_of("def f():\n    global x\n    x = 1\n")
    (binding,) = facts.scopes[0].bindings["x"]
    assert binding.scope == 1
    assert "x" not in facts.scopes[1].bindings


def test_huge_numbers_are_not_kept() -> None:
    (binding,) = facts_of(f"x = {2**70}\n").scopes[0].bindings["x"]
    assert isinstance(binding.value, Opaque)


FALLBACKS = {
    "x if x else y": "or",
    "x if x is not None else y": "or",
    "y if x is None else x": "or",
    "y if not x else x": "or",
    "x.a if x.a else y": "or",
    "x if y else z": "if",
    "x if x is None else y": "if",
    "f() if f() else y": "if",
    "x if x == 1 else y": "if",
}


@pytest.mark.parametrize(("text", "operator"), FALLBACKS.items())
def test_conditional_expressions_that_mean_or(text: str, operator: str) -> None:
    (binding,) = facts_of(f"v = {text}\n").scopes[0].bindings["v"]
    assert isinstance(binding.value, Choice)
    assert binding.value.operator == operator


def test_comprehensions() -> None:
    facts = facts_of("v = [x for x in y]\n")
    assert isinstance(facts.scopes[0].bindings["v"][0].value, Repeated)
    assert isinstance(facts.scopes[0].bindings["x"][0].value, Element)


def test_mentions_have_context() -> None:
    facts = facts_of(
        """
        MODEL = "m1"
        f(model="m2")
        d = {"m3": "m4"}
        if x == "m5" or x in ("m6",) or x.startswith("m7"):
            pass
        def g(a="m8", b: Literal["m9"] = None): return "m10"
        """
    )
    found = {one.value: (one.context, one.detail) for one in facts.mentions}
    assert found == {
        "m1": ("assignment", "MODEL"),
        "m2": ("argument", "f.model"),
        "m3": ("key", ""),
        "m4": ("value", "m3"),
        "m5": ("comparison", "x"),
        "m6": ("comparison", "x"),
        "m7": ("argument", "startswith"),
        "m8": ("default", "a"),
        "m9": ("subscript", "Literal"),
        "m10": ("return", ""),
    }


def test_mentions_know_what_holds_them() -> None:
    facts = facts_of(
        """
        PRICES = {"m1": {"in": 2.5}, "m2": {"in": 1}}
        f([("m3", 8)], g.get("k", "m4"))
        config["model"] = "m5"
        d = lambda: "m6"
        '''A docstring, or any long text.'''
        """
    )
    by_value = {one.value: one for one in facts.mentions}

    def around(value: str) -> list[tuple[str, str, str, str]]:
        found: list[tuple[str, str, str, str]] = []
        index = by_value[value].holder
        while index >= 0:
            holder = facts.holders[index]
            found.append((holder.kind, holder.name, holder.context, holder.detail))
            index = holder.parent
        return found

    assert around("m1") == [("mapping", "", "assignment", "PRICES")]
    assert facts.holders[by_value["m1"].holder].keys == ("m1", "m2")
    assert facts.holders[by_value["m1"].holder].values == ("mapping",)
    assert around("m3") == [
        ("sequence", "", "item", ""),
        ("sequence", "", "argument", "f"),
        ("call", "f", "statement", ""),
    ]
    assert (by_value["m4"].context, by_value["m4"].detail) == ("argument", "get.1")
    assert around("m4")[0] == ("call", "g.get", "argument", "f.1")
    assert (by_value["m5"].context, by_value["m5"].detail, around("m5")) == ("value", "model", [])
    assert by_value["m6"].context == "return"
    assert by_value[""].context == "statement", "prose is recorded without its text"


def test_facts_survive_serialisation() -> None:
    facts = facts_of(Path(__file__).read_text(encoding="utf-8"))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=FileFacts) == facts


def test_constants_keep_their_type_in_serialisation() -> None:
    facts = facts_of("a = 1; b = 1.0; c = True; d = None; e = '1'\n")
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=FileFacts)
    values = [rows[0].value for rows in again.scopes[0].bindings.values()]
    assert [repr(one.value) for one in values if isinstance(one, Constant)] == [
        "1",
        "1.0",
        "True",
        "None",
        "'1'",
    ]


PYTHON_2 = (
    "print 'x'\n",
    "exec code\n",
    "raise E, 'x'\n",
    "try:\n    f()\nexcept E, e:\n    pass\n",
    "x = 0777\n",
)


@pytest.mark.parametrize("text", PYTHON_2)
def test_python_2(text: str) -> None:
    outcome = outcome_of(text)
    assert outcome.state == "failed"
    assert "Python 2" in outcome.reason
    assert outcome.line is not None


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it")
@pytest.mark.parametrize("text", ["type X = int\n", "def f[T](x: T): ...\n", "class A[T]: ...\n"])
def test_syntax_of_a_newer_python(text: str) -> None:
    assert "run repoint with Python 3.12 or newer" in outcome_of(text).reason


@pytest.mark.skipif(sys.version_info >= (3, 11), reason="this Python reads it")
def test_exception_groups() -> None:
    text = "try:\n    f()\nexcept* E:\n    pass\n"
    assert "run repoint with Python 3.11 or newer" in outcome_of(text).reason


@pytest.mark.parametrize("text", ["x = = 1\n", "def f(:\n", "f(\n", "\tx\n  y\n"])
def test_syntax_errors(text: str) -> None:
    outcome = outcome_of(text)
    assert outcome.state == "failed"
    assert outcome.reason.startswith("syntax error")
    assert outcome.line is not None


def test_null_bytes_and_deep_nesting_end_in_an_outcome() -> None:
    assert outcome_of("x = '\0'\n").state == "failed"
    assert outcome_of("x = " + "-" * 5_000 + "1\n").state == "failed"
    assert outcome_of("x = " + "(" * 500 + ")" * 500 + "\n").state == "failed"


def test_empty_files() -> None:
    for text in ("", "\n", "# nothing\n", "\ufeff"[:0]):
        assert facts_of(text).calls == ()


def test_only_holders_of_texts_are_on_record() -> None:
    facts = extract("a.py", 'f(g(1), [h("a", {"k": (2, "b")})], i(3))\nj()\n')
    assert isinstance(facts, FileFacts)
    assert [one.name or one.kind for one in facts.holders] == ["f", "sequence", "h", "mapping", "sequence"]
    assert [one.parent for one in facts.holders] == [-1, 0, 1, 2, 3]
    assert [one.holder for one in facts.mentions] == [2, 3, 4]
