"""The labels of ``benchmarks/labels/usecases/`` as records; the README beside them says what they mean."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping

import msgspec

from benchmarks.recall.labels import LABELS, Corpus, Package

FOLDER = LABELS / "usecases"
SETS = ("open", "held-out", "unseen")


class Label(msgspec.Struct, frozen=True):
    """One call. ``uses`` and ``latencies`` hold every answer that is right, the best first."""

    set: str
    package: str
    path: str
    line: int
    kind: str
    uses: tuple[str, ...]
    latencies: tuple[str, ...]


def read_calls() -> list[Label]:
    """All rows. KeyError or ValueError where the table is not as it should be."""
    with (FOLDER / "calls.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Label(
            row["set"],
            row["package"],
            row["path"],
            int(row["line"]),
            row["kind"],
            tuple(row["use"].split("|")),
            tuple(row["latency"].split("|")),
        )
        for row in rows
    ]


def packages() -> Mapping[str, tuple[Corpus, Package]]:
    """The pinned archives by the name that the rows use: those of the other tables, and these labels' own."""
    found = {}
    for file in (*sorted(LABELS.glob("*/corpus.json")), FOLDER / "packages.json"):
        corpus = msgspec.convert(json.loads(file.read_text("utf-8")), Corpus)
        found.update({package.folder: (corpus, package) for package in corpus.packages})
    return found
