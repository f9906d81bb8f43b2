"""Generated modules with calls in every layout, and random edits: what comes out is proved, or refused."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate.errors import ProofError
from migrate.findings.edits import (
    AddImport,
    Edit,
    InsertAfter,
    Recast,
    RemoveArgument,
    RemoveEntry,
    RemoveItem,
    RemoveStatement,
    RenameArgument,
    RenameEntry,
    ReplaceExpression,
    ReplaceText,
    SetArgument,
    SetEntry,
)
from migrate.rewrite.engine.apply import apply_edits, rewrite_text
from migrate.rewrite.proof.prove import prove
from migrate.sources.place import Span

NAMES = ["a", "b", "model", "max_tokens"]
GAPS = ["", "", "", " ", "\n    ", "\n        ", "  # note\n    ", "\n    # own line\n    ", "\n\n    ", "\n"]
LITERALS = [
    "'gpt-4o'",
    '"x gpt-4o é"',
    "f'{x} gpt-4o'",
    "'a' 'gpt-4o'",
    "r'\\d'",
    "b'gpt-4o'",
    "1",
    "x",
    "(y)",
    "[1, 2]",
]
CODES = [
    "30",
    "'gpt-5.2'",
    "{'effort': 'low'}",
    "1 or 2",
    "lambda: 0",
    "len('x')",
    "(1, 2)",
    "1, 2",
    "x",
    "-1",
    "[",
]
STATEMENTS = ["{0}\n", "v = {0}\n", "if v:\n    w = {0}  # tail\n    return_ = {0}\n", "u = {0}; v = {0}\n"]
gap = st.sampled_from(GAPS)


@st.composite
def rows(draw: st.DrawFn, items: st.SearchStrategy[str]) -> str:
    """Items between brackets: gaps, commas and perhaps a comma at the end."""
    chosen = draw(st.lists(items, max_size=4))
    text = draw(gap)
    for number, item in enumerate(chosen):
        last = number == len(chosen) - 1
        comma = "," if not last or draw(st.booleans()) else ""
        text += item + (draw(gap) if draw(st.booleans()) else "") + comma + draw(gap)
    return text


@st.composite
def arguments(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    """What stands between the parentheses of a call: positional, star, keywords, double star."""
    positional = draw(st.lists(values, max_size=2))
    keywords = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
    equal = draw(st.sampled_from(["=", " = "]))
    items = (
        positional
        + draw(st.sampled_from([[], ["*rest"]]))
        + [name + equal + draw(values) for name in keywords]
    )
    items += draw(st.sampled_from([[], [], ["**options"]]))
    text = draw(gap)
    for number, item in enumerate(items):
        comma = "," if number < len(items) - 1 or draw(st.booleans()) else ""
        text += item + draw(gap) + comma + draw(gap)
    return text


def _nested(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    entries = st.one_of(
        st.builds("{}: {}".format, st.sampled_from(['"a"', "'b'", "'gpt-4o'", "x"]), values),
        st.just("**base"),
    )
    return st.one_of(
        st.builds("f({})".format, arguments(values)),
        st.builds("client.chat({}).create({})".format, arguments(values), arguments(values)),
        st.builds("{{{}}}".format, rows(entries)),
        st.builds("[{}]".format, rows(st.one_of(values, st.just("*rest")))),
        st.builds("({},{})".format, values, rows(values)),
    )


expressions = st.recursive(st.sampled_from(LITERALS), _nested, max_leaves=6)
modules = st.builds(
    lambda parts, end, final: end.join(("".join(parts)).split("\n")).removesuffix("" if final else end),
    st.lists(
        st.builds(str.format, st.sampled_from(STATEMENTS), _nested(expressions)), min_size=1, max_size=3
    ),
    st.sampled_from(["\n", "\n", "\r\n"]),
    st.booleans(),
)


def _span(text: str, node: ast.expr | ast.stmt) -> Span:
    lines = text.replace("\r\n", "\n").split("\n")

    def column(line: int, offset: int) -> int:
        return len(lines[line - 1].encode()[:offset].decode()) + 1

    end = node.end_lineno or 0
    return Span(node.lineno, column(node.lineno, node.col_offset), end, column(end, node.end_col_offset or 0))


def _choices(text: str, node: ast.AST, draw: Callable[[list[str]], str]) -> list[Edit]:
    """The edits that may be tried on one node."""
    code = draw(CODES)
    if isinstance(node, ast.Call):
        span, name = _span(text, node), draw(NAMES)
        return [
            SetArgument(span, name, code),
            RemoveArgument(span, name),
            RenameArgument(span, name, draw(NAMES)),
        ]
    if isinstance(node, ast.Dict):
        span, key = _span(text, node), draw(["a", "b", "new"])
        return [SetEntry(span, key, code), RemoveEntry(span, key), RenameEntry(span, key, "other")]
    if isinstance(node, (ast.List, ast.Tuple)):
        span = _span(text, node)
        return [RemoveItem(span, 0), RemoveItem(span, 1), RemoveItem(span, len(node.elts) - 1)]
    if isinstance(node, (ast.Constant, ast.JoinedStr)):
        return [ReplaceText(_span(text, node), "gpt-4o", draw(["gpt-5.2", "it's", 'a"', "{x}", ""]))]
    if isinstance(node, ast.stmt):
        span = _span(text, node)
        return [InsertAfter(span, "new = 1"), AddImport(draw(["os", "json"])), RemoveStatement(span)]
    if isinstance(node, ast.expr):
        span = _span(text, node)
        return [ReplaceExpression(span, code), Recast(span, span, draw(["_.x", "_ or ''", "_ is not None"]))]
    return []


def _parsed(text: str) -> ast.Module | None:
    with contextlib.suppress(SyntaxError):
        return ast.parse(text)
    return None


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(modules, st.data())
def test_edits_are_proved_or_refused(text: str, data: st.DataObject) -> None:
    tree = _parsed(text)
    if tree is None:
        return
    assert apply_edits(text, []) == text
    nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.expr, ast.stmt))]
    chosen = data.draw(st.lists(st.sampled_from(nodes), max_size=4))
    choices = [_choices(text, node, lambda values: data.draw(st.sampled_from(values))) for node in chosen]
    edits = [data.draw(st.sampled_from(edits)) for edits in choices if edits]
    with contextlib.suppress(ProofError):
        new = rewrite_text(text, edits)
        # The same edits in another order are the same change, but for the order of what is added.
        assert len(new) == len(apply_edits(text, edits[::-1]))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(modules, st.data())
def test_one_argument_is_always_set_and_removed_again(text: str, data: st.DataObject) -> None:
    """What the engine can do, it must do: a plain keyword is never refused, and comments never get lost."""
    tree = _parsed(text)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree else []
    if not calls:
        return
    span = _span(text, data.draw(st.sampled_from(calls)))
    new = rewrite_text(text, [SetArgument(span, "timeout", "30")])
    assert new.count("# note") + new.count("# own line") == text.count("# note") + text.count("# own line")
    assert new.count("timeout") == 1
    again = next(
        node
        for node in ast.walk(ast.parse(new))
        if isinstance(node, ast.Call) and any(keyword.arg == "timeout" for keyword in node.keywords)
    )
    back = rewrite_text(new, [RemoveArgument(_span(new, again), "timeout")])
    assert ast.dump(ast.parse(back)) == ast.dump(ast.parse(text))
    assert back.count("# own line") == text.count("# own line")


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="f(a=1,)'\"{}\n\r\t #\x0cé\\\0\ud800", max_size=30), st.integers(1, 5), st.integers(1, 8)
)
def test_nothing_but_a_proof_error_is_raised(text: str, line: int, column: int) -> None:
    edits: list[Edit] = [
        SetArgument(Span(1, 1, line, column), "x", text or "1"),
        ReplaceText(Span(line, 1, line, column), "a", text),
    ]
    for edit in edits:
        with contextlib.suppress(ProofError):
            prove(text, [edit], rewrite_text(text, [edit]))


def test_deep_nesting_is_refused_not_crashed() -> None:
    text = "x = " + "(" * 150 + "1" + ")" * 150 + " + 1" * 3000 + "\n"
    with pytest.raises(ProofError):
        rewrite_text(text, [ReplaceExpression(Span(1, 1, 1, 2), "1")])
