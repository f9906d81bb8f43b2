"""Names of files that 0.x took as arguments of their own, and 1.x takes before the file, as a pair."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate.findings.edits import ReplaceExpression
from migrate.findings.finding import FileEdit
from migrate.rewrite.stages.params.holders import removed

if TYPE_CHECKING:
    from migrate.catalog.sdk_legacy import LegacyMethod
    from migrate.program.calls.callsite import CallSite, Parameter

_TEXTS = ("'", '"', "f'", 'f"')


def paired(
    site: CallSite, method: LegacyMethod, parameter: Parameter, why: str
) -> tuple[tuple[FileEdit, ...], str]:
    """The edits that make ``file=("a.mp3", data)`` of ``parameter`` and its partner, and ``why`` the call
    stays: as it was, or, where it was empty and no edit can be made, what to write."""
    partner = site.parameter(method.paired[parameter.name])
    plain = partner is not None and partner.form == parameter.form == "argument"
    # Where it may be left out it may be None, and then no pair is sent.
    told = parameter.name in method.positional or parameter.code.startswith(_TEXTS)
    positions = {one.position for one in (parameter, partner) if one is not None}
    if partner is None or not plain or not told or positions != {-1}:
        pair = f"({parameter.code}, {partner.code if partner is not None else '...'})"
        return (), why or f"1.x takes {parameter.name} with the file: write file={pair}"
    code = f"({parameter.code}, {partner.code})"
    names = {node.id for node in ast.walk(ast.parse(code, mode="eval")) if isinstance(node, ast.Name)}
    edit = ReplaceExpression(partner.place.span, code, tuple(sorted(names)))
    return (FileEdit(partner.place.path, edit), *removed(parameter)), why
