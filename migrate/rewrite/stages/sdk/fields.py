"""What becomes of the reads of an answer's fields: by attribute, by key, and of questions for one."""

from __future__ import annotations

import ast
from typing import TypeAlias

from migrate.rewrite.stages.sdk import plain_answers
from migrate.rewrite.stages.sdk.code_file import FUNCTIONS, CodeFile
from migrate.rewrite.stages.sdk.held import OTHER, Held
from migrate.rewrite.stages.sdk.reads import Reads, attribute_of, item_or_slice

Env: TypeAlias = dict[str, Held]
_MISSED = ("KeyError", "AttributeError", "LookupError", "Exception", "BaseException", "TypeError")


class Fields:
    """Reads in one file."""

    def __init__(self, file: CodeFile, reads: Reads) -> None:
        self.file = file
        self.reads = reads

    def eval(self, node: ast.expr | None, env: Env) -> Held:
        """What ``node`` holds."""
        raise NotImplementedError

    def passed_on(self, node: ast.expr, held: Held) -> None:
        """The value of ``node`` goes where it is not followed."""
        if not held.tracked:
            return
        if held.kind in ("empty", "nothing"):
            return
        if held.whole or held.kind not in ("answer", "list"):
            why = "the answer is passed on from here, out of sight; if a dict is wanted there"
            self.reads.obstacle(self.file, node, f"{why}, pass its .model_dump(exclude_unset=True)", held)
        else:
            self.reads.as_dict(self.file, node, held)

    def contains(self, node: ast.Compare, held: Held) -> None:
        if held.plain and held.kind in ("answer", "list") and not held.waits:
            return
        key = node.left.value if isinstance(node.left, ast.Constant) else None
        known = isinstance(key, str) and held.kind in ("answer", "either") and not held.waits
        if not known or self.reads.field(held, str(key)) is None or len(node.ops) > 1:
            self.reads.obstacle(self.file, node, "it is asked for what the new answer may not know", held)
            return
        negated = "is" if isinstance(node.ops[0], ast.NotIn) else "is not"
        code = f"_.{attribute_of(str(key))} {negated} None"
        self.reads.recast(self.file, node, node.comparators[0], code, held)

    def attribute(self, node: ast.Attribute, env: Env) -> Held:
        held = self.eval(node.value, env)
        if not held.tracked or held.kind in ("nothing", "empty"):
            return OTHER
        if held.plain:
            return plain_answers.attribute(self, node, held)
        if held.kind not in ("answer", "either") or held.waits:
            return self.reads.obstacle(self.file, node, "what is read here may not be an answer", held)
        found = self.reads.field(held, node.attr)
        if found is None:
            return self.reads.unknown(self.file, node, held)
        self.missed(node, held, node.attr, node.value)
        return found

    def subscript(self, node: ast.Subscript, env: Env) -> Held:
        held = self.eval(node.value, env)
        self.eval(node.slice, env)
        if not held.tracked or held.kind in ("nothing", "empty"):
            return OTHER
        if held.kind == "list" and isinstance(node.ctx, ast.Load):
            return item_or_slice(held, node.slice)
        if held.plain:
            return plain_answers.subscript(self, node, held)
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if held.kind not in ("answer", "either") or held.waits or not isinstance(key, str):
            return self.reads.obstacle(self.file, node, "what is read here is not known for certain", held)
        found = self.reads.field(held, key)
        if found is None or not isinstance(node.ctx, ast.Load):
            return self.reads.obstacle(self.file, node, f"no answer of 1.x can be used with {key!r} so", held)
        self.missed(node, held, key, node.value)
        self.reads.recast(self.file, node, node.value, f"_.{attribute_of(key)}", held)
        return found

    def missed(self, node: ast.expr, held: Held, key: str, base: ast.expr) -> None:
        """A missing field was an error in 0.x and is None now: code that catches the error would go on."""
        tested = (ast.dump(base), key) in self.reads.tested
        if self.reads.optional(held, key) and not tested and self.catches(node):
            why = f"where there is no {key!r}, 0.x raised an error that is caught here; now it is None"
            self.reads.obstacle(self.file, node, why, held)

    def catches(self, node: ast.AST) -> bool:
        """Whether a ``try`` of the same function catches what a missing field raised."""
        child = node
        while not isinstance(child, (ast.Module, *FUNCTIONS)):
            parent = self.file.parent(child)
            if isinstance(parent, ast.Try) and child in parent.body:
                names = [ast.dump(one.type) if one.type else "Exception" for one in parent.handlers]
                if any(word in name for name in names for word in _MISSED):
                    return True
            child = parent
        return False

    def tests(self, node: ast.expr) -> None:
        """Remembers which fields ``node`` asks about before they are read."""
        for one in ast.walk(node):
            if isinstance(one, ast.Compare) and isinstance(one.left, ast.Constant):
                self.reads.tested.add((ast.dump(one.comparators[0]), str(one.left.value)))
            if isinstance(one, ast.Call) and one.args:
                base: ast.expr | None = one.func.value if isinstance(one.func, ast.Attribute) else one.args[0]
                key = one.args[-1]
                if isinstance(key, ast.Constant) and base is not None:
                    self.reads.tested.add((ast.dump(base), str(key.value)))
