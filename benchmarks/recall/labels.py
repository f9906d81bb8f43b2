"""The label tables of ``benchmarks/labels/`` as records; their README says what each column means."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

LABELS = Path(__file__).resolve().parent.parent / "labels"


class Package(msgspec.Struct, frozen=True):
    """One pinned archive: what to download, and which files of it the tables speak about."""

    name: str
    version: str
    dist: str
    filename: str
    sha256: str
    include: list[str]
    tree_sha256: str

    @property
    def folder(self) -> str:
        """The name that the tables use for the package."""
        return f"{self.name}-{self.version}"


class Corpus(msgspec.Struct, frozen=True):
    """The packages of one set, which files are unpacked, and whether only totals may be read."""

    suffixes: list[str]
    max_bytes: int
    packages: list[Package]
    held_out: bool = False


class CallRow(msgspec.Struct, frozen=True):
    """A call (or another use) of the SDK; lines count from 1, ``col`` from 0 in UTF-8 bytes."""

    package: str
    path: str
    line: int
    end_line: int
    col: int
    form: str
    tier: str
    kinds: tuple[str, ...]
    symbol: str
    targets: tuple[str, ...]
    model: str
    model_exists: str

    @property
    def expected(self) -> bool:
        """Whether ``scan`` has to report it."""
        return self.tier == "sdk" and self.form == "call"


class NegativeRow(msgspec.Struct, frozen=True):
    """Something that is spelled like an OpenAI call and is none."""

    package: str
    path: str
    line: int
    end_line: int
    col: int
    symbol: str
    why: str


class LiteralRow(msgspec.Struct, frozen=True):
    """A literal that is a model id, or holds one, and what it is there for."""

    package: str
    path: str
    line: int
    col: int
    value: str
    match: str
    role: str
    receiver: str
    reaches: bool
    area: str


class Labels(msgspec.Struct, frozen=True):
    """One set of packages with its tables."""

    name: str
    corpus: Corpus
    calls: list[CallRow]
    negatives: list[NegativeRow]
    literals: list[LiteralRow]


def read_labels(folder: Path) -> Labels:
    """The set in ``folder``; msgspec.ValidationError or KeyError where a table lacks a column."""
    return Labels(
        name=folder.name,
        corpus=msgspec.convert(json.loads((folder / "corpus.json").read_text("utf-8")), Corpus),
        calls=[_call(row) for row in _rows(folder / "calls.tsv")],
        negatives=[_negative(row) for row in _rows(folder / "negatives.tsv")],
        literals=[_literal(row) for row in _rows(folder / "model_literals.tsv")],
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _call(row: dict[str, str]) -> CallRow:
    return CallRow(
        package=row["package"],
        path=row["path"],
        line=int(row["line"]),
        end_line=int(row["end_line"]),
        col=int(row["col"]),
        form=row["form"],
        tier=row["tier"],
        kinds=tuple(row["kind"].split("|")),
        symbol=row["symbol"],
        targets=tuple(row["target"].replace("openai-configurable", "configurable").split("|")),
        model=row["model"],
        # The older tables do not say whether the value exists; there a value in the table says so.
        model_exists=row.get("model_exists", "yes" if row["model"] else ""),
    )


def _negative(row: dict[str, str]) -> NegativeRow:
    return NegativeRow(
        package=row["package"],
        path=row["path"],
        line=int(row["line"]),
        end_line=int(row["end_line"]),
        col=int(row["col"]),
        symbol=row["symbol"],
        why=row["why"],
    )


def _literal(row: dict[str, str]) -> LiteralRow:
    return LiteralRow(
        package=row["package"],
        path=row["path"],
        line=int(row["line"]),
        col=int(row["col"]),
        value=row["value"],
        match=row["match"],
        role=row["role"],
        receiver=row["receiver"],
        reaches=row.get("reaches") == "yes",
        area=row["area"],
    )
