"""Notes on model ids that are set in a file or in code, and reach no visible call. Edits nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from migrate.catalog.lives import Lives
from migrate.catalog.models import Models
from migrate.findings.finding import Finding
from migrate.program.literals.records import ModelLiteral
from migrate.program.literals.surrounding import MOST_CHOICES
from migrate.rewrite.stages.text_edits import IN_FILES
from migrate.sources.place import Place

_NAMING = frozenset(("constant", "class-attribute"))
_MOST_APART = 3  # places of one id in one file; more are told of as one: a file of results holds thousands


def unread_findings(
    literals: Sequence[ModelLiteral], models: Models, lives: Lives, counted: Collection[Place] = ()
) -> Iterator[Finding]:
    """A note for every id that is chosen, reaches no visible call and is going; those at ``counted`` are
    there for a tokenizer, which asks no model."""
    found: dict[tuple[str, int | None, str], list[ModelLiteral]] = {}
    for one in literals:
        if not one.reaches and one.use and one.place not in counted and _ends(one.value, models, lives):
            found.setdefault((one.place.path, one.place.cell, one.value), []).append(one)
    named: dict[tuple[str, int | None], list[ModelLiteral]] = {}
    for (path, cell, _), same in found.items():
        if {one.role for one in same} <= _NAMING:
            named.setdefault((path, cell), []).append(same[0])
    many = {key: ones for key, ones in named.items() if len(ones) > MOST_CHOICES}
    for (path, cell, value), (same, files) in _by_folder(found).items():
        if same[0] not in many.get((path, cell), ()):
            yield from _of_one(value, same, models, lives, files)
    yield from map(_of_many, many.values())


def _by_folder(
    found: Mapping[tuple[str, int | None, str], list[ModelLiteral]],
) -> dict[tuple[str, int | None, str], tuple[list[ModelLiteral], int]]:
    """``found`` with the files of one kind beside each other that name one id told of as one, and how
    many more those are: translations, a folder of examples."""
    beside: dict[tuple[str, str, str], list[tuple[str, int | None, str]]] = {}
    for key, same in found.items():
        path, _, value = key
        if all(one.role in IN_FILES for one in same):
            beside.setdefault((path.rpartition("/")[0], path.rpartition(".")[2], value), []).append(key)
    most = {keys[0]: len(keys) - 1 for keys in beside.values() if len(keys) > _MOST_APART}
    told = {key for keys in beside.values() if keys[0] in most for key in keys[1:]}
    return {key: (same, most.get(key, 0)) for key, same in found.items() if key not in told}


def _ends(value: str, models: Models, lives: Lives) -> str:
    """The day on which the model ``value`` is shut down; empty where it is not, or none."""
    name = models.parse(value)
    going = name is not None and not name.fine_tuned and lives.ends(name.model.shutdown)
    return str(name.model.shutdown) if name is not None and going else ""


def _of_one(
    value: str, same: Sequence[ModelLiteral], models: Models, lives: Lives, files: int
) -> Iterator[Finding]:
    """One note for each of ``same``, or one for all; ``files`` beside it name it too."""
    name = models.parse(value)
    assert name is not None
    end = name.model.shutdown
    when = f"{'was shut down' if lives.of(end) == 'retired' else 'shuts down'} on {end}"
    more = f", {len(same) - 1:,} more in this file" if len(same) > _MOST_APART else ""
    more = f", and in {files:,} more files beside it" if files else more
    for one in same[:1] if more else same:
        takes = "code reads" if one.role in IN_FILES else "call takes"
        message = f"{value!r} is set here ({one.role}{more}) and {when}; no visible {takes} it from here"
        cure = f"look who {takes.split()[1]} it, and move it together with that; if nobody does, take it out"
        yield Finding("unread-model", "model", one.place, message, cure, "manual", (), (), "", True)


def _of_many(ones: Sequence[ModelLiteral]) -> Finding:
    """One note for a file that gives many models a name each."""
    few = ", ".join(repr(one.value) for one in ones[:_MOST_APART])
    lines = f"lines {ones[0].place.span.line} to {ones[-1].place.span.line}"
    message = (
        f"{few} and {len(ones) - _MOST_APART} more models that are going are named here ({lines}); no visible"
        " call takes them from here"
    )
    cure = "look who takes them, and move them together with that; if nobody does, take them out"
    return Finding("unread-model", "model", ones[0].place, message, cure, "manual", (), (), "", True)
