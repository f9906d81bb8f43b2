"""Proves that no name loses what it was bound to: an import that goes must not leave a use behind.

The interpreter's own scope analysis (``symtable``) of both texts answers; nothing is executed.
"""

from __future__ import annotations

import builtins
import symtable

from migrate.errors import ProofError
from migrate.rewrite.engine.source import quietly
from migrate.rewrite.proof.names import below

_BUILTINS = frozenset(dir(builtins)) | {"__file__", "__path__", "__spec__", "__builtins__"}


def prove_bound(text: str, new_text: str) -> None:
    """Raises ProofError where ``new_text`` uses a name of the module that only ``text`` binds."""
    loose = sorted(_loose(new_text) - _loose(text))
    if loose:
        raise ProofError("proof", f"{loose[0]!r} is used, and nothing binds it any more")


def _loose(text: str) -> set[str]:
    """The names that ``text`` takes from its module, which has no such name."""
    top = quietly(lambda: symtable.symtable(text, "<text>", "exec"), "the scopes", "proof")
    own = {one.get_name() for one in top.get_symbols() if _binds(one)}
    tables = [top, *below(top)]
    own |= {one.get_name() for table in tables for one in table.get_symbols() if _declares(one)}
    used = {one.get_name() for one in top.get_symbols() if one.is_referenced()}
    used |= {one.get_name() for table in tables[1:] for one in table.get_symbols() if one.is_global()}
    return used - own - _BUILTINS


def _binds(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()


def _declares(symbol: symtable.Symbol) -> bool:
    """Whether a function binds a name of the module: ``global name`` and an assignment."""
    return symbol.is_declared_global() and symbol.is_assigned()
