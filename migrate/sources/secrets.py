"""Which values of environment and configuration files are secrets, by name or by shape: never kept."""

from __future__ import annotations

import re

_NAME = re.compile(
    r"(?i)(?:^|[_.-])(?:api|access|secret|private|account|master|auth)?_?"
    r"(?:key|token|secret|secrets|password|passwd|pwd|credentials?|apikey|dsn)$"
)
KEY_BEGINNINGS = "sk-|gsk_|xai-|hf_|gh[pousr]_|github_pat_|AIza|AKIA|r8_"
"""The shapes that vendors give their keys begin so; characters that mean nothing to a reader follow."""
_SHAPE = re.compile(
    rf"(?:^|[^A-Za-z0-9])(?:{KEY_BEGINNINGS}|xox[bap]-|eyJ)[A-Za-z0-9_.-]{{8,}}"
    r"|-----BEGIN|\w://[^\s/:@]*:[^\s/@]+@"
)
_RANDOM = re.compile(r"(?=[^\d]*\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_]{32,}")


def is_secret(name: str, value: str) -> bool:
    """Whether ``value``, set under ``name``, is or may be a key, token or password."""
    if not value:
        return False
    return bool(_NAME.search(name) or _SHAPE.search(value) or _RANDOM.fullmatch(value))
