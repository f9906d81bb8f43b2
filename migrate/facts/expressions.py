"""Expressions as data: the small language that facts are written in and that program/ evaluates.

A call stands once in ``FileFacts.calls``; inside other expressions it is a CallReference, so a
record is never stored twice. ``await x``, ``x := y`` and starred wrappers are seen through.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.sources.place import Span

ELLIPSIS = "an ellipsis"
"""The reason of an Opaque that stands for ``...``."""

Scalar: TypeAlias = str | int | float | bool | None


class _Expression(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=True):
    span: Span


class Constant(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """A literal; implicit concatenation is one Constant."""

    value: Scalar


class Name(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    id: str


class Attribute(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    base: Expression
    name: str


class Subscript(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    base: Expression
    index: Expression


class CallReference(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """The call ``FileFacts.calls[index]``."""

    index: int


class Mapping(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """A dict display; an entry whose key is None is ``**value``."""

    entries: tuple[tuple[Expression | None, Expression], ...]


class Sequence(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """A list, tuple or set display."""

    items: tuple[Expression, ...]


class Repeated(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """A list, set or generator comprehension: ``item`` any number of times."""

    item: Expression


class Text(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """An f-string: its literal parts and its placeholders, in order."""

    parts: tuple[Expression, ...]


class Operation(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """``left operator right`` for the operators that build text and mappings: ``+ % | /``; ``:`` for a
    slice, and for the starred part of an unpacking, whose missing ends are None."""

    operator: str
    left: Expression
    right: Expression


class Choice(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """One of ``options``: ``a if c else b``, ``a or b``, ``a and b``; ``operator`` is if, or, and.

    ``a if a is not None else b`` is an "or". No options at all: a name that was deleted.
    """

    operator: str
    options: tuple[Expression, ...]


class Element(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """What iterating over ``of`` yields."""

    of: Expression


class Entered(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """What ``with of as name`` binds."""

    of: Expression


class Imported(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """``import module`` (``name`` is None) or ``from module import name``; ``level`` counts leading dots."""

    module: str
    name: str | None
    level: int


class Defined(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """A function, lambda or class: ``FileFacts.scopes[scope]``."""

    scope: int


class Guard(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a test says of ``subject``, a name with or without attributes: that it is there (form truth), one
    of ``values`` (equal) or an instance of one of ``classes`` (instance); or, unless it ``holds``, that it
    is not."""

    subject: str
    form: Literal["truth", "equal", "instance"]
    holds: bool
    values: tuple[Scalar, ...] = ()
    classes: tuple[Expression, ...] = ()


class Narrowed(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """``of``, a name with or without attributes, where ``guards`` hold of it."""

    of: Expression
    guards: tuple[Guard, ...]


class Opaque(_Expression, frozen=True, array_like=True, gc=False, tag=True):
    """Anything else; ``why`` names the construct for a person."""

    why: str


Expression: TypeAlias = (
    Constant
    | Name
    | Attribute
    | Subscript
    | CallReference
    | Mapping
    | Sequence
    | Repeated
    | Text
    | Operation
    | Choice
    | Element
    | Entered
    | Imported
    | Defined
    | Narrowed
    | Opaque
)


def dotted(expression: Expression) -> str:
    """``self.config`` for a name with attributes; empty for anything else."""
    if isinstance(expression, Attribute):
        base = dotted(expression.base)
        return f"{base}.{expression.name}" if base else ""
    return expression.id if isinstance(expression, Name) else ""


def last_name(expression: Expression) -> str:
    """``create`` of ``client.chat.completions.create``; empty for what has no name."""
    # Asked of most expressions there are: the exact type tells faster than isinstance.
    if type(expression) is Name:
        return expression.id
    return expression.name if type(expression) is Attribute else ""


def class_name(expression: Expression) -> str:
    """``Base`` of ``module.Base[T]`` and of ``Base``; empty for an item of what is not named like a class."""
    if isinstance(expression, Subscript):
        name = last_name(expression.base)
        return name if name[:1].isupper() else ""
    return last_name(expression)
