"""Whatever the source: extraction never crashes, gives the same facts again, and these serialise."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate.facts.extract import extract
from migrate.facts.records import FileFacts
from migrate.sources.source import Outcome

LIBRARY = Path(ast.__file__).parent
FILES = ("ast.py", "argparse.py", "asyncio/tasks.py", "dataclasses.py", "enum.py", "typing.py", "inspect.py")
LINES = [line for name in FILES for line in (LIBRARY / name).read_text("utf-8").splitlines() if line.strip()]

names = st.sampled_from(["a", "b", "self", "client", "model"])
atoms = st.one_of(
    names,
    st.integers(-9, 9).map(str),
    st.text("aé\"'\n\\{", max_size=4).map(repr),
    st.just("None"),
    st.just("..."),
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.builds("({} or {})".format, inner, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({}).{}".format, inner, names),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("a({}, *b, {}={}, **c)".format, inner, names, inner),
        st.builds("[{}, *{}]".format, inner, names),
        st.builds("{{{}: {}, **{}}}".format, inner, inner, names),
        st.builds("[{} for {} in {} if {}]".format, inner, names, inner, inner),
        st.builds("{{{}: {} for {} in {}}}".format, inner, inner, names, inner),
        st.builds("(lambda {}={}: {})".format, names, inner, inner),
        st.builds("({} := {})".format, st.just("w"), inner),
        st.builds("({} + {})".format, inner, inner),
        st.builds("({} == {})".format, inner, inner),
        pair.map("({0[0]} is {0[1]})".format),
        names.map("f'x{{{}!r:>{{a}}}}y'".format),
    )


expressions = st.recursive(atoms, _larger, max_leaves=12)


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines()) or "    pass\n"


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = inner.map(_indented)
    return st.one_of(
        st.builds("if {}:\n{}else:\n{}".format, expressions, body, body),
        st.builds("for {} in {}:\n{}else:\n{}".format, names, expressions, body, body),
        st.builds("while {}:\n{}".format, expressions, body),
        st.builds("with {} as ({}, [{}, *q]):\n{}".format, expressions, names, names, body),
        st.builds("try:\n{}except E as {}:\n{}finally:\n{}".format, body, names, body, body),
        st.builds("def f({}, *, k={}) -> 'g':\n    global g\n{}".format, names, expressions, body),
        st.builds("@d({})\nclass C({}, m=1):\n{}".format, expressions, names, body),
        st.builds("match {}:\n    case [{}, *_]:\n{}".format, expressions, names, body.map(_indented)),
        st.builds("{}{}".format, inner, inner),
    )


simple = st.one_of(
    st.builds("{} = {}\n".format, names, expressions),
    st.builds("{}.x, ({}[0], *y) = {}\n".format, names, names, expressions),
    st.builds("{}: {} = {}\n".format, names, expressions, expressions),
    st.builds("{} += {}\n".format, names, expressions),
    st.builds("del {}, {}[0]\n".format, names, names),
    st.builds("import a.b as {}, c\n".format, names),
    st.builds("from ..a import {} as {}\n".format, names, names),
    st.builds("assert {}\n".format, expressions),
)
programs = st.recursive(simple, _blocks, max_leaves=8)


def check(text: str) -> FileFacts | Outcome:
    facts = extract("a.py", text)
    assert facts == extract("a.py", text)
    if isinstance(facts, FileFacts):
        packed = msgspec.msgpack.encode(facts)
        again = msgspec.msgpack.decode(packed, type=FileFacts)
        assert again == facts
        assert msgspec.msgpack.encode(again) == packed
    return facts


@given(programs)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_programs_from_a_grammar(text: str) -> None:
    found = check(text)
    try:
        compile(text, "a.py", "exec", ast.PyCF_ONLY_AST)
    except (SyntaxError, ValueError):
        assert isinstance(found, Outcome)
    else:
        assert isinstance(found, FileFacts)


@given(st.integers(0, 2**32), st.integers(1, 60))
@settings(max_examples=150, deadline=None)
def test_lines_of_real_files_in_any_order(seed: int, size: int) -> None:
    chance = random.Random(seed)
    start = chance.randrange(len(LINES) - size)
    lines = LINES[start : start + size]
    for _ in range(chance.randrange(4)):
        lines[chance.randrange(size)] = chance.choice(LINES)
    check("\n".join(lines))


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize("name", FILES)
def test_files_of_the_standard_library(name: str) -> None:
    facts = check((LIBRARY / name).read_text("utf-8"))
    assert isinstance(facts, FileFacts)
    assert facts.calls
