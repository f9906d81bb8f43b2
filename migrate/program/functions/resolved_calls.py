"""Which functions the calls of a name run: every call is looked at once, not once for each function that
bears the name. Knows nothing of what the calls pass.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, TypeAlias

from migrate.facts.expressions import CallReference
from migrate.program.classes import classes, instances
from migrate.program.functions.shapes import Shape, shape_of
from migrate.program.linking.indexes import Numbered
from migrate.program.solving.budget import TOO_FAR
from migrate.program.solving.values import Applied, Definition, Instance, Located, Option

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

Target: TypeAlias = tuple[str, int, str]
"""The file and scope of a function; or those of a class, and which of its constructors runs."""
Answer: TypeAlias = tuple[tuple[tuple[Target, int], ...], bool]
"""What a call runs, each with the number of parameters that are filled before what it passes; and whether
there may be more, too far away to be seen."""

CONSTRUCTORS = ("__init__", "__new__")


class _Called:
    """The calls of one name: by what they run where that is settled; ``open`` are the others, by shape."""

    def __init__(self) -> None:
        self.looked_at = 0
        self.open: dict[Shape, dict[Numbered, None]] = {}
        self.far: set[Numbered] = set()
        self.runs: dict[Target, dict[Numbered, int]] = {}

    def settle(self, shape: Shape, call: Numbered, answer: Answer) -> None:
        self.open[shape].pop(call, None)
        targets, far = answer
        for target, filled in targets:
            self.runs.setdefault(target, {}).setdefault(call, filled)
        if far:
            self.far.add(call)


class _Found:
    """The calls that run one of the ``wanted`` functions, as far as they are known."""

    def __init__(self, wanted: Collection[Target]) -> None:
        self.wanted = wanted
        self.calls: dict[Numbered, int] = {}
        self.far: set[Numbered] = set()

    def add(self, call: Numbered, answer: Answer) -> None:
        targets, far = answer
        filled = next((filled for target, filled in targets if target in self.wanted), None)
        if filled is not None:
            self.calls[call] = filled
        elif far:
            self.far.add(call)

    def take_back(self, call: Numbered) -> None:
        self.calls.pop(call, None)
        self.far.discard(call)


class ResolvedCalls:
    """Answers for all loaded files, kept from question to question."""

    def __init__(self) -> None:
        self._names: dict[str, _Called] = {}

    def running(
        self,
        evaluator: Evaluator,
        name: str,
        definer: str,
        wanted: Collection[Target],
        fits: Callable[[Shape], bool],
    ) -> tuple[dict[Numbered, int], bool]:
        """The calls of ``name`` that run one of ``wanted``, with the number of parameters that are filled
        before what they pass; and whether there may be more, too far away to be seen. Only those whose
        shape ``fits`` are looked at."""
        program, here = evaluator.program, evaluator.viewpoint
        program.calls_named(name, definer)
        found = _Found(wanted)
        for one in program.names_of(name):
            evaluator.seen_from(None, lambda: self._add(evaluator, one, found, fits))  # noqa: B023
        if here is not None:
            family = {(one.path, one.scope) for one in classes.ancestry(evaluator, here.path, here.scope)}
            for call in program.calls_inside(name, definer, family):
                found.take_back(call)
                if fits(_shape(evaluator, call)):
                    found.add(call, answer(evaluator, call))
        far = bool(found.far) or program.pulling.is_cut(name, definer)
        return dict(sorted(found.calls.items(), key=lambda row: program.rank(row[0]))), far

    def _add(self, evaluator: Evaluator, name: str, found: _Found, fits: Callable[[Shape], bool]) -> None:
        """Adds the calls of exactly this name, whoever ``self`` is."""
        kept = self._names.setdefault(name, _Called())
        calls = evaluator.program.calls_ending(name)
        for call in calls[kept.looked_at :]:
            kept.open.setdefault(_shape(evaluator, call), {})[call] = None
        kept.looked_at = len(calls)
        for shape in [one for one in kept.open if fits(one)]:
            for call in tuple(kept.open[shape]):
                if call in kept.open[shape]:  # else a question inside this one has settled it
                    here, stands = evaluator.standing(lambda: answer(evaluator, call))  # noqa: B023
                    found.add(call, here)
                    if stands:
                        kept.settle(shape, call, here)
        for target in found.wanted:
            found.calls.update(kept.runs.get(target, {}))
        found.far |= kept.far - found.calls.keys()


def _shape(evaluator: Evaluator, call: Numbered) -> Shape:
    return shape_of(evaluator.program.facts(call[0]).calls[call[1]])


def answer(evaluator: Evaluator, call: Numbered) -> Answer:
    """What one call runs."""
    path, index = call
    written = evaluator.program.facts(path).calls[index]
    value = evaluator.evaluate(Located(path, written.scope, written.block, written.function))
    rows = tuple(row for option in value.options for row in targets(evaluator, option))
    return rows, TOO_FAR in value.unknown


def targets(evaluator: Evaluator, option: Option) -> Iterator[tuple[Target, int]]:
    """What calling ``option`` runs, with the number of parameters that are filled already."""
    if isinstance(option, Applied):
        early = _early(evaluator, option)
        yield from ((target, filled + early) for target, filled in targets(evaluator, option.function))
    elif isinstance(option, Definition):
        yield (option.path, option.scope, ""), int(option.receiver is not None)
        if evaluator.program.is_class(option):
            yield from ((target, 1) for target in _constructors(evaluator, option))
    elif isinstance(option, Instance):
        for method in instances.attribute_of_instance(evaluator, option, "__call__").options:
            if isinstance(method, Definition):
                yield from targets(evaluator, method)


def _constructors(evaluator: Evaluator, made: Definition) -> Iterator[Target]:
    """The nearest constructors of a class."""
    family = classes.ancestry(evaluator, made.path, made.scope)
    for name in CONSTRUCTORS:
        for one in family:
            if name in evaluator.program.scope(one.path, one.scope).bindings:
                yield (one.path, one.scope, name)
                break


def _early(evaluator: Evaluator, option: Applied) -> int:
    """How many positional arguments ``partial(function, ...)`` passes."""
    assert isinstance(option.call.expression, CallReference)
    arguments = evaluator.program.facts(option.call.path).calls[option.call.expression.index].arguments
    return sum(one.name is None and not one.stars for one in arguments) - 1
