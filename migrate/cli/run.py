"""One run of check, diff or apply: what was found, what was done about it, and how each file ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

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
    from migrate.rewrite.proposal import Proposal
    from migrate.settings import Settings

Depth: TypeAlias = Literal["find", "propose", "write"]


class Run(msgspec.Struct, frozen=True):
    """``cured`` are the findings whose edits are written, or would be; ``left`` those for a person.

    ``outcomes`` hold no unchanged file, and those of a run that does not write say what it would do.
    ``interrupted`` says that Ctrl-C waited for the last write.
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

    @property
    def needs_a_person(self) -> bool:
        """Whether anything is left that is more than a note."""
        return any(not one.note for one in self.left)

    def tell(self, output: Output, *, skipped: bool) -> None:
        """The unusable files and the summary, to stderr; then the interrupt that was held back, if any."""
        tell_unusable(self.outcomes, output, skipped=skipped)
        changed = "changed" if self.depth == "write" else "would change"
        output.talk(summary(self.inventory, self.counts, self.named, findings=True, changed=changed))
        if self.interrupted:
            say("repoint: the interrupt came while files were written; all of them were finished first")
            raise KeyboardInterrupt

    def document(self, verb: str, **content: Any) -> bytes:
        """The verb's JSON: ``content``, then what all of them have."""
        from migrate.report import documents

        content["outcomes"] = [documents.outcome(one) for one in self.outcomes]
        content["summary"] = msgspec.to_builtins(self.counts)
        return documents.document(verb, self.inventory.root, content)


def run(
    named: tuple[Path, ...],
    settings: Settings,
    output: Output,
    depth: Depth,
    baseline: Baseline | None = None,
    narrowed: Callable[[Inventory, Proposal], Proposal] | None = None,
) -> Run:
    """Goes as far as ``depth`` says; of what is proposed, what ``narrowed`` leaves is made. Raises
    SettingsError and CatalogError."""
    with working("Reading", output):
        stage = pipeline.findings if depth == "find" else pipeline.proposal
        inventory, proposal = stage(named, settings, baseline)
    if narrowed is not None:
        proposal = narrowed(inventory, proposal)
    held: list[int] = []
    written: Sequence[Outcome] = [Outcome(one.path, "changed") for one in proposal.changes]
    if depth == "write":
        from migrate.review.apply import apply_changes

        with interrupts_held() as held:
            written = apply_changes(proposal)
    outcomes = asked_about(inventory, inventory.outcomes, proposal.outcomes, written)
    cured, left = _divided(proposal, outcomes)
    counts = msgspec.structs.replace(
        count(inventory.selected, inventory.call_sites, outcomes, proposal.findings),
        ignored=len(proposal.ignored),
        known=len(proposal.known),
    )
    return Run(named, depth, inventory, proposal, outcomes, counts, cured, left, bool(held))


def _divided(
    proposal: Proposal, outcomes: Sequence[Outcome]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are cured, and the rest: a file that could not be written keeps its findings."""
    failed = {one.path for one in outcomes if one.state == "failed"}
    cured = tuple(one for one in proposal.applied if not failed & {edit.path for edit in one.edits})
    done = {id(one) for one in cured}
    return cured, tuple(one for one in proposal.findings if id(one) not in done)
