"""``python -m benchmarks usecases``: assesses the labelled calls of real packages, counts what is right."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks.recall.corpus import unpacked
from benchmarks.usecases.judging import Judged, complaint, lines
from benchmarks.usecases.labels import SETS, Label, packages, read_calls
from migrate import pipeline
from migrate.catalog import load
from migrate.plan.assess import assess
from migrate.settings import Settings


def run(arguments: Sequence[str]) -> None:
    """Prints the figures of each set; misses of the open one, and of others where they are asked for."""
    chosen = _parser().parse_args(arguments)
    pinned = packages()
    for name in chosen.sets or SETS:
        labels = [row for row in read_calls() if row.set == name]
        wanted = sorted(
            {row.package for row in labels if not chosen.packages or row.package in chosen.packages}
        )
        judged: list[Judged] = []
        spent = [0.0, 0.0]
        for package in wanted:
            folder = unpacked(*pinned[package], chosen.cache)
            judged += measure(folder, [row for row in labels if row.package == package], spent)
        if not chosen.quiet and (name == "open" or chosen.reveal):
            print(*filter(None, map(complaint, judged)), sep="\n")
        print(*lines(name, judged), f"  scan {spent[0]:.1f} s, assess {spent[1]:.1f} s", sep="\n", flush=True)


def measure(folder: Path, labels: Sequence[Label], spent: list[float]) -> Iterator[Judged]:
    """What is made out for the labelled calls of one package; adds to the seconds ``spent`` on scan and on
    assessment."""
    start = time.process_time()
    inventory = pipeline.inventory([folder], Settings(cache=False))
    scanned = time.process_time()
    found = assess(inventory, load())
    spent[0] += scanned - start
    spent[1] += time.process_time() - scanned
    sites = {(site.place.path, site.place.span.line): site for site in reversed(inventory.call_sites)}
    for label in labels:
        site = sites.get((label.path, label.line))
        yield Judged(label, found.get(site.id) if site is not None else None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks usecases", description=__doc__)
    parser.add_argument("--set", dest="sets", action="append", choices=SETS, help="repeatable")
    parser.add_argument("--package", dest="packages", action="append", help="as name-version; repeatable")
    parser.add_argument("--cache", type=Path, default=user_cache_path("repoint") / "benchmarks")
    parser.add_argument("--quiet", action="store_true", help="figures only, no list of misses")
    parser.add_argument("--reveal", action="store_true", help="list the misses of the other sets too")
    return parser
