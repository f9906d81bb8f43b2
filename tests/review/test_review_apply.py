"""Writing a Proposal: each file whole or not at all, and what belongs together all or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from migrate.findings.edits import ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.review import apply
from migrate.review.apply import apply_changes
from migrate.rewrite.proposal import FileChange, Proposal
from migrate.sources.place import Place, Span
from migrate.sources.reading import read
from migrate.sources.source import Outcome, Source

OLD, NEW = "x = 1\n", "x = 2\n"
SPAN = Span(1, 1, 1, 2)


def finding(change: str, *paths: str) -> Finding:
    edits = tuple(FileEdit(path, ReplaceText(SPAN, "1", "2")) for path in paths)
    return Finding("a-rule", "gateway", Place(paths[0], SPAN), "wrong", "right", "safe", edits, (), change)


def proposal(folder: Path, *findings: Finding, paths: Sequence[str] = ("a.py", "b.py", "c.py")) -> Proposal:
    changes = []
    for path in paths:
        (folder / path).write_text(OLD)
        source = read(folder, path)
        assert isinstance(source, Source)
        changes.append(FileChange(source, NEW, ("a-rule",)))
    return Proposal(findings, findings, tuple(changes), ())


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.glob("*.py"))}


def states(outcomes: Sequence[Outcome]) -> dict[str, str]:
    return {one.path: one.state for one in outcomes}


def test_all_written(tmp_path: Path) -> None:
    outcomes = apply_changes(proposal(tmp_path, finding("", "a.py"), finding("", "b.py")))
    assert states(outcomes) == dict.fromkeys(("a.py", "b.py", "c.py"), "changed")
    assert set(texts(tmp_path).values()) == {NEW}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.py", "b.py", "c.py"], (
        "nothing is left over"
    )


def test_nothing_to_do(tmp_path: Path) -> None:
    assert apply_changes(Proposal((), (), (), ())) == ()


def test_a_file_that_changed_meanwhile_fails_and_the_rest_goes_on(tmp_path: Path) -> None:
    made = proposal(tmp_path, finding("", "a.py"), finding("", "b.py"))
    (tmp_path / "b.py").write_text("x = 1  # edited meanwhile\n")
    outcomes = apply_changes(made)
    assert outcomes[1] == Outcome("b.py", "failed", "changed on disk since it was read; run again")
    assert texts(tmp_path) == {"a.py": NEW, "b.py": "x = 1  # edited meanwhile\n", "c.py": NEW}


def test_a_file_that_was_only_touched_is_written(tmp_path: Path) -> None:
    made = proposal(tmp_path, paths=("a.py",))
    os.utime(tmp_path / "a.py", (1, 1))
    assert states(apply_changes(made)) == {"a.py": "changed"}


def test_a_file_that_was_deleted_is_not_made_again(tmp_path: Path) -> None:
    made = proposal(tmp_path, paths=("a.py", "b.py"))
    (tmp_path / "a.py").unlink()
    assert states(apply_changes(made)) == {"a.py": "failed", "b.py": "changed"}
    assert texts(tmp_path) == {"b.py": NEW}


@pytest.mark.parametrize(
    "findings",
    [
        (finding("move", "a.py", "b.py"),),
        (finding("move", "a.py"), finding("move", "b.py")),
        (finding("", "a.py", "b.py"),),
        (finding("one", "a.py", "x.py"), finding("two", "x.py"), finding("one", "b.py")),
    ],
    ids=["one finding", "one change", "no name", "unwritten files between"],
)
def test_what_belongs_together_is_written_together(tmp_path: Path, findings: tuple[Finding, ...]) -> None:
    """The address stands in one file, the key in another: one without the other would leak the key."""
    made = proposal(tmp_path, *findings)
    (tmp_path / "b.py").write_text("x = 3\n")
    outcomes = apply_changes(made)
    assert states(outcomes) == {"a.py": "failed", "b.py": "failed", "c.py": "changed"}
    assert outcomes[0].reason == "not written: it belongs together with b.py, which failed"
    assert texts(tmp_path) == {"a.py": OLD, "b.py": "x = 3\n", "c.py": NEW}


def test_chains_of_changes_hold_together(tmp_path: Path) -> None:
    made = proposal(tmp_path, finding("one", "a.py", "b.py"), finding("two", "b.py", "c.py"))
    (tmp_path / "c.py").write_text("x = 3\n")
    assert states(apply_changes(made)) == dict.fromkeys(("a.py", "b.py", "c.py"), "failed")
    assert texts(tmp_path) == {"a.py": OLD, "b.py": OLD, "c.py": "x = 3\n"}


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_a_write_that_fails_takes_back_what_belongs_to_it(tmp_path: Path) -> None:
    made = proposal(tmp_path, finding("move", "a.py", "b.py"))
    (tmp_path / "a.py").chmod(0o755)
    (tmp_path / "b.py").chmod(0o444)
    os.utime(tmp_path / "b.py", ns=made.changes[1].source.stamp[:1] * 2)
    outcomes = apply_changes(made)
    assert states(outcomes) == {"a.py": "failed", "b.py": "failed", "c.py": "changed"}
    assert texts(tmp_path) == {"a.py": OLD, "b.py": OLD, "c.py": NEW}


def test_what_cannot_be_taken_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = proposal(tmp_path, finding("move", "a.py", "b.py"))

    def failing(source: Source, text: str) -> Outcome:
        if source.path == "b.py":
            return Outcome("b.py", "failed", "no space")
        source.absolute.write_text(text)
        return Outcome(source.path, "changed")

    def refuse(path: Path, data: bytes, mode: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(apply, "write", failing)
    monkeypatch.setattr(apply, "write_atomically", refuse)
    outcomes = apply_changes(made)
    assert states(outcomes) == {"a.py": "failed", "b.py": "failed", "c.py": "changed"}
    assert outcomes[0].reason.endswith("restore it: No space left on device")
