"""The table that scan shows on a terminal. The only renderer of scan that pays for rich."""

from __future__ import annotations

from collections.abc import Iterable

from migrate.report.scan_rows import HEAD, Row


def table(rows: Iterable[Row], *, colour: bool) -> str:
    """The rows as a table of the terminal's width, with its escape codes where ``colour`` is true."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    styles = ("cyan", "", "green", "magenta", "dim")
    for name, style in zip(HEAD, styles, strict=True):
        grid.add_column(name, style=style, overflow="fold")
    for row in rows:
        grid.add_row(*map(Text, row))  # Text: square brackets of code are no markup
    console = Console(no_color=not colour, force_terminal=colour, highlight=False)
    with console.capture() as captured:
        console.print(grid)
    return captured.get()
