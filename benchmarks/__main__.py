"""``python -m benchmarks`` times the commands, ``python -m benchmarks recall`` counts what ``scan`` finds,
``python -m benchmarks usecases`` how often it is known what a call is for, ``python -m benchmarks prompts``
what ``prompts`` finds; ``python -m benchmarks plan`` times the plan of many calls against its scan.

The times are ratios against a yardstick measured in the same run, on ``python -m benchmarks [FILES]`` files;
3,000 for none given, a tenth of which call OpenAI.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks import big_repository, planning, precommit, prompts
from benchmarks.recall import command
from benchmarks.repository import make_repository
from benchmarks.usecases import command as usecases

_SETTLES = 2.5  # seconds after which a file that was just written is believed


def main() -> None:
    if sys.argv[1:2] == ["recall"]:
        command.run(sys.argv[2:])
        return
    if sys.argv[1:2] == ["usecases"]:
        usecases.run(sys.argv[2:])
        return
    if sys.argv[1:2] == ["prompts"]:
        prompts.run(sys.argv[2:])
        return
    if sys.argv[1:2] == ["plan"]:
        print(*planning.rows(), sep="\n")
        return
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "repository"
        staged = make_repository(folder, files, files // 10)
        time.sleep(_SETTLES)
        print("pre-commit")
        print(*(f"  {row}" for row in precommit.rows(folder, staged, files)), sep="\n")
        print(f"a repository of {files:,} files")
        print(*(f"  {row}" for row in big_repository.rows(folder, files)), sep="\n")


main()
