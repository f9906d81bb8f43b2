"""Findings that a team has accepted for now, by key and count: new ones show, and the counts only shrink."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path, PurePath

import msgspec

from migrate.errors import UsageError
from migrate.findings.finding import Finding
from migrate.findings.fingerprint import Fingerprints, Key

_SCHEMA = "repoint/baseline/1"


class _Row(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    path: str
    rule: str
    function: str
    code: str
    count: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    findings: tuple[_Row, ...]


class Baseline:
    """The accepted findings in ``file``; paths there are relative to its folder."""

    def __init__(self, file: Path, counts: Counter[Key]) -> None:
        self.file = Path(os.path.realpath(file))
        self.counts = counts

    def known(self, findings: Sequence[Finding], fingerprints: Fingerprints, root: Path) -> list[Finding]:
        """Those of ``findings`` that are accepted: of each key the first ones, as many as were counted."""
        numbered = fingerprints.numbered(one for one in findings if not one.note)
        return [one for one, key, before in numbered if before < self.counts[self._here(key, root)]]

    def of(self, findings: Sequence[Finding], fingerprints: Fingerprints, root: Path) -> Counter[Key]:
        """The counts of ``findings``, notes excepted."""
        return Counter(self._here(fingerprints.key(one), root) for one in findings if not one.note)

    def gone(self, now: Counter[Key], selected: Collection[str], root: Path) -> Counter[Key]:
        """What was accepted and is found no more, in the ``selected`` files and those that do not exist."""
        looked_at = {self._path(path, root) for path in selected}
        return Counter(
            {
                key: count - now[key]
                for key, count in self.counts.items()
                if count > now[key] and (key.path in looked_at or not (self.file.parent / key.path).is_file())
            }
        )

    def _here(self, key: Key, root: Path) -> Key:
        return msgspec.structs.replace(key, path=self._path(key.path, root))

    def _path(self, path: str, root: Path) -> str:
        folder = os.path.relpath(os.path.realpath(root), self.file.parent)
        return path if folder == "." else (PurePath(folder) / path).as_posix()


def read_baseline(file: Path) -> Baseline:
    """The baseline in ``file``. Raises UsageError where it is missing or no baseline."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_File)
    except FileNotFoundError:
        raise UsageError(f"{file}: no such baseline; --update-baseline writes it") from None
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: no baseline of repoint: {error}; remove it and write it anew") from None
    if found.schema != _SCHEMA:
        raise UsageError(f"{file}: schema {found.schema!r}, not {_SCHEMA!r}; write it anew")
    counts: Counter[Key] = Counter()
    for row in found.findings:
        counts[Key(row.rule, row.path, row.function, row.code)] += row.count
    return Baseline(file, counts)


def write_baseline(baseline: Baseline) -> None:
    """Writes ``baseline`` to its file, sorted, a finding a line. Raises UsageError where that fails."""
    from migrate.sources.writing import unwritable, write_atomically

    rows = sorted(
        _Row(key.path, key.rule, key.function, key.code, count)
        for key, count in baseline.counts.items()
        if count > 0
    )
    lines = ",\n".join("    " + msgspec.json.encode(row).decode() for row in rows)
    text = f'{{\n  "schema": "{_SCHEMA}",\n  "findings": [\n{lines}\n  ]\n}}\n'
    try:
        write_atomically(baseline.file, text.encode(), 0o644)
    except OSError as error:
        raise UsageError(f"{baseline.file}: {unwritable(baseline.file, error)}") from None
