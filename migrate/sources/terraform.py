"""Values that Terraform names itself: defaults of variables, locals, ``.tfvars`` and ``TF_VAR_``, and which
environment variables are given one of them. Text is read as it stands: no expression is worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from migrate.sources.lines import Lines
from migrate.sources.place import Span
from migrate.sources.secrets import is_secret

_NAME = r"[A-Za-z_][\w-]*"
_REFERENCE = r"(?P<reference>(?:var|local)\.[A-Za-z_][\w-]*)"
_TEXT = r'"(?P<text>[^"$%\\\r\n]*)"'
_GIVEN = re.compile(rf'(?<![\w."])"?(?P<name>[A-Z][A-Z0-9_]{{2,}})"?[ \t]*[=:][ \t]*"?(?:\$\{{)?{_REFERENCE}')
_PAIR = re.compile(
    rf'\bname[ \t]*[=:][ \t]*"(?P<name>[A-Z][A-Z0-9_]{{2,}})"[ \t]*,?\s*value[ \t]*[=:][ \t]*"?(?:\$\{{)?'
    rf"{_REFERENCE}"
)
_VARIABLE = re.compile(rf'^[ \t]*variable[ \t]+"(?P<name>{_NAME})"[ \t]*\{{', re.MULTILINE)
_LOCALS = re.compile(r"^[ \t]*locals[ \t]*\{", re.MULTILINE)
_DEFAULT = re.compile(rf"^[ \t]*default[ \t]*=[ \t]*{_TEXT}", re.MULTILINE)
_ENTRY = re.compile(rf"^[ \t]*(?P<name>{_NAME})[ \t]*=[ \t]*(?:{_TEXT}|{_REFERENCE})", re.MULTILINE)
_OUTSIDE = re.compile(rf"\bTF_VAR_(?P<name>{_NAME})[\"']?[ \t]*[:=][ \t]*[\"']?(?P<text>[\w./:-]+)")
_COMMENT = re.compile(r"^[ \t]*(?:#|//)")


class Named(msgspec.Struct, frozen=True):
    """``name`` (``var.model``, ``local.model``) is ``value``, written at ``span``; or it is another
    ``reference``."""

    name: str
    value: str
    span: Span
    reference: str = ""


def is_reference(value: str) -> bool:
    """Whether ``value``, written without quotes in Terraform, is the name of something."""
    return re.match(r"(?:var|local|data|module|each|self|path|[a-z]\w*_\w+)\.", value) is not None


def given(text: str) -> Iterator[tuple[str, str]]:
    """(variable, reference) of every environment variable that a Terraform file gives a named value."""
    lines = Lines(text)
    for pattern in (_GIVEN, _PAIR):
        for match in pattern.finditer(text):
            if not _COMMENT.match(lines.line(lines.position(match.start("name"))[0])):
                yield match["name"], match["reference"]


def named_values(path: str, text: str) -> Iterator[Named]:
    """What the file ``path`` names, less what is or may be a secret."""
    lines = Lines(text)
    for name, match in _named(path, text):
        span = lines.between(*match.span("text")) if match["text"] is not None else Span(1, 1, 1, 1)
        commented = _COMMENT.match(lines.line(lines.position(match.start())[0]))
        reference = match.groupdict().get("reference") or ""
        if not commented and (reference or match["text"]) and not is_secret(name, match["text"] or ""):
            yield Named(name, match["text"] or "", span, reference)


def _named(path: str, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _OUTSIDE.finditer(text):
        yield f"var.{match['name']}", match
    if path.endswith(".tfvars"):
        yield from ((f"var.{match['name']}", match) for match in _ENTRY.finditer(text))
    if not path.endswith((".tf", ".hcl")):
        return
    for block in _VARIABLE.finditer(text):
        default = _DEFAULT.search(text, block.end(), _closed(text, block.end()))
        if default is not None:
            yield f"var.{block['name']}", default
    for block in _LOCALS.finditer(text):
        for match in _ENTRY.finditer(text, block.end(), _closed(text, block.end())):
            yield f"local.{match['name']}", match


def _closed(text: str, start: int) -> int:
    """The offset of the brace that closes the block whose inside begins at ``start``."""
    depth = 1
    for match in re.finditer(r'"(?:\\.|[^"\\\r\n])*"|[{}]', text[start:]):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return start + match.start()
    return len(text)
