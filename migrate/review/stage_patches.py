"""A Proposal as patches, one a stage, each on top of those before it."""

from __future__ import annotations

from migrate.review.diff import patch
from migrate.review.steps import after, from_here, steps
from migrate.rewrite.proposal import Proposal
from migrate.sources.source import Source


def stage_patches(proposal: Proposal) -> list[tuple[str, bytes]]:
    """(file name, patch) of every stage that changes anything, in the order in which they apply."""
    found: list[tuple[str, bytes]] = []
    present: dict[str, Source] = {}
    for step in steps(proposal, by_stage=True):
        made = from_here(step, present)
        if made.changes:
            found.append((f"{len(found) + 1}-{step.stage}.patch", patch(made.changes)))
        present |= {one.path: after(one) for one in made.changes}
    return found
