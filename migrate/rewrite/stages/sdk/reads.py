"""What following the answers finds: expressions to recast, and obstacles, each with its calls."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import msgspec

from migrate.rewrite.stages.sdk.held import OTHER, Held, item
from migrate.sources.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from migrate.catalog.sdk_legacy import Answer
    from migrate.rewrite.stages.sdk.code_file import CodeFile

_PLAIN = re.compile(r"\W")


class Obstacle(msgspec.Struct, frozen=True):
    """Why the calls at ``sources`` are left alone."""

    place: Place
    why: str
    sources: frozenset[Place]


class Recasting(msgspec.Struct, frozen=True):
    """``node`` of ``file`` becomes ``code`` around ``keep``, where the calls at ``sources`` are changed."""

    file: CodeFile
    node: ast.expr
    keep: ast.expr
    code: str
    sources: frozenset[Place]


class Reads:
    """Collects while ``recording``; the last pass over the code does."""

    def __init__(self, answers: Mapping[str, Answer], gone: Mapping[str, str]) -> None:
        """``gone`` are attributes of every answer of 0.x, with what to write in their place."""
        self.answers = answers
        self.gone = gone
        self.recording = False
        self.recastings: dict[ast.expr, Recasting] = {}
        self.obstacles: list[Obstacle] = []
        self.tested: set[tuple[str, str]] = set()

    def obstacle(self, file: CodeFile, node: ast.expr | ast.stmt, why: str, held: Held) -> Held:
        """Notes that the calls behind ``held`` stay as they are; what is read is not followed further."""
        if self.recording and held.tracked:
            self.obstacles.append(Obstacle(file.place(node), why, held.sources))
        return OTHER

    def unknown(self, file: CodeFile, node: ast.Attribute, held: Held) -> Held:
        """``answer.name``, where answers of 1.x have no such field."""
        cure = self.gone.get(node.attr, "")
        why = f"no answer of 1.x has .{node.attr}" + (f": {cure}" if cure else "")
        return self.obstacle(file, node, why, held)

    def recast(self, file: CodeFile, node: ast.expr, keep: ast.expr, code: str, held: Held) -> None:
        """Notes that ``node`` becomes ``code`` around ``keep``."""
        if not self.recording:
            return
        new = Recasting(file, node, keep, code, held.sources)
        old = self.recastings.setdefault(node, new)
        if (old.keep, old.code) != (new.keep, new.code):
            self.obstacle(file, node, "it is read in more than one way", held)

    def as_dict(self, file: CodeFile, node: ast.expr, held: Held) -> Held:
        """The answer, or list of answers, at ``node`` is made a plain dict, as 0.x's was one."""
        if held.plain and held.kind in ("answer", "list") and not (held.waits or held.later):
            return OTHER
        answer = self.answers.get(held.answer)
        if answer is None or held.kind not in ("answer", "list") or held.waits or held.later:
            return self.obstacle(file, node, "what is passed on here may be more than one thing", held)
        if held.kind == "list" and isinstance(node, ast.GeneratorExp):
            return self.obstacle(file, node, "a generator of answers is passed on here", held)
        dump = f"model_dump(exclude_unset=True{', by_alias=True' if answer.aliases else ''})"
        if not self.recording:
            return OTHER
        before = self.recastings.pop(node, None)
        keep, code = (before.keep, before.code) if before is not None else (node, "_")
        new = f"{code}.{dump}" if held.kind == "answer" else f"[one.{dump} for one in {code}]"
        self.recast(file, node, keep, new, held)
        return OTHER

    def as_json(self, file: CodeFile, node: ast.expr, keep: ast.expr, held: Held) -> Held:
        """``str(answer)`` at ``node`` is made the JSON text that it was in 0.x."""
        answer = self.answers.get(held.answer)
        if answer is None or held.kind != "answer" or held.waits or held.later or held.plain:
            return self.obstacle(file, node, "the text of what may be more than one thing is read here", held)
        aliases = ", by_alias=True" if answer.aliases else ""
        code = f"_.model_dump_json(exclude_unset=True{aliases}, indent=2)"
        self.recast(file, node, keep, code, held)
        return OTHER

    def field(self, held: Held, key: str) -> Held | None:
        """What the field ``key`` of an answer holds; None where the answer has no such field."""
        answer = self.answers.get(held.answer)
        if answer is None or key not in answer.fields:
            return None
        kind = answer.fields[key]
        if not kind:
            return OTHER
        name, form = kind.strip("[]"), "list" if kind[0] == "[" else "answer"
        return Held(form, name, plain=held.plain, sources=held.sources)  # type: ignore[arg-type]

    def optional(self, held: Held, key: str) -> bool:
        answer = self.answers.get(held.answer)
        return answer is not None and key in answer.optional


def attribute_of(key: str) -> str:
    """The attribute of 1.x for a key of 0.x."""
    return _PLAIN.sub("_", key)


def item_or_slice(held: Held, index: ast.expr) -> Held:
    """What ``held[index]`` is, for a list of answers."""
    return held if isinstance(index, ast.Slice) else item(held)
