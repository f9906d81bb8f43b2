"""What the names of one file are told apart by, and where they come from; see suspects.py."""

from __future__ import annotations

from collections.abc import Hashable

from migrate.facts.expressions import (
    Attribute,
    CallReference,
    Choice,
    Defined,
    Expression,
    Imported,
    Name,
    Subscript,
    last_name,
)
from migrate.facts.records import FileFacts
from migrate.program.suspects.spreading import exported

IMPORTING = frozenset({"import_module", "__import__"})
RECEIVERS = frozenset({"self", "cls"})


class Keys:
    """Those of one file."""

    def __init__(self, path: str, facts: FileFacts) -> None:
        self.path = path
        self.facts = facts
        self._known: list[frozenset[str] | set[str]] = []
        for scope in facts.scopes:
            own = scope.bindings.keys() | {one.name for one in scope.parameters}
            self._known.append(own if scope.kind != "module" else frozenset())

    def key(self, name: str, scope: int) -> Hashable:
        """What a name is told apart by where it stands; those of classes by themselves, and those that the
        file does not bind like those of other modules."""
        here = scope
        while here > 0:
            if name in self._known[here]:
                if self.facts.scopes[here].kind == "function":
                    return (self.path, here, name)
                if here == scope:
                    return name
            here = self.facts.scopes[here].parent
        return (self.path, 0, name) if name in self.facts.scopes[0].bindings else exported(name)

    def target(self, expression: Expression, scope: int) -> Hashable:
        """The key of a name or attribute that something is put into; empty for anything else."""
        if isinstance(expression, Name):
            return self.key(expression.id, scope)
        return last_name(expression)

    def may_be_module(self, expression: Expression, scope: int) -> bool:
        """Whether attributes of an expression may be what a module offers: of what is imported or gets its
        value from another name, not of what a function is given, makes or computes."""
        while isinstance(expression, Attribute):
            expression = expression.base
        if not isinstance(expression, Name):
            return self._may_import(expression)
        if expression.id in RECEIVERS:
            return False
        while scope > 0 and expression.id not in self._known[scope]:
            scope = self.facts.scopes[scope].parent
        rows = self.facts.scopes[scope].bindings.get(expression.id)
        if rows is None:
            return not scope  # a parameter, or a name that the file does not bind
        return any(self._may_import(one.value) for one in rows)

    def _may_import(self, value: Expression | None) -> bool:
        if isinstance(value, CallReference):
            return last_name(self.facts.calls[value.index].function) in IMPORTING
        return isinstance(value, (Imported, Name, Attribute, Subscript, Choice))

    def called(self, expression: Expression) -> str:
        """The last name of what an expression calls, or is."""
        if isinstance(expression, CallReference):
            return last_name(self.facts.calls[expression.index].function)
        return last_name(expression)

    def is_plain(self, expression: Expression, scope: int) -> bool:
        """Whether a name is that of a parameter or of what a function binds to anything but a function."""
        while isinstance(expression, Name) and scope > 0:
            if expression.id in self._known[scope]:
                rows = self.facts.scopes[scope].bindings.get(expression.id, ())
                return not any(isinstance(one.value, Defined) for one in rows)
            scope = self.facts.scopes[scope].parent
        return False

    def taker(self, name: str, scope: int) -> str:
        """The function around a scope that has a parameter of that name; empty where there is none."""
        while scope > 0:
            here = self.facts.scopes[scope]
            if name in self._known[scope] and here.kind == "function":
                return here.name if any(one.name == name for one in here.parameters) else ""
            scope = here.parent
        return ""

    def class_around(self, scope: int) -> str:
        """The name of the class in whose method a scope stands."""
        while scope > 0 and self.facts.scopes[scope].kind != "class":
            scope = self.facts.scopes[scope].parent
        return self.facts.scopes[scope].name if scope > 0 else ""
