"""``repoint prompts --text`` and ``--jsonl``: texts from outside any program. A line that cannot be used is
named on stderr, and the rest goes on.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.cli.exits import FILE_FAILED, FINE, FOUND
from migrate.cli.output import Output, say
from migrate.errors import UsageError

if TYPE_CHECKING:
    from migrate.catalog import Catalog

STDIN = "-"
_KEYS = frozenset(("id", "text"))


def one_text(name: str, catalog: Catalog, output: Output) -> int:
    """Analyses the text of a file, or of stdin. Raises UsageError where it cannot be read."""
    from migrate.prompts.analysis import analyse

    try:
        text = _bytes(name, "--text").decode("utf-8-sig" if name != STDIN else "utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"--text: {name}: not UTF-8 at byte {error.start}; convert it") from None
    analysis = analyse(text, catalog)
    shown = "<stdin>" if name == STDIN else Path(name).as_posix()
    if output.format == "text":
        from migrate.report.prompt_page import text_page

        output.result(text_page(shown, text, analysis))
    else:
        from migrate.report.json_bytes import indented, lines
        from migrate.report.prompt_shapes import analysed

        record = analysed(shown, analysis)
        output.result(indented(record) if output.format == "json" else lines([record]))
    return FOUND if analysis.flag else FINE


def many_texts(name: str, catalog: Catalog, output: Output) -> int:
    """Analyses ``{"id", "text"}`` a line, and prints a line for each. Raises UsageError for no such file."""
    from migrate.prompts.analysis import analyse
    from migrate.report.json_bytes import lines
    from migrate.report.prompt_shapes import AnalysedText, analysed

    results: list[AnalysedText] = []
    reader = _Lines(name)
    for one, text in reader:
        results.append(analysed(one, analyse(text, catalog)))
    output.result(lines(results))
    if reader.failed:
        return FILE_FAILED
    return FOUND if any(result.flag for result in results) else FINE


class _Lines:
    """The entries of a JSON Lines file; what cannot be used is named on stderr."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._content = _bytes(name, "--jsonl").removeprefix(codecs.BOM_UTF8)
        self._known_strangers: set[str] = set()
        self.failed = False

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for number, raw in enumerate(self._content.split(b"\n"), 1):
            if not raw.strip():
                continue
            try:
                entry = _entry(raw)
            except ValueError as error:
                self.failed = True
                say(f"repoint: {self._name}:{number}: {error}; this line is left out")
                continue
            self._name_strangers(number, entry)
            yield str(entry["id"]), entry["text"]

    def _name_strangers(self, number: int, entry: dict[str, Any]) -> None:
        for key in entry.keys() - _KEYS - self._known_strangers:
            self._known_strangers.add(key)
            say(f"repoint: {self._name}:{number}: unknown key {key!r} is not read, here and below")


def _entry(raw: bytes) -> dict[str, Any]:
    """One line's object. Raises ValueError with what is wrong and the cure."""
    import json

    try:
        entry = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1}") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(entry, dict):
        raise ValueError('no object; write {"id": "...", "text": "..."}')  # noqa: TRY004 - the line is wrong
    for key in sorted(_KEYS - entry.keys()):
        from migrate.catalog.documents import nearest

        near = nearest(key, entry)
        cure = f"; did you mean it by {near!r}?" if near else ""
        raise ValueError(f"key {key!r} is missing{cure}")
    if not isinstance(entry["text"], str):
        raise ValueError("key 'text' is no string")  # noqa: TRY004 - the line is wrong
    return entry


def _bytes(name: str, flag: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{flag}: {name}: {error.strerror or error}; check the path") from None
