"""The evaluator: one expression in, everything it can be out. Demand-driven, memoised, safe on cycles.

Each kind of expression has one method here; the modules beside it know what names, attributes, calls and
dicts mean, and reach each other through the Evaluator that they are given.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Choice,
    Constant,
    Defined,
    Element,
    Entered,
    Expression,
    Imported,
    Mapping,
    Name,
    Narrowed,
    Opaque,
    Operation,
    Repeated,
    Sequence,
    Subscript,
    Text,
)
from migrate.facts.records import Call
from migrate.program.classes import attributes, viewpoint
from migrate.program.classes.families import Families
from migrate.program.collections import lists, mappings
from migrate.program.functions import decorating, functions, iteration
from migrate.program.functions.lookups import Lookups
from migrate.program.functions.resolved_calls import ResolvedCalls
from migrate.program.libraries.library import Library
from migrate.program.linking import imports
from migrate.program.linking.program import Program
from migrate.program.names import names, narrowing
from migrate.program.solving.combining import crossing, literal, only, union, unknown
from migrate.program.solving.fallbacks import without_falsy
from migrate.program.solving.memory import Memory
from migrate.program.solving.values import Items, Located, Option, Series, Value
from migrate.program.texts import file_paths, formatting, operations
from migrate.sources.place import Place


class Evaluator(Memory):
    """Answers "what can this be, and where is that written?" for one Program."""

    def __init__(self, program: Program, library: Library) -> None:
        super().__init__()
        self.program = program
        self.library = library
        self.commands: dict[tuple[str, str, int], bool] = {}
        self.families = Families(self)
        self.resolved = ResolvedCalls()
        self.lookups = Lookups()
        self.factories: dict[Place, Located] = {}
        self._made_up: dict[Hashable, Expression] = {}

    def ask(self, at: Located, brief: bool = False) -> Value:
        """A fresh question: like ``evaluate``, with a full budget of steps, or that of a ``brief`` one, which
        little hangs on."""
        self.refill(brief)
        self.program.pulling.begin()
        return self.evaluate(at)

    def evaluate(self, at: Located) -> Value:
        """Everything ``at`` can be. A cycle contributes nothing; too deep or too long is unknown."""
        if type(at.expression) is Constant:
            role = self.program.documents.role(at.path)
            return literal(at.expression.value, at.path, at.expression.span, role)
        outer, lookup = self.viewpoint, self.lookup_at_hand
        if outer is not None and not viewpoint.concerns(self, at, outer):
            self.viewpoint = None
        joins = type(at.expression) in _JOINING
        try:
            if lookup is not None and (at.path, at.scope) == (lookup.path, lookup.scope):
                for_it = (id(at.expression), at.path, self.viewpoint, lookup)
                return self.guarded(
                    for_it, lambda: self.looking_up(lookup, lambda: self._dispatch(at)), joins
                )
            key = (id(at.expression), at.path, self.viewpoint)
            return self.guarded(key, lambda: self._dispatch(at), joins)
        finally:
            self.viewpoint = outer

    def call_at(self, at: Located | None) -> Call | None:
        """The call that an expression is; None for anything else."""
        if at is None or not isinstance(at.expression, CallReference):
            return None
        return self.program.facts(at.path).calls[at.expression.index]

    def attribute_of(self, option: Option, base: Located, name: str) -> Value:
        """Attribute ``name`` of one thing that ``base`` can be."""
        return attributes.of_option(self, option, base, name)

    def returned(self, path: str, index: int) -> Value:
        """Everything that function ``index`` of ``path`` returns."""
        return functions.returned(self, path, index)

    def result(self, called: Option, at: Located) -> Value:
        """What calling ``called`` gives, whatever it is passed; ``at`` stands for the call."""
        return functions.without_arguments(self, called, at)

    def member(self, path: str, name: str) -> Value | None:
        """Attribute ``name`` of the module in file ``path``; None where it has none."""
        return names.module_member(self, path, name)

    def generated(self, called: Value) -> Value | None:
        """What the generators among ``called`` yield; None where there is none."""
        return iteration.yielded_by(self, called)

    def made_up(self, key: Hashable, build: Callable[[], Expression]) -> Expression:
        """An expression that stands in no file, built once: its identity is what its answer is kept under."""
        if key not in self._made_up:
            self._made_up[key] = build()
        return self._made_up[key]

    def seen(self, items: Items, at: Located) -> Items:
        """``items`` as the expression ``at`` finds it."""
        return mappings.seen(self, items, at)

    def lookup(self, mapping: Value, key: str, at: Located | None = None) -> Value:
        """What ``mapping[key]`` gives; nothing where every mapping is known and has no such key."""
        return mappings.lookup(self, mapping, key, at)

    def under(self, items: Items, key: Value, at: Located) -> Value:
        """What the dict ``items``, used at ``at``, holds under ``key``; nothing where it has no such key."""
        return mappings.under(self, items, key, at)

    def binding(self, at: Located) -> Located | None:
        """The one expression that gives the name ``at`` its value there; None where there are several."""
        return names.only_binding(self, at)

    def elements(self, iterated: Located) -> Value:
        """What iterating over ``iterated`` yields."""
        return lists.elements(self, iterated)

    def built(self, at: Located, call: Call) -> Items:
        """The mapping that ``dict(...)`` makes."""
        return mappings.built(self, at, call)

    def _dispatch(self, at: Located) -> Value:
        return _METHODS[type(at.expression)](self, at, at.expression)  # type: ignore[no-any-return]

    def _name(self, at: Located, node: Name) -> Value:
        return names.named(self, at, node.id)

    def _subscript(self, at: Located, node: Subscript) -> Value:
        return mappings.subscript(self, at.other(node.base), at.other(node.index))

    def _call(self, at: Located, node: CallReference) -> Value:
        call = self.program.facts(at.path).calls[node.index]
        called = self.evaluate(at.other(call.function))
        results = [functions.result(self, option, at, call) for option in called.options]
        return union([*results, called.doubt()])

    def _mapping(self, at: Located, node: Mapping) -> Value:
        return only(mappings.display(self, at, node))

    def _sequence(self, at: Located, node: Sequence) -> Value:
        return only(Series(tuple(at.other(item) for item in node.items), at.place()))

    def _repeated(self, at: Located, node: Repeated) -> Value:
        return only(Series((at.other(node.item),), at.place(), True))

    def _text(self, at: Located, node: Text) -> Value:
        parts = [self.evaluate(at.other(part)) for part in node.parts]
        return crossing(file_paths.joined(parts) or formatting.joined(parts), at.place(), None)

    def _operation(self, at: Located, node: Operation) -> Value:
        sides = (at.other(node.left), at.other(node.right))
        return crossing(operations.combined(self, node.operator, sides, at.place()), at.place(), None)

    def _choice(self, at: Located, node: Choice) -> Value:
        values = [self.evaluate(at.other(option)) for option in node.options]
        if node.operator == "or":
            return without_falsy(values)
        return values[-1] if node.operator == "and" else union(values)

    def _element(self, at: Located, node: Element) -> Value:
        return lists.elements(self, at.other(node.of))

    def _entered(self, at: Located, node: Entered) -> Value:
        return iteration.entered(self, at.other(node.of))

    def _imported(self, at: Located, node: Imported) -> Value:
        return imports.imported(self, at.path, node)

    def _opaque(self, _: Located, node: Opaque) -> Value:
        return unknown(f"it is {node.why}")


_JOINING = frozenset({Text, Operation})
_METHODS: dict[type[Expression], Any] = {
    Name: Evaluator._name,
    Attribute: attributes.of_expression,
    Subscript: Evaluator._subscript,
    CallReference: Evaluator._call,
    Mapping: Evaluator._mapping,
    Sequence: Evaluator._sequence,
    Repeated: Evaluator._repeated,
    Text: Evaluator._text,
    Operation: Evaluator._operation,
    Choice: Evaluator._choice,
    Element: Evaluator._element,
    Entered: Evaluator._entered,
    Imported: Evaluator._imported,
    Defined: decorating.defined,
    Narrowed: narrowing.of_narrowed,
    Opaque: Evaluator._opaque,
}
