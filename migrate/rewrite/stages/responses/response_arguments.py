"""The arguments of a Chat Completions call as those of Responses, in edits; the first that has no mechanical
way is an Obstacle.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from migrate.catalog import UNKNOWN
from migrate.catalog.responses import ResponsesWay
from migrate.findings.edits import Edit, RemoveArgument, RenameArgument, SetArgument
from migrate.plan.literals import literal_value
from migrate.program.calls.callsite import CallSite, Parameter
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle
from migrate.rewrite.stages.plain_texts import text_names
from migrate.rewrite.stages.responses.response_messages import plain_messages
from migrate.rewrite.stages.responses.response_tools import choice_edits, tool_edits

_STRICT = '"strict": False, '


def argument_edits(site: CallSite, way: ResponsesWay, code: CodeTree, call: ast.Call) -> Iterator[Edit]:
    """The edits on the arguments of ``site``, which is ``call`` in ``code``. Raises Obstacle."""
    span = site.place.span
    inside: dict[str, list[str]] = {}
    values = {one.arg: one.value for one in call.keywords if one.arg}
    for one in site.parameters:
        if one.form != "argument" or one.position >= 0 or one.holder != site.place:
            raise Obstacle(f"{one.name} does not stand in the call itself ({one.place})")
        if one.name in way.inside:
            argument, _, key = way.inside[one.name].partition(".")
            entry = _nested(one)
            if entry:
                inside.setdefault(argument, []).append(f'"{key}": {entry}')
            yield RemoveArgument(span, one.name)
        else:
            yield from _edits(one, way, code, values)
    if "messages" in values:
        plain_messages(code, values["messages"], way, text_names(code.scopes(call)))
    for argument, entries in inside.items():
        yield SetArgument(span, argument, "{" + ", ".join(entries) + "}")
    for name, added in way.add.items():
        if site.parameter(name) is None:
            yield SetArgument(span, name, added)


def _edits(
    one: Parameter, way: ResponsesWay, code: CodeTree, values: Mapping[str, ast.expr]
) -> Iterator[Edit]:
    """The edits on one argument that goes into no other; ``values`` are those of the call."""
    span, value = one.holder.span, literal_value(one)
    if one.name in way.rename:
        _fits(one, way)
        yield RenameArgument(span, one.name, way.rename[one.name])
    elif one.name in way.nothing and value in way.nothing[one.name]:
        yield RemoveArgument(span, one.name)
    elif one.name == way.tools:
        yield from tool_edits(code, values[one.name])
    elif one.name == way.tool_choice:
        yield from choice_edits(code, values[one.name])
    elif one.name not in way.keep and not (one.name == way.stream and value is True):
        raise Obstacle(f"{one.name} has no mechanical counterpart in Responses")


def _fits(one: Parameter, way: ResponsesWay) -> None:
    value = literal_value(one)
    if isinstance(value, int) and value < way.least_output:
        raise Obstacle(f"{one.name}={value}: Responses takes at least {way.least_output}")


def _nested(one: Parameter) -> str:
    """The code of an argument as the entry of a dict; "" for one that asks for nothing."""
    if one.name != "response_format":
        if literal_value(one) is UNKNOWN and not one.code.isidentifier():
            raise Obstacle(f"{one.name} is put together in the call")
        return one.code
    node = _parsed(one.code)
    if not isinstance(node, ast.Dict):
        raise Obstacle("the shape of the answer is written elsewhere")
    held = {
        key.value: value
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant)
    }
    kind = held.get("type")
    name = kind.value if isinstance(kind, ast.Constant) else None
    if name == "text":
        return ""
    if name == "json_object" and len(node.keys) == 1:
        return one.code
    inner = held.get("json_schema")
    if name != "json_schema" or not isinstance(inner, ast.Dict) or len(node.keys) != 2:
        raise Obstacle("the shape of the answer is more than a type and a schema")
    code = ast.get_source_segment(one.code, inner) or ""
    strict = any(isinstance(key, ast.Constant) and key.value == "strict" for key in inner.keys)
    return '{"type": "json_schema", ' + ("" if strict else _STRICT) + code.strip()[1:].lstrip()


def _parsed(code: str) -> ast.expr:
    try:
        return ast.parse(code, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Obstacle("the call cannot be read") from None
