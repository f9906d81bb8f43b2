"""The prompts stage: what prompts ask for that their model does unasked, taken out where it is written.

One finding a prompt and a kind of technique. An edit is offered only where every call that sends these words
reasons as its code stands; the rest is for a person, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.catalog import Catalog
from migrate.catalog.promptwords import prompt_words
from migrate.findings.finding import FileEdit, Finding, Safety
from migrate.plan.decision import Decision, PromptChoice
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import Inventory
from migrate.prompts.analysis import Analysis, analyse
from migrate.prompts.extraction import Prompts
from migrate.prompts.prompt import PromptText
from migrate.prompts.simplification.placing import touched
from migrate.prompts.simplification.stretches import UnplaceableError
from migrate.rewrite.stages.prompts.prompt_context import Context
from migrate.rewrite.stages.prompts.prompt_efforts import Efforts, Readiness
from migrate.rewrite.stages.prompts.prompt_guard import taken
from migrate.rewrite.stages.prompts.prompt_senders import by_text, senders
from migrate.rewrite.stages.prompts.prompt_words import quoted, where
from migrate.rewrite.stages.prompts.whole_literals import WholeLiterals
from migrate.sources.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULES = {"reasoning": "chain-of-thought-prompt", "tone": "pressure-prompt"}


class Reviewed(msgspec.Struct, frozen=True):
    """One prompt, the calls that send it, and what is to be said of it. ``waiting`` are those that would have
    to reason before words that ask for it can go."""

    prompt: PromptText
    calls: tuple[str, ...]
    analysis: Analysis
    finding: Finding | None = None
    waiting: tuple[str, ...] = ()


class PromptStage:
    """Reviews the prompts of one inventory."""

    def __init__(
        self,
        inventory: Inventory,
        prompts: Prompts,
        catalog: Catalog,
        decisions: Mapping[str, Decision],
        moving: bool,
        planned: bool = False,
    ) -> None:
        """``moving`` says that this run changes models too; ``planned`` that calls are to be taken as
        they are once everything is decided and done."""
        self._catalog = catalog
        self._decisions = decisions
        self._sites = {site.id: site for site in inventory.call_sites}
        self._prompts = by_text(prompts)
        self._senders = senders(prompts)
        self._orphans = prompts.orphans
        self._context = Context(inventory, prompts, prompt_words(catalog.folder))
        self._efforts = Efforts(catalog)
        self._moving = moving
        self._planned = planned
        self._inventory = inventory
        self._lines: dict[str, Lines] = {}
        self._literals = WholeLiterals(self._lines_of)

    def findings(self) -> list[Finding]:
        """What is wrong with the prompts of all calls."""
        return [one.finding for one in self.reviewed() if one.finding is not None]

    def reviewed(self) -> Iterator[Reviewed]:
        """Every prompt once, with the calls that send it."""
        for prompt, calls in self._prompts.items():
            fields = [(one.start, one.end) for one in prompt.pieces if one.kind == "field"]
            found = analyse(prompt.text, self._catalog, fields)
            flagged = found.flag and prompt.role != "few-shot"
            if flagged:
                finding = self._finding(prompt, calls, found)
                yield Reviewed(prompt, calls, found, finding, self._waiting(prompt, found, finding))
            else:
                yield Reviewed(prompt, calls, found)
        for prompt in self._orphans:
            yield Reviewed(prompt, (), analyse(prompt.text, self._catalog))

    def _finding(self, prompt: PromptText, calls: tuple[str, ...], found: Analysis) -> Finding:
        groups = {self._catalog.techniques.techniques[one.label].group for one in found.spans}
        group = "reasoning" if "reasoning" in groups else "tone"
        edits, why = self._edits(prompt, found, group)
        safety: Safety = "review" if edits else "manual"
        cure = "take the words out" if edits else why
        message = f"{_titles(found, self._catalog)}: {quoted(prompt, found)}"
        place = where(prompt, found.spans[0], self._lines_of)
        senders = self._all_senders(prompt, found) or calls
        return Finding(_RULES[group], "prompts", place, message, cure, safety, edits, senders)

    def _edits(self, prompt: PromptText, found: Analysis, group: str) -> tuple[tuple[FileEdit, ...], str]:
        """The edits that take the words out; where there are none, what a person can do and why."""
        if self._moving:
            return (), "run `--stage prompts` by itself: model and prompt do not change in one run"
        sites = [self._sites[call] for call in self._all_senders(prompt, found)]
        if group == "reasoning":
            why = self._kept(prompt, sites)
            if why:
                return (), why
        if found.policy != "auto":
            return (), f"look at it by hand: {'; '.join(found.reasons)}"
        lost = taken(prompt.text, found.edits, found.rewrite or "")
        if lost:
            return (), f"look at it by hand: {lost} would go with it, which the answer may have to hold"
        try:
            return self._literals.placed(prompt, found.edits), ""
        except UnplaceableError as error:
            return (), f"look at it by hand: {error}"

    def _kept(self, prompt: PromptText, sites: Sequence[CallSite]) -> str:
        """Why words that ask for reasoning stay; empty where they can go."""
        parser = self._context.parsed_at(prompt, list(sites))
        if parser is not None:
            return f"keep it, or change {parser} with it, which reads the reasoning"
        name = self._context.grades(prompt, list(sites))
        if name:
            return f"keep it where it grades answers ({name}): reasoning before a verdict is advised"
        chosen = next((site for site in sites if self._choice(site) == "keep"), None)
        if chosen is not None:
            return f"keep it: the plan file chooses so for {chosen.place}"
        states = [(site, self._state(site)) for site in sites]
        open_ = [(site, one) for site, one in states if one.state != "reasons"]
        if not open_:
            return ""
        site, one = open_[0]
        if len(open_) < len(states):
            other = next(site for site, one in states if one.state == "reasons")
            return f"{site.place} needs it ({one.words}), {other.place} does not: give each its own prompt"
        if one.state == "unknown":
            return f"keep it until it is known how {site.place} reasons: {one.words}"
        there = f"{site.place} does not always reason ({one.words})"
        if self._choice(site) == "raise":
            return f"run `--stage model --stage params` first: {there}, and the plan file raises its effort"
        return f"keep it as long as {there}, or raise the effort there and take it out"

    def _waiting(self, prompt: PromptText, found: Analysis, finding: Finding) -> tuple[str, ...]:
        """The calls that do not reason, where nothing else stands against taking the words out."""
        sites = [self._sites[call] for call in finding.calls]
        if finding.rule != _RULES["reasoning"] or self._context.parsed_at(prompt, sites):
            return ()
        if self._context.grades(prompt, sites):
            return ()
        return tuple(site.id for site in sites if self._state(site).state == "quiet")

    def _state(self, site: CallSite) -> Readiness:
        return self._efforts.of(site, self._decisions.get(site.id), moved=self._planned)

    def _choice(self, site: CallSite) -> PromptChoice:
        decision = self._decisions.get(site.id)
        return decision.prompts if decision is not None else ""

    def _all_senders(self, prompt: PromptText, found: Analysis) -> tuple[str, ...]:
        """Every call that sends the words which would go, in this prompt or in another."""
        pieces = touched(prompt, found.edits or [_Stretch(one.start, one.end) for one in found.spans])
        literals = dict.fromkeys(prompt.literals[one.literal] for one in pieces if one.literal >= 0)
        return tuple(dict.fromkeys(call for one in literals for call in self._senders.get(one, ())))

    def _lines_of(self, path: str) -> Lines:
        if path not in self._lines:
            source = self._inventory.source(path)
            self._lines[path] = Lines(source.text if source is not None else "")
        return self._lines[path]


class _Stretch(msgspec.Struct, frozen=True):
    start: int
    end: int
    new: str = ""


def _titles(found: Analysis, catalog: Catalog) -> str:
    known = catalog.techniques.techniques
    return ", ".join(dict.fromkeys(known[one.label].title.lower() for one in found.spans))
