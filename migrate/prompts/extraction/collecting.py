"""Puts the records together: the drafts of a call's messages become PromptTexts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from migrate.catalog.promptwords import OrphanWords, PromptWords
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import Inventory
from migrate.program.solving.values import Located
from migrate.prompts.extraction.building import Builder
from migrate.prompts.extraction.messages import Message, Messages
from migrate.prompts.extraction.orphans import Orphans
from migrate.prompts.extraction.parts import Draft, Part, first_place, text_of
from migrate.prompts.extraction.reading import PromptEvaluator
from migrate.prompts.extraction.sending import Sending
from migrate.prompts.extraction.signatures import Signatures
from migrate.prompts.extraction.texts import Texts
from migrate.prompts.prompt import Piece, PromptRole, PromptText, StringLiteral
from migrate.sources.place import Place

_NO_PROMPT = ("image", "speech", "reference")


class Collector:
    """Collects the prompts of one inventory, call by call."""

    def __init__(self, inventory: Inventory, words: PromptWords) -> None:
        known = inventory.readers.evaluator
        self._evaluator = PromptEvaluator(known.program, known.library, words)
        self._texts = Texts(known.program, inventory.source)
        self._builder = Builder(self._evaluator, self._texts)
        self._words = words
        self._sent = Sending(self._evaluator, words, inventory.call_sites).read()
        signatures = Signatures(self._evaluator, words.signatures, inventory.call_sites, self._texts.lines)
        self._signed: dict[str, dict[Located, None]] = {}
        for call, at in signatures.read():
            self._signed.setdefault(call, {})[at] = None

    def of_site(self, site: CallSite) -> tuple[PromptText, ...]:
        """The prompts of one call, each once, in the order in which they are sent."""
        found: dict[tuple[PromptRole, Draft], Message] = {}
        asked = [*site.asked, *(("messages", at) for at in self._sent.get(site.id, ()))]
        asked += [("system", at) for at in self._signed.get(site.id, ())]
        for hint, at in sorted(asked, key=lambda one: one[0] != "system"):
            if hint not in _NO_PROMPT:
                for message in Messages(self._evaluator, self._builder, self._words).of(at, hint):
                    found.setdefault((message.role, message.draft), message)
        records = (self._record(site.id, one) for one in whole_ones(list(found.values())))
        return tuple(one for one in records if one is not None)

    def orphans(
        self, paths: Iterable[str], words: OrphanWords, known: Collection[Place]
    ) -> Iterator[PromptText]:
        """The prompts of loaded files that are not among the ``known`` ones."""
        finder = Orphans(self._evaluator, self._texts, words, known)
        loaded = set(self._evaluator.program.loaded())
        for path in paths:
            for draft in finder.in_file(path) if path in loaded else ():
                text = self._record("", Message("unknown", draft))
                if text is not None:
                    yield text

    def _record(self, call: str, message: Message) -> PromptText | None:
        """None for a text of which nothing is written in the code."""
        place = first_place(message.draft)
        if place is None:
            return None
        literals: dict[StringLiteral, int] = {}
        pieces: list[Piece] = []
        at = 0
        for part in merged(message.draft):
            index = -1 if part.literal is None else literals.setdefault(part.literal, len(literals))
            where = Place(part.path, self._texts.lines(part.path).between(part.start, part.end))
            pieces.append(Piece(at, at + len(part.text), part.kind, where, index, part.between))
            at += len(part.text)
        text = text_of(message.draft)
        return PromptText(
            call, message.role, text, place, tuple(pieces), tuple(literals), unknown=message.unknown
        )


def whole_ones(found: list[Message]) -> list[Message]:
    """``found`` without those that only leave out what another of the same role and the same beginning has: a
    text that grows step by step is there once, in full."""
    kept: set[int] = set()
    seen: dict[tuple[PromptRole, tuple[str, int] | None], set[tuple[str, int]]] = {}
    size = {id(one): len(_written(one)) for one in found}
    for one in sorted(found, key=lambda one: -size[id(one)]):
        written = _written(one)
        begun = next(((part.path, part.start) for part in one.draft if part.kind == "text"), None)
        known = seen.setdefault((one.role, begun), set())
        if not written <= known:
            known |= written
            kept.add(id(one))
    return [one for one in found if id(one) in kept]


def _written(message: Message) -> set[tuple[str, int]]:
    """Where the text of a message is written."""
    return {(part.path, part.start) for part in message.draft if part.kind != "field" and part.text.strip()}


def merged(draft: Draft) -> Draft:
    """``draft`` with neighbours that were cut apart and stand together put together again."""
    found: list[Part] = []
    for part in draft:
        before = found[-1] if found else None
        if (
            before is not None
            and before.kind == part.kind == "text"
            and (before.literal, before.end, before.between) == (part.literal, part.start, part.between)
        ):
            found[-1] = msgspec.structs.replace(before, text=before.text + part.text, end=part.end)
        else:
            found.append(part)
    return tuple(found)
