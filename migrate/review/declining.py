"""The comments that a refused change leaves: one above each statement that it would have changed."""

from __future__ import annotations

import ast

from migrate.review.cards import Card
from migrate.review.diff import lines_of
from migrate.review.pieces import Piece
from migrate.sources.source import Source


def declining(card: Card) -> tuple[Piece, ...]:
    """The pieces that add ``# repoint: ignore[...]`` for every finding of the change."""
    sources = {one.path: one.source for one in card.files if _takes_comments(one.source)}
    rules: dict[tuple[str, int], set[str]] = {}
    for one in card.findings:
        if one.place.path in sources:
            line = _statement(sources[one.place.path], one.place.span.line)
            rules.setdefault((one.place.path, line), set()).add(one.rule)
    return tuple(_comment(sources[path], line, sorted(named)) for (path, line), named in rules.items())


def _takes_comments(source: Source) -> bool:
    """Whether a line with a comment can be added: not in JSON, a notebook included, and not where lines have
    other numbers for git, which knows no lone carriage return."""
    if source.path.endswith((".json", ".ipynb")):
        return False
    return source.text.count("\r") == source.text.count("\r\n")


def _comment(source: Source, line: int, rules: list[str]) -> Piece:
    lines = lines_of(source.raw)
    below = lines[line - 1] if line <= len(lines) else ""
    indent = below[: len(below) - len(below.lstrip(" \t"))]
    end = "\r\n" if below.endswith("\r\n") else "\n"
    return Piece(source.path, line, (), (f"{indent}# repoint: ignore[{', '.join(rules)}]{end}",))


def _statement(source: Source, line: int) -> int:
    """The first line of the innermost statement around ``line``, its decorators included."""
    if not source.path.endswith(".py"):
        return line
    try:
        tree = ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError):
        return line
    starts = [
        min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(starts, default=line)
