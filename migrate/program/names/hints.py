"""What a type annotation promises: an instance of a library class or of a class of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import (
    Constant,
    Expression,
    Operation,
    Sequence,
    Subscript,
    class_name,
    last_name,
)
from migrate.program.solving.combining import NOTHING, is_class_name
from migrate.program.solving.values import (
    Definition,
    External,
    Instance,
    LiteralOption,
    Located,
    Made,
    Option,
    Value,
)

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_NOT_CLASSES = frozenset({"typing", "typing_extensions", "builtins", "collections", "types"})
_WRAPPERS = frozenset({"Optional", "Union", "Annotated", "Final", "ClassVar"})


def instances(evaluator: Evaluator, path: str, index: int, annotation: Expression | None) -> Value:
    """The instances that ``annotation``, written in the header of function ``index``, stands for."""
    if annotation is None:
        return NOTHING
    outer = evaluator.program.scope(path, index).parent
    return of_scope(evaluator, path, max(outer, 0), annotation)


def of_result(evaluator: Evaluator, path: str, index: int, value: Value) -> Value:
    """``value``, returned by function ``index``; where it tells nothing, the instances that the function's
    annotation promises too."""
    if not all(map(_tells_nothing, value.options)):
        return value
    promised = instances(evaluator, path, index, evaluator.program.scope(path, index).annotation)
    return Value((*value.options, *promised.options), value.unknown)


def cast(evaluator: Evaluator, kind: Located, value: Value) -> Value:
    """``typing.cast(kind, value)``: believed of what is not known and of objects that stand in."""
    told = of_scope(evaluator, kind.path, kind.scope, kind.expression).options
    clients = tuple(one for one in told if isinstance(one, Made) and evaluator.library.is_class(one.symbol))
    if clients and all(_tells_nothing(one) or _stands_in(evaluator, one) for one in value.options):
        return Value(clients, value.unknown)
    return value


def _tells_nothing(option: Option) -> bool:
    """Whether an option is None, or something of another package that is no class of it."""
    if isinstance(option, LiteralOption):
        return option.value is None
    return isinstance(option, External) and not is_class_name(option.symbol)


def _stands_in(evaluator: Evaluator, one: Option) -> bool:
    return (
        isinstance(one, Instance) and "__getattr__" in evaluator.program.scope(one.path, one.scope).bindings
    )


def of_scope(evaluator: Evaluator, path: str, scope: int, annotation: Expression) -> Value:
    """The instances that an annotation inside ``scope`` stands for."""
    block = evaluator.program.scope(path, scope).block
    found = []
    for part in _parts(annotation):
        value = evaluator.evaluate(Located(path, scope, block, part))
        found += [one for one in (_instance(evaluator, option) for option in value.options) if one]
    return Value(tuple(dict.fromkeys(found)))


def _parts(annotation: Expression) -> list[Expression]:
    """The plain types inside ``Optional[X]``, ``X | None``, ``Annotated[X, ...]``."""
    if isinstance(annotation, Operation) and annotation.operator == "|":
        return [*_parts(annotation.left), *_parts(annotation.right)]
    if isinstance(annotation, Subscript) and last_name(annotation.base) in _WRAPPERS:
        inner = annotation.index
        items = inner.items if isinstance(inner, Sequence) else (inner,)
        first = items[:1] if last_name(annotation.base) == "Annotated" else items
        return [part for item in first for part in _parts(item)]
    return [annotation]


def _instance(evaluator: Evaluator, option: Option) -> Option | None:
    if isinstance(option, External):
        library = option.symbol.partition(".")[0] not in _NOT_CLASSES
        return Made(option.symbol, None) if library and is_class_name(option.symbol) else None
    if isinstance(option, Definition) and evaluator.program.is_class(option):
        bases = evaluator.program.scope(option.path, option.scope).bases
        if any(class_name(one) == "TypedDict" for one in bases):
            return None  # a dict, of which nothing else is known
        return Instance(option.path, option.scope, None, False)
    return None


def choices(annotation: Expression | None) -> tuple[Expression, ...]:
    """The members of ``Literal["a", "b"]``, None among them where it may be missing; nothing for any other
    annotation, and where it allows more than that."""
    found: list[Expression] = []
    for part in _parts(annotation) if annotation is not None else ():
        if isinstance(part, Subscript) and last_name(part.base) == "Literal":
            found += part.index.items if isinstance(part.index, Sequence) else (part.index,)
        elif isinstance(part, Constant) and part.value is None:
            found.append(part)
        else:
            return ()
    return tuple(found)
