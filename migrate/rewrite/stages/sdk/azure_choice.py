"""``openai.api_base`` under its new name: ``base_url``, or ``azure_endpoint`` where requests go to Azure."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence

from migrate.rewrite.stages.sdk.client_plan import Vendor
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.nothing import can_be_none
from migrate.rewrite.stages.sdk.settings_of import ModuleSetting

_PLAIN = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Load)


def new_names(
    file: CodeFile, vendor: Vendor, one: ModuleSetting, settings: Sequence[ModuleSetting], default: str = ""
) -> list[str]:
    """The statements that take the place of ``one``, an assignment to ``api_base``, for the module's client;
    none where nobody can say which they are. ``settings`` are all those of the file, ``default`` the URL
    where none is given."""
    if vendor == "azure" or _is_beside_azure(file, one, settings):
        return [f"{one.alias}.azure_endpoint = {file.code(one.value)}"]
    url = _with_slash(file, one.value, default)
    if vendor != "chosen":
        return [] if vendor == "unknown" else [f"{one.alias}.base_url = {url}"]
    kind = _kind(file, one, settings)
    if not kind:
        return []
    return [
        f'{one.alias}.azure_endpoint = {file.code(one.value)} if {kind} == "azure" else None',
        f'{one.alias}.base_url = None if {kind} == "azure" else {url}',
    ]


def undecided(
    files: Mapping[str, CodeFile],
    settings: Mapping[str, Sequence[ModuleSetting]],
    vendor: Vendor,
    reads: Collection[str],
) -> bool:
    """Whether the module's own client cannot follow a choice between Azure and OpenAI that is made when the
    program runs: it looks at api_type once, at the first request, and at an address under two names.
    ``reads`` are the settings that some code reads."""
    return (
        "api_type" in reads
        or vendor == "unknown"
        or any(
            one.new == "base_url" and not new_names(files[path], vendor, one, found)
            for path, found in settings.items()
            for one in found
        )
    )


def _kind(file: CodeFile, one: ModuleSetting, settings: Sequence[ModuleSetting]) -> str:
    """The code that tells, where ``one`` is made, which api_type the program chose; empty where none does."""
    scope = file.function(one.statement)
    kinds = [
        other for other in settings if other.new == "api_type" and file.function(other.statement) is scope
    ]
    if len(kinds) != 1:
        return ""
    (kind,) = kinds
    around = any(kind.statement in block for block in file.blocks(one.statement))
    if around and kind.statement.lineno < one.statement.lineno:
        return f"{kind.alias}.api_type"
    plain = all(isinstance(node, _PLAIN) for node in ast.walk(kind.value))
    return file.code(kind.value) if plain else ""


def _is_beside_azure(file: CodeFile, one: ModuleSetting, settings: Sequence[ModuleSetting]) -> bool:
    """Whether its block, or one around it in the same function, says that requests go to Azure."""
    kinds = [other for other in settings if other.new == "api_type"]
    for block in file.blocks(one.statement):
        here = [other.value for other in kinds if other.statement in block]
        if here:
            return all(isinstance(value, ast.Constant) and value.value == "azure" for value in here)
    return False


def _with_slash(file: CodeFile, value: ast.expr, default: str) -> str:
    """The module's client joins paths to its URL as they are: without a slash its last part would be lost."""
    code = file.code(value)
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return code if value.value.endswith("/") else f"{code[:-1]}/{code[-1]}"
    if default and can_be_none(file, value):
        return f'({code} or "{default}").rstrip("/") + "/"'
    simple = isinstance(value, (ast.Name, ast.Attribute, ast.Subscript, ast.Call))
    return f'{code if simple else f"({code})"}.rstrip("/") + "/"'
