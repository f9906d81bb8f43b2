"""The reasoning effort that a call states, wherever it states it."""

from __future__ import annotations

from migrate.catalog import UNKNOWN
from migrate.plan.literals import entry_value, literal_value
from migrate.program.calls.callsite import CallSite

_NESTED = (("reasoning", "effort"), ("extra_body", "reasoning_effort"))


def effort_of(site: CallSite) -> object:
    """Text, None where the call states no effort, UNKNOWN where that is not visible."""
    plain = site.parameter("reasoning_effort")
    if plain is not None:
        found = literal_value(plain)
        return UNKNOWN if plain.setting.optional and found is not None else found
    for name, key in _NESTED:
        whole = site.parameter(name)
        if whole is not None:
            nested = entry_value(whole, key)
            if nested is not None:
                return UNKNOWN if whole.setting.optional else nested
    return UNKNOWN if site.hidden else None
