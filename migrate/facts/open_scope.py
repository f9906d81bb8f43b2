"""A scope while it is being walked: what ``Builder.finish`` freezes into a Scope."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrate.facts.expressions import Expression
from migrate.facts.records import Binding, Parameter, Scope, ScopeKind
from migrate.sources.place import Span


@dataclass
class OpenScope:
    """A Scope whose body is still being walked."""

    span: Span
    kind: ScopeKind
    name: str
    qualname: str
    parent: int
    block: int
    parameters: tuple[Parameter, ...] = ()
    decorators: tuple[Expression, ...] = ()
    bases: tuple[Expression, ...] = ()
    keywords: tuple[tuple[str, Expression], ...] = ()
    asynchronous: bool = False
    annotation: Expression | None = None
    returns: list[tuple[int, Expression]] = field(default_factory=list)
    yields: list[tuple[int, Expression]] = field(default_factory=list)
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    elsewhere: dict[str, int] = field(default_factory=dict)

    def freeze(self) -> Scope:
        return Scope(
            self.span,
            self.kind,
            self.name,
            self.qualname,
            self.parent,
            self.block,
            self.parameters,
            self.decorators,
            self.bases,
            self.keywords,
            tuple(self.returns),
            tuple(self.yields),
            {name: tuple(bindings) for name, bindings in self.bindings.items()},
            self.asynchronous,
            self.annotation,
        )
