"""Ctrl-C while files are being written: held back until the last of them is whole."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


@contextmanager
def interrupts_held() -> Iterator[list[int]]:
    """Collects interrupts instead of raising; the caller raises KeyboardInterrupt once all is told."""
    held: list[int] = []
    if current_thread() is not main_thread():  # only the main thread is ever interrupted
        yield held
        return
    before = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield held
    finally:
        signal.signal(signal.SIGINT, before)
