"""Every folder under fixtures/edits is one case: before.py and edits.json give after.py, byte for byte;
without an after.py the edits must be refused with the words of error.txt."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from migrate.errors import ProofError
from migrate.findings.edits import Edit
from migrate.rewrite.engine.apply import rewrite_text

CASES = sorted((Path(__file__).parents[2] / "fixtures" / "edits").iterdir())


def _rewritten(case: Path) -> bytes:
    edits = msgspec.json.decode((case / "edits.json").read_bytes(), type=list[Edit])
    return rewrite_text((case / "before.py").read_bytes().decode(), edits).encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    after = case / "after.py"
    if after.exists():
        assert _rewritten(case) == after.read_bytes()
        return
    with pytest.raises(ProofError) as caught:
        _rewritten(case)
    assert (case / "error.txt").read_text("utf-8").strip() in str(caught.value)


def test_there_are_two_refusals_or_unchanged_files_for_every_three_rewrites() -> None:
    changed = [
        case
        for case in CASES
        if (case / "after.py").exists()
        and (case / "after.py").read_bytes() != (case / "before.py").read_bytes()
    ]
    assert len(CASES) >= 60
    assert 3 * (len(CASES) - len(changed)) >= 2 * len(changed)
