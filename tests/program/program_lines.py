"""Call sites as lines of text, for comparison with the expected.txt of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrate.program.calls.callsite import CallSite, Client, Setting
    from migrate.program.inventory import Inventory

_LONGEST_CODE = 30


def lines(inventory: Inventory) -> str:
    """One line a call site, in order, then one an unusable file."""
    rows = [_line(site, inventory) for site in inventory.call_sites]
    rows += [f"{one.path} {one.state}" for one in inventory.outcomes]
    return "".join(f"{row}\n" for row in rows)


def _line(site: CallSite, inventory: Inventory) -> str:
    words = [str(site.place), site.kind, site.symbol, site.certainty, site.target]
    if site.model_parameter:
        words.append(f"model={_setting(site.model)}")
    words.append(f"parameters={{{_parameters(site)}}}")
    words.append(f"hidden={len(site.hidden)}")
    if site.kind != "constructor":
        words.append(f"client={_joined(map(_client, site.clients))}")
    words += [f"prompt={one.place}({one.role})" for one in inventory.prompts(site)]
    words += [flag for flag in ("asynchronous", "stream") if getattr(site, flag)]
    return " ".join(words)


def _setting(setting: Setting) -> str:
    values = _joined(map(repr, setting.values))
    origins = _joined(f"{one.place} {one.role}" for one in setting.origins)
    more = "" if setting.complete else "?"
    environment = "".join(f" ${name}" for name in setting.environment)
    return f"[{values}]{more} origins=[{origins}]{environment}"


def _parameters(site: CallSite) -> str:
    return _joined(f"{one.name}: {_short(one.code)}" for one in site.parameters)


def _short(code: str) -> str:
    flat = " ".join(code.split())
    return flat if len(flat) <= _LONGEST_CODE else flat[: _LONGEST_CODE - 1] + "…"


def _client(client: Client) -> str:
    return str(client.place).rpartition(":")[0] if client.place is not None else "?"


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
