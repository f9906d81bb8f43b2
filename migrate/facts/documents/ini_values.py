"""INI files to expressions: configparser's values, each found again on its line."""

from __future__ import annotations

import configparser
import re

from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.scalars import scalar
from migrate.facts.expressions import Constant, Expression, Mapping, Opaque
from migrate.sources.lines import Lines
from migrate.sources.place import Span

_SECTION = re.compile(r"\[(?P<name>.+)\]")
_OPTION = re.compile(r"(?P<name>[^\s=:#;\[][^=:]*?)\s*[=:]\s*(?P<value>.*?)\s*")
_NOWHERE = Span(1, 1, 1, 1)


def read_ini(text: str) -> Expression:
    """Sections as dicts of dicts, as ``parser[section][option]`` reads them. Raises DocumentError."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        errors = getattr(error, "errors", None) or [(getattr(error, "lineno", None) or 1, "")]
        raise DocumentError(errors[0][0], "not valid as an INI file") from None
    places = _places(text)
    sections = [*parser.sections(), parser.default_section]
    entries = [_section(parser, name, places) for name in sections]
    return Mapping(_NOWHERE, tuple(entries))


def _section(
    parser: configparser.ConfigParser, name: str, places: dict[tuple[str, str], tuple[Span, str]]
) -> tuple[Expression, Expression]:
    entries: list[tuple[Expression | None, Expression]] = []
    for option, value in parser[name].items():
        home = places.get((name, option)) or places.get((parser.default_section, option))
        span, written = home or (_NOWHERE, "")
        found = scalar(span, value, option)
        if written != value or "%(" in value:
            found = Opaque(span, "a value over several lines, or one that refers to another")
        entries.append((Constant(span, option), found))
    return Constant(_NOWHERE, name), Mapping(_NOWHERE, tuple(entries))


def _places(text: str) -> dict[tuple[str, str], tuple[Span, str]]:
    """Where the value of each option of a section stands, and what stands there."""
    lines = Lines(text)
    found: dict[tuple[str, str], tuple[Span, str]] = {}
    section = ""
    for number in range(1, len(lines) + 1):
        line = lines.line(number)
        head, option = _SECTION.match(line), _OPTION.fullmatch(line)
        if head:
            section = head["name"]
        elif option:
            start, end = option.start("value") + 1, option.end("value") + 1
            found[section, option["name"].lower()] = (Span(number, start, number, end), option["value"])
    return found
