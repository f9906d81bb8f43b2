"""Bytes on disk to Source or Outcome. Each file under fixtures/sources/files has its JSON beside it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
from pathlib import Path

import pytest

from migrate.sources.discovery import Discovery
from migrate.sources.encoding import decode, encode
from migrate.sources.reading import holds, load, read, size_words
from migrate.sources.source import Outcome, Source

FOLDER = Path(__file__).parents[2] / "fixtures" / "sources" / "files"
POSIX = pytest.mark.skipif(os.name != "posix", reason="FIFOs and devices as files")
CASES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("name", CASES)
def test_reads_as_expected(name: str, tmp_path: Path) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    shutil.copy(FOLDER / name, tmp_path / name)
    result = read(tmp_path, name)
    assert {key: getattr(result, key) for key in expected} == expected
    assert result.path == name
    if isinstance(result, Source):
        assert encode(result, result.text) == result.raw == (FOLDER / name).read_bytes()


def test_a_source_knows_its_file(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.py"
    file.parent.mkdir()
    file.write_bytes(b"x = 1\n")
    file.chmod(0o754)
    os.utime(file, ns=(1, 123_456_789))
    source = read(tmp_path, "a/b.py")
    assert isinstance(source, Source)
    assert source.absolute == file
    assert source.mode == 0o754
    assert source.stamp == (123_456_789, 6)
    assert source.digest == source.digest != ""
    assert len(source.digest) == 32


def test_a_named_generated_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("# @generated\n")
    assert isinstance(read(tmp_path, "a.py", named=True), Source)


@POSIX
@pytest.mark.parametrize(
    ("name", "state", "reason"),
    [
        ("missing.py", "skipped", "deleted since it was listed"),
        ("broken.py", "skipped", "broken symlink"),
        ("loop.py", "failed", "cannot be read: Too many levels of symbolic links"),
        ("folder.py", "skipped", "not a file but a folder"),
        ("fifo.py", "skipped", "not a file but a FIFO, socket or device"),
        ("socket.py", "skipped", "not a file but a FIFO, socket or device"),
        ("device.py", "skipped", "not a file but a FIFO, socket or device"),
    ],
)
def test_what_is_no_file_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, state: str, reason: str
) -> None:
    (tmp_path / "broken.py").symlink_to("nowhere.py")
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "device.py").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "fifo.py")
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.py")
        monkeypatch.setattr(os, "open", _not_allowed)
        result = read(tmp_path, name)
    assert result == Outcome(name, state, reason)  # type: ignore[arg-type]


def _not_allowed(*_: object, **__: object) -> int:
    raise AssertionError("opened")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")  # root reads everything, so chmod proves nothing

    monkeypatch.setattr(os, "open", refuse)
    expected = Outcome("a.py", "failed", "no permission to read it; allow reading or exclude it")
    assert read(tmp_path, "a.py") == expected
    assert list(load(Discovery(tmp_path, ("a.py",)), (b"never",))) == [expected]


def test_a_sparse_file_of_50_mb_is_skipped_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "big.py").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(os, "open", _not_allowed)
    expected = Outcome("big.py", "skipped", "larger than 5 MB; raise max-file-size to include it")
    assert read(tmp_path, "big.py") == expected
    assert list(load(Discovery(tmp_path, ("big.py",)), (b"x",))) == [expected]


def test_the_limit_is_the_last_size_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    assert isinstance(read(tmp_path, "a.py", 6), Source)
    assert read(tmp_path, "a.py", 5) == Outcome(
        "a.py", "skipped", "larger than 5 bytes; raise max-file-size to include it"
    )


@pytest.mark.parametrize(
    ("size", "words"), [(20, "20 bytes"), (512_000, "512 kB"), (5_000_000, "5 MB"), (2_500_000, "2.5 MB")]
)
def test_sizes_as_people_write_them(size: int, words: str) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("raw", "needles", "expected"),
    [
        (b"import openai", (b"openai",), True),
        (b"from langchain import OpenAI", (b"openai", b"OpenAI"), True),
        (b"import os", (b"openai", b"OpenAI"), False),
        (b"", (b"openai",), False),
        (b"anything", (), True),
    ],
)
def test_holds(raw: bytes, needles: tuple[bytes, ...], expected: bool) -> None:
    assert holds(raw, needles) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"import litellm\n", True),
        (b"def f():\n    from litellm.main import completion\n", True),
        (b"from langchain.chat_models import init_chat_model\n", True),
        (b"from agents import Agent\n", True),
        (b"from agents.own import Agent\n", False),
        (b"import litellm_proxy\n", False),
        (b"# litellm is not imported\n", False),
    ],
)
def test_load_takes_what_imports_a_framework(tmp_path: Path, raw: bytes, expected: bool) -> None:
    (tmp_path / "a.py").write_bytes(raw)
    imports = (b"litellm", b"init_chat_model", b"agents import")
    found = list(load(Discovery(tmp_path, ("a.py",)), (b"openai",), imports=imports))
    assert bool(found) is expected


def test_load_decodes_only_what_holds_a_needle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = []

    def recorded(raw: bytes, encoding: str) -> str:
        decoded.append(raw)
        return decode(raw, encoding)

    monkeypatch.setattr("migrate.sources.reading.decode", recorded)
    (tmp_path / "hit.py").write_bytes(b"import openai\n")
    (tmp_path / "miss.py").write_bytes(b"import os # \xff\n")
    (tmp_path / "bad.py").write_bytes(b"import openai # \xff\n")
    (tmp_path / "made.py").write_bytes(b"# @generated\nimport openai\n")
    discovery = Discovery(tmp_path, ("bad.py", "hit.py", "made.py", "miss.py"), frozenset(("made.py",)))
    results = list(load(discovery, (b"openai",)))
    assert [(type(result).__name__, result.path) for result in results] == [
        ("Outcome", "bad.py"),
        ("Source", "hit.py"),
        ("Source", "made.py"),
    ]
    assert len(decoded) == 3


def test_reading_follows_a_symlink_to_its_mode_and_stamp(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x\n")
    (tmp_path / "a.py").chmod(0o600)
    (tmp_path / "b.py").symlink_to("a.py")
    source = read(tmp_path, "b.py")
    assert isinstance(source, Source)
    assert source.mode == 0o600
    assert source.stamp[1] == 2
    assert stat.S_ISLNK((tmp_path / "b.py").lstat().st_mode)
