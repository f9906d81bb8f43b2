"""Looks for keys that are written into files which are meant to be shared: code, notebooks, configuration and
scripts. Environment files are where keys belong, and tests have made-up ones. A key is never kept, only its
place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from migrate.sources.kinds import Kind
from migrate.sources.place import Place, Span
from migrate.sources.reading import peek
from migrate.sources.secrets import KEY_BEGINNINGS
from migrate.sources.testfiles import is_test

KINDS: tuple[Kind, ...] = ("python", "notebook", "configuration", "deployment", "shell")
_KEY = re.compile(rf"(?<![A-Za-z0-9_-])(?:{KEY_BEGINNINGS})([A-Za-z0-9_-]{{16,}})".encode())
_MADE_UP = re.compile(rb"(?i)x{4}|your|here|example|fake|dummy|test|123456|abcdef|\.\.\.")
_FEWEST_CHARACTERS = 10
_LARGEST = 1_000_000


def written_keys(root: Path, paths: Iterable[str]) -> tuple[Place, ...]:
    """Where keys are written in the files ``paths`` below ``root``, one place a line, sorted."""
    found = []
    for path in sorted(paths):
        if is_test(path):
            continue
        raw = peek(root, path, _LARGEST)
        starts = [match.start() for match in _KEY.finditer(raw) if _is_real(match[1])]
        lines = dict.fromkeys(raw.count(b"\n", 0, start) + 1 for start in starts)
        found += [Place(path, Span(line, 1, line, 1)) for line in lines]
    return tuple(found)


def _is_real(key: bytes) -> bool:
    """Whether ``key``, without its beginning, looks drawn at random and not written by a person."""
    mixed = re.search(rb"\d", key) and re.search(rb"[A-Za-z]", key)
    return bool(mixed) and len(set(key)) >= _FEWEST_CHARACTERS and not _MADE_UP.search(key)
