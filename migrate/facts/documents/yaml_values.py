"""YAML to expressions: libyaml's tree of nodes, each of which knows where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from yaml.constructor import ConstructorError

from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.scalars import scalar
from migrate.facts.expressions import Constant, Expression, Mapping, Opaque, Sequence
from migrate.sources.lines import Lines
from migrate.sources.place import Span

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where it is there."""
_MERGE = "tag:yaml.org,2002:merge"
_MOST_NODES = 20_000
_DEEPEST = 100


def read_yaml(text: str) -> Expression:
    """The value of a YAML text that holds one document. Raises DocumentError."""
    root = _parsed(text, lambda: yaml.compose(text, Loader=LOADER))
    return Constant(Span(1, 1, 1, 1), None) if root is None else _Reader(text).expression(root, "")


def read_every_yaml(text: str) -> tuple[Expression, ...]:
    """The values of all documents of a YAML text. Raises DocumentError."""
    roots = _parsed(text, lambda: list(yaml.compose_all(text, Loader=LOADER)))
    reader = _Reader(text)
    return tuple(reader.expression(root, "") for root in roots if root is not None)


def _parsed(text: str, parse: Callable[[], Any]) -> Any:
    """What ``parse`` makes of ``text``. Raises DocumentError."""
    try:
        _refuse_deep(text)
        return parse()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocumentError(mark.line + 1 if mark else 1, error.problem or "not valid YAML") from None
    except (yaml.YAMLError, ValueError) as error:
        raise DocumentError(1, str(error).partition("\n")[0]) from None


def _refuse_deep(text: str) -> None:
    """Raises DocumentError for a text that is nested too deeply: libyaml builds its tree by recursion in C,
    which ends in a crash."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise DocumentError(event.start_mark.line + 1, "it is nested too deeply")


class _Reader:
    """Turns nodes into expressions. An anchor's node occurs wherever its aliases do: aliases of aliases
    could make a small file huge, and one inside itself endless."""

    def __init__(self, text: str) -> None:
        self._lines = Lines(text)
        self._end = len(text)
        self._constructor = yaml.constructor.SafeConstructor()
        self._count = 0
        self._open: set[int] = set()

    def expression(self, node: yaml.Node, key: str) -> Expression:
        """The expression of a node that is written under ``key``."""
        self._count += 1
        if self._count > _MOST_NODES or id(node) in self._open:
            return Opaque(self._span(node), "a part of a file that refers to itself or is too large")
        self._open.add(id(node))
        try:
            return self._of(node, key)
        finally:
            self._open.discard(id(node))

    def _of(self, node: yaml.Node, key: str) -> Expression:
        if isinstance(node, yaml.MappingNode):
            entries = self._entries(node)
            return Mapping(self._span(node), tuple(entries.values()))
        if isinstance(node, yaml.SequenceNode):
            return Sequence(self._span(node), tuple(self.expression(one, key) for one in node.value))
        return scalar(self._span(node), self._value(node), key)

    def _entries(self, node: yaml.MappingNode) -> dict[object, tuple[Expression | None, Expression]]:
        """The entries by key: what ``<<`` merges in gives way to what is written; the last of two counts."""
        entries: dict[object, tuple[Expression | None, Expression]] = {}
        for name, value in node.value:
            if name.tag == _MERGE:
                for merged in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    if isinstance(merged, yaml.MappingNode) and id(merged) not in self._open:
                        entries = {**self._entries(merged), **entries}
        for name, value in node.value:
            if name.tag != _MERGE and isinstance(name, yaml.ScalarNode):
                known = self._value(name)
                key = known if isinstance(known, (str, int, float, bool)) else name.value
                entries[key] = (Constant(self._span(name), key), self.expression(value, str(key)))
        return entries

    def _value(self, node: yaml.Node) -> object:
        try:
            return self._constructor.construct_object(node)
        except (ConstructorError, ValueError):
            return object()  # a tag of the program's own

    def _span(self, node: yaml.Node) -> Span:
        # Offsets, because YAML ends lines where Python does not.
        start, end = node.start_mark.index, node.end_mark.index
        return self._lines.between(min(start, self._end), min(end, self._end))
