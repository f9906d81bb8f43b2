"""Says whether a whole text speaks to a person and not to a model: documentation of code, what a program
tells its user, a letter. It looks at no technique.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from migrate.prompts.language.sentences import Sentences
from migrate.prompts.language.tokens import FIELD, Tokens
from migrate.prompts.language.words import Words

_DOCSTRING = re.compile(
    r"(?m)^[^\S\n]*(?:(?:Args|Arguments|Parameters|Returns|Raises|Yields):[^\S\n]*$|:param \w+:)"
)
_LONGEST_NOTICE = 1_200  # characters of what a program tells a person
_LONGEST_QUESTION = 300  # characters of what it asks before it does something
_FEWEST_SIGNS = 3
_END = 25  # tokens of the end of a letter, with the name below
_SIGNATURE = 8  # tokens behind the greeting


def for_people(sentences: Sentences, languages: Collection[Words]) -> bool:
    """Whether a text documents code, is what a program says to the person before it, or a letter."""
    tokens = sentences.tokens
    if _DOCSTRING.search(tokens.text):
        return True
    if any(_is_letter(tokens, words) for words in languages):
        return True
    if len(tokens.text) > _LONGEST_NOTICE:
        return False
    short = len(tokens.text) <= _LONGEST_QUESTION
    for words in languages:
        if short and any(words.confirming.at(tokens, one) for one in range(len(tokens))):
            return True
        if sum(words.interface.at(tokens, one) > 0 for one in range(len(tokens))) >= _FEWEST_SIGNS:
            return True
    return False


def _is_letter(tokens: Tokens, words: Words) -> bool:
    """Whether a text ends in a greeting and at most a name, and has no field to be filled."""
    if FIELD in tokens.words:
        return False
    begin = max(0, len(tokens) - _END)
    for one in range(begin, len(tokens)):
        length = words.letters.at(tokens, one)
        if length and len(tokens) - one - length <= _SIGNATURE:
            return True
    return False
