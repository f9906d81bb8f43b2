"""One 0.x call: what it is called in 1.x, which arguments change, and what stands in the way."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from migrate.findings.edits import NameArgument
from migrate.findings.finding import FileEdit
from migrate.plan.literals import literal_value
from migrate.program.calls.callsite import CallSite, Parameter
from migrate.rewrite.stages.params.holders import removed, renamed
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.held import OTHER, Held
from migrate.rewrite.stages.sdk.model_names import one_model
from migrate.rewrite.stages.sdk.pairs import paired
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog.sdk import Sdk
    from migrate.catalog.sdk_legacy import LegacyMethod
    from migrate.rewrite.stages.sdk.old_names import OldNames

_OPENAI_TYPES = ("open_ai", "openai")
_PLAIN_FORMATS = ("json", "verbose_json")


class OldCall(msgspec.Struct):
    """``function`` is the expression that becomes the new method; ``options`` are arguments that go to a
    client, with their code. ``why`` says what stands in the way; empty where nothing does. ``module`` is the
    code that means the package, where it is not the name that an import binds."""

    site: CallSite
    method: LegacyMethod
    file: CodeFile
    function: ast.expr | None
    edits: list[FileEdit]
    options: dict[str, str]
    gone: list[str]
    why: str = ""
    module: str = ""

    @property
    def through(self) -> str:
        """The name through which the call reaches the package."""
        node = self.function
        while isinstance(node, ast.Attribute):
            node = node.value
        return node.id if isinstance(node, ast.Name) else ""


def old_call(site: CallSite, file: CodeFile, names: OldNames, sdk: Sdk) -> OldCall:
    """What is to be done about the legacy call ``site``."""
    method = sdk.legacy[site.method]
    node = file.calls.get(site.place.span)
    found = OldCall(site, method, file, _function(node, names, site.symbol), [], {}, [])
    if found.function is None and node is not None:
        _through_a_variable(found, node)
    if found.function is None or node is None:
        found.why = _reached(node)
    elif file.in_f_string(node) is not None:
        found.why = "it stands inside an f-string"
    elif not method.replacement:
        symbol = method.symbol.split(".")[1]
        found.why = sdk.old.cures.get(symbol, "1.x has no such call")
    else:
        _arguments(found, node, sdk)
    return found


def _reached(node: ast.Call | None) -> str:
    """How a call comes to a method that is not named there, and what to do about it."""
    func = node.func if node is not None else None
    base = func.value if isinstance(func, ast.Attribute) else None
    if isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "super":
        return "it is inherited, and 1.x has no such class: call a client's method in place of super()"
    if base is not None:
        return f"{ast.unparse(base)} stands for a class of 0.x: let it be what has this method in a client"
    return "the method is reached through another name: let that be the client's method"


def held_by(call: OldCall, sdk: Sdk) -> Held:
    """What the call gives."""
    site, method = call.site, call.method
    answer = sdk.old.answers.get(method.answer)
    stream = site.parameter("stream")
    value = literal_value(stream) if stream is not None else False
    source = frozenset((site.place,))
    kind = site.parameter("response_format")
    if answer is None or answer.read:
        return OTHER
    if kind is not None and method.answer == "Transcription" and literal_value(kind) not in _PLAIN_FORMATS:
        return OTHER
    name, pieces, waits = method.answer, method.pieces, method.asynchronous
    if pieces and value is True:
        return Held("stream", pieces, whole=True, waits=waits, sources=source)
    if pieces and (site.hidden or value is not False):
        return Held("either", name, pieces, whole=True, waits=waits, sources=source)
    return Held("answer", name, whole=True, waits=waits, sources=source)


def _function(node: ast.Call | None, names: OldNames, symbol: str) -> ast.expr | None:
    """The expression in the call, its function or an argument, that is the old method itself."""
    if node is None:
        return None
    passed = (node.func, *node.args)
    return next((one for one in passed if names.dotted(one) == symbol), None)


def _through_a_variable(call: OldCall, node: ast.Call) -> None:
    """``self.llm.ChatCompletion.create``, where ``self.llm`` is known to be the package and nothing else."""
    func, words = node.func, call.site.symbol.split(".")[1:]
    if call.site.closed or call.site.certainty != "proved" or len(words) != 2:
        return
    if not isinstance(func, ast.Attribute) or not isinstance(func.value, ast.Attribute):
        return
    if [func.value.attr, func.attr] == words:
        call.function, call.module = func, call.file.code(func.value.value)


def _arguments(call: OldCall, node: ast.Call, sdk: Sdk) -> None:
    models = [one for one in call.site.parameters if _new_name(call, one.name, sdk) == "model"]
    several = len({one.name for one in models}) > 1
    if several:
        edits, why = one_model(call.file, models, _code_of(call))
        call.edits += edits
        call.why = call.why or why
    for parameter in call.site.parameters:
        if parameter.position < 0 and not (several and parameter in models):
            _argument(call, parameter, sdk)
    positional = [one for one in call.site.parameters if one.position >= 0]
    new = sdk.methods.get(call.method.replacement)
    if positional and call.function is not node.func:
        call.why = call.why or "its arguments are passed by position through another function"
    elif len(positional) > (len(new.positional) if new is not None else 0):
        _name_all(call, positional, sdk)


def _name_all(call: OldCall, positional: list[Parameter], sdk: Sdk) -> None:
    for one in positional:
        name = _new_name(call, one.name, sdk)
        if one.name in call.method.paired:
            _, call.why = paired(call.site, call.method, one, call.why)
            return
        if not name or "." in name:
            call.why = call.why or f"{one.name} is passed by position, and 1.x takes it in another form"
            return
        edit = NameArgument(call.site.place.span, one.position, name)
        call.edits.append(FileEdit(call.site.place.path, edit))


def _new_name(call: OldCall, name: str, sdk: Sdk) -> str:
    return call.method.renamed.get(name, sdk.old.arguments.get(name, name))


def _argument(call: OldCall, parameter: Parameter, sdk: Sdk) -> None:
    name = parameter.name
    new = _new_name(call, name, sdk)
    if name in call.method.gone:
        call.gone.append(f"{name} goes: {call.method.gone[name]}")
        _take(call, parameter, removed(parameter))
    elif name in call.method.paired:
        edits, call.why = paired(call.site, call.method, parameter, call.why)
        call.edits += edits
    elif name == "api_type" and literal_value(parameter) in _OPENAI_TYPES:
        _take(call, parameter, removed(parameter))
    elif not new:
        call.why = call.why or f"1.x takes {name} in another form, or not at all"
    elif new.startswith("client."):
        if parameter.holder != call.site.place:
            call.why = (
                call.why or f"{name} belongs to the client in 1.x, and is not passed at the call itself"
            )
        call.options[new.partition(".")[2]] = parameter.code
        _take(call, parameter, removed(parameter))
    elif new != name:
        if call.site.parameter(new) is not None and new not in call.method.gone:
            call.why = call.why or f"{name} and {new} are both passed"
        if new == "timeout" and parameter.code.startswith(("(", "[")):
            call.why = call.why or "a timeout of several numbers is an httpx.Timeout in 1.x"
        _take(call, parameter, renamed(parameter, new, _code_of(call)))
    elif call.method.takes and new not in call.method.takes:
        wraps = name in sdk.wrapper_arguments
        way = "wrap the new client for it, and call that" if wraps else "it goes into extra_body"
        call.why = call.why or f"1.x does not take {name} by its name: {way}"


def _code_of(call: OldCall) -> Callable[[Place], str]:
    """Source text at a place of the call's own file; other files are not read for it."""
    file = call.file
    return lambda place: file.lines.slice(place.span) if place.path == file.path else ""


def _take(call: OldCall, parameter: Parameter, edits: tuple[FileEdit, ...]) -> None:
    if not edits:
        call.why = call.why or f"{parameter.name} is passed where it cannot be changed"
    call.edits += edits
