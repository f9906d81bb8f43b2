"""Parameters that a call hides in ``extra_body``, which the SDK sends as they are. Decides nothing."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from migrate.program.calls.callsite import CallSite, Parameter, Setting

_SENT_AS_IT_IS = ("extra_body",)


def inside_extra_body(site: CallSite) -> Iterator[Parameter]:
    """One Parameter for every entry with a constant key of an ``extra_body`` that is written as a dict."""
    return inside_dicts(site, _SENT_AS_IT_IS)


def inside_dicts(site: CallSite, names: Collection[str]) -> Iterator[Parameter]:
    """The same for the arguments ``names``, whose dicts are sent as they are."""
    for name in names:
        whole = site.parameter(name)
        if whole is not None and whole.form not in ("file", "field"):
            yield from _entries(whole)


def _entries(whole: Parameter) -> Iterator[Parameter]:
    try:
        node = ast.parse(whole.code, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return
    if not isinstance(node, ast.Dict):
        return
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            code = ast.get_source_segment(whole.code, value) or "..."
            unseen = Setting(complete=False, why=("it stands inside extra_body",))
            yield Parameter(key.value, code, whole.place, whole.place, "entry", unseen)
