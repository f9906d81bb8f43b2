"""Notes on model ids that are set in a file or in code, and reach no visible call. Edits nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from migrate.catalog.lives import Lives
from migrate.catalog.models import Models
from migrate.findings.finding import Finding
from migrate.program.literals.records import ModelLiteral
from migrate.rewrite.stages.text_edits import IN_FILES
from migrate.sources.place import Place

_MOST_APART = 3  # places of one id in one file; more are told of as one: a file of results holds thousands


def unread_findings(
    literals: Sequence[ModelLiteral], models: Models, lives: Lives, counted: Collection[Place] = ()
) -> Iterator[Finding]:
    """A note for every id that is chosen, reaches no visible call and is going; those at ``counted`` are
    there for a tokenizer, which asks no model."""
    found: dict[tuple[str, int | None, str], list[ModelLiteral]] = {}
    for one in literals:
        if not one.reaches and one.use and one.place not in counted:
            found.setdefault((one.place.path, one.place.cell, one.value), []).append(one)
    for (_, _, value), same in found.items():
        name = models.parse(value)
        if name is None or name.fine_tuned or not lives.ends(name.model.shutdown):
            continue
        end = name.model.shutdown
        when = f"{'was shut down' if lives.of(end) == 'retired' else 'shuts down'} on {end}"
        more = f", {len(same) - 1:,} more in this file" if len(same) > _MOST_APART else ""
        for one in same[:1] if more else same:
            takes = "code reads" if one.role in IN_FILES else "call takes"
            message = f"{value!r} is set here ({one.role}{more}) and {when}; no visible {takes} it from here"
            cure = (
                f"look who {takes.split()[1]} it, and move it together with that; if nobody does, take it out"
            )
            yield Finding("unread-model", "model", one.place, message, cure, "manual", (), (), "", True)
