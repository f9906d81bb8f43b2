"""What the body of a curl command says: the model and the parameters, each where it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from posixpath import dirname, join, normpath

import msgspec

from migrate.facts.documents.json_values import read_json
from migrate.facts.documents.problem import DocumentError
from migrate.facts.expressions import Constant, Expression, Opaque
from migrate.facts.expressions import Mapping as Table
from migrate.facts.shell.bodies import SHELL_VARIABLE, body_of
from migrate.facts.shell.curl import CurlRequest
from migrate.facts.shell.words import UNKNOWN, Variable, Word
from migrate.program.calls.callsite import Parameter, Setting
from migrate.program.solving.values import Origin
from migrate.sources.assignments import Assignment
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

_MODEL = "model"


class CurlBody(msgspec.Struct, frozen=True):
    """``hidden`` says why more may be sent than ``parameters``."""

    parameters: tuple[Parameter, ...]
    model: Setting
    hidden: tuple[str, ...] = ()


class CurlBodies:
    """Reads them for the commands of one file; ``known`` are the variables that it sets once."""

    def __init__(
        self,
        path: str,
        lines: Lines,
        known: Mapping[str, Assignment],
        read: Callable[[str], str | None],
    ) -> None:
        self._path = path
        self._lines = lines
        self._known = known
        self._read = read

    def of(self, request: CurlRequest) -> CurlBody:
        if request.form:
            return self._of_form(request.form)
        if request.body is not None:
            body = body_of(request.body, self._lines)
            if body is not None and isinstance(body.tree, Table):
                return self._of_table(self._path, body.tree, request.body)
            return _unread("its body is no JSON that can be read")
        if request.file:
            return self._of_file(request.file)
        return _unread(request.problem) if request.problem else CurlBody((), _unknown("it sends no body"))

    def _of_file(self, name: str) -> CurlBody:
        for folder in (dirname(self._path), ""):
            path = normpath(join(folder, name))
            text = self._read(path) if not path.startswith("..") else None
            if text is not None:
                try:
                    tree = read_json(text)
                except DocumentError:
                    break
                if isinstance(tree, Table):
                    return self._of_table(path, tree, None)
        return _unread(f"its body is in {name}, which cannot be read")

    def _of_table(self, path: str, tree: Table, word: Word | None) -> CurlBody:
        holder = Place(path, tree.span)
        found: list[Parameter] = []
        model = _unknown("its body does not show it")
        for key, value in tree.entries:
            if isinstance(key, Constant) and isinstance(key.value, str):
                place = Place(path, value.span)
                setting = self._setting(place, value, word)
                model = setting if key.value == _MODEL else model
                found.append(Parameter(key.value, _code(value), place, holder, "file", setting))
        return CurlBody(tuple(found), model)

    def _setting(self, place: Place, value: Expression, word: Word | None) -> Setting:
        if isinstance(value, Constant):
            at = self._inner(place, value.value, word)
            return Setting((value.value,), True, (Origin(at, value.value, "request-body"),))
        variable = self._variable(value.span, word) if word and isinstance(value, Opaque) else None
        return self._of_variable(place, variable) if variable else _unknown("its body does not show it")

    def _inner(self, place: Place, value: object, word: Word | None) -> Place:
        """The place of a text in a command without the quotes of JSON."""
        if word is None or not isinstance(value, str) or not value:
            return place
        start, end = self._lines.offsets(place.span)
        inside = [one for one in range(len(word.text)) if start <= word.starts[one] < end][1:-1]
        return Place(place.path, self._lines.between(word.starts[inside[0]], word.ends[inside[-1]]))

    def _variable(self, span: Span, word: Word) -> Variable | None:
        """The variable that is all of the value at ``span``."""
        start, end = self._lines.offsets(span)
        inside = [one for one in range(len(word.text)) if start <= word.starts[one] < end]
        if "".join(word.text[one] for one in inside).strip('"') != UNKNOWN:
            return None
        return next((one for one in word.variables if one.at in inside), None)

    def _of_variable(self, place: Place, variable: Variable) -> Setting:
        """What the variable is set to, in this file or where it stands."""
        known = self._known.get(variable.name)
        if variable.default is not None:
            span = self._lines.between(*variable.default)
            value = self._lines.slice(span)
        elif known is not None:
            span, value = known.span, known.value
        else:
            return Setting(
                (), False, environment=(variable.name,), why=(f"${variable.name} is set elsewhere",)
            )
        origin = Origin(Place(place.path, span), value, "request-body", (place,))
        return Setting((value,), True, (origin,), (variable.name,), reads=(place,))

    def _of_form(self, fields: tuple[Word, ...]) -> CurlBody:
        """A form: only its model matters here."""
        start = len(_MODEL) + 1
        for one in fields:
            if one.text.startswith(f"{_MODEL}=") and len(one.text) > start and not one.variables:
                place = Place(self._path, self._lines.between(one.starts[start], one.ends[-1]))
                origin = Origin(place, one.text[start:], "request-body")
                return CurlBody((), Setting((one.text[start:],), True, (origin,)))
        return CurlBody((), _unknown("its form does not show it"))


def _code(value: Expression) -> str:
    """A value as Python would write it, as far as what is decided by it goes."""
    if isinstance(value, Constant):
        return repr(value.value)
    if isinstance(value, Table):
        entries = ((key.value, inner) for key, inner in value.entries if isinstance(key, Constant))
        return f"{{{', '.join(f'{name!r}: {_code(inner)}' for name, inner in entries)}}}"
    return SHELL_VARIABLE if isinstance(value, Opaque) else "..."


def _unread(why: str) -> CurlBody:
    return CurlBody((), _unknown(why), (why,))


def _unknown(why: str) -> Setting:
    return Setting((), False, why=(why,))
