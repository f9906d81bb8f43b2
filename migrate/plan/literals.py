"""The value of an argument as it is written, where that can be read without running anything."""

from __future__ import annotations

import ast

from migrate.catalog import UNKNOWN
from migrate.program.callsite import Parameter


def literal_value(parameter: Parameter) -> object:
    """The Python value that ``parameter`` always has, or UNKNOWN.

    A display such as ``{"effort": "low"}`` is read from its code; a name that can be only one literal
    has that value too.
    """
    try:
        return ast.literal_eval(parameter.code)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        pass
    found = parameter.setting
    if found.complete and len(found.values) == 1 and not found.environment:
        return found.values[0]
    return UNKNOWN


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
