"""``repoint prompts --rewrite-with MODEL``: sends prompts to a model, and shows what it makes of them."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from migrate.cli.exits import FILE_FAILED, FINE
from migrate.cli.options import settings_for
from migrate.cli.output import Output
from migrate.cli.waiting import working
from migrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrate.catalog import Catalog
    from migrate.live.rewriting import Rewriter, Rewriting, Wish
    from migrate.program.inventory import Inventory
    from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
    from migrate.rewrite.stages.prompts.prompts import Reviewed

_FEWEST_TOKENS = 12
_TOOLS = ("tools", "functions")
_ROLES = ("system", "developer", "user")


class Asked(msgspec.Struct, frozen=True):
    """The flags of a rewriting. ``longest`` is a percentage of the old length."""

    model: str
    dry_run: bool
    max_cost: float | None
    concurrency: int
    timeout: float
    longest: int


def rewrite(paths: tuple[Path, ...], asked: Asked, flags: dict[str, Any], output: Output) -> int:
    """Rewrites the prompts of the calls under ``paths``; 3 where one got no answer."""
    from migrate import pipeline
    from migrate.catalog.promptwords import prompt_words
    from migrate.live.rewriting import Rewriter
    from migrate.prompts.language.matching import lexicon
    from migrate.report.templating import Templates
    from migrate.rewrite.stages.gateway.gateway_plan import gateway_plan

    settings = msgspec.structs.replace(settings_for(paths, flags), stages=("prompts",))
    catalog = pipeline.checked_catalog(settings)
    plan = gateway_plan(settings, catalog)
    name = plan.gateway.model_name(asked.model)
    most = None if asked.max_cost is None else Decimal(str(asked.max_cost))
    words = prompt_words(catalog.folder)
    cues = lexicon(catalog).signs.cues
    rewriter = Rewriter((asked.model, name), words, cues, Templates(), most, asked.longest / 100)
    with working("Reading prompts", output):
        inventory, _, reviewed = pipeline.prompts(paths, settings)
    wishes = _wishes(inventory, reviewed, catalog)
    if asked.dry_run:
        return _shown(rewriter, wishes, plan, output)
    return _sent(rewriter, wishes, (inventory, plan), asked, output)


def _wishes(inventory: Inventory, reviewed: Sequence[Reviewed], catalog: Catalog) -> list[Wish]:
    """The prompts worth sending: of calls that were asked about, with words of their own."""
    from migrate.catalog.promptwords import prompt_words
    from migrate.live.rewriting import Wish
    from migrate.plan.effort import effort_of
    from migrate.prompts.estimating import tokens

    reasoning = prompt_words(catalog.folder).reasoning_efforts
    sites = {site.id: site for site in inventory.call_sites}
    found = []
    for one in reviewed:
        senders = [sites[call] for call in one.calls if sites[call].place.path in inventory.selected]
        if not senders or one.prompt.role not in _ROLES or tokens(one.prompt.text) < _FEWEST_TOKENS:
            continue
        named = [value for value in senders[0].model.values if isinstance(value, str)]
        model = catalog.models.get(named[0]) if named else None
        default = model.default_effort if model is not None else None
        reasons = all((effort_of(site) or default) in reasoning for site in senders)
        agent = any(site.parameter(name) is not None for site in senders for name in _TOOLS)
        found.append(Wish(one.prompt, named[0] if named else "the model", reasons, agent))
    return found


def _shown(rewriter: Rewriter, wishes: Sequence[Wish], plan: GatewayPlan, output: Output) -> int:
    """What would be sent, and nothing is."""
    from migrate.report.counts import number
    from migrate.report.json_bytes import indented

    bodies = [rewriter.request(wish) for wish in wishes]
    costs = [rewriter.cost(body) for body in bodies]
    parts = [
        f"# {wish.prompt.place} to {plan.base_url}, at most {_dollars(cost)}\n{indented(body).decode()}"
        for wish, body, cost in zip(wishes, bodies, costs, strict=True)
    ]
    output.result("\n".join(parts))
    whole = sum((one for one in costs if one is not None), Decimal(0))
    output.talk(
        f"{number(len(bodies), 'request')} would be sent, at most {_dollars(whole)}; nothing was sent"
    )
    return FINE


def _sent(
    rewriter: Rewriter,
    wishes: Sequence[Wish],
    about: tuple[Inventory, GatewayPlan],
    asked: Asked,
    output: Output,
) -> int:
    from migrate.live.gateway import Access, Gateway
    from migrate.report.counts import number

    inventory, plan = about
    key = os.environ.get(plan.key_env, "")
    if wishes and not key:
        raise UsageError(f"--rewrite-with: environment variable {plan.key_env} is not set; put the key there")
    results: list[Rewriting] = []
    with Gateway(Access(plan.base_url, key, asked.timeout)) as gateway:
        for one in rewriter.run(gateway, wishes, asked.concurrency, lambda _: None):
            results.append(one)
            output.talk(f"{len(results)} of {len(wishes)}: {one.prompt.place}")
    output.result("\n".join(_part(one, inventory) for one in results))
    made = sum(one.text is not None for one in results)
    spent = f"at most {_dollars(rewriter.spent)}; nothing written"
    output.talk(f"{made} of {number(len(results), 'prompt')} rewritten, {spent}")
    return FILE_FAILED if any(one.failed for one in results) else FINE


def _part(one: Rewriting, inventory: Inventory) -> str:
    """One proposal: its patch, or the new text where it has no single place, or why there is none."""
    head = f"# {one.prompt.place} ({one.prompt.role})\n"
    if one.text is None:
        return head + "".join(f"# not changed: {why}\n" for why in one.refused)
    from migrate.live.sourcing import in_source
    from migrate.review.diff import patch_text

    head += "".join(f"# - {' '.join(change.split())}\n" for change in one.changes)
    changes, why = in_source(one, inventory.source)
    if changes:
        return head + "".join(map(patch_text, changes))
    return f"{head}# by hand, as {why}:\n{one.text}\n"


def _dollars(amount: Decimal | None) -> str:
    return "an unknown price" if amount is None else f"${amount:.4f}"
