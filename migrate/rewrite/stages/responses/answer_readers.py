"""What code reads off the answer of one call, as edits that read the same off another kind of answer; or why
that cannot be told. Reads one file's syntax tree.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from migrate.findings.edits import Recast
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle


class Answers:
    """The answers of calls in one file; ``readers`` maps what is read to what it becomes."""

    def __init__(self, tree: CodeTree, readers: Mapping[str, str]) -> None:
        self._tree = tree
        self._readers = readers

    def edits(self, call: ast.Call) -> tuple[Recast, ...]:
        """One Recast for everything that is read off the answer of ``call``. Raises Obstacle."""
        answer = self._tree.answer(call)
        if isinstance(self._tree.parents[answer], ast.Expr):
            return ()
        kept = self._tree.kept_as(answer)
        if kept is not None:
            return tuple(edit for name in self._tree.uses(kept) for edit in self._of(name))
        return tuple(self._of(answer))

    def _of(self, answer: ast.expr) -> Iterator[Recast]:
        """The edit of the chain that reads something off ``answer``."""
        read, node, best = "", answer, None
        while (step := self._tree.step(node)) is not None:
            node, read = step[0], read + step[1]
            if read in self._readers:
                best = (self._readers[read], node, read)
        if best is None:
            what = f"reads {read}" if read else "passes it on"
            raise Obstacle(f"what becomes of its answer is not known: line {answer.end_lineno} {what}")
        new, whole, old = best
        if new != old:
            code = f"_{new}" if new.startswith(".") else new
            yield Recast(self._tree.span(whole), self._tree.span(answer), code)
