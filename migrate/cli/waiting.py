"""Shows on a terminal that work is going on, once it takes longer than a moment. Never in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

from migrate.cli.output import Output, is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 0.5  # seconds; most runs end before, and never pay for rich


@contextmanager
def working(what: str, output: Output) -> Iterator[None]:
    """A bar on stderr with ``what`` and the time it takes, gone when the work is done."""
    if output.verbosity < 0 or not is_terminal(sys.stderr):
        yield
        return
    bar = _Bar(what, output.no_color)
    timer = Timer(_PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        bar.hide()


class _Bar:
    """The bar, which appears on the timer's thread and goes on the main one."""

    def __init__(self, what: str, no_color: bool) -> None:
        self._what, self._no_color = what, no_color
        self._progress: Progress | None = None
        self._is_over = False
        self._lock = Lock()

    def show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True, no_color=self._no_color or None)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with self._lock:
            if self._is_over:
                return
            self._progress = Progress(*columns, console=console, transient=True)
            self._progress.add_task(self._what, total=None)
            self._progress.start()

    def hide(self) -> None:
        with self._lock:
            self._is_over = True
            if self._progress is not None:
                self._progress.stop()
