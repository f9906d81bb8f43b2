"""Placeholders that stand in a text as written: ``{name}``, ``%s``, ``$name``, ``{{ name }}``.

Finds them in a draft and puts what fills them in their place; one that nothing known fills stays, as a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

import msgspec

from migrate.prompts.extraction.parts import Draft, Part, crossed, cut, text_of

Name: TypeAlias = Literal["format", "percent", "dollar", "jinja"]
Filling: TypeAlias = Callable[[str], "list[Draft] | None"]

_FORMAT = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}!:]*)(?:![rsa])?(?::(?:[^{}]|\{[^{}]*\})*)?\}")
_PERCENT = re.compile(r"%%|%(?:\((?P<name>\w+)\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[diouxXeEfFgGcrsa]")
_DOLLAR = re.compile(r"\$\$|\$(?:\{(?P<braced>\w+)\}|(?P<name>[A-Za-z_]\w*))")
_JINJA = re.compile(r"\{\{(?P<name>.*?)\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


class Syntax(msgspec.Struct, frozen=True):
    """What placeholders look like; ``doubled`` are the characters that stand for one when written twice."""

    name: Name
    pattern: re.Pattern[str]
    doubled: str = ""


FORMAT = Syntax("format", _FORMAT, "{}")
PERCENT = Syntax("percent", _PERCENT, "%")
DOLLAR = Syntax("dollar", _DOLLAR, "$")
JINJA = Syntax("jinja", _JINJA)


class _Spot(msgspec.Struct, frozen=True):
    """A placeholder at ``text[start:end]``; ``name`` is None for a doubled character or a statement."""

    start: int
    end: int
    name: str | None
    shown: str


def filled(draft: Draft, syntax: Syntax, filling: Filling) -> list[Draft]:
    """``draft`` with its placeholders filled, once for each combination of what fills them."""
    columns: list[list[Draft]] = []
    done = 0
    for spot in _spots(draft, syntax):
        columns.append([cut(draft, done, spot.start)])
        inner = cut(draft, spot.start, spot.end)
        known = filling(spot.name) if spot.name is not None else None
        columns.append(_readable(known, inner, spot))
        done = spot.end
    columns.append([cut(draft, done, len(text_of(draft)))])
    return crossed(columns)


def marked(draft: Draft, syntax: Syntax) -> Draft:
    """``draft``, a template that nothing visible fills, with its placeholders as fields."""
    return filled(draft, syntax, lambda _: None)[0]


def _readable(known: list[Draft] | None, inner: Draft, spot: _Spot) -> list[Draft]:
    """What fills a placeholder. A value that is not known shows its code where that says more."""
    if spot.name is None or known is None:
        return [_as_one(inner, spot)]
    return [
        one
        if any(part.literal is not None and part.kind != "field" for part in one)
        else _named(inner, one, spot)
        for one in known
    ]


def _named(inner: Draft, value: Draft, spot: _Spot) -> Draft:
    """The placeholder with the code of its value, at the place where the placeholder is written."""
    first, last = inner[0], inner[-1]
    text = text_of(value)
    if text == "{...}":
        return _as_one(inner, spot)
    return (Part(text, "field", first.path, first.start, last.end, first.literal),)


def _as_one(inner: Draft, spot: _Spot) -> Draft:
    """A placeholder as one part: a field, or one character that is written as two."""
    first, last = inner[0], inner[-1]
    kind: Literal["escape", "field"] = "escape" if len(spot.shown) == 1 else "field"
    return (Part(spot.shown, kind, first.path, first.start, last.end, first.literal),)


def _spots(draft: Draft, syntax: Syntax) -> Iterator[_Spot]:
    """The placeholders that lie in one literal and outside of fields; ``%s`` and ``{}`` are numbered."""
    covered = "".join("\0" * len(one.text) if one.kind == "field" else one.text for one in draft)
    count = 0
    for match in syntax.pattern.finditer(covered):
        words = match.groupdict()
        name = words.get("name") or words.get("braced")
        if match[0] in [one * 2 for one in syntax.doubled]:
            yield _Spot(match.start(), match.end(), None, match[0][0])
            continue
        if (name is None and syntax.name in ("format", "percent")) or (syntax.name == "format" and not name):
            name = str(count)
        count += syntax.name in ("format", "percent") and not words.get("name")
        shown = match[0] if syntax.name in ("jinja", "format") else "{" + (name or match[0]) + "}"
        yield _Spot(match.start(), match.end(), name.strip() if name else None, shown)
