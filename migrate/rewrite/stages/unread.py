"""Notes on model ids in files that no visible code reads them from. Edits nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.catalog.lives import Lives
from migrate.catalog.models import Models
from migrate.findings.finding import Finding
from migrate.program.literals.records import ModelLiteral
from migrate.rewrite.stages.text_edits import IN_FILES


def unread_findings(literals: Sequence[ModelLiteral], models: Models, lives: Lives) -> Iterator[Finding]:
    """A note for every id that is chosen in a file, reaches no visible call and is going."""
    for one in literals:
        name = models.parse(one.value)
        if name is None or name.fine_tuned or one.reaches or one.role not in IN_FILES:
            continue
        end = name.model.shutdown
        if not lives.ends(end):
            continue
        when = f"{'was shut down' if lives.of(end) == 'retired' else 'shuts down'} on {end}"
        message = f"{one.value!r} is set here ({one.role}) and {when}; no visible code reads it from here"
        cure = "look who reads it, and move it together with that; if nobody does, take it out"
        yield Finding("unread-model", "model", one.place, message, cure, "manual", (), (), "", True)
