"""``repoint undo``: every byte back, one stage alone, and what it refuses."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from cli_runs import CALL, CLEAN, DAY, git, make_repository, refused, repoint

from migrate.review.lock import locked

BOTH = ("--include", "review", *DAY)
LLM = "from openai import OpenAI\n\nclient = OpenAI()\n"
NAMES = 'MODEL = "gpt-5"\n'
BOT = (
    "from llm import client\nfrom names import MODEL\n\n"
    "client.chat.completions.create(model=MODEL, messages=[])\n"
)
# Bytes that a careless undo would lose: another encoding, other line ends, no end of the last line.
ODD = "# coding: latin-1\r\n\r\n" + CALL.replace("\n", "\r\n") + "# \xe9"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One change spans names.py and bot.py; llm.py has one of its own, odd.py two."""
    files: dict[str, str | bytes] = {"llm.py": LLM, "names.py": NAMES, "bot.py": BOT}
    return make_repository(tmp_path / "r", {**files, "odd.py": ODD.encode("latin-1"), "clean.py": CLEAN})


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.py")}


def test_every_byte_comes_back(repository: Path) -> None:
    (repository / "odd.py").chmod(0o755)
    before = contents(repository)
    assert repoint(repository, "apply", "--allow-dirty", *BOTH).returncode == 0
    assert contents(repository) != before
    done = repoint(repository, "undo")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"restored {name}.py" for name in ("bot", "llm", "names", "odd")]
    assert "4 files restored of run 1 of 20" in done.stderr
    assert contents(repository) == before
    assert (repository / "odd.py").stat().st_mode & 0o777 == 0o755
    again = repoint(repository, "undo")
    assert (again.returncode, again.stdout) == (1, "")
    assert "nothing to undo" in again.stderr


def test_runs_are_undone_one_by_one(repository: Path) -> None:
    before = contents(repository)
    repoint(repository, "apply", "--stage", "gateway", *BOTH)
    between = contents(repository)
    done = repoint(repository, "check", "--fix", *DAY)
    assert "fixed" in done.stdout, "repoint's own uncommitted changes hinder no further run"
    after = contents(repository)
    assert len({str(one) for one in (before, between, after)}) == 3
    rows = repoint(repository, "undo", "--list").stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["2", "1"]
    assert "repoint check --fix" in rows[0]
    assert "repoint apply --stage gateway" in rows[1]
    repoint(repository, "undo")
    assert contents(repository) == between
    assert [row.split()[2] for row in repoint(repository, "undo", "--list").stdout.splitlines()] == [
        "undone",
        "written",
    ]
    repoint(repository, "undo")
    assert contents(repository) == before


def test_an_older_run_is_not_undone_through_a_newer_one(repository: Path) -> None:
    repoint(repository, "apply", "--stage", "gateway", *BOTH)
    repoint(repository, "apply", *BOTH)
    before = contents(repository)
    done = repoint(repository, "undo", "--run", "1")
    assert done.returncode == 1
    assert "odd.py: skipped: changed since repoint wrote it; --force" in done.stderr
    assert contents(repository) == before


@pytest.mark.parametrize("stage", ["gateway", "model"])
def test_one_stage(repository: Path, stage: str) -> None:
    """What remains is exactly what an apply of the other stages makes."""
    other = ("model", "params") if stage == "gateway" else ("gateway",)
    flags = [word for one in other for word in ("--stage", one)]
    before = contents(repository)
    repoint(repository, "apply", *flags, *BOTH)
    expected = contents(repository)
    repoint(repository, "undo")
    repoint(repository, "apply", *BOTH)
    done = repoint(repository, "undo", "--stage", stage)
    assert done.returncode == 0, done.stderr
    assert "odd.py" in done.stdout
    assert contents(repository) == expected
    repoint(repository, "undo")
    assert contents(repository) == before


def test_the_two_stages_one_after_the_other(repository: Path) -> None:
    before = contents(repository)
    repoint(repository, "apply", *BOTH)
    repoint(repository, "undo", "--stage", "model")
    assert "written" in repoint(repository, "undo", "--list").stdout
    repoint(repository, "undo", "--stage", "gateway")
    assert contents(repository) == before
    assert "undone" in repoint(repository, "undo", "--list").stdout


def test_parameters_go_with_their_model(repository: Path) -> None:
    repoint(repository, "apply", *BOTH)
    before = contents(repository)
    done = repoint(repository, "undo", "--stage", "params")
    assert done.returncode == 1
    assert "belongs to changes of stage model and goes only with them" in done.stderr
    assert "undo --stage model" in done.stderr
    assert contents(repository) == before
    assert "made no change of stage prompts" in repoint(repository, "undo", "--stage", "prompts").stderr


def test_a_file_changed_since_is_named_and_nothing_is_restored(repository: Path) -> None:
    repoint(repository, "apply", *BOTH)
    with (repository / "llm.py").open("a") as file:
        file.write("# mine\n")
    before = contents(repository)
    for stage in ((), ("--stage", "gateway")):
        done = repoint(repository, "undo", *stage)
        assert (done.returncode, done.stdout) == (1, "")
        assert "llm.py: skipped: changed since repoint wrote it" in done.stderr
        assert "nothing was restored" in done.stderr
        assert contents(repository) == before


def test_force_restores_and_keeps_what_it_overwrites(repository: Path) -> None:
    old = contents(repository)
    repoint(repository, "apply", *BOTH)
    mine = (repository / "llm.py").read_bytes() + b"# mine\n"
    (repository / "llm.py").write_bytes(mine)
    (repository / "bot.py").unlink()
    done = repoint(repository, "undo", "--force")
    assert done.returncode == 0, done.stderr
    assert contents(repository) == old
    assert "what was overwritten is kept: repoint undo --run 2" in done.stderr
    back = repoint(repository, "undo", "--run", "2")
    assert back.stdout == "restored llm.py\n", back.stderr
    assert (repository / "llm.py").read_bytes() == mine


def test_a_deleted_file_is_told(repository: Path) -> None:
    repoint(repository, "apply", *BOTH)
    (repository / "llm.py").unlink()
    done = repoint(repository, "undo")
    assert done.returncode == 1
    assert "llm.py: skipped: deleted since repoint wrote it" in done.stderr


def test_only_some_paths(repository: Path) -> None:
    old = contents(repository)
    repoint(repository, "apply", *BOTH)
    new = contents(repository)
    assert repoint(repository, "undo", "llm.py").stdout == "restored llm.py\n"
    assert contents(repository) == {**new, "llm.py": old["llm.py"]}
    assert "changed nothing under clean.py" in repoint(repository, "undo", "clean.py").stderr


def test_half_a_change_is_not_undone(repository: Path) -> None:
    """The model in names.py and the effort in bot.py belong together."""
    repoint(repository, "apply", *BOTH)
    before = contents(repository)
    done = repoint(repository, "undo", "names.py")
    assert (done.returncode, contents(repository)) == (1, before)
    assert "bot.py: skipped: holds a part of the same change" in done.stderr
    assert repoint(repository, "undo", "names.py", "bot.py").returncode == 0
    assert (repository / "names.py").read_text() == NAMES


def test_dry_run_shows_the_way_back_and_writes_nothing(repository: Path) -> None:
    repoint(repository, "apply", *BOTH)
    before = contents(repository)
    done = subprocess.run(
        ["git", "diff", "-R", "--no-color", "--", "names.py"], cwd=repository, capture_output=True, check=True
    )
    shown = repoint(repository, "undo", "--dry-run")
    body = done.stdout.decode().partition("+++ ")[2].partition("\n")[2]
    assert shown.returncode == 0
    assert body in shown.stdout
    assert contents(repository) == before
    assert "written" in repoint(repository, "undo", "--list").stdout


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_a_read_only_file_in_the_middle_holds_everything_back(repository: Path) -> None:
    old = contents(repository)
    repoint(repository, "apply", *BOTH)
    new = contents(repository)
    (repository / "llm.py").chmod(0o444)
    done = repoint(repository, "undo")
    assert done.returncode == 3
    assert "llm.py: failed: it is read-only" in done.stderr
    assert contents(repository) == new
    (repository / "llm.py").chmod(0o644)
    assert repoint(repository, "undo").returncode == 0
    assert contents(repository) == old


def test_json(repository: Path) -> None:
    repoint(repository, "apply", *BOTH)
    runs = json.loads(repoint(repository, "undo", "--list", "--format", "json").stdout)
    assert runs["schema"] == "repoint/undo/1"
    assert [(one["id"], one["state"], len(one["files"])) for one in runs["runs"]] == [(1, "written", 4)]
    assert {one["stage"] for one in runs["runs"][0]["changes"]} == {"gateway", "model"}
    done = json.loads(repoint(repository, "undo", "--format", "json").stdout)
    assert {(one["path"], one["state"]) for one in done["outcomes"]} >= {("llm.py", "changed")}


def test_wrong_use(repository: Path) -> None:
    assert refused(repoint(repository, "undo", "--list", "--force"), "--list")


def test_the_journal_is_private_and_out_of_gits_sight(repository: Path) -> None:
    repoint(repository, "apply", *BOTH)
    folder = repository / ".git" / "repoint"
    assert git(repository, "status", "--short", "--untracked-files=all").count("\n") == 4
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}


def test_a_second_writer_is_told_to_wait(repository: Path) -> None:
    repoint(repository, "apply", "--stage", "gateway", *BOTH)
    before = contents(repository)
    with locked(repository / ".git" / "repoint" / "lock"):
        for verb in (("apply", *BOTH), ("check", "--fix", *DAY), ("undo",)):
            done = repoint(repository, *verb)
            assert refused(done, f"another repoint (process {os.getpid()}) is writing here; wait until it")
        assert repoint(repository, "check", *DAY).returncode == 1, "who only reads need not wait"
    assert contents(repository) == before
    assert repoint(repository, "undo").returncode == 0


def test_nothing_is_kept_of_a_run_that_wrote_nothing(repository: Path) -> None:
    repoint(repository, "apply", "clean.py", *BOTH)
    assert not (repository / ".git" / "repoint").exists()


def test_without_git(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "bot.py").write_text(CALL)
    (folder / "below").mkdir()
    assert repoint(folder, "apply", *BOTH).returncode == 0
    assert [one.name for one in folder.iterdir() if one.name != "bot.py"] == ["below"]
    assert (tmp_path / "state" / "repoint").is_dir()
    assert repoint(folder / "below", "undo", XDG_STATE_HOME=str(tmp_path / "state")).returncode == 0
    assert (folder / "bot.py").read_text() == CALL


def test_a_linked_work_tree_and_a_moved_repository(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "linked"))
    repoint(tmp_path / "linked", "apply", *BOTH)
    assert (repository / ".git" / "worktrees" / "linked" / "repoint").is_dir()
    assert "nothing to undo" in repoint(repository, "undo").stderr
    repoint(tmp_path / "linked", "undo")
    assert (tmp_path / "linked" / "bot.py").read_text() == BOT
    repoint(repository, "apply", *BOTH)
    shutil.move(repository, tmp_path / "elsewhere")
    assert repoint(tmp_path / "elsewhere", "undo").returncode == 0
    assert (tmp_path / "elsewhere" / "bot.py").read_text() == BOT
