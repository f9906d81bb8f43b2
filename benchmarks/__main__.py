"""What is measured of repoint. Without WHAT: the times of commands as ratios against a yardstick of one run,
on a made-up repository of 3,000 files, a tenth of which call OpenAI; a number makes it that many files.

  recall    how many of the calls in labelled packages a scan finds
  usecases  how often it is known what a call is for
  prompts   what the command prompts finds in labelled packages
  plan      the time of a plan of many calls against its scan
  real      the cost of following values against that of parsing, in real packages or given folders
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import big_repository, planning, precommit, prompts, real
from benchmarks.recall import command
from benchmarks.repository import make_repository
from benchmarks.usecases import command as usecases

_SETTLES = 2.5  # seconds after which a file that was just written is believed
_FILES = 3_000


def _plan(_: Sequence[str]) -> None:
    print(*planning.rows(), sep="\n")


_MEASURES: dict[str, Callable[[Sequence[str]], None]] = {
    "recall": command.run,
    "usecases": usecases.run,
    "prompts": lambda arguments: prompts.run(list(arguments)),
    "plan": _plan,
    "real": real.run,
}


def _times(files: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "repository"
        staged = make_repository(folder, files, files // 10)
        time.sleep(_SETTLES)
        print("pre-commit")
        print(*(f"  {row}" for row in precommit.rows(folder, staged, files)), sep="\n")
        print(f"a repository of {files:,} files")
        print(*(f"  {row}" for row in big_repository.rows(folder, files)), sep="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "what", nargs="?", default=str(_FILES), metavar="WHAT", help="one of these, or a number"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="what WHAT takes itself: WHAT --help tells")
    chosen = parser.parse_args(arguments)
    if chosen.what in _MEASURES:
        _MEASURES[chosen.what](chosen.rest)
    elif chosen.what.isdecimal() and not chosen.rest:
        _times(int(chosen.what))
    else:
        parser.error(f"{chosen.what!r} is neither a number of files nor one of {', '.join(_MEASURES)}")


if __name__ == "__main__":
    main()
