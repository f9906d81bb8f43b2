"""Imports of 0.x names: the statements that bring the new ones, and the names that they go on binding."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from migrate.catalog.sdk_legacy import LegacyFacts
from migrate.findings.edits import Edit, InsertAfter, RemoveStatement
from migrate.rewrite.engine.imports import import_of
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.handlers import changed_by_hand, new_error
from migrate.rewrite.stages.sdk.old_names import ImportedName, OldNames
from migrate.rewrite.stages.sdk.version_checks import VersionChecks


class ImportChange(msgspec.Struct, frozen=True):
    """What becomes of one import statement; ``why`` says why nothing."""

    statement: ast.stmt
    edits: tuple[Edit, ...] = ()
    why: str = ""


class OldImports:
    """The imports of one file. ``kept`` are names that they bind as before, now to the new class; ``stuck``
    those of imports that a person has to change, so that their uses wait for that."""

    def __init__(
        self,
        file: CodeFile,
        names: OldNames,
        old: LegacyFacts,
        dropped: frozenset[str],
        checks: VersionChecks,
    ) -> None:
        """``dropped`` are imported names that nothing uses after the change."""
        self._file = file
        self._checks = checks
        self._names = names
        self._old = old
        self._dropped = dropped
        self._by_statement: dict[ast.stmt, list[ImportedName]] = {}
        for one in names.imports:
            self._by_statement.setdefault(one.statement, []).append(one)
        names_only = (node for node in ast.walk(file.tree) if isinstance(node, ast.Name))
        stored = {node.id for node in names_only if isinstance(node.ctx, ast.Store)}
        bound_on = stored | changed_by_hand(file, names, old)
        self.kept = frozenset(
            one.name
            for one in names.imports
            if new_error(one.dotted, old)
            and (one.alias.asname or one.name in bound_on or not self._scope_is_module(one.statement))
        )
        made = {one.statement for one in self.changes() if one.edits}
        self.stuck = frozenset(
            one.name
            for one in names.imports
            if new_error(one.dotted, old) is not None and one.statement not in made
        )

    def changes(self) -> Iterator[ImportChange]:
        for statement, found in self._by_statement.items():
            change = (
                self._plain(statement) if isinstance(statement, ast.Import) else self._from(statement, found)
            )
            if change is None:
                continue
            guarded = self._checks.why(statement)
            yield ImportChange(statement, why=guarded) if guarded else change

    def _scope_is_module(self, node: ast.stmt) -> bool:
        return self._file.function(node) is None and not isinstance(self._file.parent(node), ast.ClassDef)

    def _plain(self, node: ast.Import) -> ImportChange | None:
        """``import openai.error`` is ``import openai``."""
        if not any(one.name == "openai.error" for one in node.names):
            return None
        if len(node.names) > 1:
            return ImportChange(node, why="openai.error is gone: import openai itself")
        again = any(
            one.dotted == "openai"
            and one.alias.name == "openai"
            and self._file.on_module_level(one.statement)
            for one in self._names.imports
        )
        return self._replaced(node, [] if again else ["import openai"])

    def _from(self, node: ast.stmt, found: list[ImportedName]) -> ImportChange | None:
        assert isinstance(node, ast.ImportFrom)
        words = []
        changed = False
        for one in found:
            if one.alias.name == "*" and node.module == "openai.error":
                return ImportChange(node, why="openai.error is gone: name the classes that are used")
            name = new_error(one.dotted, self._old)
            if name == "":
                return ImportChange(node, why=f"1.x has no {one.alias.name}")
            if one.name in self._dropped:
                changed = True
                continue
            if name is None and node.module == "openai.error":
                return ImportChange(node, why=f"openai.error.{one.alias.name} is not known")
            if name is None and node.module != "openai":
                return None
            new = name if name is not None else one.alias.name
            changed = changed or name is not None
            bound = one.name if one.name in self.kept else new
            words.append(new if bound == new else f"{new} as {bound}")
        if not changed:
            return None
        lines = [import_of("openai", list(dict.fromkeys(words)))] if words else []
        module = [] if self._has_module(node) else ["import openai"]
        return self._replaced(node, [*(module if self._dropped else []), *lines])

    def _has_module(self, node: ast.stmt) -> bool:
        """Whether the package has a name on module level, or in the block of ``node``."""
        beside = (
            one.dotted == "openai" and self._file.parent(one.statement) is self._file.parent(node)
            for one in self._names.imports
        )
        return bool(self._names.module) or any(beside)

    def _replaced(self, node: ast.stmt, codes: list[str]) -> ImportChange:
        if "#" in self._file.code(node):
            return ImportChange(node, why="a comment stands inside the import")
        span = self._file.span(node)
        return ImportChange(node, (RemoveStatement(span), *(InsertAfter(span, code) for code in codes)))
