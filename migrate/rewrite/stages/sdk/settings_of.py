"""Where a file sets or reads the settings of the openai module. Decides nothing."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Mapping

import msgspec

from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.old_names import OldNames

_PACKAGE = "openai"


class ModuleSetting(msgspec.Struct, frozen=True):
    """``openai.name = value``; ``new`` is the client's argument for it, "" where there is none. ``plain``:
    executed once, on module level, with nothing else on its line."""

    statement: ast.Assign | ast.AnnAssign
    target: ast.Attribute
    name: str
    new: str
    value: ast.expr
    plain: bool

    @property
    def alias(self) -> str:
        return ast.unparse(self.target.value)


def settings_in(file: CodeFile, names: OldNames, known: Mapping[str, str]) -> list[ModuleSetting]:
    """The settings that ``file`` makes, in its order."""
    found = []
    for node in ast.walk(file.tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for one in targets:
                if (
                    isinstance(one, ast.Attribute)
                    and names.dotted(one.value) == _PACKAGE
                    and one.attr in known
                ):
                    plain = len(targets) == 1 and file.on_module_level(node) and _alone(file, node)
                    found.append(ModuleSetting(node, one, one.attr, known[one.attr], node.value, plain))
    return sorted(found, key=lambda one: (one.statement.lineno, one.statement.col_offset))


def _alone(file: CodeFile, node: ast.stmt) -> bool:
    """Whether no other statement shares a line with ``node``."""
    line = file.lines.line(node.lineno)[: node.col_offset]
    behind = file.lines.line(node.end_lineno or node.lineno)[file.span(node).end_column - 1 :].strip()
    return not line.strip() and (not behind or behind.startswith("#"))


def reads_of(
    file: CodeFile, names: OldNames, known: Mapping[str, str], modules: Container[str] = ()
) -> Iterator[tuple[ast.expr, str]]:
    """Where ``file`` reads a setting, with its name, or sets one through one of ``modules``: expressions
    other than imported names that hold the package there."""
    for node, dotted in names.uses():
        first, _, name = dotted.partition(".")
        if first == _PACKAGE and name in known and isinstance(getattr(node, "ctx", None), ast.Load):
            yield node, name
    held = [one for one in ast.walk(file.tree) if isinstance(one, ast.Attribute)] if modules else ()
    for one in held:
        if one.attr in known and file.code(one.value) in modules and not names.dotted(one.value):
            yield one, one.attr


def set_elsewhere(file: CodeFile, found: Iterable[tuple[ast.expr, str]], known: Mapping[str, str]) -> str:
    """Why a call in ``file`` would miss a setting that is among ``found``; empty where it would not."""
    for node, name in found:
        if isinstance(getattr(node, "ctx", None), ast.Store) and known[name] != name:
            return f"{file.place(node)} sets {name} through another name of the module"
    return ""
