"""A tree of short texts as lines that read the same on a terminal and in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec


class Node(msgspec.Struct, frozen=True):
    """One line, and what belongs below it."""

    text: str
    below: tuple[Node, ...] = ()


def drawn(nodes: Sequence[Node]) -> str:
    """The nodes with their branches, one line each, a blank line between the outermost."""
    return "\n".join("".join(f"{line}\n" for line in (one.text, *_below(one, ""))) for one in nodes)


def _below(node: Node, indent: str) -> Iterator[str]:
    for one in node.below:
        last = one is node.below[-1]
        yield f"{indent}{'└─ ' if last else '├─ '}{one.text}"
        yield from _below(one, indent + ("   " if last else "│  "))
