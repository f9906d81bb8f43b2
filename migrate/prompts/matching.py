"""Finds the phrases of the rules in a text, each at the words it can begin with. It judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from migrate.catalog import Catalog
from migrate.catalog.techniques import Saying, Technique, Wording
from migrate.prompts.exemplars import Cue, Signs
from migrate.prompts.phrasebook import LISTS, Phrasebook, phrasebook
from migrate.prompts.phrases import Phrase
from migrate.prompts.sentences import Sentences
from migrate.prompts.tokens import NUMBER, Tokens, fold


class Rule(msgspec.Struct, frozen=True):
    """A phrase with what the rules say about it, and the phrases that speak against it."""

    technique: Technique
    saying: Saying
    phrase: Phrase
    before: Lookup
    after: Lookup

    @property
    def label(self) -> str:
        """The technique's id."""
        return self.technique.id


class Hit(msgspec.Struct, frozen=True):
    """Where a phrase stands, in tokens (both ends included), and which of them it would cut."""

    rule: Rule
    first: int
    last: int
    cut_first: int
    cut_last: int


class Lookup:
    """Phrases by the words they can begin with."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_head: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for head in phrase.heads:
                self._by_head.setdefault(head, []).append(phrase)

    def at(self, tokens: Tokens, index: int) -> int:
        """How many tokens the longest phrase at a token has, 0 for none."""
        return max(self._lengths(tokens, index), default=0)

    def _lengths(self, tokens: Tokens, index: int) -> Iterator[int]:
        if index >= len(tokens):
            return
        for phrase in self._by_head.get(head(tokens.words[index]), ()):
            if (match := phrase.match(tokens, index)) is not None:
                yield last_of(tokens, match.end()) - index + 1

    def ends_at(self, tokens: Tokens, index: int, reach: int) -> int:
        """The token at which a phrase begins that ends right before ``index``, or -1."""
        for first in range(max(0, index - reach), index):
            if index - first in self._lengths(tokens, first):
                return first
        return -1


class Lexicon:
    """Everything that can be looked for: phrases of techniques, and the words of each language."""

    def __init__(self, catalog: Catalog) -> None:
        known = catalog.techniques
        book = phrasebook(catalog)
        self.techniques = known.techniques
        self.words = {lang: Words(wording, book) for lang, wording in known.wordings.items()}
        self._rules: dict[str, list[Rule]] = {}
        none: frozenset[str] = frozenset()
        self._open_ended = none.union(*(one.open_ended for one in known.wordings.values()))
        self._abbreviations = none.union(*(one.abbreviations for one in known.wordings.values()))
        self.emphatic = none.union(*(one.emphatic for one in known.wordings.values()))
        self.headings = none.union(*(one.headings for one in known.wordings.values()))
        self.signs = _signs(known.wordings.values())
        for technique in known.techniques.values():
            for saying in technique.saying:
                self._add(technique, saying, book)

    def _add(self, technique: Technique, saying: Saying, book: Phrasebook) -> None:
        before = Lookup(book.phrases(saying.lang, saying.unless_before))
        after = Lookup(book.phrases(saying.lang, saying.unless_after))
        for phrase in book.phrases(saying.lang, saying.phrases):
            rule = Rule(technique, saying, phrase, before, after)
            for one in phrase.heads:
                self._rules.setdefault(one, []).append(rule)

    def sentences(self, text: str) -> Sentences:
        """The sentences of a text, in whatever language."""
        return Sentences(Tokens(text, self._open_ended), self._abbreviations)

    def hits(self, tokens: Tokens) -> Iterator[Hit]:
        """Every phrase of every technique, wherever it stands."""
        for index, word in enumerate(tokens.words):
            for rule in self._rules.get(head(word), ()):
                match = rule.phrase.match(tokens, index)
                if match is not None:
                    yield _hit(rule, tokens, index, match.span(), _cut(match))


class Words:
    """The words of one language that tell whose reasoning is meant and how sentences hang together."""

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

    def __init__(self, wording: Wording, book: Phrasebook) -> None:
        self.lang = wording.lang
        self.verb_final = wording.verb_final
        self.conjunction = wording.conjunction
        self.alternatives = wording.alternatives
        self.data_tags = wording.data_tags
        self.back = wording.back
        self.generic = wording.generic
        for name in LISTS:
            setattr(self, name, Lookup(book.phrases(wording.lang, getattr(wording, name))))


@lru_cache(maxsize=4)
def lexicon(catalog: Catalog) -> Lexicon:
    """The lexicon of a catalog, made once."""
    return Lexicon(catalog)


def head(word: str) -> str:
    """What a token is looked up by."""
    return NUMBER if word[0].isdigit() else word


def last_of(tokens: Tokens, end: int) -> int:
    """The token that ends where a match in ``tokens.joined`` ends."""
    return tokens.at(end - 1)


def _signs(wordings: Iterable[Wording]) -> Signs:
    cues: dict[str, Cue] = {}
    conclusions: list[str] = []
    for one in wordings:
        cues |= dict.fromkeys(map(fold, one.rationales), "rationale")
        cues |= dict.fromkeys(map(fold, one.questions), "question")
        cues |= dict.fromkeys(map(fold, one.answers), "answer")
        cues |= dict.fromkeys(map(fold, one.examples), "example")
        conclusions += one.conclusions
    ordered = sorted(conclusions, key=len, reverse=True)
    begin = r"(?:(?<=[.!?。！？])\s*|\n\s*)"
    return Signs(cues, re.compile(f"{begin}(?:{'|'.join(map(re.escape, ordered))})", re.IGNORECASE))


def _cut(match: re.Match[str]) -> tuple[int, int] | None:
    return match.span("cut") if "cut" in match.re.groupindex else None


def _hit(rule: Rule, tokens: Tokens, first: int, span: tuple[int, int], cut: tuple[int, int] | None) -> Hit:
    last = last_of(tokens, span[1])
    if cut is None or cut[0] < 0:
        return Hit(rule, first, last, first, last)
    return Hit(rule, first, last, tokens.at(cut[0]), last_of(tokens, cut[1]))
