"""Every folder of fixtures/stages is a small project and what the tool makes of it.

``before/`` is the project, ``settings.toml`` the settings it is run with (keys as in ``[tool.repoint]``),
``after/`` holds the files that must change, byte for byte, and all others must not. ``findings.txt`` has
one line a finding, ``path:line:column rule safety[ note]``, and one a file that failed, ``path failed``.
"""

from __future__ import annotations

import ast
import datetime
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest
import tomli

from migrate.catalog import load
from migrate.findings.finding import Finding
from migrate.program.inventory import scan
from migrate.review.apply import apply_changes
from migrate.rewrite.proposal import Proposal
from migrate.rewrite.propose import propose
from migrate.settings import Settings, load_settings
from migrate.sources.source import Outcome

CASES = Path(__file__).parents[2] / "fixtures" / "stages"
TODAY = datetime.date(2026, 11, 23)
NAMES = sorted(path.name for path in CASES.iterdir())


class Run(NamedTuple):
    """One case, run and applied; ``written`` and ``again`` are the files and the proposal after that."""

    findings: list[str]
    proposal: Proposal
    outcomes: tuple[Outcome, ...]
    written: dict[str, bytes]
    again: Proposal


def run_case(case: Path, root: Path) -> Run:
    """Scans, proposes, applies to a copy of the project at ``root``, and proposes once more."""
    copytree(case / "before", root)
    settings = _settings(case, root)
    proposal = _proposal(root, settings)
    outcomes = apply_changes(proposal)
    again = _proposal(root, settings)
    return Run(_lines(proposal), proposal, outcomes, _files(root), again)


def problems(case: Path, run: Run) -> list[str]:
    """What is not as the case says, one text a difference."""
    found = _of_files(_files(case / "before") | _files(case / "after"), run.written)
    expected = (case / "findings.txt").read_text("utf-8").splitlines()
    found += [f"no such finding: {line}" for line in expected if line not in run.findings]
    found += [f"finding not expected: {line}" for line in run.findings if line not in expected]
    if not found and expected != run.findings:
        found.append("findings.txt is not in order, or has a line twice")
    found += [f"not written: {one}" for one in run.outcomes if one.state == "failed"]
    found += [f"a second run would change {change.path}:\n{change.new_text}" for change in run.again.changes]
    return found + _syntax_errors(run)


def _settings(case: Path, root: Path) -> Settings:
    file = case / "settings.toml"
    own = tomli.loads(file.read_text("utf-8")) if file.exists() else {}
    return load_settings(root, {"today": TODAY, **own})


def _proposal(root: Path, settings: Settings) -> Proposal:
    catalog = load()
    return propose(scan([root], settings, catalog), settings, catalog)


def _lines(proposal: Proposal) -> list[str]:
    failed = [f"{one.path} failed" for one in proposal.outcomes if one.state == "failed"]
    return [_line(one) for one in proposal.findings] + sorted(failed)


def _line(finding: Finding) -> str:
    return f"{finding.place} {finding.rule} {finding.safety}{' note' if finding.note else ''}"


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def _of_files(expected: dict[str, bytes], written: dict[str, bytes]) -> list[str]:
    found = [f"{path} is gone or new" for path in sorted(expected.keys() ^ written.keys())]
    for path in sorted(expected.keys() & written.keys()):
        if expected[path] != written[path]:
            found.append(f"{path} should be\n{_shown(expected[path])}but is\n{_shown(written[path])}")
    return found


def _shown(data: bytes) -> str:
    return "".join(
        f"    {line!r}\n"[1:] for line in data.decode("utf-8", "replace").splitlines(keepends=True)
    )


def _syntax_errors(run: Run) -> list[str]:
    found = []
    for change in run.proposal.changes:
        try:
            if change.path.endswith(".py"):
                ast.parse(run.written[change.path], change.path)
        except SyntaxError as error:
            found.append(f"{change.path} does not parse: {error}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path) -> None:
    found = problems(CASES / name, run_case(CASES / name, tmp_path / "case"))
    assert not found, "\n".join(found)


def test_there_are_two_cases_without_a_change_for_every_three_with_one() -> None:
    changed = [name for name in NAMES if (CASES / name / "after").exists()]
    assert len(NAMES) >= 60
    assert 3 * (len(NAMES) - len(changed)) >= 2 * len(changed)
