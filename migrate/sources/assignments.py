"""Variables that files of any kind set: ``NAME=value`` in shells and Dockerfiles, ``NAME: value`` in YAML,
the name and value pairs of Kubernetes, defaults in ``${NAME:-value}``.

Only names in capitals, as environment variables have them. Text is read as it stands: nothing is expanded,
and no secret is given out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from migrate.sources.commented import Comments
from migrate.sources.environment import environment_assignments
from migrate.sources.kinds import kind_of
from migrate.sources.lines import Lines
from migrate.sources.place import Span
from migrate.sources.secrets import is_secret
from migrate.sources.terraform import is_reference

_NAME = r"[A-Z][A-Z0-9_]{2,}"
_VALUE = r"""(?:"(?P<double>[^"\r\n]*)"|'(?P<single>[^'\r\n]*)'|(?P<bare>[^\s"'#,;{}()\[\]$&|<>]+))"""
_SET = re.compile(
    rf"""(?<![\w$.-])(?<!\$\{{)["']?(?P<name>{_NAME})["']?(?:[ \t]*(?::=|\?=|=|:)[ \t]*){_VALUE}""",
    re.MULTILINE,
)
_DOCKER = re.compile(rf"^[ \t]*ENV[ \t]+(?P<name>{_NAME})[ \t]+{_VALUE}", re.MULTILINE)
_PAIR = re.compile(
    rf"""\bname["']?[ \t]*[:=][ \t]*["']?(?P<name>{_NAME})["']?[ \t]*(?:,[ \t]*)?(?:\r?\n[ \t]*)?"""
    rf"""["']?value["']?[ \t]*[:=][ \t]*{_VALUE}"""
)
_DEFAULT = re.compile(rf"\$\{{(?P<name>{_NAME}):?[-=](?P<bare>[^}}\"'\s$]+)\}}")
_THROUGH = re.compile(
    rf"""(?<![\w$.-])(?<!\$\{{)["']?(?P<name>{_NAME})["']?[ \t]*[=:][ \t]*["']?"""
    rf"""\$\{{{_NAME}:?[-=](?P<bare>[^}}"'\s$]+)\}}"""
)


_EXPRESSIONS = (".bicep", ".bicepparam")


class Assignment(msgspec.Struct, frozen=True):
    """A variable and what it is set to: ``span`` is the value without its quotes."""

    name: str
    value: str
    span: Span

    def __repr__(self) -> str:
        """Without the value, which may be a key."""
        return f"Assignment({self.name!r}, line {self.span.line})"


def assignments(path: str, text: str) -> tuple[Assignment, ...]:
    """The variables that the file ``path`` sets, in order; what is or may be a secret is left out."""
    lines = Lines(text)
    patterns = [_DEFAULT, _THROUGH]
    found: set[tuple[int, int, str]] = set()
    if kind_of(path) == "environment":
        for one in environment_assignments(text):
            if one.value:
                found.add((*lines.offsets(one.value_span), one.name))
    else:
        patterns += [_SET, _PAIR, _DOCKER]
    quoted = path.endswith(_EXPRESSIONS)
    for pattern in patterns:
        found.update(_matches(pattern, text, lines, quoted))
    named = path.endswith((".tf", ".hcl"))
    return tuple(
        Assignment(name, text[start:end], lines.between(start, end))
        for start, end, name in sorted(found)
        if "$" not in text[start:end]
        and not is_secret(name, text[start:end])
        and not (named and is_reference(text[start:end]))
    )


def _matches(
    pattern: re.Pattern[str], text: str, lines: Lines, quoted: bool
) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of every match; only of values in quotes where those without are expressions."""
    comments = Comments(lines)
    groups = ("double", "single") if quoted else ("double", "single", "bare")
    for match in pattern.finditer(text):
        group = next((one for one in groups if match.groupdict().get(one)), None)
        if group is not None and not comments.hold(match.start("name")):
            yield (*match.span(group), match["name"])
