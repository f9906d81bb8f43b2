"""The edits that make a file's clients, or that give the module's settings their new names."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from migrate.findings.edits import Edit, InsertAfter, RemoveStatement
from migrate.rewrite.stages.sdk.azure_choice import new_names
from migrate.rewrite.stages.sdk.client_plan import FileClients
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.settings_of import ModuleSetting

_SETS_UP = ("load_dotenv", "environ", "putenv")


def own_clients(
    file: CodeFile, plan: FileClients, settings: Sequence[ModuleSetting], first: int
) -> Iterator[Edit]:
    """Makes the clients of ``plan`` where the last setting stood, or else below what comes first in the
    module; ``first`` is the line of the first call on module level, if any."""
    codes = [f"{name} = {plan.made(bool(mode), {})}" for mode, name in enumerate(plan.names) if name]
    used = [one for one in settings if one.new]
    if used:
        for one in used:
            yield RemoveStatement(file.span(one.statement))
        for code in codes:
            yield InsertAfter(file.span(used[-1].statement), code)
        return
    anchor = _anchor(file, first)
    for number, code in enumerate(codes):
        yield InsertAfter(file.span(anchor), code, int(number == 0))


def renamed_settings(
    file: CodeFile, plan: FileClients, settings: Sequence[ModuleSetting], default: str
) -> Iterator[Edit]:
    """The settings that stay assignments to the module, under new names; ``default`` is OpenAI's URL."""
    for one in settings:
        codes = new_names(file, plan.vendor, one, settings, default) if one.new == "base_url" else []
        if plan.each and one.new == "base_url":
            codes = [f"{one.alias}.base_url = {file.code(one.value)}"]
        if codes:
            yield RemoveStatement(file.span(one.statement))
        for code in codes:
            yield InsertAfter(file.span(one.statement), code)


def _anchor(file: CodeFile, first: int) -> ast.stmt:
    """The statement below which a client can be made: the last import that the module begins with, or the
    last statement that sets up its environment."""
    found = file.tree.body[0]
    for node in file.tree.body:
        if first and node.lineno >= first:
            break
        imports = isinstance(node, (ast.Import, ast.ImportFrom)) or _guarded_import(node)
        if imports or (isinstance(node, (ast.Expr, ast.Assign)) and _sets_up(node)):
            found = node
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            break
    return found


def _guarded_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Try) and any(
        isinstance(one, (ast.Import, ast.ImportFrom)) for one in node.body
    )


def _sets_up(node: ast.stmt) -> bool:
    words = {getattr(one, "id", None) or getattr(one, "attr", None) for one in ast.walk(node)}
    return any(word in words for word in _SETS_UP)
