"""Where a client's requests go whose URL is put together at run time: ``f"{endpoint}/openai/v1"`` at Azure,
``f"http://localhost:{port}/v1"`` to a server of one's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from migrate.program.calls.callsite import Target
from migrate.program.calls.targets import Hosts, host_of
from migrate.program.solving.values import LiteralOption, Located, Value
from migrate.program.texts.sketches import GAP, Sketches, written

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def computed_target(
    evaluator: Evaluator, hosts: Hosts, places: Iterable[Located], value: Value | None
) -> Target | None:
    """Where all forms of the URLs at ``places`` lead, which are ``value`` as far as that is known; None where
    their gaps leave that open, and for OpenAI's own."""
    if value is None or not value.unknown or any(not _is_path(one) for one in value.options):
        return None
    forms = [written(one) for place in places for one in Sketches(evaluator, True).of(place)]
    found = {_of_form(hosts, one) for one in forms}
    return found.pop() if len(found) == 1 else None


def _of_form(hosts: Hosts, form: str) -> Target | None:
    if GAP not in form:
        return None
    host = host_of(form)
    named = host.rpartition(GAP)[2]
    if hosts.is_azure(form) or ("://" not in form and hosts.is_azure_path(form)):
        return "azure"
    whole = named == host or (named.startswith(".") and named.count(".") > 1)
    return "other" if "://" in form and host and whole and not hosts.is_openai(form) else None


def _is_path(option: object) -> bool:
    """Whether what is known of a URL, where a part has a default, is no more than its path."""
    return isinstance(option, LiteralOption) and isinstance(option.value, str) and "://" not in option.value
