"""Finds the phrases of the rules in a text, each at the words it can begin with. It judges nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from migrate.catalog import Catalog
from migrate.catalog.techniques import Saying, Technique
from migrate.catalog.wording import Wording
from migrate.prompts.detection.exemplars import Signs
from migrate.prompts.detection.protocols import Turn
from migrate.prompts.detection.records import Cue
from migrate.prompts.language.grammar import Grammar
from migrate.prompts.language.phrasebook import Phrasebook, phrasebook
from migrate.prompts.language.phrases import Phrase
from migrate.prompts.language.rules import Hit, Lookup, Rule, head, last_of
from migrate.prompts.language.sentences import Sentences
from migrate.prompts.language.tokens import Tokens, fold
from migrate.prompts.language.words import Words

_LABEL = r"[A-ZÀ-ÖØ-Þ][^\W\d_]{1,16}(?: [^\W\d_]{1,16}){0,2}: (?=[^.\n]{1,60}\.?\s*\Z)"
"""``Team: logistics`` where an answer ends, behind what led to it."""
_MARKS = (":", "**:", ":**", "：")
_WORKINGS = ("reasoning", "work")
_VALUE = r"[:：]?[*_ \t]{0,4}[^\"“\[{<\n]{1,80}\s*\Z"


class Lexicon:
    """Everything that can be looked for: phrases of techniques, and the words of each language."""

    def __init__(self, catalog: Catalog) -> None:
        known = catalog.techniques
        book = phrasebook(catalog)
        self.techniques = known.techniques
        self.words = {lang: Words(wording, book) for lang, wording in known.wordings.items()}
        self._rules: dict[str, list[tuple[Rule, Phrase]]] = {}
        none: frozenset[str] = frozenset()
        self.open_ended = none.union(*(one.open_ended for one in known.wordings.values()))
        self._starters = self.open_ended.union(*(one.closed for one in known.wordings.values()))
        self._abbreviations = none.union(*(one.abbreviations for one in known.wordings.values()))
        self.emphatic = none.union(*(one.emphatic for one in known.wordings.values()))
        self.forceful = none.union(*(map(fold, one.forceful) for one in known.wordings.values()))
        self.code = none.union(*(one.code for one in known.wordings.values()))
        self.fields = none.union(*(one.fields for one in known.wordings.values()))
        classes = (one.classes.get(name, ()) for one in known.wordings.values() for name in _WORKINGS)
        self.workings = frozenset(fold(one) for own in classes for one in own)
        self.headings = none.union(*(one.headings for one in known.wordings.values()))
        self._stems = tuple(stem for one in known.techniques.values() for stem in one.stems)
        self.signs = _signs(known.wordings.values())
        self.turns = _turns(known.wordings.values())
        self.loose_turns = frozenset(
            fold(word) for one in known.wordings.values() for word in one.loose_turns
        )
        wordings = known.wordings.items()
        self.grammars = [_grammar(wording, self.words[lang], book) for lang, wording in wordings]
        for technique in known.techniques.values():
            for saying in technique.saying:
                self._add(technique, saying, book)
            for construction in technique.construction:
                for grammar in self.grammars:
                    grammar.add(technique, construction)

    def _add(self, technique: Technique, saying: Saying, book: Phrasebook) -> None:
        before = Lookup(book.phrases(saying.lang, saying.unless_before))
        after = Lookup(book.phrases(saying.lang, saying.unless_after))
        for phrase in book.phrases(saying.lang, saying.phrases):
            rule = Rule(technique, saying, before, after)
            for one in phrase.heads:
                self._rules.setdefault(one, []).append((rule, phrase))

    def sentences(self, text: str) -> Sentences:
        """The sentences of a text, in whatever language."""
        return Sentences(Tokens(text, self.open_ended, self._stems, self._starters), self._abbreviations)

    def hits(self, sentences: Sentences) -> Iterator[Hit]:
        """Every phrase and every construction of every technique, wherever it stands."""
        tokens = sentences.tokens
        for index, word in enumerate(tokens.words):
            for rule, phrase in self._rules.get(head(word), ()):
                match = phrase.match(tokens, index)
                if match is not None:
                    yield _hit(rule, tokens, index, match.span(), _cut(match))
        for grammar in self.grammars:
            yield from grammar.hits(sentences)


@lru_cache(maxsize=4)
def lexicon(catalog: Catalog) -> Lexicon:
    """The lexicon of a catalog, made once."""
    return Lexicon(catalog)


def _signs(wordings: Collection[Wording]) -> Signs:
    cues: dict[str, Cue] = {}
    conclusions: list[str] = []
    for one in wordings:
        cues |= dict.fromkeys(map(fold, one.rationales), "rationale")
        cues |= dict.fromkeys(map(fold, one.questions), "question")
        cues |= dict.fromkeys(map(fold, one.answers), "answer")
        cues |= dict.fromkeys(map(fold, one.examples), "example")
        conclusions += one.conclusions
    begin = r"(?:(?<=[.!?。！？])\s*|\n\s*)"
    ends = sorted({"#### ", *(f"{one}:" for wording in wordings for one in wording.finals)}, key=len)
    stated = [one for wording in wordings for one in wording.stated]
    stated += [f"{one}{mark}" for wording in wordings for one in wording.finals for mark in _MARKS]
    reasons = _words(one for wording in wordings for one in wording.reasons)
    leading = rf"[*_ ]{{0,4}}(?:{reasons.pattern}[,，]?\s*){{0,2}}"
    return Signs(
        cues,
        re.compile(f"{begin}{_any(conclusions)}|(?<=[.!?。！？])[ \\t]+{_LABEL}"),
        re.compile(rf"[,;，；][ \t]?{_any(conclusions)}(?![A-Za-zÀ-ÿ])"),
        reasons,
        re.compile(_any(ends)),
        re.compile(rf"(?:\A|(?<=[.!?。！？])\s*|\n\s*){leading}{_any(stated)}{_VALUE}"),
        _words(one for wording in wordings for one in wording.addressed),
    )


def _any(texts: Iterable[str]) -> str:
    """Any of these, the longest first, in any case."""
    ordered = sorted(set(texts), key=lambda one: (-len(one), one))
    return f"(?i:{'|'.join(map(re.escape, ordered))})"


def _words(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-zÀ-ÿ]){_any(texts)}(?![A-Za-zÀ-ÿ])")


def _turns(wordings: Iterable[Wording]) -> dict[str, Turn]:
    cues: dict[str, Turn] = {}
    for one in wordings:
        cues |= dict.fromkeys(map(fold, one.thoughts), "thought")
        cues |= dict.fromkeys(map(fold, one.actions), "action")
        cues |= dict.fromkeys(map(fold, one.observations), "observation")
        cues |= dict.fromkeys(map(fold, one.finals), "final")
    return cues


def _grammar(wording: Wording, words: Words, book: Phrasebook) -> Grammar:
    kinds = {name: book.phrases(wording.lang, texts) for name, texts in wording.grammar.items()}
    return Grammar(wording, kinds, (words.leads, words.conditions, words.negations, words.tasks))


def _cut(match: re.Match[str]) -> tuple[int, int] | None:
    return match.span("cut") if "cut" in match.re.groupindex else None


def _hit(rule: Rule, tokens: Tokens, first: int, span: tuple[int, int], cut: tuple[int, int] | None) -> Hit:
    last = last_of(tokens, span[1])
    if cut is None or cut[0] < 0:
        return Hit(rule, first, last, first, last)
    return Hit(rule, first, last, tokens.at(cut[0]), last_of(tokens, cut[1]))
