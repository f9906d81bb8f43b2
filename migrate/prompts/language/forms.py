"""Reads the ways of a construction as the rules write them: kinds of words, and the marks between them. It
looks for nothing.
"""

from __future__ import annotations

import msgspec

from migrate.catalog.techniques import Construction, Saying, Technique
from migrate.errors import CatalogError
from migrate.prompts.language.rules import Lookup, Rule

REACH = {"+": 14, ">": 14, "|": 14, "~": 10, "&": 4, "^": 30, "/": 30}
"""Tokens between two parts of a construction, by the mark."""


class Form(msgspec.Struct, frozen=True):
    """One way of ``says``: its first kind, and the others, each with the mark before it."""

    rule: Rule
    anchor: str
    asked: bool
    others: tuple[tuple[str, str], ...]
    without: tuple[str, ...]


def form_of(text: str, technique: Technique, construction: Construction, lang: str) -> Form:
    """The way that a text of ``says`` describes. Raises CatalogError."""
    words = text.split()
    names, marks = words[::2], words[1::2]
    if not names or not REACH.keys() >= set(marks) or len(marks) != len(names) - 1:
        raise CatalogError(
            f"technique {technique.id}: construction {text!r}: put +, ~, >, |, ^, / or & between two kinds"
        )
    rule = Rule(technique, Saying(lang, (text,), construction.cut), Lookup(()), Lookup(()))
    others = tuple(zip(names[1:], marks, strict=True))
    return Form(rule, names[0].rstrip("!"), names[0].endswith("!"), others, construction.without)
