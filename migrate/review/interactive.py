"""The questions of ``apply -i`` and what becomes of the answers. Reads no key and prints nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from migrate.review.cards import Card
from migrate.review.pieces import Piece

KEYS = {
    "y": "make this change",
    "n": "do not make it",
    "a": "make it and all later ones in the same files",
    "d": "do not make it, nor any later one in the same files",
    "A": "make it and all later ones of the same rules",
    "D": "do not make it, nor any later one of the same rules",
    "i": "do not make it, and write a comment that says so (# repoint: ignore[...])",
    "s": "show its parts, and why they are not split",
    "e": "edit the change as a patch; the edited text is not proved, only parsed",
    "q": "quit: make what was accepted so far, and nothing else",
    "?": "show these keys",
}


class Reviewer(Protocol):
    """The person's side."""

    def ask(self, card: Card, number: int, amount: int) -> str:
        """The key pressed for a card that has been shown; empty for none of ``KEYS``."""

    def show(self, card: Card, number: int, amount: int) -> None:
        """Shows the change."""

    def say(self, text: str) -> None:
        """Says a line or more."""

    def edited(self, card: Card) -> tuple[Piece, ...] | None:
        """The pieces of the patch that the person made of the change; None where it was given up."""

    def ignored(self, card: Card) -> tuple[Piece, ...]:
        """The comments that switch the change's findings off."""


class Decided(msgspec.Struct, frozen=True):
    """The ids of the changes to make as they are, and pieces of the person's own."""

    changes: frozenset[str]
    own: tuple[Piece, ...] = ()


def review(cards: Sequence[Card], reviewer: Reviewer) -> Decided:
    """Asks about every change. KeyboardInterrupt goes through: then nothing is decided."""
    return _Session(cards, reviewer).run()


class _Session:
    def __init__(self, cards: Sequence[Card], reviewer: Reviewer) -> None:
        self._cards = cards
        self._reviewer = reviewer
        self._accepted: dict[str, Card] = {}
        self._own: list[Piece] = []
        # Standing answers: whether to make every change that a test fits.
        self._standing: list[tuple[Callable[[Card], bool], bool]] = []

    def run(self) -> Decided:
        for number, card in enumerate(self._cards, 1):
            answer = next((yes for fits, yes in reversed(self._standing) if fits(card)), None)
            if answer is None:
                self._reviewer.show(card, number, len(self._cards))
                if not self._asked(card, number):
                    break
            elif answer:
                self._accept(card)
        return Decided(frozenset(self._accepted), tuple(self._own))

    def _asked(self, card: Card, number: int) -> bool:
        """Asks until there is an answer; false where the person quits."""
        while True:
            key = self._reviewer.ask(card, number, len(self._cards))
            if key == "q":
                return False
            if key in "ynadAD" and key:
                return self._answered(card, key)
            if key == "i":
                self._own += self._reviewer.ignored(card)
                return True
            if key == "e":
                if self._edited(card):
                    return True
            elif key == "s":
                self._reviewer.say(_parts(card))
            else:
                self._reviewer.say("\n".join(f"{one} - {words}" for one, words in KEYS.items()))

    def _answered(self, card: Card, key: str) -> bool:
        if key in "yaA":
            self._accept(card)
        if key in "ad":
            self._standing.append((lambda one: bool(one.paths & card.paths), key == "a"))
        if key in "AD":
            self._standing.append((lambda one: one.rules <= card.rules, key == "A"))
        return True

    def _accept(self, card: Card) -> None:
        self._accepted[card.change] = card

    def _edited(self, card: Card) -> bool:
        pieces = self._reviewer.edited(card)
        if pieces is None:
            return False
        self._own += pieces
        return True


def _parts(card: Card) -> str:
    lines = [f"{one.place}: {one.rule}: {one.message}" for one in card.findings]
    if len(lines) == 1:
        return "It has one part."
    return "\n".join([*lines, "They were decided together: none of them is right without the others."])
