"""What the import statements of a file bind."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.facts.expressions import Imported
from migrate.facts.records import FileFacts


def imports(facts: FileFacts) -> Iterator[Imported]:
    """Each name that an import statement binds, wherever it stands."""
    for scope in facts.scopes:
        for bindings in scope.bindings.values():
            yield from (one.value for one in bindings if isinstance(one.value, Imported))
