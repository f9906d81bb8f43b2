"""The records that one file's facts consist of. Plain, frozen, serialisable; no syntax-tree nodes."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.facts.expressions import Expression, Guard
from migrate.sources.place import Span

Position: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""

ParameterKind: TypeAlias = Literal["positional-only", "positional", "keyword", "*", "**"]
ScopeKind: TypeAlias = Literal["module", "class", "function"]
GroupKind: TypeAlias = Literal["choice", "loop", "try"]
HolderKind: TypeAlias = Literal["call", "mapping", "sequence", "text"]


class Argument(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One argument of a call. ``name`` is None for a positional one; ``stars`` counts ``*``."""

    span: Span
    name: str | None
    stars: int
    value: Expression


class Call(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call, the scope and block it stands in, and whether its result is awaited on the spot."""

    span: Span
    function: Expression
    arguments: tuple[Argument, ...]
    scope: int
    block: int
    awaited: bool


class Binding(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name gets a value.

    ``at`` is where the binding takes effect (the end of its statement). ``block`` and ``scope`` are
    those of the statement; for a ``global`` or ``nonlocal`` name that is not the scope it binds in.
    A declaration (``x: int``) has no value.
    """

    span: Span
    value: Expression | None
    annotation: Expression | None
    block: int
    at: Position
    scope: int


class Store(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """``base.attribute = value`` or, where ``attribute`` is None, ``base[key] = value``.
    ``annotation`` is that of ``base.attribute: T = value``."""

    span: Span
    base: Expression
    attribute: str | None
    key: Expression | None
    value: Expression
    scope: int
    block: int
    at: Position
    annotation: Expression | None = None


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    span: Span
    name: str
    kind: ParameterKind
    default: Expression | None
    annotation: Expression | None


class Scope(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A module, class, function or lambda. ``block`` is its outermost block;
    what it returns and yields comes with the block that it stands in, ``annotation`` promises it."""

    span: Span
    kind: ScopeKind
    name: str
    qualname: str
    parent: int
    block: int
    parameters: tuple[Parameter, ...]
    decorators: tuple[Expression, ...]
    bases: tuple[Expression, ...]
    keywords: tuple[tuple[str, Expression], ...]
    returns: tuple[tuple[int, Expression], ...]
    yields: tuple[tuple[int, Expression], ...]
    bindings: dict[str, tuple[Binding, ...]]
    asynchronous: bool
    annotation: Expression | None = None


class Block(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A run of statements that are executed together; arms of one branch share a ``group``.

    ``leaves`` says that control never runs off its end: it returns or raises. ``guards`` hold inside it.
    """

    parent: int
    group: int
    start: Position
    leaves: bool
    guards: tuple[Guard, ...] = ()


class Group(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Sibling blocks. ``exhaustive``: one of the arms is always executed. ``failed`` holds where the test of
    the first arm does not, ``after`` behind them all, where an arm that says otherwise leaves."""

    kind: GroupKind
    start: Position
    blocks: tuple[int, ...]
    exhaustive: bool
    failed: tuple[Guard, ...] = ()
    after: tuple[Guard, ...] = ()


class Holder(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call, display or f-string around a Mention. ``context`` and ``detail`` say, as for a Mention, where
    it stands itself; ``parent`` is the Holder around it, -1 for none.

    ``name`` is the dotted name of a called function. ``keys`` are the texts among the keys of a dict,
    ``values`` the kinds of its values, or of the items: number, text, mapping, sequence, call, other.
    """

    span: Span
    kind: HolderKind
    context: str
    detail: str
    parent: int
    name: str
    keys: tuple[str, ...]
    values: tuple[str, ...]


class Mention(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A string literal and the syntax around it. ``value`` is empty for prose: long, or with spaces.

    ``context`` is one of argument, default, assignment, key, value, item, comparison, subscript,
    annotation, statement, return, text, other; ``detail`` the assigned name or the like, for an argument the
    name of the function and the keyword or position: ``get``, ``get.1``, ``get.default``; ``holder`` the
    nearest Holder, -1 for none.
    """

    span: Span
    value: str
    context: str
    detail: str
    scope: int
    holder: int


class Lookup(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A value that decides something: ``subject[value]`` (form subscript) or ``subject == value``, ``in``
    and the like (form comparison). A ``gate`` raises, or ends the program, where they are not alike."""

    span: Span
    form: Literal["subscript", "comparison"]
    subject: Expression
    value: Expression
    scope: int
    block: int
    gate: bool = False


class Managed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A ``with`` statement around ``span``, and a call that makes its context manager."""

    span: Span
    manager: Expression
    scope: int
    block: int


class FileFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Everything that linking needs to know of one file. ``scopes[0]`` is the module."""

    scopes: tuple[Scope, ...]
    blocks: tuple[Block, ...]
    groups: tuple[Group, ...]
    calls: tuple[Call, ...]
    stores: tuple[Store, ...]
    mentions: tuple[Mention, ...]
    holders: tuple[Holder, ...]
    lookups: tuple[Lookup, ...]
    star_imports: tuple[tuple[str, int], ...]
    exports: tuple[str, ...] | None
    managed: tuple[Managed, ...] = ()
