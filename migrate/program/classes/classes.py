"""Classes of the program: their bases, subclasses, kinds of fields, and what ``self`` is in a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import CallReference, Scalar, class_name, last_name
from migrate.facts.records import Binding, Parameter, Scope
from migrate.program.solving.combining import literal, only, unknown
from migrate.program.solving.values import Definition, External, Instance, Located, Made, Option, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

FIELD_DECORATORS = frozenset({"dataclass", "define", "attrs", "s", "frozen", "mutable"})
FIELD_BASES = frozenset({"BaseModel", "BaseSettings", "NamedTuple", "Struct", "SQLModel", "TypedDict"})
_MOST_ANCESTORS = 20
_PLAIN_BASES = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"})
_MAKING = frozenset({"builtins.type", "builtins.object.__new__"})
ENUM_BASES = frozenset({"Enum", "StrEnum", "IntEnum"})


def bases(evaluator: Evaluator, path: str, index: int) -> list[Option]:
    """What the bases of a class resolve to: Definitions and Externals."""
    scope = evaluator.program.scope(path, index)
    block = evaluator.program.scope(path, scope.parent).block
    found: list[Option] = []
    for base in scope.bases:
        found += evaluator.evaluate(Located(path, scope.parent, block, base)).options
    return [one for one in found if isinstance(one, (Definition, External))]


def ancestry(evaluator: Evaluator, path: str, index: int) -> list[Definition]:
    """The class itself and its ancestors in the program, nearest first, each once."""
    return evaluator.families.ancestry((path, index), lambda: _ancestry(evaluator, path, index))


def is_a(evaluator: Evaluator, one: Definition, other: tuple[str, int]) -> bool:
    """Whether class ``one`` is ``other`` (path, scope index) or extends it."""
    return other in evaluator.families.members(
        (one.path, one.scope), ancestry(evaluator, one.path, one.scope)
    )


def _ancestry(evaluator: Evaluator, path: str, index: int) -> list[Definition]:
    found = [Definition(path, index)]
    for one in found:
        for base in bases(evaluator, one.path, one.scope):
            if isinstance(base, Definition):
                plain = Definition(base.path, base.scope)
                if plain not in found and len(found) < _MOST_ANCESTORS:
                    found.append(plain)
    return found


def external_bases(evaluator: Evaluator, one: Definition) -> list[str]:
    """The classes outside the program that a class extends, directly or not, nearest first."""
    family = ancestry(evaluator, one.path, one.scope)
    found = [base for heir in family for base in bases(evaluator, heir.path, heir.scope)]
    return [base.symbol for base in found if isinstance(base, External)]


def external_base(evaluator: Evaluator, path: str, index: int) -> str | None:
    """The client class that a class of the program extends, directly or not."""
    named = external_bases(evaluator, Definition(path, index))
    return next((symbol for symbol in named if evaluator.library.is_class(symbol)), None)


def parents(evaluator: Evaluator, path: str, scope: int) -> Value:
    """What ``super()`` gives inside scope ``scope``: something of each base of the class around it."""
    while scope > 0 and owner(evaluator, path, scope) is None:
        scope = evaluator.program.scope(path, scope).parent
    home = owner(evaluator, path, scope) if scope > 0 else None
    if home is None:
        return unknown("it is super() outside a class")
    found: list[Option] = []
    for base in bases(evaluator, path, home):
        if isinstance(base, Definition):
            found.append(Instance(base.path, base.scope))
        elif isinstance(base, External):
            found.append(Made(base.symbol, None) if evaluator.library.is_class(base.symbol) else base)
    return Value(tuple(found) or (External("builtins.object"),))


def made_by_hand(evaluator: Evaluator, symbol: str, argument: Located) -> Value | None:
    """``type(x)`` is the class of x and ``object.__new__(X)`` an instance of X; None for other functions."""
    if symbol not in _MAKING:
        return None
    found = evaluator.evaluate(argument)
    if symbol == "builtins.type":
        kinds = [Definition(one.path, one.scope) for one in found.options if isinstance(one, Instance)]
        return Value(tuple(kinds), found.unknown) if kinds else None
    named = [one for one in found.options if isinstance(one, Definition)]
    mine = [one for one in named if evaluator.program.is_class(one)]
    return Value(tuple(Instance(one.path, one.scope, argument) for one in mine), found.unknown)


def names_of_decorators(evaluator: Evaluator, path: str, scope: Scope) -> set[str]:
    """Last names of the decorators, also of those written as calls."""
    calls = evaluator.program.facts(path).calls
    written = (
        calls[one.index].function if isinstance(one, CallReference) else one for one in scope.decorators
    )
    return {last_name(one) for one in written}


def has_fields(evaluator: Evaluator, path: str, index: int) -> bool:
    """Whether the class makes its constructor from annotated names (dataclass, pydantic and the like)."""
    return any(_has_own_fields(evaluator, one) for one in ancestry(evaluator, path, index))


def _has_own_fields(evaluator: Evaluator, one: Definition) -> bool:
    scope = evaluator.program.scope(one.path, one.scope)
    if names_of_decorators(evaluator, one.path, scope) & FIELD_DECORATORS:
        return True
    return bool(base_names(scope) & FIELD_BASES) or _may_be_made_from_fields(evaluator, one)


def _may_be_made_from_fields(evaluator: Evaluator, one: Definition) -> bool:
    """Whether something of which nothing is known, a decorator or a base, may write the constructor of a
    class that has none."""
    scope = evaluator.program.scope(one.path, one.scope)
    if "__init__" in scope.bindings:
        return False
    foreign = [base for base in bases(evaluator, one.path, one.scope) if isinstance(base, External)]
    return bool(scope.decorators) or any(base.symbol not in _PLAIN_BASES for base in foreign)


def base_names(scope: Scope) -> set[str]:
    return {class_name(base) for base in scope.bases}


def is_enum(evaluator: Evaluator, path: str, index: int) -> bool:
    """Whether the class is an enumeration, also through a base of the program."""
    family = ancestry(evaluator, path, index)
    return any(base_names(evaluator.program.scope(one.path, one.scope)) & ENUM_BASES for one in family)


def numbered(evaluator: Evaluator, one: Definition, name: str, binding: Binding) -> Value | None:
    """The member that ``NAME = auto()`` makes; None for any other name of a class."""
    if not isinstance(binding.value, CallReference):
        return None
    call = evaluator.program.facts(one.path).calls[binding.value.index]
    if last_name(call.function) != "auto" or not is_enum(evaluator, one.path, one.scope):
        return None
    scope = evaluator.program.scope(one.path, one.scope)
    texts = "StrEnum" in base_names(scope)
    value: Scalar = name.lower() if texts else list(scope.bindings).index(name) + 1
    return literal(value, one.path, binding.span, "enum-member")


def owner(evaluator: Evaluator, path: str, index: int) -> int | None:
    """The class whose method function ``index`` is."""
    parent = evaluator.program.scope(path, index).parent
    if parent >= 0 and evaluator.program.scope(path, parent).kind == "class":
        return parent
    return None


def receiver(evaluator: Evaluator, path: str, index: int, parameter: Parameter) -> Value | None:
    """What ``self`` or ``cls`` is, where ``parameter`` is that of a method."""
    scope = evaluator.program.scope(path, index)
    if not scope.parameters or scope.parameters[0] is not parameter:
        return None
    home = owner(evaluator, path, index)
    decorators = names_of_decorators(evaluator, path, scope)
    if home is None or "staticmethod" in decorators:
        return None
    here = evaluator.viewpoint
    if here is None or Definition(path, home) not in ancestry(evaluator, here.path, here.scope):
        here = Definition(path, home)
    if "classmethod" in decorators or scope.name in ("__new__", "__init_subclass__"):
        return only(Definition(here.path, here.scope))
    return only(Instance(here.path, here.scope, None, False))
