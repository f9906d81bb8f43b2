"""One run of check, diff or apply: what was found, what was done about it, and how each file ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from migrate import pipeline
from migrate.cli.endings import asked_about, summary, tell_unusable
from migrate.cli.interrupts import interrupts_held
from migrate.cli.output import Output, say
from migrate.cli.waiting import working
from migrate.findings.finding import Finding
from migrate.report.counts import Counts, count
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from migrate.findings.baseline import Baseline
    from migrate.program.inventory import Inventory
    from migrate.review.recording import Applied, Manner
    from migrate.rewrite.proposal import Proposal
    from migrate.settings import Settings

Depth: TypeAlias = Literal["find", "propose", "write"]


class Writing(msgspec.Struct, frozen=True):
    """How to write what is proposed, and what of it, where not all: both once it is known what that is."""

    manner: Callable[[Inventory, Proposal], Manner]
    narrowed: Callable[[Inventory, Proposal], Proposal] | None = None


class Run(msgspec.Struct, frozen=True):
    """``cured`` are the findings whose edits are written, or would be; ``left`` those for a person.

    ``outcomes`` hold no unchanged file, and those of a run that does not write say what it would do.
    ``interrupted`` says that Ctrl-C waited for the last write, ``trouble`` why the writing ended early.
    """

    named: tuple[Path, ...]
    depth: Depth
    inventory: Inventory
    proposal: Proposal
    outcomes: tuple[Outcome, ...]
    counts: Counts
    cured: tuple[Finding, ...]
    left: tuple[Finding, ...]
    interrupted: bool = False
    trouble: str = ""

    @property
    def needs_a_person(self) -> bool:
        """Whether anything is left that is more than a note."""
        return any(not one.note for one in self.left)

    def tell(self, output: Output, *, skipped: bool) -> None:
        """The unusable files and the summary, to stderr; then the interrupt that was held back, if any."""
        tell_unusable(self.outcomes, output, skipped=skipped)
        changed = "changed" if self.depth == "write" else "would change"
        output.talk(summary(self.inventory, self.counts, self.named, findings=True, changed=changed))
        if self.trouble:
            say(*(f"repoint: error: {line}" for line in self.trouble.splitlines()))
        if self.interrupted and not self.trouble:
            say("repoint: the interrupt came while files were written; all of them were finished first")
        if self.interrupted:
            raise KeyboardInterrupt


def run(
    named: tuple[Path, ...],
    settings: Settings,
    output: Output,
    depth: Depth,
    baseline: Baseline | None = None,
    writing: Writing | None = None,
) -> Run:
    """Goes as far as ``depth`` says, and writes as ``writing`` says. Raises SettingsError, CatalogError, and
    as ``apply_recorded`` does."""
    with working("Reading", output):
        stage = pipeline.findings if depth == "find" else pipeline.proposal
        inventory, proposal = stage(named, settings, baseline)
    if writing is not None and writing.narrowed is not None:
        proposal = writing.narrowed(inventory, proposal)
    interrupted, trouble = False, ""
    written: Sequence[Outcome] = [Outcome(one.path, "changed") for one in proposal.changes]
    made: Collection[str] = {one.change for one in proposal.applied}
    if writing is not None:
        applied, interrupted = _write(inventory, proposal, writing.manner(inventory, proposal), output)
        written, made, trouble = applied.outcomes, applied.changes, applied.trouble
    outcomes = asked_about(inventory, inventory.outcomes, proposal.outcomes, written)
    cured, left = _divided(proposal, made)
    counts = msgspec.structs.replace(
        count(inventory.selected, inventory.call_sites, outcomes, proposal.findings),
        ignored=len(proposal.ignored),
        known=len(proposal.known),
    )
    return Run(named, depth, inventory, proposal, outcomes, counts, cured, left, interrupted, trouble)


def command_line() -> tuple[str, ...]:
    """The words of this run, as the journal keeps them."""
    return ("repoint", *sys.argv[1:])


def _write(inventory: Inventory, proposal: Proposal, manner: Manner, output: Output) -> tuple[Applied, bool]:
    """What was written, and whether Ctrl-C came meanwhile."""
    from migrate.review.recording import apply_recorded

    with interrupts_held() as held:
        asked = msgspec.structs.replace(manner, stopped=lambda: bool(held))
        applied = apply_recorded(inventory.root, proposal, asked)
    for one in applied.killed:
        cure = f"repoint undo --run {int(one.id)} takes back what it wrote"
        output.talk(f"note: a run of {one.time} was killed before its end; {cure}")
    return applied, bool(held)


def _divided(proposal: Proposal, made: Collection[str]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are cured, and the rest: a change that was not made keeps its findings."""
    cured = tuple(one for one in proposal.applied if one.change in made)
    done = {id(one) for one in cured}
    return cured, tuple(one for one in proposal.findings if id(one) not in done)
