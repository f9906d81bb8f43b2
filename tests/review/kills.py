"""Kills real processes of repoint while they write, and checks that nothing is lost. A program of its own:

    python tests/review/kills.py every      # once before each call that changes the disk
    python tests/review/kills.py random 1000 [SEED]

After each kill every file must hold its old or a new text, whole, and ``undo`` must bring back every byte.
The processes are forks, so that a thousand of them do not each start an interpreter.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

SAMPLE = PROJECT / "fixtures" / "sample"
BOTH = ("--include", "review", "--today", "2026-11-23")
APPLY, STAGED, UNDO = ("apply", *BOTH), ("apply", "--commit", *BOTH), ("undo",)
# Every call that changes the disk on the way of a write, and those around it.
CALLS = ("open", "fsync", "replace", "chmod", "unlink", "ftruncate")
FINISHED = 0
SMALL = {
    "llm.py": "from openai import OpenAI\n\nclient = OpenAI()\n",
    "names.py": 'MODEL = "gpt-5"\n',
    "bot.py": "from llm import client\nfrom names import MODEL\n\n"
    "client.chat.completions.create(model=MODEL, messages=[])\n",
}

Texts = dict[str, bytes]


def main(mode: str, times: str = "1000", seed: str = "0") -> int:
    """Runs one of the two modes; the exit code is 1 where anything was lost."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ.update(HOME=name, XDG_CACHE_HOME=f"{name}/cache", XDG_STATE_HOME=f"{name}/state")
        trial = Trial(Path(name), SMALL if mode == "every" else {})
        kills = every(trial) if mode == "every" else at_random(trial, int(times), int(seed))
        count = 0
        for count, _ in enumerate(kills, 1):
            if count % 100 == 0:
                print(f"{count} kills so far", flush=True)
    seen = ", ".join(f"{number} with {which}" for which, number in trial.seen.items())
    print(f"{count} kills, nothing lost; {seen} of the files written; {trial.refused} applies refused")
    return FINISHED


class Trial:
    """A repository, and every text that its files can have on the way from the old to the new ones."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        """Of these files; without any, of the sample application."""
        self.pristine, self.folder = folder / "pristine", folder / "work" / "r"
        if files:
            self.pristine.mkdir()
            for path, text in files.items():
                (self.pristine / path).write_text(text)
        else:
            shutil.copytree(SAMPLE, self.pristine)
        for line in ("init -q --template=", "add -A", "commit -qm x"):
            who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
            subprocess.run(("git", *who, *line.split()), cwd=self.pristine, check=True)
        config = "[user]\nname = t\nemail = t@example.org\n"
        with (self.pristine / ".git" / "config").open("a") as file:
            file.write(config)
        self.refused = 0  # applies that did not build upon a half made change
        self.seen = dict.fromkeys(("none", "some", "all"), 0)
        self.old = texts(self.pristine)
        self.known: dict[str, set[bytes]] = {path: {text} for path, text in self.old.items()}
        self.reset()
        self.warm()
        self.new = self.learn()
        self.reset()
        assert self.run(("apply", "--stage", "gateway", *BOTH)) == 0  # a text of --commit on its way
        self.learn()
        assert self.old != self.new

    def warm(self) -> None:
        """Runs an apply in this very process, so that the forks need not load anything."""
        from migrate.cli.main import main as repoint

        os.chdir(self.folder)
        with contextlib.redirect_stderr(io.StringIO()):
            assert repoint([*APPLY, "-q", "--output", str(self.folder.parent / "told")]) == FINISHED

    def learn(self) -> Texts:
        found = texts(self.folder)
        for path, text in found.items():
            self.known[path].add(text)
        return found

    def reset(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.pristine, self.folder)

    def run(self, arguments: Sequence[str], prepare: Callable[[], None] = lambda: None) -> int:
        """Runs repoint in a fork; its exit code, or minus the signal that ended it."""
        return wait(self.start(arguments, prepare))

    def start(self, arguments: Sequence[str], prepare: Callable[[], None]) -> int:
        process = os.fork()
        if process:
            return process
        code = 99
        try:
            from migrate.cli.main import main as repoint

            os.chdir(self.folder)
            with Path(os.devnull).open("w") as nothing:
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2)
            prepare()
            code = repoint(list(arguments))
        finally:
            os._exit(code)

    def check(self, what: str) -> None:
        """Whole files only, and an undo that brings back every byte and cleans up."""
        now = texts(self.folder)
        self.seen["none" if now == self.old else "all" if now == self.new else "some"] += 1
        assert now.keys() == self.old.keys(), f"{what}: {now.keys() ^ self.old.keys()}"
        for path, text in now.items():
            assert text in self.known[path], f"{what}: {path} holds a text that nobody wrote:\n{text!r}"
        code = self.run(UNDO)
        assert code == FINISHED or (code == 1 and now == self.old), f"{what}: undo ended with {code}"
        left = [path for path, text in texts(self.folder).items() if text != self.old[path]]
        assert not left, f"{what}: undo did not restore {left}"
        rest = [str(path) for path in self.folder.rglob("*.repoint")]
        # Before its first byte is in place, a journal has no run to clean up after; the next one does it.
        assert code == 1 or not rest, f"{what}: left over: {rest}"


def texts(folder: Path) -> Texts:
    """The files that git would commit, temporary ones left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts and path.suffix != ".repoint"
    }


def wait(process: int) -> int:
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def every(trial: Trial) -> Iterator[int]:
    """One kill before each call, of an apply, of one that commits, and of an undo."""
    for verb, first in ((APPLY, ()), (STAGED, ()), (UNDO, APPLY), (("undo", "--stage", "gateway"), APPLY)):
        for number in range(1, 10_000):
            trial.reset()
            if first:
                trial.run(first)
            if trial.run(verb, lambda number=number: kill_before(number)) != -signal.SIGKILL:  # type: ignore[misc]
                assert number > 10, "the kills did not reach the writes"
                break
            if verb[0] == "undo" and "--stage" in verb:
                check_stage(trial, f"{verb[0]} --stage, call {number}")
            trial.check(f"{verb[:2]}, call {number}")
            yield 1


def check_stage(trial: Trial, what: str) -> None:
    """The same undo once more ends what the killed one began."""
    assert trial.run(("undo", "--stage", "gateway")) == FINISHED, what
    now = texts(trial.folder)
    for path in now:
        trial.known[path].add(now[path])
    assert all(b"evolink" not in text for path, text in now.items() if path.endswith(".py")), what


def kill_before(number: int) -> None:
    """In this process, the call of this number kills it; what was not yet synced is lost by half."""
    count = 0

    def counting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            nonlocal count
            if name == "open" and not given[1] & os.O_CREAT:
                return real(*given, **more)
            count += 1
            if count == number:
                if name == "fsync":
                    with contextlib.suppress(OSError):  # a folder has no length
                        TRUNCATE(given[0], os.fstat(given[0]).st_size // 2)
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **more)

        return call

    for name in CALLS:
        setattr(os, name, counting(name, getattr(os, name)))


TRUNCATE = os.ftruncate


def at_random(trial: Trial, times: int, seed: int) -> Iterator[int]:
    """So many kills from outside, at any moment after the first write began."""
    chance = random.Random(seed)
    longest = {verb: duration(trial, verb) for verb in (APPLY, UNDO)}
    while times:
        verb = chance.choice((APPLY, APPLY, APPLY, UNDO))
        trial.reset()
        if verb == UNDO:
            trial.run(APPLY)
        process, begun = start_told(trial, verb)
        begun()
        time.sleep(chance.uniform(0, longest[verb]))
        os.kill(process, signal.SIGKILL)
        if wait(process) != -signal.SIGKILL:
            continue  # it had ended before
        if verb == APPLY and chance.random() < 0.3:
            again(trial)
        trial.check(f"{verb[0]}, {times} to go")
        times -= 1
        yield 1


def again(trial: Trial) -> None:
    """An apply after a killed one makes the same whole, or refuses where changes are half made."""
    before = texts(trial.folder)
    code = trial.run(APPLY)
    if code == FINISHED:
        assert texts(trial.folder) == trial.new, "an apply after a killed one"
        trial.run(UNDO)  # of the second apply; what the first one wrote is taken back by the check
    else:
        assert (code, texts(trial.folder)) == (2, before), "an apply after a killed one"
        trial.refused += 1


def duration(trial: Trial, verb: Sequence[str]) -> float:
    """How long the verb writes, from its first call on, in seconds."""
    trial.reset()
    if verb == UNDO:
        trial.run(APPLY)
    process, begun = start_told(trial, verb)
    begun()
    start = time.monotonic()
    wait(process)
    return time.monotonic() - start


def start_told(trial: Trial, verb: Sequence[str]) -> tuple[int, Callable[[], bytes]]:
    """A process, and a function that waits until it first creates a file."""
    theirs, mine = os.pipe()

    def tell() -> None:
        real = os.open

        def told(path: Any, flags: int, *more: Any, **named: Any) -> int:
            if flags & os.O_CREAT:
                os.write(mine, b"x")
                os.open = real
            return real(path, flags, *more, **named)

        os.open = told

    process = trial.start(verb, tell)

    def begun() -> bytes:
        os.close(mine)
        try:
            return os.read(theirs, 1)
        finally:
            os.close(theirs)

    return process, begun


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
