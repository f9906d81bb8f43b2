"""Finds and reads the plan file. Checks what can be checked without the code; decides nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import tomli

from migrate import __version__
from migrate.catalog.documents import convert
from migrate.errors import CatalogError, PlanError
from migrate.plan.planfile.entry import NAME, SCHEMA, Entry, PlanFile, several
from migrate.settings import Settings

_ANEW = "upgrade repoint, or write the file anew with `repoint plan --no-plan`"


def plan_path(settings: Settings, root: Path) -> Path | None:
    """The plan file that a run over ``root`` follows; None where it follows none.

    Raises PlanError where the settings name one that is not there.
    """
    if settings.no_plan:
        return None
    if settings.plan is None:
        found = root / NAME
        return found if found.is_file() else None
    if not settings.plan.is_file():
        raise PlanError(f"{settings.plan}: no such plan file; `repoint plan` writes one, or correct the path")
    return settings.plan


def read_plan(file: Path) -> PlanFile:
    """The plan in ``file``. Raises PlanError, which names file, entry, key and cure."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PlanError(f"{file}: cannot be read: {error.strerror}; correct path or permissions") from None
    except UnicodeDecodeError:
        raise PlanError(f"{file}: not UTF-8; convert the file to UTF-8") from None
    return parsed(text, file)


def parsed(text: str, file: Path) -> PlanFile:
    """The plan that ``text`` holds. Raises PlanError."""
    try:
        raw: dict[str, Any] = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise PlanError(f"{file}:{error.lineno}: {error.msg}; correct the TOML") from None
    schema = raw.get("schema")
    if schema != SCHEMA:
        raise PlanError(f"{file}: schema: expected {SCHEMA!r}, got {schema!r}; {_ANEW}")
    try:
        plan = convert(raw, PlanFile, file)
    except CatalogError as error:
        said = str(error)
        if _newer(raw.get("version")):
            said = f"{file}: version: it is of repoint {raw['version']}, and this is {__version__}; {_ANEW}"
        raise PlanError(said) from None
    _check_ids(plan, file)
    for entry in plan.call:
        _check_place(entry, file)
        _check_lengths(entry, file)
    return plan


def _newer(version: object) -> bool:
    """Whether a repoint of that version is newer than this one: it may write what this one does not know."""
    theirs, ours = ([int(one) for one in re.findall(r"\d+", str(text))] for text in (version, __version__))
    return theirs > ours


def at(file: Path, entry: Entry, key: str) -> str:
    """Where a complaint about ``key`` of ``entry`` belongs."""
    return f"{file}: call {entry.id} ({entry.place}): {key}"


def _check_ids(plan: PlanFile, file: Path) -> None:
    seen: set[str] = set()
    for entry in plan.call:
        if entry.id in seen:
            raise PlanError(f"{at(file, entry, 'id')}: it stands there twice; keep one of the two entries")
        seen.add(entry.id)


def _check_place(entry: Entry, file: Path) -> None:
    path, _, line = entry.place.rpartition(":")
    if not path or not line.isdecimal():
        raise PlanError(
            f"{at(file, entry, 'place')}: expected a path and a line, as app.py:8; write it so again"
        )


def _check_lengths(entry: Entry, file: Path) -> None:
    """Lists of models and efforts say one thing a current model."""
    count = len(entry.was)
    for key, names in (("model", entry.model), ("effort", entry.effort)):
        if not isinstance(names, str) and names and len(names) != count:
            raise PlanError(
                f"{at(file, entry, key)}: {len(names)} given for {count} in current; give one for all, or one"
                " for each in the same order"
            )
    named = several(entry.model)
    if entry.decision == "accept" and not count and any(named):
        raise PlanError(
            f"{at(file, entry, 'model')}: the code does not show which model this replaces; set it in the"
            " code and run `repoint plan`, or take it out here"
        )
    if entry.decision == "accept" and count and not (named and all(named)):
        raise PlanError(
            f'{at(file, entry, "model")}: decision = "accept" needs a model; name one, or write "keep"'
        )
