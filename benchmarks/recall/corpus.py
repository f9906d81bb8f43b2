"""Puts the pinned packages into a cache folder outside of the repository: downloads, checks and unpacks."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from benchmarks.recall.labels import Corpus, Package

_DOWNLOAD = [
    *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
    *("--no-deps", "--ignore-requires-python", "--require-hashes"),
]


def unpacked(corpus: Corpus, package: Package, cache: Path) -> Path:
    """The folder that holds ``package`` as the tables describe it; made when it is not there.

    Raises SystemExit with the reason where an archive or its content is not the pinned one.
    """
    folder = cache / package.folder
    stamp = cache / f"{package.folder}.tree"
    if stamp.is_file() and stamp.read_text("utf-8") == package.tree_sha256 and folder.is_dir():
        return folder
    archive = cache / ".archives" / package.filename
    if not archive.is_file():
        _download(package, archive)
    _check(package.filename, hashlib.sha256(archive.read_bytes()).hexdigest(), package.sha256)
    shutil.rmtree(folder, ignore_errors=True)
    _check(package.folder, _unpack(corpus, package, archive, folder), package.tree_sha256)
    stamp.write_text(package.tree_sha256, encoding="utf-8")
    return folder


def _download(package: Package, archive: Path) -> None:
    """From whatever index pip is configured for; the hash says that it is the right archive."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    wanted = archive.parent / f"{package.folder}.txt"
    line = f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n"
    wanted.write_text(line, encoding="utf-8")
    kind = "--only-binary=:all:" if package.dist == "wheel" else f"--no-binary={package.name}"
    command = [*_DOWNLOAD, kind, "--dest", str(archive.parent), "--requirement", str(wanted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        raise SystemExit(f"cannot download {package.folder}:\n{done.stderr}")


def _check(what: str, found: str, pinned: str) -> None:
    if found != pinned:
        raise SystemExit(f"{what} is not the pinned one: sha256 {found}, expected {pinned}")


def _unpack(corpus: Corpus, package: Package, archive: Path, folder: Path) -> str:
    """Writes the chosen files and gives a hash over their paths and contents."""
    digests = []
    for path, size, data in _members(archive):
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts:
            raise SystemExit(f"unsafe path in {archive.name}: {path}")
        chosen = path.endswith(tuple(corpus.suffixes)) and path.startswith(tuple(package.include))
        if size > corpus.max_bytes or not chosen:
            continue
        target = folder / parts
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        digests.append(f"{path} {hashlib.sha256(data).hexdigest()}")
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def _members(archive: Path) -> Iterator[tuple[str, int, bytes]]:
    """(path inside the package, size in bytes, content) of each regular file."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for item in wheel.infolist():
                if not item.is_dir():
                    yield item.filename, item.file_size, wheel.read(item)
        return
    with tarfile.open(archive) as source:
        for entry in source:
            content = source.extractfile(entry) if entry.isfile() else None
            if content is not None:  # without the top folder, name-version/
                yield entry.name.partition("/")[2], entry.size, content.read()
