"""Takes secrets out of a text before it is sent anywhere, and puts them back into what comes."""

from __future__ import annotations

from itertools import count

from migrate.sources.secrets import secrets_in


class Covered:
    """A text with every secret in it replaced by a placeholder of its own."""

    def __init__(self, text: str) -> None:
        self._secrets: dict[str, str] = {}
        names = (f"{{secret_{number}}}" for number in count(1))
        free = (name for name in names if name not in text)
        parts: list[str] = []
        done = 0
        for start, end in secrets_in(text):
            secret = text[start:end]
            if secret not in self._secrets:
                self._secrets[secret] = next(free)
            parts += (text[done:start], self._secrets[secret])
            done = end
        self.text = "".join((*parts, text[done:]))

    @property
    def fields(self) -> tuple[str, ...]:
        """The placeholders that stand for secrets."""
        return tuple(self._secrets.values())

    def uncovered(self, text: str) -> str:
        """``text`` with the secrets back in their places."""
        for secret, field in self._secrets.items():
            text = text.replace(field, secret)
        return text
