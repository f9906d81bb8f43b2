"""What a URL ends in whose host is not visible: ``/chat/completions`` of ``f"{self.base}/chat/completions"``,
through the names, attributes and functions that build it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Choice,
    Constant,
    Expression,
    Operation,
    Text,
    last_name,
)
from migrate.facts.records import Call
from migrate.program.frameworks.vendors import words
from migrate.program.solving.values import Definition, Located
from migrate.program.texts.sketches import sources

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_DEEPEST = 4


def endings(evaluator: Evaluator, at: Located, depth: int = 0) -> Iterator[str]:
    """The text that each form of the URL ``at`` ends in, as far as it is written out."""
    node = at.expression
    if isinstance(node, Constant):
        yield from (str(node.value) for _ in range(isinstance(node.value, str)))
    elif depth > _DEEPEST:
        return
    elif isinstance(node, (Text, Operation)):
        yield from _of_parts(evaluator, at, depth)
    elif isinstance(node, Choice):
        for option in node.options:
            yield from endings(evaluator, at.other(option), depth + 1)
    elif isinstance(node, CallReference):
        yield from _of_call(evaluator, at, evaluator.program.facts(at.path).calls[node.index], depth)
    else:
        for one in sources(evaluator, at):
            yield from endings(evaluator, one, depth + 1)


def _parts(evaluator: Evaluator, at: Located) -> list[Expression]:
    """What ``a + b``, ``f"{a}{b}"`` and ``a.format(b)`` are put together from, as far as in order."""
    node = at.expression
    if isinstance(node, Text):
        return list(node.parts)
    if isinstance(node, Operation) and node.operator in "+/":
        return [*_parts(evaluator, at.other(node.left)), node.right]
    if isinstance(node, CallReference):
        function = evaluator.program.facts(at.path).calls[node.index].function
        if isinstance(function, Attribute) and function.name == "format":
            return [function.base]
    return [node]


def _of_parts(evaluator: Evaluator, at: Located, depth: int) -> Iterator[str]:
    """The end of a text, and of what its last part stands for."""
    end = ""
    pieces = _parts(evaluator, at)
    if isinstance(at.expression, Operation) and at.expression.operator == "%":
        pieces = [at.expression.left]
    for one in reversed(pieces):
        found = words([evaluator.ask(at.other(one))])
        if len(found) != 1:
            if not end and one is pieces[-1] and len(pieces) > 1:
                yield from endings(evaluator, at.other(one), depth + 1)
            break
        end = found[0] + end
    if end:
        yield end


def _of_call(evaluator: Evaluator, at: Located, call: Call, depth: int) -> Iterator[str]:
    """``base.format(...)``, ``urljoin(base, "chat/completions")``, and functions of the program."""
    function = call.function
    if isinstance(function, Attribute) and function.name in ("format", "strip", "rstrip"):
        yield from endings(evaluator, at.other(function.base), depth + 1)
        return
    own = [one for one in evaluator.ask(at.other(function)).options if isinstance(one, Definition)]
    for one in own:
        for block, value in evaluator.program.scope(one.path, one.scope).returns:
            yield from endings(evaluator, Located(one.path, one.scope, block, value), depth + 1)
    plain = [one.value for one in call.arguments if one.name is None and not one.stars]
    if plain and (last_name(function) == "urljoin" or own):
        found = words([evaluator.ask(at.other(plain[-1]))])
        yield from (f"/{one}" for one in found)
