"""What two expressions are together, where both are read off the same thing: ``m.role`` and ``m.content``."""

from __future__ import annotations

from migrate.facts.expressions import Attribute, Constant, Expression, Name, Subscript
from migrate.program.classes import classes, field_declarations
from migrate.program.solving.combining import only
from migrate.program.solving.values import Definition, Instance, Located, Option, Value
from migrate.prompts.extraction.reading import PromptEvaluator


def apart(evaluator: PromptEvaluator, one: Located, other: Located) -> list[tuple[Value, Value]]:
    """Both for each thing that they can be read off; none where that is one thing, or not the same."""
    base, second = _base(one.expression), _base(other.expression)
    if base is None or second is None or not _same(base, second):
        return []
    at = one.other(base)
    options = evaluator.ask(at).options
    if len(options) < 2:
        return []
    return [(_read(evaluator, found, at, one), _read(evaluator, found, at, other)) for found in options]


def _base(node: Expression) -> Expression | None:
    """What an attribute or a constant key is read off."""
    if isinstance(node, Attribute):
        return node.base
    return node.base if isinstance(node, Subscript) and isinstance(node.index, Constant) else None


def _same(one: Expression, other: Expression) -> bool:
    if isinstance(one, Name) and isinstance(other, Name):
        return one.id == other.id
    if isinstance(one, Attribute) and isinstance(other, Attribute):
        return one.name == other.name and _same(one.base, other.base)
    return False


def _read(evaluator: PromptEvaluator, option: Option, base: Located, at: Located) -> Value:
    node = at.expression
    if isinstance(node, Attribute):
        given = _given(evaluator, option, node.name) if isinstance(option, Instance) else None
        return (
            evaluator.evaluate(given)
            if given is not None
            else evaluator.attribute_of(option, base, node.name)
        )
    assert isinstance(node, Subscript)
    assert isinstance(node.index, Constant)
    return evaluator.lookup(only(option), str(node.index.value), base)


def _given(evaluator: PromptEvaluator, made: Instance, name: str) -> Located | None:
    """What the call that made an instance passes for the field, or the parameter, ``name``."""
    call = evaluator.call_at(made.at)
    if made.at is None or call is None or any(one.stars for one in call.arguments):
        return None
    names = _in_order(evaluator, made)
    for place, one in enumerate(call.arguments):
        if one.name == name or (one.name is None and names[place : place + 1] == [name]):
            return made.at.other(one.value)
    return None


def _in_order(evaluator: PromptEvaluator, made: Instance) -> list[str]:
    """The names under which a class takes its arguments by position."""
    for heir in classes.ancestry(evaluator, made.path, made.scope):
        for one in evaluator.program.facts(heir.path).scopes:
            if one.parent == heir.scope and one.name == "__init__":
                return [parameter.name for parameter in one.parameters[1:]]
    return field_declarations.order(evaluator, Definition(made.path, made.scope))
