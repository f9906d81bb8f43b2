"""A tiny package, its label tables and a real ``scan`` in a process of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.recall import command
from benchmarks.recall.figures import Figures, lines
from benchmarks.recall.labels import LABELS, Labels, read_labels
from benchmarks.recall.scanning import ScanError

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "recall"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Outside of this repository, whose git would choose the files."""
    return Path(shutil.copytree(FOLDER / "shop-1.0", tmp_path / "shop-1.0"))


@pytest.fixture
def labels() -> Labels:
    return read_labels(FOLDER / "labels")


def test_scan_is_laid_beside_the_tables(labels: Labels, package: Path) -> None:
    counted, said = command.measure(labels, labels.corpus.packages[0], package)
    assert counted.shares["recall"] == (3, 4)
    assert counted.shares["precision of proved"] == (3, 3)
    assert counted.shares["target"] == (2, 3)
    assert counted.shares["kind"] == (3, 3)
    assert counted.shares["model known"] == (2, 2)
    assert counted.shares["claims of known"] == (2, 2)
    assert counted.negatives == 0
    complaints = [line for line in said if not line.startswith("ROLE")]
    assert [line.split()[:2] for line in complaints] == [
        ["MISS", "shop-1.0/bot.py:16:12"],
        ["TARGET", "shop-1.0/bot.py:25:12"],
    ]


def test_a_scan_that_fails_misses_everything(
    labels: Labels, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(folder: Path) -> None:
        raise ScanError("exit code 70: RecursionError")

    monkeypatch.setattr(command, "scan_calls", crash)
    counted, said = command.measure(labels, labels.corpus.packages[0], package)
    assert counted.shares["recall"] == (0, 4)
    assert counted.shares["model known"] == (0, 2)
    assert [line.split()[0] for line in said] == ["CRASH"]


def test_figures_add_up_and_name_their_target() -> None:
    both = Figures({"recall": (3, 4)}, 1) + Figures({"recall": (1, 1), "roles": (2, 2)}, 0)
    assert both == Figures({"recall": (4, 5), "roles": (2, 2)}, 1)
    assert list(lines("both", both))[1].split() == ["recall", "4", "of", "5", "0.800", "(target", "0.97)"]
    assert list(lines("none", Figures({"recall": (0, 0)}, 0)))[1].split()[4] == "-"


@pytest.mark.parametrize("name", sorted(path.parent.name for path in LABELS.glob("*/corpus.json")))
def test_every_row_belongs_to_a_package_of_its_set(name: str) -> None:
    labels = read_labels(LABELS / name)
    packages = {package.folder for package in labels.corpus.packages}
    for rows in (labels.calls, labels.negatives, labels.literals):
        assert {row.package for row in rows} <= packages
    expected = [row for row in labels.calls if row.expected]
    assert all(any(row.targets) and any(row.kinds) for row in expected)
    assert len({(row.package, row.path, row.line, row.col, row.symbol) for row in expected}) == len(expected)


@pytest.mark.parametrize(
    ("options", "listed"), [([], ["open"]), (["--quiet"], []), (["--reveal"], ["held-out", "open"])], ids=str
)
def test_misses_of_a_held_out_set_are_listed_only_when_asked_for(
    options: list[str],
    listed: list[str],
    package: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("held-out", "open"):
        shutil.copytree(FOLDER / "labels", tmp_path / "labels" / name)
    manifest = tmp_path / "labels" / "held-out" / "corpus.json"
    manifest.write_text(manifest.read_text("utf-8").replace("{", '{ "held_out": true,', 1), encoding="utf-8")
    monkeypatch.setattr(command, "LABELS", tmp_path / "labels")
    monkeypatch.setattr(command, "unpacked", lambda *given: package)
    monkeypatch.setattr(command, "scan_calls", lambda folder: [])
    monkeypatch.setattr(command, "scan_literals", lambda folder: None)
    command.run(options)
    blocks = capsys.readouterr().out.split("== ")
    spoken = ["MISS" in block for block in blocks[:2]]
    assert [name for name, said in zip(("held-out", "open"), spoken, strict=True) if said] == listed
