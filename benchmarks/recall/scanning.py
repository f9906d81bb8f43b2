"""Runs ``repoint scan`` as a process of its own and reads what it prints, as any user of its JSON would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

_ROOT = Path(__file__).resolve().parent.parent.parent


class ScanError(Exception):
    """``scan`` ended without a result; the words are the last line that it said."""


class Found(msgspec.Struct, frozen=True):
    """One line of ``scan --format jsonl``, as far as it is judged; columns count from 1, in characters."""

    path: str
    line: int
    column: int
    end_line: int
    kind: str
    symbol: str
    certainty: str
    target: str
    model_values: tuple[str, ...]
    model_known: bool

    @property
    def place(self) -> str:
        """``path:line:column``."""
        return f"{self.path}:{self.line}:{self.column}"


class FoundLiteral(msgspec.Struct, frozen=True):
    """A model id that ``scan --format json`` lists, and whether it counts as a use."""

    path: str
    line: int
    column: int
    end_column: int
    value: str
    role: str
    use: bool


def scan_calls(folder: Path) -> list[Found]:
    """Every call site that ``scan`` reports in ``folder``; ScanError where it ends without a result."""
    return [_found(json.loads(line)) for line in _scan(folder, "jsonl").splitlines() if line.strip()]


def scan_literals(folder: Path) -> list[FoundLiteral] | None:
    """The model ids of ``folder`` with their roles; None where this ``scan`` lists none at all."""
    document = json.loads(_scan(folder, "json"))
    if "literals" not in document:
        return None
    return [_literal(row) for row in document["literals"]]


def _scan(folder: Path, style: str) -> str:
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [sys.executable, "-m", "migrate", "scan", "-q", "--format", style, "."],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "XDG_CACHE_HOME": cache},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=1800,
        )
    # 3 says that a file could not be read; the rest of the result stands.
    if done.returncode not in {0, 3}:
        said = [line for line in done.stderr.splitlines() if line.strip(" `")]
        raise ScanError(f"exit code {done.returncode}: {said[-1] if said else 'nothing said'}")
    return done.stdout


def _found(row: dict[str, Any]) -> Found:
    model = row["model"]
    known = bool(model["complete"] and model["values"] and model["origins"])
    return Found(
        path=row["path"],
        line=row["line"],
        column=row["column"],
        end_line=row["end_line"],
        kind=row["kind"],
        symbol=row["symbol"],
        certainty=row["certainty"],
        target=row["target"],
        model_values=tuple(model["values"]),
        model_known=known,
    )


def _literal(row: dict[str, Any]) -> FoundLiteral:
    return FoundLiteral(
        path=row["path"],
        line=row["line"],
        column=row["column"],
        end_column=row["end_column"],
        value=row["value"],
        role=row["role"],
        use=row["use"] in {True, "use"},
    )
