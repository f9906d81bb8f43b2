"""What a call is judged by, as texts with their places: prompts, names, the code around. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from migrate.plan import descriptions
from migrate.plan.assessment import Evidence
from migrate.plan.guarding import Guard
from migrate.plan.wording import Phrases, Words, identifiers
from migrate.program.linking.code import SourceTexts
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.catalog.usecases import UseCases
    from migrate.program.calls.callsite import CallSite, Parameter
    from migrate.program.contexts.records import Context, Frame
    from migrate.program.inventory import Inventory
    from migrate.prompts.prompt import PromptText

_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_PLACEHOLDER = re.compile(r"\{+\s*([A-Za-z_][\w.\[\]'\"]*)[^{}]*\}+")
_PROMPTS = ("messages", "input", "prompt", "instructions", "system")
_TOLD = ("response_format", "text_format", "tool_choice", "tools", "functions")
_CAPS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_SHOWN_ONLY = ("assistant", "few-shot", "tool")
_SMALL_CAP = 20
_MOST_CODE = 8_000
_NEAR_CALLERS = 1  # levels of callers that may hold the loop of an agent
_NEAR = 40  # lines around a call that stands in no function
_SHOWN = 200  # characters of a value that are read


class Reading(msgspec.Struct, frozen=True):
    """One text about a call: ``field`` says which, a word of rules/usecases.toml or one that ``named`` of its
    scale lists; ``place`` where it stands. ``beside``: it is near, and may not be sent."""

    field: str
    words: Words
    place: Place
    beside: bool = False

    def at(self, offset: int) -> Place:
        """Where the word at ``offset`` stands: its line of the code, the whole of anything else."""
        if self.field != "code":
            return self.place
        line = self.place.span.line + self.words.text.count("\n", 0, offset)
        return Place(self.place.path, Span(line, 1, line, 2))


class Texts:
    """Reads the files of one inventory; what was taken apart once is kept."""

    def __init__(self, inventory: Inventory, table: UseCases) -> None:
        self._inventory = inventory
        self._code = SourceTexts(self._text)
        self._returned = table.returned
        self._phrases = Phrases(table.polite, table.personas, table.noise, table.noise_names)
        self._guard = Guard(table)
        self._words: dict[tuple[str, str], Words] = {}

    def of(
        self, site: CallSite, context: Context | None, prompts: Sequence[PromptText], *, seen: bool = True
    ) -> list[Reading]:
        """Everything about ``site``, which is sent ``prompts``, or, where those are not ``seen``, has them
        beside it."""
        asking = [(one.text, one.place) for one in prompts if one.role not in _SHOWN_ONLY]
        own = self._of_prompts(asking)
        told = own if seen else (replace(one, beside=True) for one in own)
        found = [*told, *self._of_request(site, context), *self._of_path(site)]
        found += self._of_comments(site)
        return [*found, *self._of_frames(site, context)] if context is not None else found

    def spoken(self, path: str) -> Mapping[str, Evidence]:
        """The guarded use cases that the file at ``path`` speaks of."""
        return self._guard.spoken(path, self._text(path) or "")

    def _of_prompts(self, texts: Sequence[tuple[str, Place]]) -> Iterator[Reading]:
        for text, place in texts:
            yield self._reading("prompt", text, place)
            yield self._reading("task", self._phrases.openings(text), place)
            yield self._reading("persona", self._phrases.personas(text), place)
            yield self._reading("placeholder", " | ".join(_PLACEHOLDER.findall(text)), place)

    def _of_request(self, site: CallSite, context: Context | None) -> Iterator[Reading]:
        """The parameters that the call decides about: what its function only passes on says nothing."""
        passed = context.frames[0].parameters if context is not None else ()
        words = []
        for one in site.parameters:
            if one.name in _PROMPTS:
                yield self._reading("placeholder", identifiers(one.code), one.place)
            elif one.code.strip() not in (*passed, f"self.{one.name}"):
                words.append(_said(one.name, one.code))
        words += self._flow(site, context) if context is not None else []
        yield self._reading("parameter", " | ".join(words), site.place)

    def _of_path(self, site: CallSite) -> Iterator[Reading]:
        *folders, file = site.place.path.split("/")
        tail = [*folders[-1:], file.removesuffix(".py").removesuffix(".ipynb")]
        yield self._reading("file", self._phrases.named(" | ".join(tail)), site.place)
        yield self._reading("project", self._phrases.named(" | ".join(folders[:-1])), site.place)

    def _of_comments(self, site: CallSite) -> Iterator[Reading]:
        text = self._text(site.place.path) or ""
        yield self._reading("about", self._phrases.named(descriptions.of_file(text)), site.place)
        comment = descriptions.above(text, site.place.span.line)
        yield self._reading("about", self._phrases.named(comment), site.place)

    def _of_frames(self, site: CallSite, context: Context) -> Iterator[Reading]:
        own = context.frames[0]
        *around, name = own.name.split(".")
        yield self._reading("name", self._phrases.named(name), own.place)
        yield self._reading("owner", self._phrases.named(" | ".join(around)), own.place)
        yield self._reading("import", " | ".join(context.imports), site.place)
        yield from self._around(own)
        for frame in context.frames:
            if frame.depth <= 1 and frame.name:
                yield self._after(frame)
        for frame in context.frames[1:]:
            if frame.name:
                yield self._reading("caller", self._phrases.named(frame.name), frame.at)

    def _around(self, frame: Frame) -> Iterator[Reading]:
        place = frame.place
        if not frame.name:
            near = frame.at.span
            last = min(place.span.end_line, near.end_line + _NEAR)
            place = Place(place.path, Span(max(1, near.line - _NEAR), 1, last, 1))
        code = self._code.code(place)
        yield self._reading("code", code[:_MOST_CODE], place)
        said = descriptions.of_function(code) if frame.name else ""
        yield self._reading("about", self._phrases.named(said), place)

    def _flow(self, site: CallSite, context: Context) -> Iterator[str]:
        """How a call goes on: ``looping tools`` where what tools answered is sent again."""
        given = [one for one in site.parameters if one.name in ("tools", "functions")]
        if not given or all(_passed_on(one, context.frames[0].parameters) for one in given):
            return
        for frame in context.frames:
            if frame.loops and frame.depth <= _NEAR_CALLERS:
                code = self._code.code(frame.place)[:_MOST_CODE]
                if self._reading("code", code, frame.place).words.among(self._returned):
                    yield "looping tools"
                    return

    def _after(self, frame: Frame) -> Reading:
        """What a function does once it has the answer: its code behind the call that leads on."""
        start, end = frame.at.span, frame.place.span
        behind = Span(start.end_line, start.end_column, end.end_line, end.end_column)
        code = self._code.code(Place(frame.place.path, behind))
        return self._reading("after", code[:_MOST_CODE], frame.at)

    def _text(self, path: str) -> str | None:
        source = self._inventory.source(path)
        return source.text if source is not None else None

    def _reading(self, field: str, text: str, place: Place) -> Reading:
        """What stands in one text, taken apart once however many calls it is about."""
        key = (field, text)
        if key not in self._words:
            self._words[key] = Words(text)
        return Reading(field, self._words[key], place)


def _passed_on(parameter: Parameter, taken: Collection[str]) -> bool:
    """Whether the function that calls only hands on what it, or its object, was given: ``taken`` are the
    names of its parameters."""
    code = parameter.code.strip()
    if parameter.name in taken or code == f"self.{parameter.name}":
        return True
    return not set(_NAME.findall(identifiers(code))).isdisjoint({*taken} - {"self", "cls"})


def _said(name: str, code: str) -> str:
    """A parameter in words: its name, and ``small cap``, ``several answers`` and the like for its value."""
    value = code.strip()
    number = int(value) if value.isdecimal() else None
    if name in _CAPS and number is not None and number <= _SMALL_CAP:
        return f"{name} | small cap"
    if name == "n":
        return "several answers" if number is not None and number > 1 else ""
    if name == "temperature" and value in ("0", "0.0"):
        return "temperature zero"
    return f"{name} | {value[:_SHOWN]}" if name in _TOLD else name
