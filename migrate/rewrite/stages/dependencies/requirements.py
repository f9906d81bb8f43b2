"""Requirements as they are written: where a package's versions stand in a file. It changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_EXTRAS = r"(?:[ \t]*\[[^\]\r\n]*\])?[ \t]*"
_SPEC = r"(?P<spec>[<>=!~^][^\"';#\\\r\n]*?|)[ \t]*"
# A line of its own: requirements files, setup.cfg, environment.yml.
_LINE = rf"^[ \t]*(?:-[ \t]+)?[\"']?{{name}}{_EXTRAS}{_SPEC}(?:[\"';#\\][^\r\n]*)?\r?$"
# A text in a list: pyproject.toml, setup.py.
_QUOTED = rf"[\"']{{name}}{_EXTRAS}{_SPEC}(?:;[^\"'\r\n]*)?[\"'](?![ \t]*=)"
# A key of a table: Poetry, Pipfile.
_KEY = (
    r"^[ \t]*[\"']?{name}[\"']?[ \t]*=[ \t]*(?:\{[^}\r\n]*?version[ \t]*=[ \t]*)?[\"']"
    r"(?P<spec>[^\"'\r\n]*)[\"']"
)
# A word of a command: pip install.
_WORD = rf"(?<![\w./-])[\"']?{{name}}{_EXTRAS}(?P<spec>(?:[<>=!~]=?[\w.*]+,?)*)[\"']?(?![\w./-])"
_COMMAND = re.compile(r"pip3?[ \t]+install|uv[ \t]+(?:pip[ \t]+install|add)")


class Requirement(msgspec.Struct, frozen=True):
    """``spec`` stands at ``start`` to ``end`` in the text, empty where any version is allowed; ``hashed``:
    the requirement names the hashes of one version."""

    start: int
    end: int
    spec: str
    hashed: bool = False


def requirements(path: str, text: str, package: str) -> Iterator[Requirement]:
    """Every requirement of ``package`` in the file ``path``."""
    name = path.rpartition("/")[2]
    if name in ("pyproject.toml", "Pipfile"):
        yield from _found(text, package, _QUOTED)
        yield from _found(text, package, _KEY)
    elif name == "setup.py":
        yield from _found(text, package, _QUOTED)
    elif "ockerfile" in name:
        yield from (
            one for one in _found(text, package, _WORD) if _COMMAND.search(command_before(text, one.start))
        )
    else:
        yield from _found(text, package, _LINE)


def pinned(text: str, name: str) -> list[str]:
    """The packages ``name``, or of its family (``name-...``), that a text of one requirement a line or in
    quotes holds to one version, as written."""
    pattern = rf"(?im)(?:^[ \t]*|[\"'])({re.escape(name)}(?:[-_][\w-]+)?{_EXTRAS}==[ \t]*[\w.]+)"
    return re.findall(pattern, text)


def installed(line: str, package: str) -> Iterator[Requirement]:
    """The requirements of ``package`` in a line of a command: the whole words, quotes included."""
    for match in re.finditer(_WORD.replace("{name}", re.escape(package)), line, re.IGNORECASE):
        yield Requirement(*match.span(), match["spec"])


def _found(text: str, package: str, form: str) -> Iterator[Requirement]:
    pattern = form.replace("{name}", re.escape(package))
    for match in re.finditer(pattern, text, re.MULTILINE | re.IGNORECASE):
        start, end = match.span("spec")
        hashed = "--hash" in match[0] or (
            match[0].rstrip().endswith("\\") and text[match.end() :].lstrip().startswith("--hash")
        )
        yield Requirement(start, end, match["spec"], hashed)


def command_before(text: str, at: int) -> str:
    """The command before ``at``, with the lines that it goes on from."""
    lines = text[:at].split("\n")
    found = [lines[-1]]
    for line in reversed(lines[:-1]):
        if not line.rstrip().endswith("\\"):
            break
        found.append(line)
    return "\n".join(reversed(found))


def raised(spec: str, floor: str) -> str | None:
    """``spec`` with what it takes for ``floor`` and newer to be allowed and nothing older, an upper end that
    allows it kept; None where that is so already, or where no version is named at all."""
    clauses = [one.strip() for one in spec.split(",") if one.strip()]
    if not clauses or spec.strip() in ("*", ""):
        return None
    lowest = [_numbers(one) for one in clauses if not one.startswith(("<", "!"))]
    wanted = _numbers(floor)
    if lowest and min(lowest) >= wanted:
        return None
    if clauses[0].startswith(("^", "~=")) and not ends_below(clauses[0], floor):
        return ",".join([_from(clauses[0], floor), *clauses[1:]])
    kept = [one for one in clauses if one.startswith(("<", "!")) and _numbers(one) > wanted]
    space = " " if spec[2:3] == " " else ""
    return ",".join([f">={space}{floor}", *kept])


def _from(clause: str, floor: str) -> str:
    """``clause``, which allows ``floor``, with that for its start and the end that it has."""
    if clause.startswith("^"):
        return f"^{floor}"
    parts = floor.split(".")
    if len(re.findall(r"\d+", clause)) > 2:
        return f"~={floor}"
    return f"~={'.'.join(parts[:2])}" if parts[2:] in ([], ["0"]) else f">={floor},<{int(parts[0]) + 1}"


def _numbers(clause: str) -> tuple[int, ...]:
    found = [int(one) for one in re.findall(r"\d+", clause)[:3]]
    return tuple([*found, 0, 0, 0][:3])


def ends_below(spec: str, first: str) -> bool:
    """Whether ``spec`` allows neither the version ``first`` nor a newer one."""
    wanted = _numbers(first)
    return any(_is_below(one.strip(), wanted) for one in spec.split(",") if one.strip())


def _is_below(clause: str, wanted: tuple[int, ...]) -> bool:
    numbers, parts = _numbers(clause), re.findall(r"\d+", clause)[:3]
    if not parts:
        return False
    if clause.startswith(("==", "<=")) or clause[0].isdigit():
        whole = "*" not in clause
        return numbers < wanted if whole else _after(numbers, len(parts) - 1) <= wanted
    if clause.startswith("<"):
        return numbers <= wanted
    if clause.startswith("~"):
        return _after(numbers, max(len(parts) - 2, 0)) <= wanted
    if clause.startswith("^"):
        leading = next((at for at, one in enumerate(numbers) if one), len(parts) - 1)
        return _after(numbers, min(leading, len(parts) - 1)) <= wanted
    return False


def _after(numbers: tuple[int, ...], at: int) -> tuple[int, ...]:
    """The first version whose number ``at`` is one higher."""
    return tuple(one + (place == at) if place <= at else 0 for place, one in enumerate(numbers))
