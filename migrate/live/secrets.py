"""Takes secrets out of a text before it is sent anywhere, and puts them back into what comes."""

from __future__ import annotations

import re

from migrate.report.masking import mask

_WORD = re.compile(r"\S+")


class Covered:
    """A text with every secret in it replaced by a placeholder of its own."""

    def __init__(self, text: str) -> None:
        self._secrets: dict[str, str] = {}
        self.text = _WORD.sub(lambda match: self._cover(match[0]), text)

    @property
    def fields(self) -> tuple[str, ...]:
        """The placeholders that stand for secrets."""
        return tuple(self._secrets.values())

    def uncovered(self, text: str) -> str:
        """``text`` with the secrets back in their places."""
        for secret, field in self._secrets.items():
            text = text.replace(field, secret)
        return text

    def _cover(self, word: str) -> str:
        if mask(word) == word:
            return word
        return self._secrets.setdefault(word, f"{{secret_{len(self._secrets) + 1}}}")
