"""Reads of attributes that only an error of 0.x has, of values that are not known to be one."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from migrate.rewrite.stages.sdk.code_file import CodeFile

_TELLING = ("http_status", "json_body", "user_message", "should_retry")


def reads_out_of_sight(file: CodeFile, known: Collection[int]) -> Iterator[ast.Attribute]:
    """Those that no handler names; ``known`` are the ids of nodes that were looked at."""
    for node in ast.walk(file.tree):
        telling = isinstance(node, ast.Attribute) and node.attr in _TELLING and id(node) not in known
        if isinstance(node, ast.Attribute) and telling and not _of_handler(file, node):
            yield node


def _of_handler(file: CodeFile, node: ast.Attribute) -> bool:
    """Whether ``node`` reads what an ``except`` around it names, or stands in an f-string."""
    if file.in_f_string(node) is not None:
        return True
    name = node.value.id if isinstance(node.value, ast.Name) else ""
    above: ast.AST = node
    while not isinstance(above, ast.Module):
        above = file.parent(above)
        if isinstance(above, ast.ExceptHandler) and name and above.name == name:
            return True
    return False
