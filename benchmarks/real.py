"""Real repositories: what following values through their files takes, against what a scan reads and
parses of them and against the facts of every file. Without folders: every package of the recall tables, and
all of them in one tree.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks.big_repository import phases
from benchmarks.recall.corpus import unpacked
from benchmarks.recall.labels import LABELS, read_labels


def run(arguments: Sequence[str]) -> None:
    """Prints a line for every folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks real", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="repositories to scan")
    parser.add_argument("--together", action="store_true", help="only all packages in one tree")
    parser.add_argument("--cache", type=Path, default=user_cache_path("repoint") / "benchmarks")
    chosen = parser.parse_args(arguments)
    packages = [] if chosen.folders else list(_packages(chosen.cache))
    for folder in chosen.folders or ([] if chosen.together else packages):
        print(_row(folder.resolve().name, folder), flush=True)
    if packages:
        with tempfile.TemporaryDirectory() as name:
            for package in packages:
                shutil.copytree(package, Path(name) / package.name)
            print(_row("all in one tree", Path(name)), flush=True)


def _packages(cache: Path) -> Iterator[Path]:
    for path in sorted(LABELS.glob("*/corpus.json")):
        labels = read_labels(path.parent)
        for package in labels.corpus.packages:
            yield unpacked(labels.corpus, package, cache)


def _row(name: str, folder: Path) -> str:
    files = sum(1 for _ in folder.rglob("*.py"))
    return f"{name}, {files:,} files: {phases(folder).row()}"
