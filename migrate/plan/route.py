"""Where a call goes: one table, old tier to strong or fast; a bolder policy goes by what a call is for too.

By the conservative policy, the default, only models that are being shut down move.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.catalog import UNKNOWN, Catalog
from migrate.catalog.lives import lives_of
from migrate.catalog.models import Model, ModelName
from migrate.errors import SettingsError
from migrate.plan.assessment import Assessment
from migrate.plan.decision import Decision, Proposal, Route, Stay
from migrate.plan.effort import effort_of
from migrate.plan.policy import PolicyRouting
from migrate.program.calls.callsite import CallSite
from migrate.settings import Settings

if TYPE_CHECKING:
    from migrate.plan.planfile.overruling import Overruling

_CHAT_ENDPOINTS = ("chat", "responses")


class Router:
    """Decides call by call, from the catalog's routing table and the settings; a plan file overrules."""

    def __init__(self, catalog: Catalog, settings: Settings, plan: Overruling | None = None) -> None:
        self._plan = plan
        self._catalog = catalog
        self._settings = settings
        self._routing = catalog.routing
        self._lives = lives_of(catalog, settings)
        self.strong = self._model(settings.strong or self._routing.strong, "strong")
        self.fast = self._model(settings.fast or self._routing.fast, "fast")
        self._policy = PolicyRouting(catalog, settings.policy, self.strong, self.fast)

    def _model(self, name: str, key: str) -> Model:
        model = self._catalog.models.get(name)
        if model is None:
            raise SettingsError(
                f"{key}: {name!r} is not a model of the catalog; see `repoint rules --models`"
            )
        return model

    def decide(self, site: CallSite, assessment: Assessment | None = None) -> Decision:
        """Routes every model id that ``site`` may use, as the plan file says where there is one.
        ``assessment`` says what the call is for."""
        usual = self._usual(site, assessment)
        return usual if self._plan is None else self._plan.decision(site, usual)

    def _usual(self, site: CallSite, assessment: Assessment | None) -> Decision:
        effort = effort_of(site)
        text = effort if isinstance(effort, str) else None
        routes: list[Route] = []
        stays: list[Stay] = []
        proposals: list[Proposal] = []
        for value in site.model.values:
            if not isinstance(value, str):
                continue
            found, proposal = self._by_use(site, assessment, self._route(site, value, text), text)
            (routes if isinstance(found, Route) else stays).append(found)  # type: ignore[arg-type]
            proposals += [proposal] if proposal else []
        known = effort is not UNKNOWN
        return Decision(site.id, tuple(routes), tuple(stays), known, assessment, tuple(proposals))

    def _by_use(
        self, site: CallSite, assessment: Assessment | None, found: Route | Stay, effort: str | None
    ) -> tuple[Route | Stay, Proposal | None]:
        """What becomes of a decision by tier once it is known what the call is for."""
        name = self._catalog.models.parse(found.old)
        if assessment is None or name is None or not self._is_free(site, name, found):
            return found, None
        return self._policy.of(found, name.model, assessment, effort)

    def _is_free(self, site: CallSite, name: ModelName, found: Route | Stay) -> bool:
        """Whether another model could take the call at all."""
        chat = name.model.kind == "chat" and site.endpoint in _CHAT_ENDPOINTS
        return chat and not name.fine_tuned and not (isinstance(found, Stay) and found.rule)

    def _route(self, site: CallSite, value: str, effort: str | None) -> Route | Stay:
        name = self._catalog.models.parse(value)
        if name is None:
            return Stay(value, "unknown-model", f"{value!r} is not a model the catalog knows", note=True)
        if name.fine_tuned:
            return self._fine_tuned(name, value)
        old = name.model
        if old.kind != "chat" or site.endpoint not in _CHAT_ENDPOINTS:
            return self._other_kind(site, old, value)
        role = self._routing.role(old.tier)
        if old.shutdown is None:
            return Stay(value, "", f"{old.id} has no announced shutdown")
        if {old.id, old.snapshot_of} & {self.strong.id, self.fast.id}:
            return Stay(value, "", "it is a model that calls are moved to")
        if role == "keep":
            return self._kept(old, value)
        target = self.strong if role == "strong" else self.fast
        return Route(value, old, target, self._routing.effort(old, effort, target), *self._why(old))

    def _why(self, old: Model) -> tuple[str, str]:
        """The rule that ``old`` breaks, and why in words."""
        life = self._lives.of(old.shutdown)
        if life == "retired":
            return "retired-model", f"{old.id} was shut down on {old.shutdown}"
        if life == "retiring":
            return "retiring-model", f"{old.id} shuts down on {old.shutdown}"
        days = self._lives.horizon
        return "outdated-model", f"{old.id} shuts down on {old.shutdown}, in more than {days} days"

    def _kept(self, old: Model, value: str) -> Stay:
        if not self._lives.ends(old.shutdown):
            return Stay(value, "", f"{old.id} has no announced shutdown that is near")
        return self._replace_by_hand(old, value, f"models of tier {old.tier} are not rerouted")

    def _other_kind(self, site: CallSite, old: Model, value: str) -> Stay:
        chat = old.kind == "chat"
        if not self._lives.ends(old.shutdown):
            return Stay(value, "", f"{old.id} {'lives' if chat else 'is no chat model and lives'}")
        asked = (
            f"the request goes to {site.endpoint}" if site.endpoint else "the request is no chat completion"
        )
        return self._replace_by_hand(old, value, asked if chat else f"{old.id} is no chat model")

    def _replace_by_hand(self, old: Model, value: str, why: str) -> Stay:
        rule, reason = self._why(old)
        left = tuple(dict.fromkeys(self._living(old, {old.id})))
        after = f"; its notice recommends {', '.join(left)}" if left else ""
        if old.successor and not left:
            after = f"; {', '.join(old.successor)}, which its notice recommends, goes too"
        return Stay(value, rule, reason, f"choose the replacement by hand: {why}{after}")

    def _living(self, old: Model, seen: set[str]) -> Iterator[str]:
        """What the notice about ``old`` recommends; instead of what goes too, what its own does."""
        for id in old.successor:  # noqa: A001 - the word of the catalog
            model = self._catalog.models.get(id)
            if model is None or not self._lives.ends(model.shutdown):
                yield id
            elif id not in seen:
                yield from self._living(model, seen | {id})

    def _fine_tuned(self, name: ModelName, value: str) -> Stay:
        reason = f"{value!r} is a fine-tune of {name.model.id}, which no other model replaces as it is"
        cure = "fine-tune a living model, or test its prompt on one; then change the id by hand"
        return Stay(value, "fine-tuned-model", reason, cure, note=not self._lives.ends(name.model.shutdown))
