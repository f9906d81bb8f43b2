"""A big repository: the whole scan against parsing all files, the whole-program phase against the parse
phase, and how much memory a scan takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.timing import best_of, environment, row

_PARSE = """
import ast, sys, pathlib
for path in pathlib.Path('.').rglob('*.py'):
    ast.parse(path.read_bytes())
"""
# Times every extraction of facts apart from the rest of the scan; nothing is kept between runs.
_PHASES = """
import json, time, pathlib
try:
    import resource
except ImportError:
    resource = None
from migrate.catalog import load
from migrate.facts import cache
from migrate.program.inventory import scan
from migrate.settings import Settings
catalog = load()
catalog.needles, catalog.models, catalog.gateways
spent = 0.0
whole = cache.FactsCache.facts
def timed(self, source):
    global spent
    start = time.process_time()
    try:
        return whole(self, source)
    finally:
        spent += time.process_time() - start
cache.FactsCache.facts = timed
start = time.process_time()
found = scan([pathlib.Path()], Settings(cache=False), catalog)
total = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if resource else 0
print(json.dumps([spent, total - spent, peak, len(found.call_sites)]))
"""
_TIMES = 3


def rows(folder: Path, files: int) -> list[str]:
    """The figures, one line each, for the repository in ``folder``."""
    scan = ["-m", "migrate", "scan", "--format", "jsonl"]
    said = f"ast.parse of all {files:,} files"
    yardstick = best_of(["-c", _PARSE], folder, _TIMES, cold=True)
    cold = best_of(scan, folder, _TIMES, cold=True)
    warm = best_of(scan, folder, _TIMES, cold=False)
    parse, rest, peak, sites = min(phases(folder) for _ in range(_TIMES))
    return [
        row("scan, cold", cold, said, yardstick),
        row("scan, warm", warm, said, yardstick),
        row(f"discovery, linking and {sites:.0f} call sites", rest, "the facts of what they need", parse),
        f"ratio of the whole-program phase to the parse phase: {rest / yardstick:.2f} (to be at most 1)",
        f"peak memory of a scan of {files:,} files: {peak / 1024:.0f} MB",
    ]


def phases(folder: Path) -> tuple[float, float, float, float]:
    """Seconds spent on facts and on the rest, peak memory (kB, on Linux) and call sites."""
    done = subprocess.run(
        [sys.executable, "-c", _PHASES], cwd=folder, env=environment(), capture_output=True, check=True
    )
    parse, rest, peak, sites = json.loads(done.stdout)
    return parse, rest, peak, sites
