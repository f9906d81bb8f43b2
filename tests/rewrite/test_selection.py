"""A Proposal cut down: the same bytes as if the other changes had never been proposed."""

from __future__ import annotations

import datetime
from itertools import combinations
from pathlib import Path
from shutil import copytree

import msgspec
import pytest

from migrate.catalog import load
from migrate.findings.edits import RemoveArgument
from migrate.findings.finding import FileEdit
from migrate.program.inventory import scan
from migrate.rewrite.proposal import Proposal
from migrate.rewrite.propose import propose
from migrate.rewrite.selection import lead_stages, rewritten, selected, touching
from migrate.settings import load_settings
from migrate.sources.place import Span

SAMPLE = Path(__file__).parents[2] / "fixtures" / "sample"


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Proposal:
    root = copytree(SAMPLE, tmp_path_factory.mktemp("sample") / "r")
    settings = load_settings(root, {"today": datetime.date(2026, 11, 23), "include_review": True})
    catalog = load()
    return propose(scan([root], settings, catalog), settings, catalog)


def test_all_changes_are_the_proposal(proposal: Proposal) -> None:
    assert selected(proposal, lead_stages(proposal.applied)) == proposal
    for change in proposal.changes:
        edits = [edit for one in proposal.applied for edit in one.edits if edit.path == change.path]
        assert rewritten(change.source, [one.edit for one in edits]) == change.new_text


def test_no_change_is_nothing(proposal: Proposal) -> None:
    rest = selected(proposal, ())
    assert (rest.changes, rest.applied) == ((), ())
    assert rest.findings == proposal.findings


def test_each_half_touches_its_own_files_only(proposal: Proposal) -> None:
    names = sorted(lead_stages(proposal.applied))
    assert len(names) > 3
    for pair in list(combinations(names, 2))[::5]:
        rest = selected(proposal, pair)
        assert {one.change for one in rest.applied} == set(pair)
        paths = {edit.path for one in rest.applied for edit in one.edits}
        assert {one.path for one in rest.changes} == paths
        assert touching(proposal.applied, paths) >= set(pair)


def test_a_change_is_made_in_the_first_of_its_stages(proposal: Proposal) -> None:
    leads = lead_stages(proposal.applied)
    assert set(leads.values()) == {"gateway", "model", "dependencies"}
    stages = {one.stage for one in proposal.applied if leads[one.change] == "model"}
    assert stages == {"model", "params"}


def test_what_cannot_be_proved_alone_is_left_out_everywhere(proposal: Proposal) -> None:
    """A change whose edit does not fit is dropped from its other files too."""
    paths = [edit.path for one in proposal.applied for edit in one.edits]
    first = next(one for one in proposal.applied if paths.count(one.edits[0].path) > 1)
    wrong = FileEdit(first.edits[0].path, RemoveArgument(Span(1, 1, 1, 2), "x"))
    broken = msgspec.structs.replace(first, edits=(*first.edits, wrong))
    other = next(one.change for one in proposal.applied if one.change != first.change)
    torn = msgspec.structs.replace(
        proposal, applied=tuple(broken if one is first else one for one in proposal.applied)
    )
    rest = selected(torn, {first.change, other})
    assert first.change not in {one.change for one in rest.applied}
    assert [one.state for one in rest.outcomes] == ["failed"]


def test_lines_written_by_hand_are_never_lost(proposal: Proposal) -> None:
    """A file that holds more than its edits make is not made again without some of them."""
    leads = lead_stages(proposal.applied)
    several = next(
        one
        for one in proposal.changes
        if len(set(map(leads.get, touching(proposal.applied, {one.path})))) > 1
    )
    mine = msgspec.structs.replace(several, new_text=several.new_text + "# mine\n")
    changes = tuple(mine if one is several else one for one in proposal.changes)
    own = msgspec.structs.replace(proposal, changes=changes)
    assert mine in selected(own, leads).changes
    rest = selected(own, {name for name, stage in leads.items() if stage == "gateway"})
    assert [one.path for one in rest.outcomes] == [mine.path]
    assert mine.path not in {one.path for one in rest.changes}
