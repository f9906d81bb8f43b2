"""The arguments of a Chat Completions call as those of Responses, in edits; the first that has no mechanical
way is an Obstacle.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from migrate.catalog import UNKNOWN
from migrate.catalog.responses import ResponsesWay
from migrate.findings.edits import Edit, RemoveArgument, RenameArgument, SetArgument
from migrate.plan.literals import literal_value
from migrate.program.callsite import CallSite, Parameter
from migrate.rewrite.stages.code_tree import Obstacle
from migrate.rewrite.stages.plain_texts import is_text

_STRICT = '"strict": False, '


def argument_edits(site: CallSite, way: ResponsesWay, texts: Collection[str]) -> Iterator[Edit]:
    """The edits on the arguments of ``site``; ``texts`` are names that hold text. Raises Obstacle."""
    span = site.place.span
    inside: dict[str, list[str]] = {}
    for one in site.parameters:
        if one.form != "argument" or one.position >= 0 or one.holder != site.place:
            raise Obstacle(f"{one.name} does not stand in the call itself ({one.place})")
        if one.name in way.rename:
            _fits(one, way, texts)
            yield RenameArgument(span, one.name, way.rename[one.name])
        elif one.name in way.inside:
            argument, _, key = way.inside[one.name].partition(".")
            code = _nested(one)
            if code:
                inside.setdefault(argument, []).append(f'"{key}": {code}')
            yield RemoveArgument(span, one.name)
        elif one.name in way.nothing and literal_value(one) in way.nothing[one.name]:
            yield RemoveArgument(span, one.name)
        elif one.name not in way.keep:
            raise Obstacle(f"{one.name} has no mechanical counterpart in Responses")
    for argument, entries in inside.items():
        yield SetArgument(span, argument, "{" + ", ".join(entries) + "}")
    for name, code in way.add.items():
        if site.parameter(name) is None:
            yield SetArgument(span, name, code)


def _fits(one: Parameter, way: ResponsesWay, texts: Collection[str]) -> None:
    if one.name == "messages":
        _plain_messages(one, way, texts)
        return
    value = literal_value(one)
    if isinstance(value, int) and value < way.least_output:
        raise Obstacle(f"{one.name}={value}: Responses takes at least {way.least_output}")


def _plain_messages(one: Parameter, way: ResponsesWay, texts: Collection[str]) -> None:
    """Raises Obstacle unless every message is written here, with a known role and a text."""
    node = _parsed(one.code)
    if not isinstance(node, ast.List):
        raise Obstacle("the messages are put together elsewhere")
    for message in node.elts:
        if not isinstance(message, ast.Dict):
            raise Obstacle("not every message is written in the call")
        keys = [key.value if isinstance(key, ast.Constant) else None for key in message.keys]
        held = dict(zip(keys, message.values, strict=True))
        role = held.get("role")
        known = isinstance(role, ast.Constant) and role.value in way.roles
        if set(held) != {"role", "content"} or len(keys) != 2 or not known:
            raise Obstacle("a message is more than a role and a text")
        if not is_text(held["content"], texts):
            raise Obstacle("nothing says that the content of a message is plain text")


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
