"""Follows an environment variable that Terraform gives a named value to where that is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from posixpath import dirname

from migrate.sources.assignments import Assignment
from migrate.sources.terraform import Named, given, named_values

# References that name each other are followed so far.
_DEEPEST = 5


class TerraformValues:
    """Answers for the files of one repository: ``holding`` finds those with a word, ``text`` reads one."""

    def __init__(self, holding: Callable[[bytes], Iterable[str]], text: Callable[[str], str | None]) -> None:
        self._holding = holding
        self._text = text

    def of(self, path: str, name: str) -> Iterator[tuple[str, Assignment]]:
        """(path, assignment) wherever a value is written that the Terraform file ``path`` gives variable
        ``name`` by reference."""
        text = self._text(path) or ""
        for variable, reference in dict.fromkeys(given(text)):
            if variable == name:
                for home, one in self._written(dirname(path), reference, _DEEPEST):
                    yield home, Assignment(name, one.value, one.span)

    def _written(self, folder: str, reference: str, depth: int) -> Iterator[tuple[str, Named]]:
        kind, _, name = reference.partition(".")
        if not depth:
            return
        for path in sorted({*self._holding(name.encode()), *self._outside(kind, name)}):
            if path.endswith((".tf", ".tfvars", ".hcl")) and dirname(path) != folder:
                continue
            for one in named_values(path, self._text(path) or ""):
                if one.name != reference:
                    continue
                if one.reference:
                    yield from self._written(folder, one.reference, depth - 1)
                else:
                    yield path, one

    def _outside(self, kind: str, name: str) -> Iterable[str]:
        return self._holding(f"TF_VAR_{name}".encode()) if kind == "var" else ()
