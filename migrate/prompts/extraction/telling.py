"""Tells texts to be read from keys, paths and other values."""

from __future__ import annotations

from migrate.program.solving.values import Built, LiteralOption, Option

_KEY, _PROSE = 80, 30


def is_text(option: Option) -> bool:
    """Whether an option is text."""
    if isinstance(option, LiteralOption):
        return isinstance(option.value, str)
    return isinstance(option, Built)


def is_prose(text: object) -> bool:
    """Whether a text is words to be read, and no key or title."""
    return isinstance(text, str) and len(text) > _PROSE and any(map(str.isspace, text))


def is_word(text: object) -> bool:
    """Whether a value is what something is looked up by, and no text to be read."""
    return not isinstance(text, str) or (len(text) <= _KEY and not any(map(str.isspace, text)))
