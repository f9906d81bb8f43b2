"""What makes a finding the same one after lines were added above it: rule, path, function and code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from migrate.findings.finding import Finding
from migrate.program.calls.identity import fingerprint
from migrate.sources.lines import Lines
from migrate.sources.source import Source


class Key(msgspec.Struct, frozen=True, order=True):
    """``path`` is relative to the scanned root, ``function`` the qualified name of what the finding stands
    in (empty for a module); ``code`` stands for the line it starts in, without its white space. It is a
    digest, because a line may hold a secret."""

    rule: str
    path: str
    function: str
    code: str


class Fingerprints:
    """The keys of the findings in the files that ``source_of`` gives."""

    def __init__(self, source_of: Callable[[str], Source | None]) -> None:
        self._source_of = source_of
        self._files: dict[str, tuple[Lines, list[tuple[int, int, str]], Source] | None] = {}

    def key(self, finding: Finding) -> Key:
        path = finding.place.path
        file = self._file(path)
        if file is None:
            return Key(finding.rule, path, "", "")
        lines, functions, source = file
        line = source.line_of(finding.place)
        around = [name for start, end, name in functions if start <= line <= end]
        code = "".join(lines.line(line).split())
        return Key(finding.rule, path, around[-1] if around else "", fingerprint(code))

    def numbered(self, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Key, int]]:
        """Each finding with its key and how many with the same key stand before it."""
        seen: dict[Key, int] = {}
        for one in findings:
            key = self.key(one)
            yield one, key, seen.get(key, 0)
            seen[key] = seen.get(key, 0) + 1

    def _file(self, path: str) -> tuple[Lines, list[tuple[int, int, str]], Source] | None:
        if path not in self._files:
            source = self._source_of(path)
            self._files[path] = (
                None if source is None else (Lines(source.text), functions(source.text), source)
            )
        return self._files[path]


def functions(text: str) -> list[tuple[int, int, str]]:
    """(first line, last line, qualified name) of every function and class, outer ones first; none where the
    text is not Python."""
    import ast

    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return []
    found: list[tuple[int, int, str]] = []
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    while waiting:
        node, outer = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            outer = f"{outer}.{node.name}" if outer else node.name
            found.append((node.lineno, node.end_lineno or node.lineno, outer))
        waiting += [(child, outer) for child in ast.iter_child_nodes(node)]
    return sorted(found, key=lambda one: (one[0], -one[1]))
