"""What a matched method and its arguments tell of a request: its model, and how it is answered."""

from __future__ import annotations

import msgspec

from migrate.catalog.sdk import SdkMethod
from migrate.catalog.sdk_legacy import LegacyMethod
from migrate.facts.records import Call
from migrate.program.calls.callsite import Setting
from migrate.program.calls.matching import Match
from migrate.program.calls.request import Request
from migrate.program.calls.setting import implied, only_texts
from migrate.sources.place import Place


def model(
    method: SdkMethod | LegacyMethod | None, request: Request, call: Place | None
) -> tuple[str | None, Setting]:
    """The parameter that names the model, and what is given there, or what a ``call`` of OpenAI without one
    asks for; (None, an empty one) for methods that take none."""
    if method is None or not method.model:
        return None, Setting()
    names = (method.model,) if isinstance(method.model, str) else method.model
    used = next((name for name in names if name in request.values), names[0])
    implicit = method.implicit if isinstance(method, SdkMethod) else ""
    if implicit and call is not None and used not in request.values and not request.hidden:
        return used, implied(implicit, call)
    found = only_texts(request.setting(used))
    if not found.complete and not found.why:
        why = "nothing but None is visible for it" if found.optional else "it goes round in a circle"
        found = msgspec.structs.replace(found, why=(why,))
    return used, found


def method_path(method: SdkMethod | LegacyMethod | None) -> str:
    """The dotted name of a method below its client; empty for a client class."""
    if method is None:
        return ""
    return method.path if isinstance(method, SdkMethod) else method.symbol


def asynchronous(match: Match, client_is: bool, call: Call) -> bool:
    """Whether the answer is awaited."""
    if isinstance(match.method, LegacyMethod):
        return match.method.asynchronous
    return client_is or (match.made is None and call.awaited)


def streams(method: SdkMethod | LegacyMethod | None, request: Request) -> bool:
    """Whether the answer comes in pieces."""
    always = isinstance(method, SdkMethod) and method.stream
    return always or True in request.setting("stream").values
