"""Archives are unpacked only when they are the pinned ones, and never outside of their folder."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from benchmarks.recall.corpus import unpacked
from benchmarks.recall.labels import Corpus, Package

TEXT = b"import openai\n"


def pinned(cache: Path, members: dict[str, bytes], **changed: str) -> tuple[Corpus, Package]:
    archive = cache / ".archives" / "shop-1.0-py3-none-any.whl"
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as wheel:
        for name, data in members.items():
            wheel.writestr(name, data)
    tree = hashlib.sha256(f"shop/bot.py {hashlib.sha256(TEXT).hexdigest()}".encode()).hexdigest()
    package = Package(
        name="shop",
        version="1.0",
        dist="wheel",
        filename=archive.name,
        sha256=changed.get("sha256", hashlib.sha256(archive.read_bytes()).hexdigest()),
        include=["shop/"],
        tree_sha256=changed.get("tree_sha256", tree),
    )
    return Corpus([".py"], 1000, [package]), package


def test_only_the_chosen_files_are_unpacked(tmp_path: Path) -> None:
    members = {"shop/bot.py": TEXT, "shop/logo.png": b"", "shop/big.py": b"#" * 1001, "other/bot.py": TEXT}
    folder = unpacked(*pinned(tmp_path, members), tmp_path)
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.*")] == ["shop/bot.py"]
    assert (folder / "shop" / "bot.py").read_bytes() == TEXT


def test_what_is_unpacked_already_is_taken_as_it_is(tmp_path: Path) -> None:
    corpus, package = pinned(tmp_path, {"shop/bot.py": TEXT})
    folder = unpacked(corpus, package, tmp_path)
    (tmp_path / ".archives" / package.filename).unlink()
    assert unpacked(corpus, package, tmp_path) == folder


@pytest.mark.parametrize("key", ["sha256", "tree_sha256"])
def test_another_archive_is_refused(tmp_path: Path, key: str) -> None:
    corpus, package = pinned(tmp_path, {"shop/bot.py": TEXT}, **{key: "0" * 64})
    with pytest.raises(SystemExit, match="is not the pinned one"):
        unpacked(corpus, package, tmp_path)


def test_a_path_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    corpus, package = pinned(tmp_path, {"shop/../../bot.py": TEXT})
    with pytest.raises(SystemExit, match="unsafe path"):
        unpacked(corpus, package, tmp_path)
    assert not (tmp_path.parent / "bot.py").exists()
