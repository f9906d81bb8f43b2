"""What the code of a file looks for in an answer: words as keys and tags, and texts that hold such. It knows
no prompt, and judges nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from migrate.catalog.promptwords import ReadingWords
from migrate.facts.expressions import Attribute, Constant, Expression
from migrate.facts.records import FileFacts, Mention
from migrate.sources.lines import Lines
from migrate.sources.place import Span

_SHORT = 80
_PLACES = ("argument", "comparison", "item", "assignment", "subscript", "default")


class Read(msgspec.Struct, frozen=True):
    """A string of the code and where it stands. ``key``: it is, or may be, what a value is looked up by.
    ``sought``: it is looked for in a text, or kept for that."""

    span: Span
    text: str
    key: bool = False
    sought: bool = False


def reads_of(facts: FileFacts, lines: Lines, words: ReadingWords) -> tuple[Read, ...]:
    """What a file reads, in no order. Docstrings are left out, and prose that is not looked for."""
    return (*_mentioned(facts, lines, words), *_looked_up(facts, words), *_declared(facts))


def _mentioned(facts: FileFacts, lines: Lines, words: ReadingWords) -> Iterator[Read]:
    for one in facts.mentions:
        if one.context == "statement":
            continue
        place, detail = _around(one, facts)
        searched = place == "comparison" or _is_search(detail, words)
        value = one.value or (_written(one.span, lines) if searched or _is_short(one.span) else "")
        if value:
            yield Read(one.span, value, place in ("argument", "item"), searched or place in _PLACES[2:4])


def _around(mention: Mention, facts: FileFacts) -> tuple[str, str]:
    """Where a string stands, seen from outside of the displays and f-strings around it."""
    place, detail, holder = mention.context, mention.detail, mention.holder
    while place in ("item", "text") and holder >= 0 and facts.holders[holder].kind in ("sequence", "text"):
        around = facts.holders[holder]
        if around.kind == "sequence" and around.context not in _PLACES:
            return "item", ""
        place, detail, holder = around.context, around.detail, around.parent
    return place, detail


def _is_search(detail: str, words: ReadingWords) -> bool:
    """Whether an argument is one of a function that looks for a text, as ``split`` does, or a stop sign."""
    function, _, argument = detail.rpartition(".")
    return detail.partition(".")[0] in words.functions or (bool(function) and argument in words.arguments)


def _is_short(span: Span) -> bool:
    return span.line == span.end_line and span.end_column - span.column <= _SHORT


def _written(span: Span, lines: Lines) -> str:
    """The text of a string literal; of an f-string its code."""
    code = lines.slice(span)
    try:
        value = ast.literal_eval(code)
    except (SyntaxError, ValueError):
        return code
    return value if isinstance(value, str) else ""


def _looked_up(facts: FileFacts, words: ReadingWords) -> Iterator[Read]:
    """``answer["reasoning"]`` and ``answer.get("reasoning")``."""
    for lookup in facts.lookups:
        if lookup.form == "subscript" and _text(lookup.value):
            yield Read(lookup.span, _text(lookup.value), key=True)
    for call in facts.calls:
        if isinstance(call.function, Attribute) and call.function.name in words.lookups and call.arguments:
            key = _text(call.arguments[0].value)
            if key:
                yield Read(call.span, key, key=True)


def _declared(facts: FileFacts) -> Iterator[Read]:
    """The fields of a class that answers are made into: of a dataclass, a model, a typed dict."""
    for scope in facts.scopes:
        if scope.kind == "class" and (scope.bases or scope.decorators):
            for name, bindings in scope.bindings.items():
                if bindings[0].annotation is not None:
                    yield Read(bindings[0].span, name, key=True)


def _text(expression: Expression) -> str:
    value = expression.value if isinstance(expression, Constant) else None
    return value if isinstance(value, str) else ""
