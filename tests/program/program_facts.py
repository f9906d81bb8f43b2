"""Programs made of texts, for tests that need no disk."""

from __future__ import annotations

from textwrap import dedent

from migrate.facts.extract import extract
from migrate.facts.records import FileFacts


def facts_of(text: str, path: str = "app.py") -> FileFacts:
    """The facts of ``text``, which must parse."""
    facts = extract(path, dedent(text))
    assert isinstance(facts, FileFacts), facts
    return facts
