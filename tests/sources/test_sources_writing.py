"""The last step to disk: whole or not at all, and only onto what was read."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.sources.reading import read
from migrate.sources.source import Outcome, Source
from migrate.sources.writing import unchanged_since, write, write_atomically


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "a.py").write_bytes(b"x = 1\r\n")
    (tmp_path / "a.py").chmod(0o750)
    return _read(tmp_path, "a.py")


def _read(folder: Path, name: str) -> Source:
    source = read(folder, name)
    assert isinstance(source, Source)
    return source


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_the_text_and_keeps_the_mode(source: Source) -> None:
    assert write(source, "x = 2\r\n") == Outcome("a.py", "changed")
    assert source.absolute.read_bytes() == b"x = 2\r\n"
    assert stat.S_IMODE(source.absolute.stat().st_mode) == 0o750
    assert _names(source.absolute.parent) == ["a.py"]


def test_the_same_text_is_not_written(source: Source) -> None:
    before = source.absolute.stat()
    assert write(source, source.text) == Outcome("a.py", "unchanged")
    assert (source.absolute.stat().st_mtime_ns, source.absolute.stat().st_ino) == (
        before.st_mtime_ns,
        before.st_ino,
    )


def test_a_symlink_stays_one_and_its_target_changes(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.py").write_text("x = 1\n")
    (tmp_path / "a.py").symlink_to("real/a.py")
    assert write(_read(tmp_path, "a.py"), "x = 2\n").state == "changed"
    assert (tmp_path / "a.py").is_symlink()
    assert (tmp_path / "real" / "a.py").read_text() == "x = 2\n"
    assert _names(tmp_path) == ["a.py", "real"]


@pytest.mark.parametrize("text", ["x = 9\r\n", "x = 1000\r\n"])
def test_a_file_changed_meanwhile_is_left(source: Source, text: str) -> None:
    source.absolute.write_bytes(text.encode())
    os.utime(source.absolute, ns=(1, 1))  # two writes within one tick of the clock have one stamp
    expected = Outcome("a.py", "failed", "changed on disk since it was read; run again")
    assert write(source, "x = 2\r\n") == expected
    assert source.absolute.read_bytes() == text.encode()


def test_a_file_that_was_only_touched_is_written(source: Source) -> None:
    os.utime(source.absolute, ns=(1, 1))
    assert unchanged_since(source)
    assert write(source, "x = 2\r\n").state == "changed"


def test_a_file_deleted_meanwhile_is_not_made_again(source: Source) -> None:
    source.absolute.unlink()
    assert write(source, "x = 2\r\n").state == "failed"
    assert _names(source.absolute.parent) == []


def test_a_read_only_file_is_refused_for_root_too(source: Source) -> None:
    source.absolute.chmod(0o444)
    expected = Outcome("a.py", "failed", "it is read-only; allow writing to it")
    assert write(source, "x = 2\r\n") == expected
    assert source.absolute.read_bytes() == source.raw


def test_a_read_only_folder_is_refused(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = source.absolute.parent
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder and access(path, mode))
    monkeypatch.setattr(os, "open", _raising(errno.EACCES))
    result = write(source, "x = 2\r\n")
    assert result == Outcome("a.py", "failed", f"its folder {folder.name}/ is read-only; allow writing there")
    assert source.absolute.read_bytes() == source.raw


@pytest.mark.parametrize(
    ("call", "number"), [("fsync", errno.ENOSPC), ("replace", errno.EIO), ("open", errno.EROFS)]
)
def test_a_failing_step_leaves_the_old_file_and_nothing_beside_it(
    source: Source, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    monkeypatch.setattr(os, call, _raising(number))
    result = write(source, "x = 2\r\n")
    assert result == Outcome("a.py", "failed", f"cannot be written: {os.strerror(number)}")
    monkeypatch.undo()
    assert source.absolute.read_bytes() == source.raw
    assert _names(source.absolute.parent) == ["a.py"]


def test_an_interrupt_leaves_nothing_beside_the_file(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(source, "x = 2\r\n")
    assert _names(source.absolute.parent) == ["a.py"]
    assert source.absolute.read_bytes() == source.raw


def test_a_character_the_encoding_cannot_hold(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"# coding: latin-1\nx = '\xe9'\n")
    source = _read(tmp_path, "a.py")
    result = write(source, source.text + "y = '€'\n")
    expected = "iso-8859-1 cannot hold a character of the new text; convert the file to UTF-8"
    assert result == Outcome("a.py", "failed", expected, 3)
    assert (tmp_path / "a.py").read_bytes() == source.raw


def test_write_atomically_makes_a_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new", b"\r\n\x00", 0o640)
    assert (tmp_path / "new").read_bytes() == b"\r\n\x00"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="FIFOs of POSIX")
def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a file"):
        write_atomically(tmp_path / "pipe", b"x", 0o644)
    assert (tmp_path / "pipe").is_fifo()
    assert _names(tmp_path) == ["pipe"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
def test_root_does_not_take_a_users_file(source: Source) -> None:
    os.chown(source.absolute, 65534, 65534)
    assert write(source, "x = 2\r\n").state == "changed"
    assert (source.absolute.stat().st_uid, source.absolute.stat().st_gid) == (65534, 65534)
    assert stat.S_IMODE(source.absolute.stat().st_mode) == 0o750


def _raising(number: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail
