"""Finds constructions: kinds of words that stand together, as a verb of thinking and a manner.

A construction is the same in every language; the words of each kind are a language's own. Each verb looks
only at the nearest words of the other kinds, so a text takes time in proportion to its length. It judges
nothing but whether a verb is asked of the reader.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from migrate.catalog.techniques import Construction, Technique
from migrate.catalog.wording import Wording
from migrate.prompts.language.forms import REACH, Form, form_of
from migrate.prompts.language.phrases import Phrase
from migrate.prompts.language.places import Heads, Places, Range, by_head, places_of
from migrate.prompts.language.rules import Hit, Lookup, Rule, head
from migrate.prompts.language.sentences import Sentence, Sentences
from migrate.prompts.language.tokens import Tokens

_LEAD = 6  # the most tokens of what may stand before a request
_MANNERS = 3  # how many adverbs may stand between it and the verb
_ANY_ORDER = ("+", "~")
_CHARACTERS = 2  # how many times a reach, where tokens are characters
_BEFORE_VERBS = ("careful", "steps", "before_answer")
_STOPS = frozenset(";；:：")
_BEFORE = frozenset(",;:，、；：()（）…|<>[]{}-–")


class Grammar:
    """The constructions of one language. ``lookups`` are words that may stand before a request, words that
    stand before what is none, those that deny it, and verbs of other requests."""

    def __init__(
        self, wording: Wording, kinds: Mapping[str, Sequence[Phrase]], lookups: Sequence[Lookup]
    ) -> None:
        self.lang = wording.lang
        self._wording = wording
        self._width = _CHARACTERS if wording.syllabic else 1
        self._kinds = kinds
        self._leads, self._conditions, self._negations, self._tasks = lookups
        self._linking = Lookup(kinds.get("linking", ()))
        self._thinking = Lookup(kinds.get("think", ()))
        self._forms: dict[str, list[Form]] = {}
        self._anchors: Heads = {}
        self._others = by_head(kinds)
        self._following: set[str] = set()

    def add(self, technique: Technique, construction: Construction) -> None:
        """Takes those ways of a construction that the language has all the words for."""
        if construction.only and self.lang not in construction.only:
            return
        for text in construction.says:
            form = form_of(text, technique, construction, self.lang)
            if self._kinds.keys() >= {form.anchor, *(name for name, _ in form.others)}:
                self._forms.setdefault(form.anchor, []).append(form)
                self._following.update(name for name, mark in form.others if mark == "|")
        self._anchors = by_head({name: self._kinds[name] for name in self._forms})
        self._others = by_head({name: self._kinds[name] for name in self._kinds.keys() - self._forms})

    def hits(self, sentences: Sentences) -> Iterator[Hit]:
        """Every construction of a text."""
        tokens = sentences.tokens
        for number, sentence in enumerate(sentences.all):
            places = places_of(self._anchors, sentence, tokens)
            if not places:
                continue
            anchors = list(places)
            places |= places_of(self._others, sentence, tokens)
            for name in self._following:
                if name not in places and self._begins(name, number + 1, sentences):
                    places[name] = [(sentence.last, sentence.last)]
            ends = {end: one for name in _BEFORE_VERBS for one, end in places.get(name, ())}
            for anchor in anchors:
                yield from self._anchored(anchor, places, ends, sentence, tokens)

    def _begins(self, name: str, number: int, sentences: Sentences) -> bool:
        """Whether a sentence begins with words of a kind."""
        if number >= len(sentences):
            return False
        tokens, first = sentences.tokens, sentences.all[number].first
        return any(
            kind == name and phrase.match(tokens, first)
            for kind, phrase in self._others.get(head(tokens.words[first]), ())
        )

    def _anchored(
        self, anchor: str, places: Places, ends: Mapping[int, int], sentence: Sentence, tokens: Tokens
    ) -> Iterator[Hit]:
        for place in places[anchor]:
            addressed: bool | None = None
            for form in self._forms[anchor]:
                if any(name in places for name in form.without):
                    continue
                parts = self._parts(place, form, places)
                marks = [mark for _, mark in form.others]
                if any(self._apart(place, *one, tokens) for one in zip(parts, marks, strict=True)):
                    continue
                if form.asked and addressed is None:
                    addressed = self._addressed(place[0], ends, sentence, tokens)
                if addressed or not form.asked:
                    said = [part for part, mark in zip(parts, marks, strict=True) if part and mark != "|"]
                    yield _hit(form.rule, [place, *said])

    def _parts(self, place: Range, form: Form, places: Places) -> list[Range | None]:
        """The nearest words of each other kind, of which some stand behind the one before them."""
        found: list[Range | None] = []
        before = place
        for name, mark in form.others:
            part = self._nearest(before if mark == "/" else place, places.get(name, ()), mark)
            found.append(part)
            before = part or before
        return found

    def _nearest(self, place: Range, others: Sequence[Range], mark: str) -> Range | None:
        """The nearest words of another kind that do not overlap, behind a place if there are any there."""
        reach = REACH[mark] * self._width
        at = bisect_left(others, (place[1] + 1, 0))
        if at < len(others) and others[at][0] - place[1] <= reach:
            return others[at]
        while (mark in _ANY_ORDER or self._turned(mark)) and at > 0:
            at -= 1
            if others[at][1] < place[0]:
                return others[at] if place[0] - others[at][1] <= reach else None
            if place[0] - others[at][0] > reach:
                return None
        return None

    def _turned(self, mark: str) -> bool:
        """Where verbs come last, what follows them elsewhere stands before them."""
        return mark == "&" and not self._wording.verbs_first

    def _apart(self, place: Range, part: Range | None, mark: str, tokens: Tokens) -> bool:
        """Whether a part is missing, or something divides the two: a negation, another request, and for
        ``&`` and ``~`` a comma or ``and``."""
        if part is None or mark in "^/":
            return part is None
        first, last = sorted((place, part))
        between = tokens.words[first[1] + 1 : last[0]]
        if mark in "&~" and (self._wording.conjunction in between or not _BEFORE.isdisjoint(between)):
            return True
        others = (self._tasks,) if self._thinking.at(tokens, place[0]) else (self._tasks, self._thinking)
        for one in range(first[1] + 1, last[0]):
            if self._negations.at(tokens, one) or any(self._asks(one, tokens, other) for other in others):
                return True
        return not _STOPS.isdisjoint(between)

    def _asks(self, index: int, tokens: Tokens, verbs: Lookup) -> bool:
        """Whether another request begins at a token, which would go with what surrounds it."""
        if not verbs.at(tokens, index):
            return False
        before = tokens.words[index - 1]
        return (
            before in _BEFORE
            or before == self._wording.conjunction
            or self._linking.ends_at(tokens, index, 1) >= 0
        )

    def _addressed(self, first: int, ends: Mapping[int, int], sentence: Sentence, tokens: Tokens) -> bool:
        """Whether a verb begins what is asked: nothing but words that lead up to it stand before it."""
        if not self._wording.verbs_first:
            return True
        for _ in range(_MANNERS):
            if first <= sentence.first or tokens.words[first - 1] in _BEFORE:
                return True
            lead = self._leads.ends_at(tokens, first, _LEAD)
            if lead >= 0:
                return self._conditions.ends_at(tokens, lead, 2) < 0
            linking = self._linking.ends_at(tokens, first, 2)
            if linking >= 0:
                return linking == sentence.first or tokens.words[linking - 1] not in self._wording.tellers
            if first - 1 in ends:
                first = ends[first - 1]
            elif self._wording.is_adverb(tokens.words[first - 1]):
                first -= 1
            else:
                return False
        return False


def _hit(rule: Rule, parts: Sequence[Range]) -> Hit:
    first, last = min(one[0] for one in parts), max(one[1] for one in parts)
    cut = parts[-1] if rule.saying.cut == "words" else (first, last)
    return Hit(rule, first, last, *cut)
