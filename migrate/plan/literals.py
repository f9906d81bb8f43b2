"""The value of an argument as it is written, where that can be read without running anything."""

from __future__ import annotations

import ast

from migrate.catalog import UNKNOWN
from migrate.program.calls.callsite import Parameter


def literal_value(parameter: Parameter) -> object:
    """The Python value that ``parameter`` always has, or UNKNOWN.

    A display such as ``{"effort": "low"}`` is read from its code; a name that can be only one literal
    has that value too.
    """
    if is_literal(parameter.code):
        return ast.literal_eval(parameter.code)
    found = parameter.setting
    if any(origin.open for origin in found.origins):
        return UNKNOWN
    if found.why or found.environment or len(found.values) + found.optional != 1:
        return UNKNOWN
    return None if found.optional else found.values[0]


def is_literal(code: str) -> bool:
    """Whether ``code`` is a literal or a display of literals: it means the same everywhere."""
    try:
        ast.literal_eval(code)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return True


def entry_value(parameter: Parameter, key: str) -> object:
    """What the dict that ``parameter`` is holds under ``key``: a literal's value, None where it has no such
    key, UNKNOWN where that cannot be told."""
    try:
        node = ast.parse(parameter.code, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return UNKNOWN
    if not isinstance(node, ast.Dict):
        return UNKNOWN
    found: object = None
    for name, value in zip(node.keys, node.values, strict=True):
        if name is None:
            found = UNKNOWN
        elif isinstance(name, ast.Constant) and name.value == key:
            found = value.value if isinstance(value, ast.Constant) else UNKNOWN
    return found
