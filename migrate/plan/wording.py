"""Text as sets of words and runs of words, so that many lists of words can be looked for at once.

Identifiers fall apart as people read them: ``summarizeText`` and ``summarize_text`` say "summarize text".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SENTENCE = re.compile(r"[.!?:;\n]+|\\n|[\"']{3}")
_STRINGS = re.compile(r"\"{3}.*?\"{3}|'{3}.*?'{3}|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
_LONGEST_RUN = 3
_OPENING = 3
_PERSONA_LENGTH = 160


class Words:
    """The words of one text. ``at`` gives the offset at which a word, or a run of some, first stands."""

    def __init__(self, text: str) -> None:
        self.at: dict[str, int] = {}
        self.text = text
        self._foreign = "" if text.isascii() else text.lower()
        found = list(_tokens(text))
        for start in range(len(found)):
            run = ""
            for word, _ in found[start : start + _LONGEST_RUN]:
                run = f"{run} {word}" if run else word
                self.at.setdefault(run, found[start][1])

    def among(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """(word, offset) of those of ``words`` that stand in the text."""
        found = [(word, self.at[word]) for word in words if word in self.at]
        if self._foreign:
            inside = (word for word in words if not word.isascii())
            found += [(word, self._foreign.index(word)) for word in inside if word in self._foreign]
        return sorted(set(found), key=lambda one: (one[1], one[0]))


class Phrases:
    """Finds the telling parts of a text. ``polite`` are words that come before what a prompt asks for,
    ``personas`` what comes before the role that the model is given, ``noise`` what names of functions hold
    because of the API, ``noise_names`` names that say nothing by themselves."""

    def __init__(
        self,
        polite: Iterable[str],
        personas: Iterable[str],
        noise: Iterable[str],
        noise_names: Collection[str],
    ) -> None:
        self._noise_names = noise_names
        self._polite = frozenset(polite)
        either = "|".join(re.escape(one) for one in personas)
        self._persona = re.compile(rf"\b(?:{either})\b(.{{0,{_PERSONA_LENGTH}}})", re.IGNORECASE | re.DOTALL)
        self._noise = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in noise))

    def openings(self, text: str) -> str:
        """The first words of every sentence and line, without politeness: what a prompt asks for."""
        found = []
        for sentence in _SENTENCE.split(text):
            words = [word for word in sentence.split() if word.strip(",-*#\"'").lower() not in self._polite]
            found.append(" ".join(words[:_OPENING]))
        return " | ".join(one for one in found if one)

    def personas(self, text: str) -> str:
        """What stands behind "you are", up to the end of the sentence."""
        return " | ".join(_SENTENCE.split(match[1])[0] for match in self._persona.finditer(text))

    def named(self, names: str) -> str:
        """Names as words, those of the API left out: ``create_chat_completion`` is no chat."""
        parts = (" ".join(word for word, _ in _tokens(name)) for name in names.split("|"))
        return " | ".join(self._noise.sub("|", part) for part in parts if part not in self._noise_names)


def identifiers(code: str) -> str:
    """The names in an expression, its strings left out."""
    return _STRINGS.sub(" | ", code)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        if word.islower() or word.isdigit():
            yield word, start
            continue
        for part in _HUMP.split(word):
            yield part.lower(), start
            start += len(part)
