"""One JavaScript or TypeScript file through ast-grep: imports, clients, calls and what they are given.

It follows names to constants of the same file, and no further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ast_grep_py import SgNode, SgRoot

from migrate.catalog.configuration import JavaScriptPackage
from migrate.program.calls.callsite import Setting
from migrate.program.solving.values import Origin, Role
from migrate.sources.lines import Lines
from migrate.sources.place import Place

_LANGUAGES = {"ts": "typescript", "mts": "typescript", "tsx": "tsx", "jsx": "tsx"}
_THROUGH = ("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression")
_CHOICES = ("binary_expression", "ternary_expression")
_DEEPEST = 5
_VARIABLE = re.compile(r"""(?:process\.env|import\.meta\.env)(?:\.|\[["'])(?P<name>\w+)(?:["']\])?!?""")


class File:
    """Answers about one file; ``packages`` are those whose imports count."""

    def __init__(self, path: str, text: str, packages: Mapping[str, JavaScriptPackage]) -> None:
        self.path = path
        self._lines = Lines(text)
        self._packages = packages
        self._root = SgRoot(text, _LANGUAGES.get(path.rpartition(".")[2], "javascript")).root()
        self.imported = {local: (package, name) for local, package, name in self._imports()}
        self._constants = {
            one.field("name").text(): one.field("value")  # type: ignore[union-attr]
            for one in self._root.find_all(kind="variable_declarator")
            if one.field("name") is not None and one.field("value") is not None
        }

    def known(self, local: str) -> tuple[str, str]:
        """(package, exported name) of an imported name; empty for any other."""
        return self.imported.get(local.partition(".")[0], ("", ""))

    def clients(self) -> Iterator[tuple[str, SgNode]]:
        """(name it is kept under, ``new`` expression) of every client that is made."""
        for made in self._root.find_all(kind="new_expression"):
            package, name = self.known(self.constructor(made))
            known = self._packages.get(package)
            if known is not None and name in (*known.classes, *known.azure):
                yield self._kept_as(made), made

    def constructor(self, made: SgNode) -> str:
        """The name of the class that a ``new`` expression makes."""
        constructor = made.field("constructor")
        return constructor.text() if constructor is not None else ""

    def called(self, call: SgNode) -> str:
        """The dotted name of what is called."""
        function = call.field("function")
        return "".join(function.text().split()).replace("?.", ".") if function is not None else ""

    def calls(self) -> list[SgNode]:
        return self._root.find_all(kind="call_expression")

    def options(self, call: SgNode) -> dict[str, SgNode]:
        """The entries of the object that a call is given first."""
        first = self.arguments(call)[:1]
        return self.entries(first[0]) if first else {}

    def arguments(self, call: SgNode) -> list[SgNode]:
        passed = call.field("arguments")
        return (
            [one for one in passed.children() if one.is_named() and one.kind() != "comment"] if passed else []
        )

    def entries(self, node: SgNode | None) -> dict[str, SgNode]:
        """The entries of an object, written out or kept in a constant."""
        node = self.seen(node)
        found: dict[str, SgNode] = {}
        for one in node.children() if node is not None and node.kind() == "object" else ():
            if one.kind() == "shorthand_property_identifier":
                found[one.text()] = one
            key, value = one.field("key"), one.field("value")
            if key is not None and value is not None:
                found[key.text().strip("'\"")] = value
        return found

    def items(self, node: SgNode | None) -> list[SgNode]:
        node = self.seen(node)
        return (
            [one for one in node.children() if one.is_named()]
            if node is not None and node.kind() == "array"
            else []
        )

    def value(self, node: SgNode | None, depth: int = 0) -> Setting:
        """What an expression can be."""
        if node is None or depth > _DEEPEST:
            return Setting((), False, why=("no value is visible",))
        kind, text = node.kind(), node.text()
        if kind == "string" or (kind == "template_string" and "${" not in text):
            return self._literal(node, text[1:-1])
        if kind in ("true", "false"):
            return Setting((kind == "true",), True)
        variable = _VARIABLE.fullmatch(text)
        if variable is not None:
            name = variable["name"]
            return Setting((), False, environment=(name,), why=(f"environment variable {name} sets it",))
        if kind in _THROUGH:
            inner = [one for one in node.children() if one.is_named()]
            return self.value(inner[0] if inner else None, depth + 1)
        if kind in _CHOICES:
            fields = ("left", "right") if kind == "binary_expression" else ("consequence", "alternative")
            return _either(*(self.value(node.field(one), depth + 1) for one in fields))
        if kind in ("identifier", "shorthand_property_identifier") and text in self._constants:
            return self.value(self._constants[text], depth + 1)
        return Setting((), False, why=("it is not a constant of this file",))

    def place(self, node: SgNode) -> Place:
        span = node.range()
        return Place(self.path, self._lines.between(span.start.index, span.end.index))

    def _literal(self, node: SgNode, value: str) -> Setting:
        parent = node.parent()
        role: Role = (
            "constant" if parent is not None and parent.kind() == "variable_declarator" else "argument"
        )
        return Setting((value,), True, (Origin(self.place(node), value, role),))

    def seen(self, node: SgNode | None) -> SgNode | None:
        """``node``, or what the constant of that name is."""
        while node is not None and node.kind() in _THROUGH:
            node = next((one for one in node.children() if one.is_named()), None)
        if node is not None and node.kind() in ("identifier", "shorthand_property_identifier"):
            return self._constants.get(node.text())
        return node

    def kept(self, name: str) -> SgNode | None:
        """What the constant ``name`` of the file is."""
        return self._constants.get(name)

    def _kept_as(self, made: SgNode) -> str:
        parent = made.parent()
        while parent is not None and parent.kind() in (*_THROUGH, *_CHOICES):
            parent = parent.parent()
        if parent is None:
            return ""
        name = parent.field("name") or parent.field("left")
        own = parent.kind() in ("public_field_definition", "field_definition")
        return f"this.{name.text()}" if name is not None and own else name.text() if name is not None else ""

    def _imports(self) -> Iterator[tuple[str, str, str]]:
        for one in self._root.find_all(kind="import_statement"):
            source = one.field("source")
            package = source.text().strip("'\"") if source is not None else ""
            if package in self._packages:
                yield from ((local, package, name) for local, name in _names(one))
        for name, value in self._required():
            for package in self._packages:
                if value.text().replace("'", '"').startswith(f'require("{package}")'):
                    yield from ((local, package, exported) for local, exported in _unpacked(name))

    def _required(self) -> Iterator[tuple[SgNode, SgNode]]:
        for one in self._root.find_all(kind="variable_declarator"):
            name, value = one.field("name"), one.field("value")
            if name is not None and value is not None and value.text().startswith("require("):
                yield name, value


def _names(statement: SgNode) -> Iterator[tuple[str, str]]:
    """(local, exported) of an import statement."""
    for one in statement.find_all(kind="import_specifier"):
        name, alias = one.field("name"), one.field("alias")
        if name is not None:
            yield (alias or name).text(), name.text()
    for clause in statement.find_all(kind="import_clause"):
        for one in clause.children():
            if one.kind() == "identifier":
                yield one.text(), "default"


def _unpacked(name: SgNode) -> Iterator[tuple[str, str]]:
    if name.kind() == "identifier":
        yield name.text(), "default"
    for one in name.find_all(kind="shorthand_property_identifier_pattern"):
        yield one.text(), one.text()


def _either(one: Setting, other: Setting) -> Setting:
    return Setting(
        (*one.values, *other.values),
        one.complete and other.complete,
        (*one.origins, *other.origins),
        (*one.environment, *other.environment),
        tuple(dict.fromkeys((*one.why, *other.why))),
    )
