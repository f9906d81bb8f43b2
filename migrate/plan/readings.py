"""What a call is judged by, as texts with their places: prompts, names, the code around. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.plan.wording import Phrases, Words
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.catalog.usecases import Field, UseCases
    from migrate.program.callsite import CallSite
    from migrate.program.contexts.records import Context, Frame
    from migrate.program.inventory import Inventory

_PLACEHOLDER = re.compile(r"\{+\s*([A-Za-z_][\w.\[\]'\"]*)[^{}]*\}+")
_PROMPTS = ("messages", "input", "prompt", "instructions", "system")
_SMALL_CAP = 20
_CAPS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_MOST_CODE = 8_000
_NEAR = 40  # lines around a call that stands in no function


class Reading(msgspec.Struct, frozen=True):
    """One text about a call: ``field`` says which, ``place`` where it stands."""

    field: Field
    words: Words
    place: Place

    def at(self, offset: int) -> Place:
        """Where the word at ``offset`` stands: its line of the code, the whole of anything else."""
        if self.field != "code":
            return self.place
        line = self.place.span.line + self.words.text.count("\n", 0, offset)
        return Place(self.place.path, Span(line, 1, line, 2))


class Texts:
    """Reads the files of one inventory; each is cut into lines once."""

    def __init__(self, inventory: Inventory, table: UseCases) -> None:
        self._inventory = inventory
        self._phrases = Phrases(table.polite, table.personas)
        self._lines: dict[str, Lines | None] = {}
        self._words: dict[tuple[str, Place], Words] = {}

    def of(
        self, site: CallSite, context: Context | None, prompts: Sequence[tuple[str, Place]]
    ) -> list[Reading]:
        """Everything about ``site``. ``prompts`` are texts with their places; without any they are read
        where the call says that they are written."""
        texts = list(prompts) or [(self._slice(one.place), one.place) for one in site.prompts]
        found = [*self._of_prompts(texts), *self._of_request(site)]
        if context is None:
            return found
        return [*found, *self._of_frames(site, context)]

    def _of_prompts(self, texts: Sequence[tuple[str, Place]]) -> Iterator[Reading]:
        for text, place in texts:
            yield self._reading("prompt", text, place)
            yield self._reading("task", self._phrases.openings(text), place)
            yield self._reading("persona", self._phrases.personas(text), place)
            yield self._reading("placeholder", " | ".join(_PLACEHOLDER.findall(text)), place)

    def _of_request(self, site: CallSite) -> Iterator[Reading]:
        words = []
        for one in site.parameters:
            if one.name in _PROMPTS:
                yield self._reading("placeholder", _names_only(one.code), one.place)
            else:
                words.append(_said(one.name, one.code))
        words.append(site.kind)
        yield self._reading("parameter", " | ".join(words), site.place)

    def _of_frames(self, site: CallSite, context: Context) -> Iterator[Reading]:
        own = context.frames[0]
        tail = "/".join(site.place.path.removesuffix(".py").split("/")[-2:])
        yield self._reading("name", f"{own.name} | {tail}", own.place if own.name else site.place)
        yield self._reading("import", " | ".join(context.imports), site.place)
        yield from self._code(own)
        for frame in context.frames[1:]:
            if frame.name:
                yield self._reading("caller", frame.name, frame.at)

    def _code(self, frame: Frame) -> Iterator[Reading]:
        place = frame.place
        if not frame.name:
            last = len(lines) if (lines := self._lines_of(place.path)) else 1
            near = frame.at.span
            around = Span(max(1, near.line - _NEAR), 1, min(last, near.end_line + _NEAR), 1)
            place = Place(place.path, around)
        yield self._reading("code", self._slice(place)[:_MOST_CODE], place)

    def _reading(self, field: Field, text: str, place: Place) -> Reading:
        key = (text, place)
        if key not in self._words:
            self._words[key] = Words(text)
        return Reading(field, self._words[key], place)

    def _slice(self, place: Place) -> str:
        lines = self._lines_of(place.path)
        return "" if lines is None else lines.slice(place.span)

    def _lines_of(self, path: str) -> Lines | None:
        if path not in self._lines:
            source = self._inventory.source(path)
            self._lines[path] = None if source is None else Lines(source.text)
        return self._lines[path]


def _names_only(code: str) -> str:
    """The identifiers of an expression, its strings left out."""
    return re.sub(r"(\"{3}.*?\"{3}|'{3}.*?'{3}|\"[^\"\n]*\"|'[^'\n]*')", " | ", code, flags=re.S)


def _said(name: str, code: str) -> str:
    """A parameter in words: its name, and ``small cap``, ``several answers`` and the like for its value."""
    value = code.strip()
    number = int(value) if value.isdigit() else None
    if name in _CAPS and number is not None and number <= _SMALL_CAP:
        return f"{name} | small cap"
    if name == "n" and number is not None and number > 1:
        return "several answers"
    if name == "temperature" and value in ("0", "0.0"):
        return "temperature zero"
    return f"{name} | {value[:80]}" if name in ("response_format", "text_format", "tool_choice") else name
