"""Finds template fields in a text: ``{x}``, ``{{ x }}``, ``{% … %}``, ``%s``, ``%(x)s``, ``$x``, ``${x}``.

It only finds them. Every part is bounded, so that no text can make it slow.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FORMS = r"""
    \{\{(?:[^{}]|\{[^{}]{0,200}\}){0,400}?\}\}   # {{ x }}
  | \{%[^%{}]{0,400}%\}                          # {% if x %}
  | \{\#[^{}]{0,400}\#\}                         # {# comment #}
  | \$\{[^{}\n]{0,200}\}                         # ${x}
  | \{[A-Za-z_][^{}\n"]{0,200}\}                 # {x}, {x.y:>3}, {', '.join(x)}
  | \{[A-Za-z_][^{}\n]{0,80}\([^{}\n]{0,120}\}   # {f("x")}
  | \{\d{0,3}\}                                  # {}, {0}
  | !<INPUT\ \d{1,3}>!
  | %\([^()\n]{1,80}\)[sdrfi]
  | %[sdr](?![A-Za-z])
  | \$[A-Za-z_][A-Za-z_0-9]{0,80}
  | (?<![A-Za-z0-9_])__[A-Za-z][A-Za-z0-9]{0,60}(?:_[A-Za-z0-9]{1,60}){0,6}__(?![A-Za-z0-9_])
"""


@lru_cache(maxsize=1)
def pattern() -> re.Pattern[str]:
    """The regular expression of every form."""
    return re.compile(_FORMS, re.VERBOSE)


def placeholders(text: str) -> list[tuple[int, int]]:
    """The character ranges of all fields, in order."""
    return [match.span() for match in pattern().finditer(text)]
