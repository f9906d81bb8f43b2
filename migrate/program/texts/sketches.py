"""A text of which parts are only known at run time, with gaps for those:
``f"wss://{host}/v1/realtime?model={model}"``. It follows the names, attributes and functions that build it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Choice,
    Constant,
    Expression,
    Name,
    Operation,
    Sequence,
    Text,
)
from migrate.facts.records import Call
from migrate.program.names.names import only_binding
from migrate.program.solving.values import Definition, LiteralOption, Located

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

GAP = "\ue000"
"""What stands for a part that is not known; no URL holds it."""

_DEEPEST = 5
_MOST = 16
_PLACE = re.compile(r"%[sd]|\{(\w*)\}")
_KEEPING = ("strip", "rstrip")


class Piece(msgspec.Struct, frozen=True):
    """One part of a text: where it stands, and what it is; None for a gap."""

    at: Located
    text: str | None


Sketch: TypeAlias = tuple[Piece, ...]


def written(sketch: Sketch) -> str:
    """The text, with a GAP for each part that is not known."""
    return "".join(GAP if one.text is None else one.text for one in sketch)


class Sketches:
    """Makes them. ``far``: through attributes too, to which files that are not looked at may assign."""

    def __init__(self, evaluator: Evaluator, far: bool) -> None:
        self._evaluator = evaluator
        self._far = far

    def of(self, at: Located, depth: int = 0) -> list[Sketch]:
        """Each form of the text ``at``: one gap where nothing is known of it."""
        found = self._found(at, depth)
        return found if 0 < len(found) <= _MOST else _gap(at)

    def _found(self, at: Located, depth: int) -> list[Sketch]:
        node = at.expression
        if isinstance(node, Constant):
            return [(Piece(at, str(node.value)),)]
        if depth > _DEEPEST:
            return []
        if isinstance(node, Text):
            return self._joined([self.of(at.other(one), depth + 1) for one in node.parts])
        if isinstance(node, Operation) and node.operator == "+":
            return self._joined([self.of(at.other(one), depth + 1) for one in (node.left, node.right)])
        if isinstance(node, Operation) and node.operator == "%":
            items = node.right.items if isinstance(node.right, Sequence) else (node.right,)
            return self._filled(at.other(node.left), items, {}, depth)
        if isinstance(node, Choice):
            return [row for one in node.options for row in self.of(at.other(one), depth + 1)]
        if isinstance(node, CallReference):
            return self._of_call(at, self._evaluator.program.facts(at.path).calls[node.index], depth)
        return self._of_source(at, depth)

    def _of_source(self, at: Located, depth: int) -> list[Sketch]:
        """Those of a name, an attribute or what else is looked up."""
        value = self._evaluator.ask(at)
        known = [one for one in value.options if isinstance(one, LiteralOption)]
        if known and not value.unknown and len(known) == len(value.options):
            return [(Piece(at, one),) for one in dict.fromkeys(str(one.value) for one in known)]
        found = sources(self._evaluator, at) if self._far or isinstance(at.expression, Name) else ()
        return [row for one in found for row in self.of(one, depth + 1)]

    def _joined(self, columns: list[list[Sketch]]) -> list[Sketch]:
        """Every way to put one of each column after the other; nothing where they are too many."""
        count = 1
        for column in columns:
            count *= len(column)
        if count > _MOST:
            return []
        return [tuple(piece for sketch in row for piece in sketch) for row in product(*columns)]

    def _of_call(self, at: Located, call: Call, depth: int) -> list[Sketch]:
        """``template.format(...)``, ``base.rstrip("/")``, and functions of the program."""
        function = call.function
        if isinstance(function, Attribute) and function.name == "format":
            positional = [one.value for one in call.arguments if one.name is None and not one.stars]
            named = {one.name: one.value for one in call.arguments if one.name is not None}
            return self._filled(at.other(function.base), positional, named, depth)
        if isinstance(function, Attribute) and function.name in _KEEPING:
            return [_ended(one) for one in self.of(at.other(function.base), depth + 1)]
        own = [one for one in self._evaluator.ask(at.other(function)).options if isinstance(one, Definition)]
        returns = [
            Located(one.path, one.scope, block, value)
            for one in own
            for block, value in self._evaluator.program.scope(one.path, one.scope).returns
        ]
        return [row for one in returns for row in self.of(one, depth + 1)]

    def _filled(
        self, template: Located, ordered: Iterable[Expression], named: Mapping[str, Expression], depth: int
    ) -> list[Sketch]:
        """Those of a template whose places are filled, in order or by name."""
        found: list[Sketch] = []
        for sketch in self.of(template, depth + 1):
            rest = iter(ordered)
            columns: list[list[Sketch]] = []
            for piece in sketch:
                text, end = piece.text or "", 0
                for match in _PLACE.finditer(text):
                    given = named.get(match[1]) if match[1] else next(rest, None)
                    filler = (
                        self.of(template.other(given), depth + 1) if given is not None else _gap(template)
                    )
                    columns += [[(Piece(piece.at, text[end : match.start()]),)], filler]
                    end = match.end()
                columns.append([(Piece(piece.at, text[end:]),)] if piece.text is not None else _gap(piece.at))
            found += self._joined(columns)
        return found


def _gap(at: Located) -> list[Sketch]:
    return [(Piece(at, None),)]


def _ended(sketch: Sketch) -> Sketch:
    """``sketch`` without the slash at its end, which is what is stripped off URLs."""
    last = sketch[-1]
    return sketch if last.text is None else (*sketch[:-1], Piece(last.at, last.text.rstrip("/")))


def sources(evaluator: Evaluator, at: Located) -> Iterator[Located]:
    """What gives a name or an attribute its value, as far as that stands in the same file."""
    node = at.expression
    if isinstance(node, Name):
        found = only_binding(evaluator, at)
        yield from () if found is None else (found,)
    if not isinstance(node, Attribute):
        return
    facts = evaluator.program.facts(at.path)
    for index in evaluator.program.stores_in(at.path, node.name):
        store = facts.stores[index]
        yield Located(at.path, store.scope, store.block, store.value)
    home = evaluator.program.home(at.path, at.scope)
    for index, scope in enumerate(facts.scopes):
        if scope.name == node.name and scope.kind == "function" and scope.parent == home:
            yield from (Located(at.path, index, block, value) for block, value in scope.returns)
