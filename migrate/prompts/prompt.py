"""The PromptText record: one prompt as a reader sees it, each character tied to the place that spells it.

It holds no rule about what makes a good prompt, and reads no file.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.sources.place import Place

PromptRole: TypeAlias = Literal["system", "developer", "user", "assistant", "few-shot", "tool", "unknown"]
"""``few-shot``: a message of an example conversation that is written in the code. ``unknown``: the code does
not show it."""

PieceKind: TypeAlias = Literal["text", "escape", "field"]

FileFormat: TypeAlias = Literal["python", "text", "yaml", "toml", "json"]


class StringLiteral(msgspec.Struct, frozen=True, order=True, gc=False):
    """A string literal of Python with its quotes (``prefix`` as written, ``f`` or ``rb``), or, in a file of
    another ``format``, the stretch that holds the text."""

    place: Place
    prefix: str = ""
    quote: str = ""
    format: FileFormat = "python"

    @property
    def formatted(self) -> bool:
        """Whether braces in it are fields of Python's own."""
        return "f" in self.prefix.lower()


class Piece(msgspec.Struct, frozen=True, gc=False):
    """``text[start:end]`` of a prompt, and the stretch of source that spells it.

    ``text`` stands there character by character; ``escape`` is spelled otherwise (``\\n``, ``{{``, a line end
    of two characters; it can be empty, for a backslash that joins two lines); ``field`` is shown as
    ``{expression}`` and filled in at run time. ``literal`` is an index of ``PromptText.literals``, -1 for a
    field that stands in none. ``between``: it stands between all items of a list that is joined.
    """

    start: int
    end: int
    kind: PieceKind
    place: Place
    literal: int = -1
    between: bool = False


class PromptText(msgspec.Struct, frozen=True):
    """One prompt of one call, or one that reaches no known call (``call`` is empty).

    ``place`` is where its first character is written. ``pieces`` cover ``text`` without gaps, in order.
    ``syntax`` says what its own placeholders look like, where it is a template that is filled in later;
    ``unknown`` says why it may read otherwise at run time.
    """

    call: str
    role: PromptRole
    text: str
    place: Place
    pieces: tuple[Piece, ...]
    literals: tuple[StringLiteral, ...]
    syntax: Literal["", "format", "percent", "dollar", "jinja"] = ""
    unknown: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """What is filled in at run time, as it is shown in ``text``."""
        return tuple(self.text[one.start : one.end] for one in self.pieces if one.kind == "field")
