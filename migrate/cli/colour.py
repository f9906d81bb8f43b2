"""Paints words for a terminal. Does nothing where the result is not one."""

from __future__ import annotations

from migrate.cli.output import Output
from migrate.report.finding_lines import Paint, plain


def paint_for(output: Output) -> Paint:
    """How words of this output are painted."""
    return _painted if output.colour else plain


def _painted(text: str, colour: str) -> str:
    import click

    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)


def paint_words(output: Output) -> Paint:
    """The same for a diff whose differing words are marked, ``old`` and ``new``."""
    if not output.colour:
        return plain
    import click

    marked = {"old": "red", "new": "green"}
    return lambda text, colour: (
        click.style(text, fg=marked[colour], reverse=True) if colour in marked else _painted(text, colour)
    )


def painted_patch(patch: str) -> str:
    """A patch as git shows it: headers bold, hunks cyan, old lines red, new ones green."""
    return "\n".join(map(_painted_line, patch.split("\n")))


def _painted_line(line: str) -> str:
    if line.startswith(("diff ", "--- ", "+++ ")):
        return _painted(line, "bold")
    colours = {"@": "cyan", "-": "red", "+": "green"}
    return _painted(line, colours[line[0]]) if line[:1] in colours else line
