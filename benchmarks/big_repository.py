"""A big repository: the whole scan against parsing all files, the whole-program phase against the parse
phase, and how much memory a scan takes. The parse phase is what the scan itself finds, reads and parses: it
parses only what it needs, so that the facts of every file of the repository are told beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec

from benchmarks.timing import best_of, environment, row

_PARSE = """
import ast, sys, pathlib
for path in pathlib.Path('.').rglob('*.py'):
    ast.parse(path.read_bytes())
"""
# Times finding and reading files (also for the names they mention) and every extraction of facts apart from
# the rest of the scan, then the facts of files that the scan did not need; nothing is kept between runs. The
# catalog is read before.
# Rings of records are not looked for, as on the command line.
_PHASES = """
import gc, json, time, pathlib
try:
    import resource
except ImportError:
    resource = None
from migrate.catalog import load
from migrate.facts import cache
from migrate.program import inventory
from migrate.program.linking.repository import Repository
from migrate.settings import Settings
from migrate.sources.reading import read
from migrate.sources.source import Source
gc.disable()
catalog = load()
catalog.needles, catalog.models, catalog.gateways
catalog.sdk, catalog.frameworks, catalog.passing, catalog.configuration
reading, spent = 0.0, 0.0
whole, mentioning, discover, load_all = (
    cache.FactsCache.facts, Repository.mentioning, inventory.discover, inventory.load
)
seen = set()
def timed(self, source):
    global spent
    seen.add(source.path)
    start = time.process_time()
    try:
        return whole(self, source)
    finally:
        spent += time.process_time() - start
def read_by(finding):
    def found(*arguments, **options):
        global reading
        start = time.process_time()
        try:
            return finding(*arguments, **options)
        finally:
            reading += time.process_time() - start
    return found
cache.FactsCache.facts = timed
Repository.mentioning = read_by(mentioning)
inventory.discover = read_by(discover)
inventory.load = read_by(lambda *arguments: list(load_all(*arguments)))
start = time.process_time()
found = inventory.scan([pathlib.Path()], Settings(cache=False), catalog)
total = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if resource else 0
needed, files = spent, len(seen)
facts = cache.FactsCache(use=False)
for path in pathlib.Path().rglob("*.py"):
    source = read(pathlib.Path(), path.as_posix()) if path.as_posix() not in seen else None
    if isinstance(source, Source):
        facts.facts(source)
print(json.dumps([needed, reading, total - needed - reading, spent, files, peak, len(found.call_sites)]))
"""
_TIMES = 3


class Phases(msgspec.Struct, order=True):
    """CPU seconds of the facts of the ``files`` that a scan needs, of finding and reading files and of the
    rest of the scan, of the facts of all files; peak memory (kB, on Linux) and call sites."""

    needed: float
    reading: float
    rest: float
    every: float
    files: int
    peak: float
    sites: int

    def row(self) -> str:
        """What following values through the files takes, against what the scan has read and parsed for it,
        and against the facts of all files."""
        before = self.reading + self.needed
        return (
            f"program {self.rest:.2f} s = {self.rest / before:.2f} x what was found, "
            f"read ({self.reading:.2f} s) and parsed ({self.needed:.2f} s, {self.files:,} files; "
            f"to be at most 1), "
            f"{self.rest / self.every:.2f} x the facts of every file ({self.every:.2f} s); "
            f"{self.peak / 1024:.0f} MB, {self.sites:,} call sites"
        )


def rows(folder: Path, files: int) -> list[str]:
    """The figures, one line each, for the repository in ``folder``."""
    scan = ["-m", "migrate", "scan"]
    told = [*scan, "--format", "jsonl"]
    said = f"ast.parse of all {files:,} files"
    yardstick = best_of(["-c", _PARSE], folder, _TIMES, cold=True)
    kinds = (("scan", scan), ("scan with prompts and use cases, as JSON", told))
    return [
        *(
            row(
                f"{name}, {'cold' if cold else 'warm'}",
                best_of(one, folder, _TIMES, cold=cold),
                said,
                yardstick,
            )
            for name, one in kinds
            for cold in (True, False)
        ),
        min(phases(folder) for _ in range(_TIMES)).row(),
    ]


def phases(folder: Path) -> Phases:
    """What the parts of a scan of ``folder`` take."""
    done = subprocess.run(
        [sys.executable, "-c", _PHASES], cwd=folder, env=environment(), capture_output=True, check=True
    )
    return Phases(*json.loads(done.stdout))
