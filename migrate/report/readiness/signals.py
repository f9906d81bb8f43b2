"""Looks through a repository for signals: imports, names and keys that answer a question about all of it.
Runs nothing; a file that cannot be read or parsed holds no signal (its outcome is told elsewhere)."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from migrate.catalog.checklist import Signal
from migrate.sources.kinds import Kind, kind_of
from migrate.sources.patterns import matcher
from migrate.sources.place import Place, Span
from migrate.sources.reading import peek
from migrate.sources.testfiles import is_test

KINDS: tuple[Kind, ...] = ("python", "configuration")
_KEY = re.compile(r"""(?m)^[ \t-]*["']?([A-Za-z_][A-Za-z0-9_-]*)["']?[ \t]*[:=]""")
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")
_LARGEST = 1_000_000


class Hit(msgspec.Struct, frozen=True, order=True):
    """A place that holds a signal, and the word that says so."""

    place: Place
    word: str


class Found(msgspec.Struct, frozen=True):
    """Hits by signal id, at most one a file and signal, sorted; ``tested`` are the identifiers of tests."""

    hits: dict[str, tuple[Hit, ...]]
    tested: frozenset[str]


def find_signals(root: Path, paths: Iterable[str], signals: Sequence[Signal]) -> Found:
    """The signals in the files ``paths`` below ``root``."""
    hits: dict[str, list[Hit]] = {one.id: [] for one in signals}
    tested: set[str] = set()
    by_path = {one.id: matcher(one.paths) for one in signals if one.paths}
    for path in sorted(paths):
        raw = peek(root, path, _LARGEST)
        named = [name for name, matches in by_path.items() if matches(path)]
        for name in named:
            hits[name].append(Hit(Place(path, Span(1, 1, 1, 1)), path))
        if is_test(path) or "evaluation" in named:
            tested.update(word.decode() for word in _WORD.findall(raw))
        likely = [one for one in signals if one.id not in named and _holds(raw, one)]
        for one in likely:
            hits[one.id] += [min(found) for found in [list(_hits(path, raw, one))] if found]
    return Found({name: tuple(found) for name, found in hits.items()}, frozenset(tested))


def _holds(raw: bytes, signal: Signal) -> bool:
    lowered = raw.lower()
    return any(word.encode() in lowered for word in signal.words)


def _hits(path: str, raw: bytes, signal: Signal) -> Iterator[Hit]:
    text = raw.decode("utf-8", "replace")
    if kind_of(path) == "python":
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for node in ast.walk(ast.parse(text)):
                for word in _words(node, signal):
                    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
                    yield Hit(Place(path, Span(line, column, line, column)), word)
        return
    for match in _KEY.finditer(text):
        if match[1].lower() in signal.keys:
            line = text.count("\n", 0, match.start(1)) + 1
            yield Hit(Place(path, Span(line, 1, line, 1)), match[1])


def _words(node: ast.AST, signal: Signal) -> Iterator[str]:
    """The words of ``node`` that are the signal."""
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names if _imported(one.name, signal))
    elif isinstance(node, ast.ImportFrom) and node.module and _imported(node.module, signal):
        yield node.module
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from [node.value] * (node.value in signal.keys)
        yield from (host for host in signal.hosts if host in node.value)
    else:
        name, among = _name(node, signal)
        if name.lower() in among:
            yield name


def _name(node: ast.AST, signal: Signal) -> tuple[str, tuple[str, ...]]:
    """The name that ``node`` reads, passes or binds, and the signal's words of that kind."""
    if isinstance(node, ast.Attribute):
        return node.attr, signal.names if isinstance(node.ctx, ast.Store) else signal.attributes
    if isinstance(node, ast.keyword):
        return node.arg or "", signal.keywords
    if isinstance(node, ast.arg):
        return node.arg, signal.names
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id, signal.names
    return "", ()


def _imported(module: str, signal: Signal) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in signal.imports)
