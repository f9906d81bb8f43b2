"""What handlers read of a caught error of 0.x: each attribute's expression in 1.x, or why there is none."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from migrate.findings.edits import Edit, Recast, ReplaceExpression
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.f_strings import rewritten
from migrate.rewrite.stages.sdk.reads import Recasting

_NOT_A_STATUS = ("OpenAIError", "APIError", "APIConnectionError", "APITimeoutError")
_STATUS_ONLY = ("_.status_code", "_.response")


class ErrorUse(msgspec.Struct, frozen=True):
    """A use of an error class: an edit, or ``why`` there is none. ``note`` goes with an edit."""

    node: ast.expr
    old: str
    edit: Edit | None = None
    why: str = ""
    note: str = ""


def attributes_of_errors(
    file: CodeFile,
    caught: Mapping[ast.ExceptHandler, Sequence[str]],
    known: Mapping[str, str],
    taken: frozenset[ast.JoinedStr],
) -> Iterator[ErrorUse]:
    """The reads in the handlers, with the classes of 1.x that each has ``caught``; ``known`` gives the code
    for each attribute of 0.x, ``taken`` are f-strings that are written anew already."""
    for handler, names in caught.items():
        if handler.name and names:
            yield from _in_handler(_Attributes(file, known, taken), handler, names)


class _Attributes(msgspec.Struct, frozen=True):
    file: CodeFile
    known: Mapping[str, str]
    taken: frozenset[ast.JoinedStr]

    def reads(self, handler: ast.ExceptHandler) -> Iterator[ast.Attribute]:
        """The attributes of 0.x that ``handler`` reads of what it names."""
        for node in (one for part in handler.body for one in ast.walk(part)):
            if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
                continue
            if node.value.id == handler.name and node.attr in self.known:
                yield node

    def why(self, node: ast.Attribute, names: Sequence[str]) -> str:
        """Why the read at ``node`` cannot change; empty where it can."""
        code = self.known[node.attr]
        vague = code.startswith(_STATUS_ONLY) and any(one in _NOT_A_STATUS for one in names)
        if not code or vague or self.file.in_f_string(node) in self.taken:
            return f"errors of 1.x may have no .{node.attr}"
        if code == "_.message" and self._is_compared(node):
            return f"1.x puts the status before it: compare {ast.unparse(node.value)}.body['message']"
        if code == "_.body" and not self._takes_error(node):
            return "1.x keeps in .body only what stands under 'error'"
        return ""

    def target(self, node: ast.Attribute) -> ast.expr:
        """The expression that changes with the read at ``node``."""
        parent = self.file.parent(node)
        return parent if isinstance(parent, ast.Subscript) and self._takes_error(node) else node

    def _takes_error(self, node: ast.Attribute) -> bool:
        parent = self.file.parent(node)
        key = parent.slice if isinstance(parent, ast.Subscript) else None
        return self.known[node.attr] == "_.body" and isinstance(key, ast.Constant) and key.value == "error"

    def _is_compared(self, node: ast.Attribute) -> bool:
        """Whether the text as a whole is compared, or a method of it asks how it begins."""
        parent = self.file.parent(node)
        if isinstance(parent, ast.Attribute):
            return parent.attr in ("startswith", "endswith")
        inside = isinstance(parent, ast.Compare) and parent.left is not node  # "quota" in error.user_message
        equal = isinstance(parent, ast.Compare) and isinstance(parent.ops[0], (ast.Eq, ast.NotEq))
        return isinstance(parent, ast.Compare) and (equal or not inside)


def _in_handler(
    attributes: _Attributes, handler: ast.ExceptHandler, names: Sequence[str]
) -> Iterator[ErrorUse]:
    file = attributes.file
    texts: dict[ast.JoinedStr, list[Recasting]] = {}
    for node in attributes.reads(handler):
        code, why, target = attributes.known[node.attr], attributes.why(node, names), attributes.target(node)
        text = file.in_f_string(node)
        if why:
            yield ErrorUse(node, node.attr, why=why)
        elif text is not None:
            texts.setdefault(text, []).append(Recasting(file, target, node.value, code, frozenset()))
        else:
            yield ErrorUse(node, node.attr, Recast(file.span(target), file.span(node.value), code))
    for text, reads in texts.items():
        new = rewritten(file, text, reads)
        if new is None:
            yield ErrorUse(text, "an attribute of an error", why="it is read inside an f-string")
        else:
            yield ErrorUse(text, "an attribute of an error", ReplaceExpression(file.span(text), new))
