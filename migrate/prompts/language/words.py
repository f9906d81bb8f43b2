"""The words of one language, looked up by what they do in a sentence. Knows no technique, and no text."""

from __future__ import annotations

from migrate.catalog.wording import Wording
from migrate.prompts.language.phrasebook import LISTS, Phrasebook
from migrate.prompts.language.rules import Lookup
from migrate.prompts.language.tokens import fold

# Kinds of grammar that are looked up by themselves.
_KINDS = {
    **{"deliverables": "deliverable", "stepwise": "steps", "thinking": "think", "given": "given"},
    **{"faculties": "faculty", "suppositions": "supposing"},
}


class Words:
    """The words of one language that tell whose reasoning is meant and how sentences hang together."""

    interface: Lookup
    confirming: Lookup
    letters: Lookup
    refers: Lookup
    always: Lookup
    never: Lookup
    negations: Lookup
    others: Lookup
    mentions: Lookup
    topics: Lookup
    leads: Lookup
    joints: Lookup
    openings: Lookup
    conditions: Lookup
    purposes: Lookup
    tasks: Lookup
    sequels: Lookup
    firsts: Lookup
    announcing: Lookup
    weighing: Lookup
    ponders: Lookup
    concludes: Lookup
    proceedings: Lookup
    deliverables: Lookup
    stepwise: Lookup
    thinking: Lookup
    given: Lookup
    faculties: Lookup
    suppositions: Lookup

    def __init__(self, wording: Wording, book: Phrasebook) -> None:
        self.lang = wording.lang
        self.wording = wording
        self.verb_final = wording.verb_final
        self.conjunction = wording.conjunction
        self.alternatives = wording.alternatives
        self.data_tags = wording.data_tags
        self.back = frozenset(map(fold, wording.back))
        self.contrasts = frozenset(map(fold, wording.contrasts))
        self.generic = wording.generic
        self.praising = wording.generic - wording.own
        self.connectives = frozenset(map(fold, wording.connectives))
        self.deliverables = Lookup(book.phrases(wording.lang, wording.grammar.get("deliverable", ())))
        self.stepwise = Lookup(book.phrases(wording.lang, wording.grammar.get("steps", ())))
        self.answers = frozenset(map(fold, wording.classes.get("answer", ())))
        self.results = self.answers.difference(map(fold, wording.classes.get("reasoning", ())))
        for name, kind in _KINDS.items():
            setattr(self, name, Lookup(book.phrases(wording.lang, wording.grammar.get(kind, ()))))
        for name in LISTS:
            setattr(self, name, Lookup(book.phrases(wording.lang, getattr(wording, name))))

    def is_adverb(self, word: str) -> bool:
        """Whether a word says how or when something is done."""
        return self.wording.is_adverb(word)
