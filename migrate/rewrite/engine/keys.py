"""Edits of keys in files that are not Python as stretches of their text, in the manner of the file's format.

Where the format leaves no plain way, it refuses. That the rest says the same is proved elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrate.errors import ProofError
from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import Format, document, format_of
from migrate.facts.expressions import Constant, Expression, Mapping
from migrate.facts.expressions import Sequence as Items
from migrate.facts.shell.bodies import body_of
from migrate.facts.shell.curl import curl_requests
from migrate.facts.shell.words import Dialect, Word, spelled
from migrate.findings.edits import Edit, RemoveKey, RenameKey, ReplaceSpan, SetKey
from migrate.rewrite.engine.key_lines import entry_lines
from migrate.rewrite.engine.key_values import written_value
from migrate.sources.lines import Lines

KeyEdit = RenameKey | RemoveKey | SetKey
_FORMATS: tuple[Format, ...] = ("json", "yaml", "toml")
_BETWEEN = re.compile(r"\s*,\s*")


def in_text(path: str, text: str, edits: Sequence[Edit]) -> list[Edit]:
    """``edits`` with those of keys as ReplaceSpans. Raises ProofError."""
    if not any(isinstance(edit, KeyEdit) for edit in edits):
        return list(edits)
    homes = [*_documents(path, text), *_bodies(path, text)]
    return [_splice(homes, edit) if isinstance(edit, KeyEdit) else edit for edit in edits]


class Home:
    """A tree of values in a text: that of a whole file in ``form``, or the JSON in a word of a command."""

    def __init__(
        self,
        lines: Lines,
        tree: Expression,
        form: Format,
        word: Word | None = None,
        dialect: Dialect = "shell",
    ) -> None:
        self.lines = lines
        self.tree = tree
        self.form = form
        self._word = word
        self._dialect = dialect

    def spelled(self, new: str, offset: int) -> str:
        """``new`` as it has to be written at ``offset``. Raises ProofError."""
        if self._word is None:
            return new
        at = next((index for index, start in enumerate(self._word.starts) if start >= offset), -1)
        written = spelled(new, self._word.quoting[at], self._dialect)
        if written is None:
            raise ProofError("engine", f"{new} cannot be written between these quotes")
        return written


def _documents(path: str, text: str) -> list[Home]:
    form = format_of(path)
    try:
        return [Home(Lines(text), document(text, form), form)] if form in _FORMATS and form else []
    except DocumentError:
        return []


def _bodies(path: str, text: str) -> list[Home]:
    lines = Lines(text)
    found = []
    for request in curl_requests(path, text):
        body = body_of(request.body, lines) if request.body is not None else None
        if body is not None:
            found.append(Home(lines, body.tree, "json", body.word, request.dialect))
    return found


def _splice(homes: Sequence[Home], edit: KeyEdit) -> ReplaceSpan:
    pairs = [
        (home, mapping)
        for home in homes
        for mapping in _mappings(home.tree)
        if mapping.span == edit.span and (isinstance(edit, SetKey) or edit.key in _keys(mapping))
    ]
    if len({id(home) for home, _ in pairs}) != 1 or len({mapping for _, mapping in pairs}) != 1:
        raise ProofError("engine", f"line {edit.span.line} holds no mapping that can be edited")
    return _Entry(*pairs[0], edit).splice()


def _mappings(tree: Expression) -> list[Mapping]:
    if isinstance(tree, Mapping):
        return [tree, *(one for _, value in tree.entries for one in _mappings(value))]
    return [one for item in tree.items for one in _mappings(item)] if isinstance(tree, Items) else []


def _keys(mapping: Mapping) -> list[object]:
    return [key.value for key, _ in mapping.entries if isinstance(key, Constant)]


class _Entry:
    """One key of a mapping, and what an edit makes of it."""

    def __init__(self, home: Home, mapping: Mapping, edit: KeyEdit) -> None:
        self._home = home
        self._lines = home.lines
        self._text = home.lines.text
        self._mapping = mapping
        self._edit = edit
        self._rows = [
            (key.value, *self._lines.offsets(key.span), *self._lines.offsets(value.span))
            for key, value in mapping.entries
            if isinstance(key, Constant)
        ]

    def splice(self) -> ReplaceSpan:
        edit = self._edit
        places = [index for index, row in enumerate(self._rows) if row[0] == edit.key]
        if isinstance(edit, SetKey) and not places:
            return self._added(edit)
        if len(places) != 1:
            raise self._refusal(f"{edit.key} stands here more than once")
        if isinstance(edit, RenameKey):
            return self._renamed(places[0], edit.new)
        if isinstance(edit, SetKey):
            return self._replaced(places[0], edit)
        return self._removed(places[0])

    def _renamed(self, index: int, new: str) -> ReplaceSpan:
        _, start, end, *_ = self._rows[index]
        written = self._text[start:end]
        if new in _keys(self._mapping) or written.count(self._edit.key) != 1 or not self._inside(start):
            raise self._refusal(f"{self._edit.key} cannot be renamed here")
        first = start + written.index(self._edit.key)
        return self._stretch(first, first + len(self._edit.key), new)

    def _replaced(self, index: int, edit: SetKey) -> ReplaceSpan:
        _, _, _, start, end = self._rows[index]
        new = written_value(self._text[start:end], edit.code, self._home.form)
        if new is None or not self._inside(start):
            raise self._refusal(f"{edit.key} cannot be given another value here")
        return self._stretch(start, end, new)

    def _removed(self, index: int) -> ReplaceSpan:
        if len(self._rows) == 1:
            raise self._refusal(f"{self._edit.key} is all that stands here")
        if self._is_flow():
            return self._stretch(*self._flow(index), "")
        _, start, _, value, end = self._rows[index]
        found = entry_lines(self._text, start, value, end, self._home.form)
        if found is None or not self._inside(start):
            raise self._refusal(f"{self._edit.key} does not stand on lines of its own")
        return self._stretch(*found)

    def _is_flow(self) -> bool:
        start, _ = self._lines.offsets(self._mapping.span)
        return self._home.form == "json" or self._text[start : start + 1] == "{"

    def _flow(self, index: int) -> tuple[int, int]:
        """The entry with the comma that parts it from the next, or else the one before."""
        _, start, _, _, end = self._rows[index]
        last = index == len(self._rows) - 1
        first, stop = (self._rows[index - 1][4], end) if last else (start, self._rows[index + 1][1])
        between = self._text[first:start] if last else self._text[end:stop]
        if not _BETWEEN.fullmatch(between):
            raise self._refusal(f"more than a comma stands beside {self._edit.key}")
        return first, stop

    def _added(self, edit: SetKey) -> ReplaceSpan:
        """A new entry behind that of the model, or the first one, with what stands between two entries."""
        if self._home.form != "json" or not self._rows:
            raise self._refusal(f"{edit.key} cannot be added here")
        index = next((index for index, row in enumerate(self._rows) if row[0] == "model"), 0)
        between = " "
        if len(self._rows) > 1:
            at = max(index, 1)
            between = self._text[self._rows[at - 1][4] : self._rows[at][1]].partition(",")[2]
        if between.strip():
            raise self._refusal(f"more than a comma stands where {edit.key} would be added")
        end = self._rows[index][4]
        new = self._home.spelled(f'"{edit.key}": {edit.code}', end - 1)
        span = self._lines.between(end, end)
        return ReplaceSpan(span, "", f",{between}{new}")

    def _inside(self, offset: int) -> bool:
        """Whether the entry stands in the mapping, rather than where this one takes it from."""
        if self._home.form == "toml":
            return True
        start, end = self._lines.offsets(self._mapping.span)
        return start <= offset < end

    def _stretch(self, start: int, end: int, new: str) -> ReplaceSpan:
        return ReplaceSpan(self._lines.between(start, end), self._text[start:end], new)

    def _refusal(self, why: str) -> ProofError:
        return ProofError("engine", f"line {self._edit.span.line}: {why}")
