"""The words of ``pip install`` commands in files of commands, as they are written. Expands nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMAND = re.compile(
    r"\b(?:pip3?[ \t]+install|uv[ \t]+(?:pip[ \t]+install|add))\b(?P<rest>(?:\\\r?\n|[^\r\n&|;])*)"
)
_WORD = re.compile(r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'\\])+""")


def install_words(text: str) -> Iterator[str]:
    """Every word behind ``pip install``, with its quotes."""
    for command in _COMMAND.finditer(text):
        yield from _WORD.findall(command["rest"])
