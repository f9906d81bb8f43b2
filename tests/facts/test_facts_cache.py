"""Runs that find what an earlier one kept say the same as the first, whatever happened to it in between."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from migrate.catalog import load
from migrate.facts import cache as facts_cache
from migrate.facts.cache import FactsCache
from migrate.facts.expressions import Expression
from migrate.facts.extract import extract
from migrate.facts.records import FileFacts
from migrate.program.inventory import Inventory, scan
from migrate.settings import Settings
from migrate.sources import keeping, reading
from migrate.sources.keeping import prune
from migrate.sources.reading import read
from migrate.sources.source import Outcome, Source

CALLING = 'from llm import client, MODEL\nclient.chat.completions.create(model=MODEL, messages=["{}"])\n'
FILES = {
    "llm.py": 'from openai import OpenAI\nclient = OpenAI()\nMODEL = "gpt-4o"\n',
    "one.py": CALLING.format("one"),
    "two.py": CALLING.format("two"),
    "plain.py": "import llm\n",
    "wrap.py": "from two import ask\n\ndef say(model='gpt-4o-mini'):\n    ask(model)\n",
    "broken.py": "from openai import\n",
}
FILES["two.py"] += "def ask(model):\n    return client.chat.completions.create(model=model, messages=[])\n"


@pytest.fixture
def project(tmp_path: Path, cache: Path) -> Path:
    """A project whose files are old enough to be believed, and an empty cache."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert not cache.exists()
    return folder


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled at once: no test waits for the clock."""
    monkeypatch.setattr("migrate.sources.known._SETTLED", -3_600_000_000_000)


def said(project: Path, *paths: str, cached: bool = True) -> bytes:
    named = [project / path for path in paths] or [project]
    found = scan(named, Settings(cache=cached), load())
    found.remember()
    return content(found)


def content(found: Inventory) -> bytes:
    return msgspec.json.encode((found.call_sites, found.outcomes, sorted(found.sources)))


@pytest.mark.parametrize("paths", [(), ("wrap.py",), ("one.py", "two.py"), ("broken.py",)])
def test_every_run_says_the_same(project: Path, paths: tuple[str, ...]) -> None:
    plain = said(project, *paths, cached=False)
    assert [said(project, *paths) for _ in range(3)] == [plain] * 3


def test_without_the_cache_nothing_is_written(project: Path, cache: Path) -> None:
    load().needles  # noqa: B018 - the catalog keeps its own copies there
    _ = load().models, load().sdk
    before = sorted(cache.rglob("*"))
    said(project, cached=False)
    assert sorted(cache.rglob("*")) == before


def test_a_later_run_parses_and_opens_only_what_it_must(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = said(project)
    opened: list[str] = []
    parsed: list[str] = []
    whole = reading._bytes

    def opening(path: str) -> bytes:
        opened.append(Path(path).name)
        return whole(path)

    def parsing(path: str, text: str) -> FileFacts | Outcome:
        parsed.append(path)
        return extract(path, text)

    monkeypatch.setattr(reading, "_bytes", opening)
    monkeypatch.setattr(facts_cache, "extract", parsing)
    assert said(project) == first
    assert parsed == ["broken.py"]
    assert "plain.py" not in opened


@pytest.mark.parametrize("name", ["llm.py", "plain.py", "wrap.py", "two.py"])
def test_a_changed_file_is_read_anew(project: Path, name: str) -> None:
    said(project)
    for text in ('from llm import client\nMODEL = "gpt-4"\nclient.files.list()\n', "x = 1\n", FILES[name]):
        (project / name).write_text(text, encoding="utf-8")
        assert said(project) == said(project, cached=False)


def test_a_change_that_keeps_size_and_time(project: Path) -> None:
    before = said(project)
    place = project / "llm.py"
    status = place.stat()
    place.write_text(FILES["llm.py"].replace("gpt-4o", "gpt-51"), encoding="utf-8")
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert said(project) == said(project, cached=False) != before


def test_new_and_deleted_files(project: Path) -> None:
    said(project)
    (project / "three.py").write_text("from two import ask\nask('gpt-4')\n", encoding="utf-8")
    (project / "wrap.py").unlink()
    assert said(project) == said(project, cached=False)


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xc1" * 40, None])
def test_a_broken_cache_is_as_good_as_none(project: Path, cache: Path, damage: bytes | None) -> None:
    first = said(project)
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert len(kept) > 5
    for path in kept:
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert said(project) == first
    assert said(project) == first


def test_one_flipped_bit_is_seen(project: Path, cache: Path) -> None:
    first = said(project)
    for path in cache.glob("facts-*/*/*"):
        whole = bytearray(path.read_bytes())
        whole[whole.index(b"gpt") if b"gpt" in whole else -1] ^= 1
        path.write_bytes(whole)
    assert said(project) == first


def test_a_folder_that_cannot_be_written(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = said(project)
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("REPOINT_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert said(project) == first


def test_a_read_only_folder_is_read(project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = said(project)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(Path, "write_bytes", refused)
    monkeypatch.setattr(Path, "mkdir", refused)
    (project / "one.py").touch()
    assert said(project) == first
    assert cache.is_dir()


def test_a_user_without_a_home_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(keeping, "cache_folder", homeless)
    assert said(project) == said(project, cached=False)


def test_several_processes_at_once(project: Path) -> None:
    command = [sys.executable, "-m", "migrate", "scan", "--format", "jsonl", str(project)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(3)]
    outputs = {run.communicate()[0] for run in runs}
    alone = subprocess.run(command, capture_output=True, check=False).stdout
    assert outputs == {alone}
    assert alone.count(b"\n") >= 3


def test_another_python_or_program_has_its_own_facts(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(project)
    before = {path.name for path in cache.glob("facts-*")}
    monkeypatch.setattr(facts_cache, "__version__", "0.0.0")
    said(project)
    assert len({path.name for path in cache.glob("facts-*")} - before) == 1


def test_the_oldest_files_go_once_a_day(cache: Path) -> None:
    for age in range(10):
        place = cache / "facts-x" / f"{age}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x" * 100)
        os.utime(place, (1_000_000 - age, 1_000_000 - age))
    prune(2_000)
    assert len(list(cache.glob("facts-x/*"))) == 10
    prune(700)
    assert len(list(cache.glob("facts-x/*"))) == 10, "it was done today"
    os.utime(cache / "pruned", (time.time() - 100_000,) * 2)
    prune(700)
    assert sorted(path.name for path in cache.glob("facts-x/*")) == ["0", "1", "2"]


def test_facts_that_the_format_cannot_hold(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "a.py").write_text(f"x = {10**40}\ny = '\\ud800'\n", encoding="utf-8")
    source = read(tmp_path, "a.py")
    assert isinstance(source, Source)
    kept = FactsCache()
    assert kept.facts(source) == kept.facts(source) == extract("a.py", source.text)
    assert cache.parent == tmp_path


@pytest.mark.parametrize("cached", [False, True])
def test_no_two_places_share_an_expression(cached: bool, tmp_path: Path, cache: Path) -> None:
    """Answers are remembered by the record that stands for a place, and differ from place to place."""
    text = (
        "match f(x):\n    case y: pass\n    case z: pass\na = b = [c]\nfor d, e in a: assert g[0] in (h, i)\n"
    )
    (tmp_path / "a.py").write_text(text, encoding="utf-8")
    source = read(tmp_path, "a.py")
    assert isinstance(source, Source)
    facts = FactsCache(cached).facts(source)
    assert isinstance(facts, FileFacts)
    found = list(_expressions(facts))
    assert len(found) > 20
    assert len({id(one) for one in found}) == len(found)


def _expressions(record: object) -> Iterator[object]:
    if isinstance(record, get_args(Expression)):
        yield record
    if isinstance(record, msgspec.Struct):
        record = [getattr(record, name) for name in record.__struct_fields__]
    if isinstance(record, dict):
        record = list(record.values())
    if isinstance(record, (list, tuple)):
        for part in record:
            yield from _expressions(part)
