"""Proves that every name an edit's code uses is bound, and bound to what the edit means by it.

The interpreter's own scope analysis (``symtable``) of the new text answers; nothing is executed.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator, Sequence

from migrate.errors import ProofError
from migrate.findings.edits import AddImport, Edit, InsertAfter, ReplaceExpression
from migrate.rewrite.engine.edits import code_of, where
from migrate.rewrite.engine.imports import bound_name, import_line, provides
from migrate.rewrite.engine.source import quietly
from migrate.rewrite.proof.uses import Use

_BUILTINS = frozenset(dir(builtins)) | {"__file__"}
_TABLE_NAMES = {
    ast.Lambda: "lambda",
    ast.ListComp: "listcomp",
    ast.SetComp: "setcomp",
    ast.DictComp: "dictcomp",
    ast.GeneratorExp: "genexpr",
}


class Names:
    """The scopes of one new text, whose module is ``body``."""

    def __init__(self, new_text: str, body: Sequence[ast.stmt]) -> None:
        self.body = body
        self.top = quietly(
            lambda: symtable.symtable(new_text, "<new text>", "exec"), "the new text's scopes", "proof"
        )
        self._tables: dict[tuple[str, int], list[symtable.SymbolTable]] = {}
        for table in below(self.top):
            self._tables.setdefault((table.get_name(), table.get_lineno()), []).append(table)

    def prove_import(self, edit: AddImport) -> None:
        """Raises ProofError where the module also binds the imported name to something else."""
        name = bound_name(edit)
        symbol = self.top.lookup(name)
        others = [node for node in _module_level(self.body) if _imports_other(node, name, edit)]
        if symbol.is_assigned() or symbol.is_namespace() or others:
            raise ProofError(
                "proof", f"{import_line(edit)!r}: the module binds {name!r} to something else too"
            )

    def prove_use(self, use: Use, imports: Sequence[AddImport], target: str) -> None:
        """Raises ProofError where a name of the edit's code is unbound or shadowed at its place.

        ``target`` is the source that the edit changes: a local name that it uses already may stay.
        """
        code = code_of(use.edit) or ""
        statement = isinstance(use.edit, InsertAfter)
        familiar = _names(target, statement, assigned=True)
        for name in sorted(_names(code, statement)):
            wanted = [edit for edit in imports if bound_name(edit) == name]
            if wanted:
                self._prove_order(use, wanted[0])
            elif self._is_familiar(use, name, familiar):
                continue
            if not self._reaches_module(use, name):
                raise ProofError(
                    "proof", f"{where(use.edit)}: a local {name!r} shadows the one the edit means"
                )
            if not self._in_module(name):
                raise ProofError(
                    "proof", f"{where(use.edit)}: the edit uses {name!r}, which the module does not bind"
                )

    def _prove_order(self, use: Use, edit: AddImport) -> None:
        first = next((i for i, node in enumerate(self.body) if provides(node, edit)), len(self.body))
        if first >= use.place and not use.runs_later:
            raise ProofError("proof", f"{where(use.edit)}: {import_line(edit)!r} comes only after its use")

    def _is_import(self, name: str) -> bool:
        return name in self.top.get_identifiers() and self.top.lookup(name).is_imported()

    def _in_module(self, name: str) -> bool:
        if name in _BUILTINS:
            return True
        if name not in self.top.get_identifiers():
            return False
        symbol = self.top.lookup(name)
        return symbol.is_imported() or symbol.is_assigned() or symbol.is_namespace()

    def _is_familiar(self, use: Use, name: str, familiar: set[str]) -> bool:
        """Whether the changed source uses ``name`` itself, or the edit says that the function binds it."""
        if name in familiar:
            return not self._is_import(name)
        return (
            isinstance(use.edit, ReplaceExpression) and name in use.edit.local and self._is_local(use, name)
        )

    def _is_local(self, use: Use, name: str) -> bool:
        """Whether the function around ``use`` binds ``name`` itself."""
        tables = self._around(use) if use.scopes else []
        known = [name in table.get_identifiers() and table.lookup(name).is_local() for table in tables]
        return bool(known) and all(known)

    def _around(self, use: Use) -> list[symtable.SymbolTable]:
        """The tables of the scope that ``use`` stands in."""
        scope = use.scopes[-1]
        title = str(_TABLE_NAMES.get(type(scope)) or getattr(scope, "name", ""))
        return self._tables.get((title, int(getattr(scope, "lineno", 0))), [])

    def _reaches_module(self, use: Use, name: str) -> bool:
        """Whether ``name`` means the module's (or the builtin) at the place of ``use``."""
        if not use.scopes:
            return True
        tables = self._around(use)
        # Two lambdas on one line cannot be told apart here: then all of them must agree.
        return bool(tables) and all(_is_global(table, name) for table in tables if _knows(table, name))


def below(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """Every scope inside ``table``, however deep."""
    for child in table.get_children():
        yield child
        yield from below(child)


def _knows(table: symtable.SymbolTable, name: str) -> bool:
    return any(name in one.get_identifiers() for one in (table, *below(table)))


def _is_global(table: symtable.SymbolTable, name: str) -> bool:
    if name in table.get_identifiers():
        return table.lookup(name).is_global()
    return all(_is_global(child, name) for child in table.get_children() if _knows(child, name))


def _names(source: str, statement: bool, *, assigned: bool = False) -> set[str]:
    """The names that ``source`` takes from around it (``assigned``: and those that it binds)."""
    mode, text = ("exec", source.strip()) if statement else ("eval", f"(\n{source}\n)")
    try:
        top = quietly(lambda: symtable.symtable(text, "<edit>", mode), "an edit's code", "proof")
    except ProofError:
        if assigned:
            return set()  # a target that cannot be read alone lends no names
        raise
    own = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    found = {symbol.get_name() for symbol in top.get_symbols()}
    for table in below(top):
        found.update(symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    return found if assigned else found - own


def _module_level(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Every statement that runs in the module's own scope."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        yield node
        yield from _module_level(list(ast.iter_child_nodes(node)))


def _imports_other(node: ast.AST, name: str, edit: Edit) -> bool:
    """Whether ``node`` imports something else under ``name``."""
    if not isinstance(node, (ast.Import, ast.ImportFrom)) or not isinstance(edit, AddImport):
        return False
    if provides(node, edit) or (
        isinstance(node, ast.Import) and edit.name is None and not _renames(node, name)
    ):
        return False
    return any((alias.asname or alias.name.partition(".")[0]) == name for alias in node.names)


def _renames(node: ast.Import, name: str) -> bool:
    return any(alias.asname == name for alias in node.names)
