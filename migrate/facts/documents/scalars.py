"""One value of a configuration file to an expression; secrets and placeholders are not taken over."""

from __future__ import annotations

from migrate.facts.expressions import Constant, Expression, Opaque
from migrate.sources.place import Span
from migrate.sources.secrets import is_secret

_LARGEST = 2**63


def scalar(span: Span, value: object, key: str = "") -> Expression:
    """The expression of ``value``, written at ``span`` under ``key``."""
    if isinstance(value, str):
        if is_secret(key, value):
            return Opaque(span, "a secret, which is not read")
        if "${" in value or "{{" in value:
            return Opaque(span, "text with placeholders that its reader fills in")
        return Constant(span, value)
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        return Opaque(span, "a huge number")
    if value is None or isinstance(value, (bool, int, float)):
        return Constant(span, value)
    return Opaque(span, "a value that is not text or a number")
