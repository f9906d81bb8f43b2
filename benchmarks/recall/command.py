"""``python -m benchmarks recall``: which sets and packages to measure, and where the archives are kept."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks.recall.corpus import unpacked
from benchmarks.recall.figures import Figures, complaints, figures, lines
from benchmarks.recall.labels import LABELS, Labels, Package, read_labels
from benchmarks.recall.literals import judge_literals
from benchmarks.recall.matching import match
from benchmarks.recall.scanning import ScanError, scan_calls, scan_literals


def run(arguments: Sequence[str]) -> None:
    """Prints the figures of every package, then of every set, then of all."""
    chosen = _parser().parse_args(arguments)
    total = Figures({}, 0)
    for name in chosen.sets or sorted(path.parent.name for path in LABELS.glob("*/corpus.json")):
        labels = read_labels(LABELS / name)
        counted = Figures({}, 0)
        for package in labels.corpus.packages:
            if not chosen.packages or package.name in chosen.packages:
                folder = unpacked(labels.corpus, package, chosen.cache)
                found, said = measure(labels, package, folder)
                counted += found
                silent = chosen.quiet or (labels.corpus.held_out and not chosen.reveal)
                _print(package.folder, found, iter(()) if silent else said)
        _print(f"== {name}", counted, iter(()))
        total += counted
    _print("== all", total, iter(()))


def measure(labels: Labels, package: Package, folder: Path) -> tuple[Figures, Iterator[str]]:
    """The figures of the package that is unpacked in ``folder``, and its complaints."""
    name = package.folder
    calls = [row for row in labels.calls if row.package == name]
    negatives = [row for row in labels.negatives if row.package == name]
    rows = [row for row in labels.literals if row.package == name]
    try:
        matched, literals = match(calls, negatives, scan_calls(folder)), scan_literals(folder)
    except ScanError as error:
        matched = match(calls, negatives, [])
        return figures(matched, None), iter([f"CRASH   {name}: {error}; every call of it counts as missed"])
    judged = None if literals is None else judge_literals(rows, literals)
    return figures(matched, judged), complaints(name, matched, judged)


def _print(name: str, counted: Figures, said: Iterator[str]) -> None:
    for line in (*lines(name, counted), *(f"  {complaint}" for complaint in said)):
        print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks recall", description=__doc__)
    parser.add_argument(
        "--set", dest="sets", action="append", help="a folder of benchmarks/labels; repeatable"
    )
    parser.add_argument("--package", dest="packages", action="append", help="only this package; repeatable")
    parser.add_argument("--cache", type=Path, default=user_cache_path("repoint") / "benchmarks")
    parser.add_argument("--quiet", action="store_true", help="figures only, no list of misses")
    parser.add_argument("--reveal", action="store_true", help="list the misses of held-out sets too")
    return parser
