"""Carries out every check of the checklist. Which judge does what is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from migrate.catalog import Catalog
from migrate.catalog.checklist import Check, Judge
from migrate.findings.finding import Finding, Safety, worst
from migrate.program.inventory import Inventory
from migrate.report.readiness import (
    call_judges,
    client_judges,
    model_judges,
    purpose_judges,
    written_keys,
)
from migrate.report.readiness.records import Evidence, Readiness
from migrate.report.readiness.score import readiness
from migrate.report.readiness.signals import KINDS, find_signals
from migrate.report.readiness.subject import Subject
from migrate.settings import Settings, Topic
from migrate.sources.discovery import Discovery, discover
from migrate.sources.kinds import Kind, kind_of


def signal(subject: Subject, check: Check) -> Iterator[Evidence]:
    """The repository as a whole: whether any file holds the check's signal."""
    hits = subject.hits.get(check.signal, ())
    if hits:
        yield Evidence("pass", f"{hits[0].word}, in {len(hits)} file{'s' * (len(hits) > 1)}", hits[0].place)
    elif subject.calls:
        yield Evidence("fail", check.fails)


JUDGES: dict[Judge, Callable[[Subject, Check], Iterable[Evidence]]] = {
    "address-configurable": client_judges.address_configurable,
    "at-gateway": client_judges.at_gateway,
    "calls-tested": call_judges.calls_tested,
    "clean": call_judges.clean,
    "determinism-pinned": call_judges.determinism_pinned,
    "latency-known": purpose_judges.latency_known,
    "models-alive": model_judges.models_alive,
    "models-central": model_judges.models_central,
    "models-known": model_judges.models_known,
    "output-capped": call_judges.output_capped,
    "parameters-visible": call_judges.parameters_visible,
    "price-known": model_judges.price_known,
    "prompts-fit": purpose_judges.prompts_fit,
    "prompts-simple": purpose_judges.prompts_simple,
    "retries-set": client_judges.parameter_given,
    "secrets-outside": client_judges.secrets_outside,
    "signal": signal,
    "timeout-set": client_judges.parameter_given,
    "usage-read": call_judges.usage_read,
    "use-known": purpose_judges.use_known,
}


def subject_of(
    paths: Sequence[Path],
    inventory: Inventory,
    findings: Iterable[Finding],
    settings: Settings,
    catalog: Catalog,
) -> Subject:
    """What is to be judged: ``inventory``, the ``findings`` of all stages about it, and the signals in the
    files under ``paths``."""
    files = discover(paths, exclude=settings.exclude, kinds=(*KINDS, *written_keys.KINDS))
    found = find_signals(files.root, _of_kinds(files, KINDS), catalog.checklist.signals)
    keys = written_keys.written_keys(files.root, _of_kinds(files, written_keys.KINDS))
    return Subject(inventory, tuple(findings), settings, catalog, found.hits, found.tested, keys)


def _of_kinds(files: Discovery, kinds: Collection[Kind]) -> list[str]:
    """The files of ``kinds``, and those that were named."""
    return [path for path in files.files if path in files.named or kind_of(path) in kinds]


def judge(subject: Subject) -> Readiness:
    """The checklist, judged."""
    checklist = subject.catalog.checklist
    judged = {check.id: tuple(JUDGES[check.judge](subject, check)) for check in checklist.checks}
    return readiness(checklist, judged, empty=not subject.calls, edits=_edits(subject))


def _edits(subject: Subject) -> dict[Topic, Safety]:
    """The stages of which edits are at hand, each with the most doubtful of them. Edits of prompts are made
    in a run of their own; there may be one where a prompt asks for what its model does unasked."""
    found: dict[Topic, Safety] = {}
    for one in subject.findings:
        if one.edits:
            found[one.stage] = worst([one.safety, found.get(one.stage, "safe")])
    if any(one.analysis.flag for one in subject.prompts):
        found["prompts"] = "review"
    return found
