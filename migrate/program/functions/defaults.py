"""Defaults of parameters: what they are for, and whether callers that are not visible may pass another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Sequence, Subscript, last_name
from migrate.facts.records import Parameter
from migrate.program.functions import callers
from migrate.program.outside import commands, declarations
from migrate.program.solving.combining import crossing, opened, union, unknown
from migrate.program.solving.values import LiteralOption, Located, Role, Value
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def of_parameter(evaluator: Evaluator, path: str, index: int, wanted: Parameter, given: bool) -> list[Value]:
    """What the default gives a parameter; ``given`` says whether anything visible passes another value. A
    default that stands for "nothing" is an invitation: where nothing visible calls the function (tests do
    not count), callers that are not visible accept it, or the command line does."""
    if wanted.default is None:
        return []
    role = commands.role_of_defaults(evaluator, path, index)
    default = _evaluated(evaluator, path, index, wanted, role)
    empty = all(isinstance(one, LiteralOption) and not one.value for one in default.options)
    if role == "cli-default":
        return [default, *([unknown(declarations.GIVEN)] if empty and not given else [])]
    unseen = callers.unseen(evaluator, path, index)
    found = [opened(default) if unseen else default, *_choices(evaluator, path, index, wanted)]
    if empty and unseen:
        found.append(nobody_passes(evaluator, path, index, wanted))
    return found


def _choices(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> list[Value]:
    """The members of ``model: Literal["a", "b"] = "a"``: what may be passed, a default being one of them."""
    note = wanted.annotation
    if not isinstance(note, Subscript) or last_name(note.base) != "Literal":
        return []
    outer = evaluator.program.scope(path, index).parent
    block = evaluator.program.scope(path, outer).block
    members = note.index.items if isinstance(note.index, Sequence) else (note.index,)
    given = union([evaluator.evaluate(Located(path, outer, block, one)) for one in members])
    return [crossing(given, Place(path, wanted.span), "list-of-supported")]


def nobody_passes(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> Value:
    """The reason why a parameter without visible callers is not known."""
    if commands.role_of_defaults(evaluator, path, index) == "cli-default":
        return unknown(declarations.GIVEN)
    name = evaluator.program.scope(path, index).qualname
    return unknown(f"no call that passes {wanted.name} to {name} is visible")


def own(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> Value:
    """The default of a parameter, for a call that leaves it."""
    return _evaluated(evaluator, path, index, wanted, "parameter-default")


def _evaluated(evaluator: Evaluator, path: str, index: int, wanted: Parameter, role: Role) -> Value:
    assert wanted.default is not None
    outer = evaluator.program.scope(path, index).parent
    block = evaluator.program.scope(path, outer).block
    value = evaluator.evaluate(Located(path, outer, block, wanted.default))
    return crossing(declarations.resolved(evaluator, value), Place(path, wanted.span), role)
