"""What a process owes its surroundings: start-up, pipes, signals, terminals, and honest bugs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_runs import CALL, CLEAN, DAY, PROJECT, TIMEOUT, command, environment, make_repository, repoint

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")

# Runs a verb in this very process and tells which of the heavy packages it has loaded.
LOADED = """\
import sys
{before}
from migrate.cli.main import main
code = main(sys.argv[1:])
heavy = {{"rich", "jinja2", "httpx", "libcst", "unidiff", "pathspec", "platformdirs"}}
print(*sorted(heavy & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "r", {"bot.py": CALL, "clean.py": CLEAN})


def in_process(folder: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LOADED.format(before=before), *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


@pytest.mark.parametrize("verb", ["scan", "check", "rules"])
def test_the_hot_path_pays_for_nothing_heavy(repository: Path, verb: str) -> None:
    done = in_process(repository, verb, "-q")
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == "\n"


def test_the_way_in_loads_no_verb_and_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys, migrate.cli.main; print([m for m in sys.modules if m.startswith('migrate.')])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    for part in ("cli.scan", "cli.check", "catalog", "program", "rewrite", "report", "pipeline"):
        assert f"'migrate.{part}" not in done.stdout


def test_version_and_help(tmp_path: Path) -> None:
    assert repoint(tmp_path, "--version").stdout.startswith("repoint 0.")
    assert repoint(tmp_path, "-h").stdout == repoint(tmp_path, "--help").stdout
    assert "Exit codes" in repoint(tmp_path, "-h").stdout
    for verb in ("scan", "check", "diff", "apply", "undo", "rules", "explain"):
        done = repoint(tmp_path, verb, "-h")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"Usage: repoint {verb} ")


def test_no_verb(tmp_path: Path) -> None:
    done = repoint(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: repoint ")


def test_a_scanned_folder_is_never_imported(tmp_path: Path) -> None:
    trap = "raise SystemExit('imported')\n"
    names = ("click", "tomli", "msgspec", "libcst", "rich", "migrate")
    folder = make_repository(tmp_path / "r", {f"{name}.py": trap for name in names if name != "migrate"})
    done = repoint(folder, "check", *DAY)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@posix
def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    many = {f"bot_{index}.py": CALL for index in range(200)}
    folder = make_repository(tmp_path / "r", many)
    line = f"{' '.join(map(repr, command('scan', '-q')))} | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@posix
@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "<&-", "| true"])
@pytest.mark.parametrize("arguments", [("scan", "-q"), ("check", "-h")], ids=["scan", "help"])
def test_closed_streams(repository: Path, closing: str, arguments: tuple[str, ...]) -> None:
    line = f"{' '.join(map(repr, command(*arguments)))} {closing}"
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=repository,
        env=environment(repository),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_told(repository: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("scan"),
            cwd=repository,
            env=environment(repository),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "repoint: error: the result cannot be printed: No space left on device\n"


@posix
def test_output_into_a_fifo_leaves_the_fifo(repository: Path, tmp_path: Path) -> None:
    """As with /dev/null, which root would otherwise replace by a file."""
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE, text=True)
    done = repoint(repository, "scan", "--output", str(tmp_path / "pipe"))
    shown, _ = reader.communicate(timeout=TIMEOUT)
    assert (done.returncode, done.stdout) == (0, "")
    assert "bot.py:" in shown
    assert (tmp_path / "pipe").is_fifo()


@posix
def test_interrupted_while_looking(repository: Path, tmp_path: Path) -> None:
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(f"#!/bin/sh\ntouch {tmp_path / 'started'}\nexec sleep 30\n")
    shim.chmod(0o755)
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(
        command("apply", *DAY),
        cwd=repository,
        env=environment(repository, PATH=path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_for(tmp_path / "started")
    os.killpg(process.pid, signal.SIGINT)
    out, said = process.communicate(timeout=TIMEOUT)
    assert (process.returncode, out, said) == (130, "", "repoint: interrupted\n")
    assert (repository / "bot.py").read_text() == CALL


# Slows every write down, so that the interrupt comes between two of them.
SLOW = """\
import pathlib, time
import migrate.sources.writing as writing
fast = writing.write_atomically
def slow(path, data, mode):
    fast(path, data, mode)
    pathlib.Path("../started").touch()
    time.sleep(1)
writing.write_atomically = slow
"""


@posix
def test_interrupted_while_writing_leaves_nothing_half_done(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"one.py": CALL, "two.py": CALL})
    process = subprocess.Popen(
        [sys.executable, "-c", LOADED.format(before=SLOW), "apply", "--include", "review", *DAY],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(tmp_path / "started")
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 130
    assert [line.split()[:2] for line in out.splitlines()] == [["changed", "one.py"], ["changed", "two.py"]]
    assert "all of them were finished first" in said
    assert "evolink" in (folder / "one.py").read_text()
    assert "evolink" in (folder / "two.py").read_text()


def wait_for(file: Path) -> None:
    end = time.monotonic() + TIMEOUT
    while not file.exists():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_bug_says_that_it_is_one(repository: Path) -> None:
    before = "import migrate.pipeline\ndef inventory(*args): 1 / 0\nmigrate.pipeline.inventory = inventory"
    done = in_process(repository, "scan", "--key-env", "sk-proj-0123456789abcdefwxyz", before=before)
    assert done.returncode == 2, "a key is no name, and is refused"
    assert "0123456789" not in done.stderr
    done = in_process(repository, "scan", "--exclude", "sk-proj-0123456789abcdefwxyz", before=before)
    assert (done.returncode, done.stdout) == (70, "")
    head, block, _ = done.stderr.split("```")
    assert "this is a bug in repoint" in head
    assert "ZeroDivisionError" in block
    assert "repoint 0." in block
    assert f"Python {sys.version_info[0]}.{sys.version_info[1]}" in block
    assert "command: repoint scan --exclude sk-…wxyz" in block
    assert "0123456789" not in block


@posix
@pytest.mark.parametrize(
    ("variables", "flags", "coloured"),
    [
        ({"TERM": "xterm"}, (), True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, (), False),
        ({"TERM": "xterm"}, ("--no-color",), False),
        ({"TERM": "dumb"}, (), False),
    ],
)
@pytest.mark.parametrize("verb", ["scan", "check", "diff"])
def test_colour_on_a_terminal_only(
    repository: Path, verb: str, variables: dict[str, str], flags: tuple[str, ...], coloured: bool
) -> None:
    shown = on_terminal(repository, verb, *flags, *DAY, **variables)
    assert ("\x1b[" in shown) == coloured, shown
    assert "bot.py" in shown


def on_terminal(folder: Path, *arguments: str, **variables: str) -> str:
    """What ``repoint ARGUMENTS`` shows where its stdout is a terminal."""
    import pty

    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=environment(folder, COLUMNS="120", **variables),
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(mine, 65536):
            shown += chunk
    except OSError:  # Linux's way to say that the other end was closed
        pass
    os.close(mine)
    process.wait(timeout=TIMEOUT)
    return shown.decode()


@posix
def test_the_bar_appears_only_when_it_takes_long(repository: Path) -> None:
    assert bar_of(repository, 0.0) == ""
    assert "Scanning" in bar_of(repository, 1.5)


def bar_of(folder: Path, seconds: float) -> str:
    """What a scan that takes so many seconds longer shows on a terminal of stderr besides its summary."""
    import pty

    before = f"""
import time, migrate.pipeline
fast = migrate.pipeline.inventory
def inventory(*args):
    time.sleep({seconds})
    return fast(*args)
migrate.pipeline.inventory = inventory
import migrate.cli.waiting
migrate.cli.waiting._PATIENCE = {0.1 if seconds else 30}
"""
    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", LOADED.format(before=before), "scan"],
        cwd=folder,
        env=environment(folder, TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(mine, 65536):
            shown += chunk
    except OSError:
        pass
    os.close(mine)
    assert process.wait(timeout=TIMEOUT) == 0
    return shown.decode().partition("2 files scanned")[0]


def test_the_project_stands_where_the_tests_think() -> None:
    assert (PROJECT / "migrate" / "__main__.py").is_file()
