"""The words of shell commands, each character of which knows where it is written."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

Dialect: TypeAlias = Literal["shell", "make", "docker"]
"""Who reads the text before the shell does."""
Quoting: TypeAlias = Literal["bare", "single", "double", "here", "raw"]

UNKNOWN = "\ufffc"
"""Stands in a word for what is filled in when the command runs."""


# What a backslash stands before, by the quotes around.
ESCAPED: dict[str, str] = {"double": '\\"$`', "here": "\\$`"}


class Variable(msgspec.Struct, frozen=True):
    """A variable in a word: ``name`` stands at offsets ``start`` to ``end``, ``default`` where it has one."""

    name: str
    at: int
    start: int
    end: int
    default: tuple[int, int] | None = None


class Word(msgspec.Struct, frozen=True):
    """``text`` is what the command gets, with ``UNKNOWN`` for expansions; ``starts`` and ``ends`` say where
    each of its characters is written, ``quoting`` how."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoting: tuple[Quoting, ...]
    variables: tuple[Variable, ...] = ()


class Command(msgspec.Struct, frozen=True):
    """A command's words, up to offset ``end``; ``document`` is what it reads from a here-document."""

    words: tuple[Word, ...]
    end: int
    document: Word | None = None


def spelled(new: str, quoting: Quoting, dialect: Dialect) -> str | None:
    """``new`` as it has to be written among characters of that ``quoting``; None where it cannot be."""
    if quoting == "bare" and not re.fullmatch(r"[\w./:@%+,=-]*", new):
        return None
    if quoting == "single" and "'" in new:
        return None
    for one in ESCAPED.get(quoting, ""):
        new = new.replace(one, f"\\{one}")
    return new.replace("$", "$$") if dialect == "make" else new
