"""The records of one file while they are being collected; ``finish`` freezes them.

Holds no rules about syntax: the modules ``*_facts`` decide what is recorded, and reach each other
through the two readers that a Builder is given.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from migrate.facts.expressions import Expression, Guard, Opaque
from migrate.facts.open_scope import OpenScope
from migrate.facts.records import (
    Binding,
    Block,
    Call,
    FileFacts,
    Group,
    GroupKind,
    Holder,
    Lookup,
    Managed,
    Mention,
    Position,
    ScopeKind,
    Store,
)
from migrate.sources.place import Span

if TYPE_CHECKING:
    from migrate.sources.lines import Lines, Positioned

ExpressionReader: TypeAlias = Callable[["Builder", ast.expr, str, str], Expression]
StatementReader: TypeAlias = Callable[["Builder", Sequence[ast.stmt]], None]

ELSEWHERE = -1
_LONGEST_MENTION = 120


class Builder:
    """Collects the facts of one file; ``scope`` and ``block`` say where the walk stands."""

    def __init__(self, lines: Lines, expression: ExpressionReader, statements: StatementReader) -> None:
        self.lines = lines
        self._expression = expression
        self._statements = statements
        self.scopes: list[OpenScope] = []
        self.blocks: list[Block] = []
        self.groups: list[Group] = []
        self.arms: list[list[int]] = []
        self.calls: list[Call] = []
        self.stores: list[Store] = []
        self.mentions: list[Mention] = []
        self.holders: list[Holder] = []
        self.lookups: list[Lookup] = []
        self.gates: set[ast.expr] = set()
        self.star_imports: list[tuple[str, int]] = []
        self.exports: list[str] | None = None
        self.managed: list[Managed] = []
        self.awaited: ast.expr | None = None
        self.f_string: Span | None = None
        self.scope = -1
        self.block = -1
        self._holders: list[Callable[[int], Holder]] = []
        self._held: list[int] = []

    def span(self, node: Positioned) -> Span:
        """Where ``node`` stands; inside an f-string that is the f-string, because before Python 3.12
        no position in it can be trusted."""
        return self.f_string or self.lines.of(node)

    def expression(self, node: ast.expr, context: str = "other", detail: str = "") -> Expression:
        """The record of ``node``; ``context`` and ``detail`` describe the syntax around it (see Mention)."""
        return self._expression(self, node, context, detail)

    def statements(self, body: Sequence[ast.stmt]) -> None:
        """Walks ``body`` into the current block."""
        self._statements(self, body)

    def opaque(self, node: ast.expr, why: str) -> Opaque:
        return Opaque(self.span(node), why)

    def open_group(
        self,
        kind: GroupKind,
        start: Position,
        exhaustive: bool,
        failed: tuple[Guard, ...] = (),
        after: tuple[Guard, ...] = (),
    ) -> int:
        """Adds a group of sibling blocks that begins at ``start``; returns its index."""
        self.groups.append(Group(kind, start, (), exhaustive, failed, after))
        self.arms.append([])
        return len(self.groups) - 1

    @contextmanager
    def arm(self, group: int, leaves: bool = False, guards: tuple[Guard, ...] = ()) -> Iterator[None]:
        """A new block of ``group``; it is the current one inside the ``with`` statement."""
        outer = self.block
        self.blocks.append(Block(outer, group, self.groups[group].start, leaves, guards))
        self.block = len(self.blocks) - 1
        self.arms[group].append(self.block)
        try:
            yield
        finally:
            self.block = outer

    @contextmanager
    def within(self, scope: int) -> Iterator[OpenScope]:
        """Scope ``scope`` and its outermost block are the current ones inside the ``with`` statement."""
        outer = (self.scope, self.block)
        opened = self.scopes[scope]
        self.scope, self.block = scope, opened.block
        try:
            yield opened
        finally:
            self.scope, self.block = outer

    def open_scope(self, span: Span, kind: ScopeKind, name: str) -> int:
        """Adds a scope with its outermost block inside the current scope; returns its index."""
        parent = self.scopes[self.scope] if self.scope >= 0 else None
        qualname = f"{parent.qualname}.{name}" if parent and parent.qualname else name
        self.blocks.append(Block(ELSEWHERE, ELSEWHERE, (span.line, span.column), False))
        opened = OpenScope(span, kind, name, qualname, self.scope, len(self.blocks) - 1)
        self.scopes.append(opened)
        return len(self.scopes) - 1

    def bind(
        self,
        name: str,
        span: Span,
        value: Expression | None,
        at: Position,
        annotation: Expression | None = None,
    ) -> None:
        """Records that ``name`` gets ``value`` in the current scope, or where it was declared to live."""
        opened = self.scopes[self.scope]
        home = opened.elsewhere.get(name)
        target = opened if home is None else self.scopes[home]
        binding = Binding(span, value, annotation, self.block, at, self.scope)
        target.bindings.setdefault(name, []).append(binding)

    def enter(self, describe: Callable[[int], Holder]) -> None:
        """Up to ``leave``, mentions are in the Holder that ``describe`` makes, given the one around it. It is
        asked for the first of them: most holders hold none."""
        self._holders.append(describe)

    def leave(self) -> None:
        self._holders.pop()
        del self._held[len(self._holders) :]

    def _holder(self) -> int:
        """The index of the innermost holder, -1 for none."""
        for describe in self._holders[len(self._held) :]:
            self.holders.append(describe(self._held[-1] if self._held else -1))
            self._held.append(len(self.holders) - 1)
        return self._held[-1] if self._held else -1

    def mention(self, span: Span, value: str, context: str, detail: str) -> None:
        if value:
            prose = len(value) > _LONGEST_MENTION or any(map(str.isspace, value))
            said = "" if prose else value
            self.mentions.append(Mention(span, said, context, detail, self.scope, self._holder()))

    def finish(self) -> FileFacts:
        return FileFacts(
            tuple(scope.freeze() for scope in self.scopes),
            tuple(self.blocks),
            tuple(replace(one, blocks=tuple(arms)) for one, arms in zip(self.groups, self.arms, strict=True)),
            tuple(self.calls),
            tuple(self.stores),
            tuple(self.mentions),
            tuple(self.holders),
            tuple(self.lookups),
            tuple(self.star_imports),
            None if self.exports is None else tuple(self.exports),
            tuple(self.managed),
        )
