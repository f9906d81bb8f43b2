"""Edits as data: what may change in a file, and nothing else changes.

Each edit names its target by the exact Span of the syntax it was computed for; an engine that
finds other syntax there must refuse. ``code`` is one Python expression as source text.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from migrate.sources.place import Span


class _Edit(msgspec.Struct, frozen=True, gc=False, tag=True, order=True):
    span: Span


class ReplaceText(_Edit, frozen=True, gc=False, tag=True, order=True):
    """In the string literal at ``span``, the value ``old`` becomes ``new``; prefix and quotes stay.
    ``old`` may be a part of the literal's value (``gpt-4o`` in ``openai/gpt-4o``), but must occur once. With
    ``within``, the stretch of source that spells ``old`` in the one literal at ``span`` (no concatenation),
    it may occur more often, or be empty, and ``new`` is written with the escapes that it needs there.
    """

    old: str
    new: str
    within: Span | None = None


class ReplaceExpression(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The expression at ``span`` becomes ``code``; ``local`` are names in it that mean those of the function
    around it."""

    code: str
    local: tuple[str, ...] = ()


class SetArgument(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The call at ``span`` gets ``name=code``: the keyword's value is replaced, or the keyword added last
    (before any ``**mapping``)."""

    name: str
    code: str


class RenameArgument(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The call at ``span`` passes keyword ``name`` as ``new``; its value stays."""

    name: str
    new: str


class RemoveArgument(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The call at ``span`` loses keyword ``name``."""

    name: str


class NameArgument(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The call at ``span`` passes its positional argument ``position`` (from 0) as keyword ``name``; those
    behind it need names too."""

    position: int
    name: str


class SetEntry(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The dict display at ``span`` gets ``"key": code``: replaced, or added last."""

    key: str
    code: str


class RenameEntry(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The dict display at ``span`` has string key ``key`` renamed to ``new``; its value stays."""

    key: str
    new: str


class RemoveEntry(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The dict display at ``span`` loses the entry with string key ``key``."""

    key: str


class RemoveItem(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The list or tuple display at ``span`` loses its item ``position`` (from 0)."""

    position: int


class Recast(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The expression at ``span`` becomes ``code``, in which ``_`` stands for the expression at ``keep``: a
    part of it, or all of it. Edits within ``keep`` are made too; nothing else of the expression stays."""

    keep: Span
    code: str


class RemoveStatement(_Edit, frozen=True, gc=False, tag=True, order=True):
    """The simple statement at ``span`` goes, with its line; a comment behind it stays on a line of its own.
    Where it is the only statement of its block, ``pass`` takes its place."""


class InsertAfter(_Edit, frozen=True, gc=False, tag=True, order=True):
    """``code``, one simple statement, is added on its own line after the statement at ``span``, with
    ``blank`` blank lines before it."""

    code: str
    blank: int = 0


class AddImport(msgspec.Struct, frozen=True, gc=False, tag=True, order=True):
    """The module gets ``import module`` or ``from module import name`` at its top, unless it has it."""

    module: str
    name: str | None = None


class DropImport(msgspec.Struct, frozen=True, gc=False, tag=True, order=True):
    """The module loses ``name`` of its ``from module import name``, where the text that the other edits make
    says that name nowhere else."""

    module: str
    name: str


class SetVariable(_Edit, frozen=True, gc=False, tag=True, order=True):
    """In an environment file, the assignment line at ``span`` gets ``value``; an empty ``span``
    (start equals end) at a line's start inserts ``name=value`` as a new line there."""

    name: str
    value: str


class ReplaceSpan(_Edit, frozen=True, gc=False, tag=True, order=True):
    """In a text file that is not Python, the characters at ``span``, which are ``old``, become ``new``.
    An empty ``span`` (and ``old``) inserts ``new`` there. Quotes and escapes of the file's format are part of
    both texts: whoever makes the edit knows the format, the engine does not.
    """

    old: str
    new: str


class RenameKey(_Edit, frozen=True, gc=False, tag=True, order=True):
    """In a text file that is not Python, the mapping at ``span`` has ``key`` renamed to ``new``; its value
    stays. The file's format says what a mapping is: an object of JSON, a table, the body of a request."""

    key: str
    new: str


class RemoveKey(_Edit, frozen=True, gc=False, tag=True, order=True):
    """In a text file that is not Python, the mapping at ``span`` loses ``key`` with its value."""

    key: str


class SetKey(_Edit, frozen=True, gc=False, tag=True, order=True):
    """In a text file that is not Python, the mapping at ``span`` gets ``key``: ``code``, a value as JSON and
    Python write it, replaced or added."""

    key: str
    code: str


Edit: TypeAlias = (
    ReplaceText
    | ReplaceExpression
    | SetArgument
    | RenameArgument
    | RemoveArgument
    | NameArgument
    | SetEntry
    | RenameEntry
    | RemoveEntry
    | RemoveItem
    | Recast
    | RemoveStatement
    | InsertAfter
    | AddImport
    | DropImport
    | SetVariable
    | ReplaceSpan
    | RenameKey
    | RemoveKey
    | SetKey
)

OF_IMPORTS = (AddImport, DropImport)
"""Those that concern a module's imports, and no place in it."""
KEY_EDITS = (RenameKey, RemoveKey, SetKey)
"""Those that need a file's format to be made."""
IN_TEXT = (ReplaceSpan, *KEY_EDITS)
"""Those for text files that are not Python."""
