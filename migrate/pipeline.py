"""The whole program on one screen: settings and paths in, an Inventory or a Proposal out. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from migrate.catalog import Catalog, load
from migrate.catalog.lives import lives_of
from migrate.errors import SettingsError

# Each stage is imported by the function that runs it: `scan` must not pay for rewriting.
if TYPE_CHECKING:
    from migrate.findings.baseline import Baseline
    from migrate.plan.cost.records import CostLine
    from migrate.plan.planfile.entry import PlanFile
    from migrate.program.inventory import Inventory
    from migrate.rewrite.proposal import Proposal
    from migrate.rewrite.stages.prompts.prompts import Reviewed
    from migrate.settings import Settings


class Planned(NamedTuple):
    """A plan and where it belongs; ``old`` is what stood there, ``costs`` what its lines are in numbers."""

    inventory: Inventory
    file: Path
    old: PlanFile | None
    plan: PlanFile
    costs: tuple[CostLine, ...]


def inventory(paths: Sequence[Path], settings: Settings) -> Inventory:
    """Every call to a model under ``paths``. Raises SettingsError and CatalogError."""
    from migrate.program.inventory import scan

    found = scan(paths, settings, checked_catalog(settings))
    found.remember()
    return found


def findings(
    paths: Sequence[Path], settings: Settings, baseline: Baseline | None = None
) -> tuple[Inventory, Proposal]:
    """The same, and what is wrong with it: a Proposal without changes. Raises as ``inventory`` does."""
    from migrate.program.inventory import scan
    from migrate.rewrite.find import find
    from migrate.rewrite.proposal import Proposal

    catalog = checked_catalog(settings)
    seen = scan(paths, settings, catalog)
    found = find(seen, settings, catalog, baseline)
    seen.remember()
    return seen, Proposal(found.findings, (), (), seen.outcomes, found.ignored, found.known)


def proposal(
    paths: Sequence[Path], settings: Settings, baseline: Baseline | None = None
) -> tuple[Inventory, Proposal]:
    """The same, and what would be changed about it. Raises as ``inventory`` does."""
    from migrate.program.inventory import scan
    from migrate.rewrite.propose import propose

    catalog = checked_catalog(settings)
    found = scan(paths, settings, catalog)
    proposed = propose(found, settings, catalog, baseline)
    found.remember()
    return found, proposed


def plan(paths: Sequence[Path], settings: Settings, usage: Path | None = None) -> Planned:
    """What is to be written into the plan file, joined with the one that is there; ``usage`` is a file that
    tells what was used. Raises as ``inventory`` does, PlanError, and UsageError for that file."""
    from msgspec.structs import replace

    from migrate.plan.assess import assess
    from migrate.plan.cost.estimate import estimate, totals
    from migrate.plan.planfile.entry import NAME
    from migrate.plan.planfile.planning import Planning
    from migrate.plan.planfile.reading import read_plan
    from migrate.program.inventory import scan
    from migrate.prompts.extraction import prompts_of
    from migrate.rewrite.find import find
    from migrate.rewrite.prompt_review import planned as planned_prompts
    from migrate.rewrite.stages.gateway.gateway_plan import gateway_plan

    catalog = checked_catalog(settings)
    seen = scan(paths, settings, catalog)
    file = settings.plan or seen.root / NAME
    old = read_plan(file) if file.is_file() and not settings.no_plan else None
    planning = Planning(seen, settings, catalog, old, gateway_plan(settings, catalog).has)
    texts = prompts_of(seen)
    costing, volumes = estimate(texts, planning.sites, settings, catalog, usage)
    assessments = assess(seen, catalog, texts)
    entries, costs = planning.entries(assessments, costing)
    follows = planning.overruling(file, entries)
    everything = replace(settings, stages=("model", "params"), only=(), skip=())
    found = find(seen, everything, catalog, plan=follows).findings
    flagged = planned_prompts(seen, catalog, texts, planning.decisions(follows, assessments))
    asked = [call for one in flagged for call in one.waiting]
    told = planning.told(entries, [*found, *(one.finding for one in flagged if one.finding)], asked)
    seen.remember()
    name = usage.name if usage is not None else ""
    sums = totals(catalog, costs, volumes, len(entries), name)
    return Planned(seen, file, old, planning.whole(told, sums, name), costs)


def prompts(paths: Sequence[Path], settings: Settings) -> tuple[Inventory, Proposal, Sequence[Reviewed]]:
    """Every prompt of the code, what is wrong with them, and what would be changed about it. Raises as
    ``inventory`` does, and PlanError."""
    from migrate.program.inventory import scan
    from migrate.rewrite.prompt_review import reviewed
    from migrate.rewrite.propose import propose

    catalog = checked_catalog(settings)
    found = scan(paths, settings, catalog)
    proposed = propose(found, settings, catalog)
    every = reviewed(found, settings, catalog)
    found.remember()
    return found, proposed, every


def checked_catalog(settings: Settings) -> Catalog:
    """The catalog that ``settings`` ask for. Raises SettingsError where they name what it does not know."""
    catalog = load(settings.rules)
    _check_gateway(settings, catalog)
    for flag, model in (("strong", settings.strong), ("fast", settings.fast)):
        if model is not None and model not in catalog.models:
            _refuse(settings, flag, model, "model", [one.id for one in catalog.models])
        elif model is not None:
            _check_lives(settings, catalog, flag, model)
    chosen = [("only", settings.only), ("skip", settings.skip)]
    for flag, rules in (*chosen, *(("per-path-skip", rules) for rules in settings.per_path_skip.values())):
        for rule in rules:
            if rule not in catalog.rules:
                _refuse(settings, flag, rule, "rule", catalog.rules)
    return catalog


def _check_lives(settings: Settings, catalog: Catalog, flag: str, name: str) -> None:
    """Raises SettingsError for a model that is shut down or will be within the horizon."""
    model = catalog.models.get(name)
    if model is not None and lives_of(catalog, settings).ends(model.shutdown):
        known = catalog.routing.strong if flag == "strong" else catalog.routing.fast
        cure = f"choose a model that lives on, such as {known}"
        raise SettingsError(f"{_where(settings, flag)}: {name} shuts down on {model.shutdown}; {cure}")


def _check_gateway(settings: Settings, catalog: Catalog) -> None:
    gateway = catalog.gateways.get(settings.gateway)
    if gateway is None:
        _refuse(settings, "gateway", settings.gateway, "gateway", catalog.gateways)
    elif gateway.incomplete and settings.base_url is None:
        raise SettingsError(
            f"{_where(settings, 'gateway')}: {settings.gateway} has no address of its own "
            f"({gateway.base_url}); give yours with --base-url"
        )


def _refuse(settings: Settings, key: str, value: str, what: str, known: Iterable[str]) -> None:
    """Raises SettingsError with the nearest known word, or with the list where that is short."""
    from migrate.catalog.documents import nearest
    from migrate.catalog.models import OWN_MODELS

    names = sorted(known)
    near = nearest(value, names)
    cure = f"did you mean {near!r}?" if near else f"known are {', '.join(names)}"
    if not near and what == "model":
        cure = OWN_MODELS
    raise SettingsError(f"{_where(settings, key)}: unknown {what} {value!r}; {cure}")


def _where(settings: Settings, key: str) -> str:
    """A flag and a key of the file end up in the same record: both are named where both can be meant."""
    return f"--{key}, or {key} in {settings.file}" if settings.file else f"--{key}"
