"""The compiled copy answers as the files do, and is dropped when they change."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from migrate import resources
from migrate.catalog import compiled
from migrate.catalog.load import Catalog

pytestmark = pytest.mark.usefixtures("cache")

RULES = resources.folder("rules")


def test_a_copy_answers_as_the_files_do(cache: Path) -> None:
    first, second = Catalog(RULES), Catalog(RULES)
    built = [list(first.models), first.sdk]
    assert {path.name for path in cache.iterdir()} == {"catalog-models.msgpack", "catalog-sdks.msgpack"}
    assert [list(second.models), second.sdk] == built
    assert second.models.parse("openai/gpt-4o") == first.models.parse("openai/gpt-4o")
    assert second.needles == first.needles


def test_a_copy_is_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = Catalog(RULES).models
    monkeypatch.setattr(Catalog, "_built_models", lambda _: pytest.fail("was built again"))
    assert Catalog(RULES).models.get("gpt-4o")
    assert cache.is_dir()


@pytest.mark.parametrize(("keep", "before"), [(0, b""), (0.5, b""), (1, b"\xc1")])
def test_a_broken_copy_is_replaced(cache: Path, keep: float, before: bytes) -> None:
    _ = Catalog(RULES).models
    place = cache / "catalog-models.msgpack"
    whole = place.read_bytes()
    place.write_bytes(before + whole[: int(len(whole) * keep)])
    assert Catalog(RULES).models.get("gpt-4o")
    assert place.read_bytes() == whole


def test_a_changed_file_counts_at_once(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    assert Catalog(rules).models.get("gpt-9") is None
    path = rules / "models" / "other.toml"
    stat = path.stat()
    text = path.read_text(encoding="utf-8") + '\n[[model]]\nid = "gpt-9"\nlike = "gpt-5.2"\n'
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # the same time, another size
    assert Catalog(rules).models.get("gpt-9")


def test_a_folder_that_cannot_be_written_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("REPOINT_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert Catalog(RULES).models.get("gpt-4o")


def test_a_user_without_a_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(compiled, "cache_folder", homeless)
    assert Catalog(RULES).models.get("gpt-4o")


def test_a_teams_files_are_never_compiled(tmp_path: Path, cache: Path) -> None:
    extra = tmp_path / "team.toml"
    extra.write_text(
        'checked = 2026-11-23\nsource = "s"\n[[model]]\nid = "m"\nlike = "gpt-4o"\n', encoding="utf-8"
    )
    assert Catalog(RULES, (extra,)).models.get("m")
    assert not cache.exists()


def test_the_place_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPOINT_CACHE_DIR")
    assert resources.cache_folder().is_absolute()
    assert "repoint" in resources.cache_folder().parts
