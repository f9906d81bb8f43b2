"""What ``repoint init`` adds to a file, as text put into text: all that stood there stays, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from migrate.errors import UsageError

if TYPE_CHECKING:
    from yaml import Node, SequenceNode

_HOOK_ID = "repoint-check"


def with_table(text: str, name: str, keys: Sequence[tuple[str, str]], *, table: bool) -> str:
    """``text`` of the TOML file ``name`` with ``keys`` (name, value) added at its end, below
    ``[tool.repoint]`` where ``table`` says so. Raises UsageError where that would not be TOML."""
    import tomli

    end = "\r\n" if "\r\n" in text else "\n"
    lines = ["[tool.repoint]"] * table + [f'{key} = "{value}"' for key, value in keys]
    added = _joined(text, end) + "".join(line + end for line in lines)
    try:
        before, after = tomli.loads(text), tomli.loads(added)
    except tomli.TOMLDecodeError as error:
        raise UsageError(f"{name}: {error}; write the table by hand: {' '.join(lines)}") from None
    mine = after["tool"].pop("repoint") if table else {key: after.pop(key) for key, _ in keys}
    assert mine == dict(keys), name
    if table and not after["tool"]:
        before.setdefault("tool", {})
    assert before == after, name
    return added


def has_hook(text: str) -> bool:
    """Whether a pre-commit configuration runs repoint already, from whatever repository."""
    return bool(re.search(r"(?m)^\s*-?\s*id:\s*['\"]?repoint-(check|fix)\b", text))


def with_hook(text: str, name: str, entry: str) -> str:
    """``text`` of the pre-commit configuration ``name`` with ``entry``, lines of a list item, added to its
    repositories. Raises UsageError where there is no list of them that can be added to."""
    if not text.strip():
        return text + "repos:\n" + entry
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        repos = _repositories(node)
        end = "\r\n" if "\r\n" in text else "\n"
        at, indent = _last_item(text, repos)
        piece = "".join(" " * indent + line + end for line in entry.splitlines())
        added = _joined(text[:at], end, blank=False) + piece + text[at:]
        if yaml.safe_load(added)["repos"][:-1] == (yaml.safe_load(text)["repos"] or []):
            return added
    except (yaml.YAMLError, ValueError, IndexError):
        pass
    raise UsageError(f"{name}: no list of repositories to add to; add README's hook by hand")


def hook(repository: str | None, revision: str) -> str:
    """The list item that runs ``repoint check``: from ``repository`` at ``revision``, or where none is given
    the program that is installed."""
    if repository is not None:
        return f"- repo: {repository}\n  rev: {revision}\n  hooks:\n    - id: {_HOOK_ID}\n"
    fields = {
        "id": _HOOK_ID,
        "name": "repoint check",
        "entry": "repoint check",
        "language": "system",
        "types": "[python]",
        "require_serial": "true",
    }
    (first, *rest) = [f"{key}: {value}" for key, value in fields.items()]
    lines = ["- repo: local", "  hooks:", f"    - {first}", *(f"      {line}" for line in rest)]
    return "".join(line + "\n" for line in lines)


def _repositories(node: Node | None) -> SequenceNode:
    import yaml

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "repos" and isinstance(value, yaml.SequenceNode) and not value.flow_style:
                return value
    raise ValueError("no repos")


def _last_item(text: str, repos: Any) -> tuple[int, int]:
    """The offset behind the last item's last line, and the column of the items' dashes."""
    line_end = text.find("\n", _end(repos))
    return (len(text) if line_end < 0 else line_end + 1), repos.start_mark.column


def _end(node: Any) -> int:
    """Where a node's own text ends; the mark of a block stands behind the comments that follow it."""
    if isinstance(node.value, str) or node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _joined(text: str, end: str, *, blank: bool = True) -> str:
    """``text`` so that a line can follow: its last line ended, and a blank one after it where asked for."""
    if not text:
        return text
    text += "" if text.endswith(("\n", "\r")) else end
    return text + end if blank and text.strip() and not text.endswith(end * 2) else text
