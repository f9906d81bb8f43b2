"""The journal: written before the first byte, whole, private, bounded, and one writer at a time."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from migrate.errors import UsageError
from migrate.findings.edits import ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.review import journal as journal_module
from migrate.review.entry import new_run
from migrate.review.journal import KEPT, Journal, JournalError, journal_of
from migrate.review.lock import locked
from migrate.review.recording import Manner, apply_recorded
from migrate.review.records import FileRecord, Run, decoded, encoded
from migrate.review.restoring import Wish, restoring
from migrate.review.undo import pick, undo
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.sources import writing
from migrate.sources.place import Place, Span
from migrate.sources.reading import read
from migrate.sources.source import Source, digest

OLD, NEW = 'x = "1"\n', 'x = "2"\n'
SPAN = Span(1, 5, 1, 8)
MANNER = Manner("apply", ("repoint", "apply"))
posix = pytest.mark.skipif(os.name != "posix", reason="locks and modes of POSIX")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without git, whose journal lies in a folder for state of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    (tmp_path / "r").mkdir()
    return tmp_path / "r"


def proposal(root: Path, *paths: str, together: bool = False) -> Proposal:
    changes, findings = [], []
    for path in paths:
        (root / path).write_text(OLD)
        source = read(root, path)
        assert isinstance(source, Source)
        changes.append(FileChange(source, NEW, ("a-rule",)))
        edits = (FileEdit(path, ReplaceText(SPAN, "1", "2")),)
        change = "joint" if together else f"of {path}"
        place = Place(path, SPAN)
        findings.append(Finding("a-rule", "gateway", place, "wrong", "right", "safe", edits, (), change))
    return Proposal(tuple(findings), tuple(findings), tuple(changes), ())


def texts(root: Path) -> set[str]:
    return {path.read_text() for path in root.glob("*.py")}


def failing(number: int, after: int, real: Callable[..., object]) -> Callable[..., object]:
    """``real``, which raises from the call of this number on."""
    calls = 0

    def call(*given: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls > after:
            raise OSError(number, os.strerror(number))
        return real(*given, **more)

    return call


def test_it_is_on_disk_before_the_first_byte(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = proposal(root, "a.py")
    journal = journal_of(root)

    def look(change: object, text: object) -> object:
        (run,) = journal.runs()
        assert run.state == "writing"
        assert journal.old_bytes(run, run.files[0]) == OLD.encode()
        assert run.files[0].texts[digest(NEW.encode())] == ("of a.py",)
        raise KeyError("seen")

    monkeypatch.setattr("migrate.review.apply.write", look)
    with pytest.raises(KeyError, match="seen"):
        apply_recorded(root, made, MANNER)
    assert texts(root) == {OLD}


def test_a_bug_while_writing_leaves_a_run_to_undo(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = proposal(root, "a.py", "b.py")
    seen: list[Source] = []

    def breaking(source: Source, text: str) -> object:
        if seen:
            raise RuntimeError("a bug")
        seen.append(source)
        return writing.write(source, text)

    monkeypatch.setattr("migrate.review.apply.write", breaking)
    with pytest.raises(RuntimeError):
        apply_recorded(root, made, MANNER)
    assert texts(root) == {OLD, NEW}
    seen.clear()
    journal = journal_of(root)
    monkeypatch.setattr("migrate.review.apply.write", writing.write)
    undo(root, journal, pick(journal.runs(), None), Wish(), ())
    assert texts(root) == {OLD}


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("after", range(12))
def test_a_full_disk_at_any_moment(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str, after: int
) -> None:
    """Both files belong together: both are old or both are new, and what is new can be undone."""
    made = proposal(root, "a.py", "b.py", together=True)
    monkeypatch.setattr(os, call, failing(errno.ENOSPC, after, getattr(os, call)))
    try:
        applied = apply_recorded(root, made, MANNER)
    except JournalError as error:
        assert "No space left on device" in str(error)  # noqa: PT017 - it may also be written
        assert texts(root) == {OLD}
        return
    finally:
        monkeypatch.undo()
    monkeypatch.setenv("XDG_STATE_HOME", str(root.parent / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(root.parent / "state"))
    journal = journal_of(root)
    told_to_restore = any("restore it" in one.reason for one in applied.outcomes)
    assert len(texts(root)) == 1 or told_to_restore
    for run in journal.runs():
        undo(root, journal, run, Wish(), ())
    assert texts(root) == {OLD}
    assert not list(root.glob(".*"))


def test_no_journal_no_change(root: Path, tmp_path: Path) -> None:
    made = proposal(root, "a.py")
    (tmp_path / "state").write_text("a file where a folder should be")
    with pytest.raises(JournalError, match="cannot be written"):
        apply_recorded(root, made, MANNER)
    assert texts(root) == {OLD}


def test_changes_half_made_are_not_built_upon(root: Path) -> None:
    """A killed run that left one file of a change new and one old."""
    apply_recorded(root, proposal(root, "a.py", "b.py", together=True), MANNER)
    journal = journal_of(root)
    (run,) = journal.runs()
    (root / "b.py").write_text(OLD)
    journal.update(msgspec.structs.replace(run, state="writing"))
    other = proposal(root, "c.py")
    with pytest.raises(UsageError, match="half made; take it back first: repoint undo --run 1"):
        apply_recorded(root, other, MANNER)
    assert (root / "c.py").read_text() == OLD
    assert [one.path for one in undo(root, journal, run, Wish(), ()).outcomes] == ["a.py"]
    assert apply_recorded(root, other, MANNER).changes == {"of c.py"}


def test_temporary_files_of_a_killed_run_are_removed(root: Path) -> None:
    apply_recorded(root, proposal(root, "a.py"), MANNER)
    journal = journal_of(root)
    (run,) = journal.runs()
    journal.update(msgspec.structs.replace(run, state="writing", pids=(77,)))
    for name in (".a.py.77-0011aabb.repoint", ".a.py.78-0011aabb.repoint", ".a.py.swp"):
        (root / name).write_text("x")
    (journal.folder / ".000009.json.77-0011aabb.repoint").write_text("x")
    (journal.folder / "000009.bytes").write_text("x")
    applied = apply_recorded(root, proposal(root, "b.py"), MANNER)
    assert [one.id for one in applied.killed] == [run.id]
    left = sorted(path.name for path in root.glob(".*"))
    assert left == [".a.py.78-0011aabb.repoint", ".a.py.swp"], "only those of the run that was killed"
    names = sorted(path.name for path in journal.folder.iterdir())
    assert names == ["000001.bytes", "000001.json", "000002.bytes", "000002.json", "lock"]
    assert [one.state for one in journal.runs()] == ["written", "interrupted"]


def test_only_the_last_runs_are_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "KEPT", 3)
    assert KEPT >= 10
    for number in range(5):
        apply_recorded(root, proposal(root, f"{number}.py"), MANNER)
    journal = journal_of(root)
    assert [int(one.id) for one in journal.runs()] == [5, 4, 3]
    assert len(list(journal.folder.iterdir())) == 7


def test_one_writer_at_a_time(root: Path) -> None:
    """The lock of a process goes with it, whether it ends or is killed."""
    made = proposal(root, "a.py")
    journal = journal_of(root)
    journal.folder.mkdir(parents=True)
    code = (
        "import sys, pathlib; from migrate.review.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(journal.folder / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(UsageError, match=rf"another repoint \(process {holder.pid}\) is writing here; wait"):
        apply_recorded(root, made, MANNER)
    assert texts(root) == {OLD}
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    assert apply_recorded(root, made, MANNER).changes == {"of a.py"}


def test_a_lock_is_let_go(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "lock"):
            pass


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xff.py")
    file = FileRecord(name, 0o644, "utf-8", 0, 1, {digest(b"x"): ()})
    run = new_run("000001", tmp_path, (), (file,))
    assert decoded(encoded(run)) == run


def test_what_is_no_journal_is_passed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    (tmp_path / "000001.json").write_text("{")
    (tmp_path / "000002.json").write_bytes(
        encoded(msgspec.structs.replace(new_run("000002", tmp_path, (), ()), schema="repoint/journal/9"))
    )
    (tmp_path / "notes.json").write_text("{}")
    assert journal.runs() == []
    assert journal.next_id() == "000003"


def test_a_damaged_copy_is_not_restored(root: Path) -> None:
    apply_recorded(root, proposal(root, "a.py"), MANNER)
    journal = journal_of(root)
    (run,) = journal.runs()
    (journal.folder / "000001.bytes").write_bytes(b"y" * len(OLD))
    with pytest.raises(JournalError, match="damaged"):
        restoring(root, journal, run, Wish())


def test_another_versions_way_of_writing_is_not_guessed(root: Path) -> None:
    """The text that a stage leaves is made again from the old one; where that comes out differently, no."""
    made = proposal(root, "a.py")
    other = tuple(msgspec.structs.replace(one, new_text=NEW + "# by hand\n") for one in made.changes)
    gateway = made.applied[0]
    model = msgspec.structs.replace(gateway, stage="model", change="second", edits=())
    both = msgspec.structs.replace(made, changes=other, applied=(gateway, model))
    apply_recorded(root, both, MANNER)
    journal = journal_of(root)
    run: Run = journal.runs()[0]
    run = msgspec.structs.replace(
        run,
        files=tuple(
            msgspec.structs.replace(
                one, texts={key: ("of a.py", "second") if held else () for key, held in one.texts.items()}
            )
            for one in run.files
        ),
    )
    (refused,) = restoring(root, journal, run, Wish(stage="gateway")).refused
    assert "another way; undo all stages together" in refused.reason
    assert restoring(root, journal, run, Wish()).changes[0].new_text == OLD


@posix
def test_a_pointer_that_leads_to_no_git_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository that came from elsewhere cannot make the journal lie anywhere."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "r").mkdir()
    (tmp_path / "precious").mkdir()
    (tmp_path / "r" / ".git").write_text(f"gitdir: {tmp_path / 'precious'}\n")
    assert (tmp_path / "state") in journal_of(tmp_path / "r").folder.parents


@pytest.mark.skipif(not Path("/proc/mounts").exists(), reason="mounts of Linux")
def test_a_disk_that_is_really_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file system of its own, where the machine lets the tests make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no right to mount")
    try:
        monkeypatch.setenv("XDG_STATE_HOME", str(disk / "state"))
        made = proposal(disk, "a.py", "b.py", together=True)
        with suppress(OSError), (disk / "filler").open("wb") as file:
            while True:
                file.write(b"x" * 512)
        with pytest.raises(JournalError, match="No space left"):
            apply_recorded(disk, made, MANNER)
        assert texts(disk) == {OLD}
        assert len(list(disk.glob("**/*.repoint"))) == 0
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_text_that_no_finding_made_is_undone_too(root: Path) -> None:
    """Such as the comment with which a person refused a change."""
    made = msgspec.structs.replace(proposal(root, "a.py"), findings=(), applied=())
    apply_recorded(root, made, MANNER)
    assert texts(root) == {NEW}
    journal = journal_of(root)
    undo(root, journal, pick(journal.runs(), None), Wish(), ())
    assert texts(root) == {OLD}
