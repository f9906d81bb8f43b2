"""Code around calls that move which the move can upset: tests of a model's name, retries of what is refused
again, limits of another model. Reads source as syntax trees, and only writes notes.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from migrate.catalog.models import Models
from migrate.catalog.risks import RiskWords
from migrate.findings.finding import Finding
from migrate.plan.decision import Route
from migrate.settings import Stage
from migrate.sources.place import Place, Span

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_LEAVING = (ast.Raise, ast.Return, ast.Break)
_Said: TypeAlias = tuple[str, str, str]
_STAGES: dict[str, Stage] = {
    "model-prefix-test": "model",
    "retried-refusal": "params",
    "fixed-rate-limit": "model",
}
# Cheap signs that a file may test a name at all.
_TESTING = re.compile(r"""startswith\(|["']\s+(?:not\s+)?in\s""")


class CodeRisks:
    """Notes on one program; ``routes`` are all moves of its calls."""

    def __init__(self, words: RiskWords, models: Models, routes: Iterable[Route]) -> None:
        self._words = words
        self._limits = re.compile("|".join(words.rate_limits), re.IGNORECASE)
        self._ids = [model.id for model in models]
        self._moves = {(route.old, route.target.id) for route in routes}

    def of_file(self, path: str, text: str, *, calls: bool) -> Iterator[Finding]:
        """The notes on a file; retries and limits count only where one of its ``calls`` moves."""
        about_calls = calls and (
            self._limits.search(text) or any(one in text for one in self._words.refusals)
        )
        if not (about_calls or _TESTING.search(text)):
            return
        tree = _parsed(text)
        if tree is None:
            return
        lines = text.split("\n")
        for node in ast.walk(tree):
            found = self._prefix(node)
            if about_calls and not found:
                found = self._retry(node) or self._limit(node)
            if found:
                rule, message, cure = found
                at = Place(path, _span(node, lines))
                yield Finding(rule, _STAGES[rule], at, message, cure, "manual", (), (), "", True)

    def _prefix(self, node: ast.AST) -> _Said | None:
        """``model.startswith("gpt-4")`` and ``"gpt-5" in model`` where a move changes the answer."""
        tested = _started(node) or self._contained(node)
        if tested is None:
            return None
        words, begins = tested
        asked = [one for one in words if any(name.startswith(one) for name in self._ids)]
        changed = [
            (old, new)
            for old, new in sorted(self._moves)
            if asked
            and old not in asked
            and any(_holds(old, one, begins) for one in asked)
            != any(_holds(new, one, begins) for one in asked)
        ]
        if not changed:
            return None
        old, new = changed[0]
        was = any(_holds(old, one, begins) for one in asked)
        message = (
            f"this test of a model's name is {was} for {old} and {not was} for {new}, where calls move to"
        )
        return "model-prefix-test", message, f"make it say what is wanted of {new}, by hand"

    def _contained(self, node: ast.AST) -> tuple[list[str], bool] | None:
        if (
            not isinstance(node, ast.Compare)
            or len(node.ops) != 1
            or not isinstance(node.ops[0], (ast.In, ast.NotIn))
        ):
            return None
        left, right = node.left, node.comparators[0]
        if isinstance(right, ast.Call) and isinstance(right.func, ast.Attribute) and not right.args:
            right = right.func.value  # model.lower()
        name = _last(right)
        if not isinstance(left, ast.Constant) or not isinstance(left.value, str) or name is None:
            return None
        return ([left.value], False) if name.lower() in self._words.model_names else None

    def _retry(self, node: ast.AST) -> _Said | None:
        """A refused request that is sent again."""
        names: Sequence[ast.AST] = ()
        if isinstance(node, _LOOPS):
            names = [one for one in ast.walk(node) if isinstance(one, ast.ExceptHandler) and _goes_on(one)]
            names = [one.type for one in names if isinstance(one, ast.ExceptHandler) and one.type]
        elif isinstance(node, ast.Call) and _last(node.func) in self._words.retrying:
            names = node.args
        refused = [_last(inner) for one in names for inner in ast.walk(one)]
        found = next((one for one in refused if one in self._words.refusals), None)
        if found is None:
            return None
        message = f"{found} is retried: a request that the new model refuses is refused every time"
        return "retried-refusal", message, "let it through, so that a refused parameter is seen at once"

    def _limit(self, node: ast.AST) -> _Said | None:
        """``requests_per_minute=3500``: limits go by account and model."""
        name, value = "", None
        if isinstance(node, ast.keyword):
            name, value = node.arg or "", node.value
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            name, value = _last(node.targets[0]) or "", node.value
        number = isinstance(value, ast.Constant) and type(value.value) in (int, float)
        if not number or not isinstance(value, ast.Constant) or not self._limits.search(name):
            return None
        message = f"{name} is {value.value!r} here: limits differ by model, account and gateway"
        return "fixed-rate-limit", message, "take the limit of the new model at the gateway"


def _holds(name: str, part: str, begins: bool) -> bool:
    return name.startswith(part) if begins else part in name


def _started(node: ast.AST) -> tuple[list[str], bool] | None:
    """What ``x.startswith("a")`` or ``x.startswith(("a", "b"))`` asks for."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or len(node.args) != 1:
        return None
    if node.func.attr != "startswith":
        return None
    given = node.args[0].elts if isinstance(node.args[0], ast.Tuple) else [node.args[0]]
    texts = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return (texts, True) if len(texts) == len(given) else None


def _goes_on(handler: ast.ExceptHandler) -> bool:
    return not any(isinstance(one, _LEAVING) for one in ast.walk(handler))


def _last(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _span(node: ast.AST, lines: Sequence[str]) -> Span:
    """Where ``node`` stands, in characters."""
    at = [getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")]
    columns = [
        len(lines[line - 1].encode("utf-8", "replace")[:column].decode("utf-8", "replace")) + 1
        for line, column in ((at[0], at[1]), (at[2], at[3]))
    ]
    return Span(at[0], columns[0], at[2], columns[1])
