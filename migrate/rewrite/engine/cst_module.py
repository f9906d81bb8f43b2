"""Parses text with libcst, exactly: the tree must print as the same text, and every node knows its offsets.

It changes nothing. libcst is imported here, so only code that has an edit to apply may import this module.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager

import libcst as cst
from libcst._nodes.internal import CodegenState

from migrate.errors import ProofError
from migrate.rewrite.engine.source import split_lines

Offsets = tuple[int, int]


class Parsed:
    """A module and the ``(start, end)`` character offsets of its nodes, as ``ast`` would cut them:
    without the parentheses around an expression, but with those that make a tuple or a generator.
    ``tail`` is what the text has behind the module: blank lines and comments, if anything."""

    def __init__(self, text: str, module: cst.Module, spans: dict[cst.CSTNode, Offsets], tail: str) -> None:
        self.text = text
        self.module = module
        self.spans = spans
        self.tail = tail


class _Recorder(CodegenState):
    """Notes where each node lands while the module prints itself.

    PositionProvider does the same for every node and comma with lines and columns, and takes twice as
    long as the parse; this takes a third of it. A test holds the two against each other.
    """

    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.offset = 0
        self.spans: dict[cst.CSTNode, Offsets] = {}
        self.opens: dict[cst.CSTNode, int] = {}
        self.closes: dict[cst.CSTNode, int] = {}

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.offset += len(value)

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)

    def before_codegen(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.LeftParen):
            self.opens[node] = self.offset

    def after_codegen(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.RightParen):
            self.closes[node] = self.offset

    @contextmanager
    def record_syntactic_position(
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> Iterator[None]:
        start = self.offset
        yield
        # A compound statement ends where its last statement does, not behind its newline and comments.
        end = self.spans[end_node][1] if end_node in self.spans else self.offset
        self.spans[node] = (start, end)


@functools.lru_cache(maxsize=1)
def parse_exactly(text: str) -> Parsed:
    """``text`` as a libcst module with offsets; the last one is kept, because proving follows applying.

    Raises ProofError where libcst cannot parse the text or would print it differently.
    """
    recorder, module = _recorded(text)
    tail = ""
    if "".join(recorder.tokens) != text:
        # libcst 1.9 loses blank lines at the very end of some files: it need not see them.
        tail = _tail(text)
        recorder, module = _recorded(text.removesuffix(tail))
    if (printed := "".join(recorder.tokens) + tail) != text:
        pairs = zip(split_lines(printed), split_lines(text), strict=False)
        line = next((number for number, (one, two) in enumerate(pairs, 1) if one != two), 1)
        raise ProofError("engine", f"libcst would not print the file as it is, around line {line}")
    return Parsed(text, module, _with_own_parentheses(recorder), tail)


def _tail(text: str) -> str:
    """The blank lines and comments at the end of ``text``, from a line's start on."""
    lines = split_lines(text)
    count = len(lines)
    while count and (not lines[count - 1].strip() or lines[count - 1].lstrip().startswith("#")):
        count -= 1
    return "".join(lines[count:])


def _recorded(text: str) -> tuple[_Recorder, cst.Module]:
    try:
        module = cst.parse_module(text)
        recorder = _Recorder(module)
        module._codegen(recorder)
    except (cst.ParserSyntaxError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise ProofError("engine", f"libcst cannot parse the file: {reason}") from error
    return recorder, module


def _with_own_parentheses(recorder: _Recorder) -> dict[cst.CSTNode, Offsets]:
    for node in recorder.spans:
        if isinstance(node, (cst.Tuple, cst.GeneratorExp)) and node.lpar:
            recorder.spans[node] = (recorder.opens[node.lpar[-1]], recorder.closes[node.rpar[0]])
    return recorder.spans
