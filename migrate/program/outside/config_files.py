"""Values that come out of configuration files: which file a parser reads, and the dict that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate.catalog.configuration import FileFormat, FileLoader, Parser
from migrate.facts.documents.reading import format_of
from migrate.facts.expressions import Attribute, Expression
from migrate.facts.records import Call
from migrate.program.functions.arguments import texts
from migrate.program.solving import located
from migrate.program.solving.combining import NOTHING, only, union, unknown
from migrate.program.solving.values import FileOption, Items, LiteralOption, Located, Made, Option, Value
from migrate.program.texts.file_paths import appended

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def parsed(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What parser ``symbol`` makes of the file that it is given; None for any other function."""
    entry = evaluator.library.configuration.parsers.get(symbol)
    if entry is None:
        return None
    passed = [one for one in call.arguments if not one.stars]
    if not passed:
        usual = FileOption(entry.usual, False)
        return (
            _read(evaluator, usual, entry.format, at) if entry.usual else unknown("it is read from nowhere")
        )
    given = evaluator.evaluate(at.other(passed[0].value))
    found = [_of_option(evaluator, entry, option, at) for option in given.options]
    found += [unknown(why) for why in given.unknown]
    return union(found) if found else unknown("it is read from a file whose name is not visible")


def put_together(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What functions give that merge such mappings, look into one, or read what people type; None for
    others."""
    known = evaluator.library.configuration
    if symbol in known.merging:
        return only(evaluator.built(at, call))
    if symbol in known.typed:
        return only(Items(at.place(), ()))
    if symbol not in known.selecting or len(call.arguments) < 2:
        return None
    where, path, *more = (at.other(one.value) for one in call.arguments)
    named = texts(evaluator.evaluate(path))
    found = [_under_path(evaluator, where, one.split(".")) for one in named]
    found += [evaluator.evaluate(one) for one in more[:1]]
    return union(found) if named else unknown("it is looked up under a key that is computed")


def _under_path(evaluator: Evaluator, where: Located, keys: Sequence[str]) -> Value:
    value = evaluator.evaluate(where)
    for key in keys:
        found = [evaluator.attribute_of(one, where, key) for one in value.options]
        value = union([*found, value.doubt()])
    return value


def section(evaluator: Evaluator, made: Made, keys: Sequence[object]) -> Value | None:
    """``parser[keys]`` of a configparser; None for any other object."""
    entry = evaluator.library.configuration.loaders.get(made.symbol)
    if entry is None:
        return None
    whole = _loaded(evaluator, made, entry)
    names = [key for key in keys if isinstance(key, str)]
    if not names:
        return unknown("it is looked up under a key that is computed")
    return _visible(union([evaluator.lookup(whole, name) for name in names]), names)


def option(evaluator: Evaluator, made: Made, method: str, at: Located, call: Call) -> Value | None:
    """``parser.get(section, option, fallback=...)``; None for any other method."""
    entry = evaluator.library.configuration.loaders.get(made.symbol)
    if entry is None or method not in entry.getting:
        return None
    plain = [one.value for one in call.arguments if one.name is None and not one.stars]
    value = _loaded(evaluator, made, entry)
    for one in plain[:2]:
        names = texts(evaluator.evaluate(at.other(one)))
        value = union([evaluator.lookup(value, name) for name in names]) if names else NOTHING
    fallbacks = [one.value for one in call.arguments if one.name == entry.fallback]
    found = [value, *(evaluator.evaluate(at.other(one)) for one in fallbacks)]
    return _visible(union(found), ["/".join(entry.getting)])


def _visible(value: Value, names: list[str]) -> Value:
    return (
        value if value.options or value.unknown else unknown(f"no file that is read has {', '.join(names)}")
    )


def _loaded(evaluator: Evaluator, made: Made, entry: FileLoader) -> Value:
    """Everything that calls of ``made.read(path)`` bring in."""
    found = []
    for name in entry.reading:
        for path in evaluator.program.loaded():
            for index in evaluator.program.calls_named_in(path, name):
                found += _read_by(evaluator, made, entry, path, evaluator.program.facts(path).calls[index])
    return union(found) if found else unknown("nothing visible reads a file into it")


def _read_by(evaluator: Evaluator, made: Made, entry: FileLoader, path: str, call: Call) -> list[Value]:
    if not isinstance(call.function, Attribute) or not call.arguments:
        return []
    at = located.called(path, call)
    if made not in evaluator.evaluate(at.other(call.function.base)).options:
        return []
    given = evaluator.evaluate(at.other(call.arguments[0].value))
    plain = Parser(format=entry.format, from_="path")
    found = [_of_option(evaluator, plain, one, at) for one in given.options]
    return [*found, *map(unknown, given.unknown)]


def _of_option(evaluator: Evaluator, entry: Parser, option: Option, at: Located) -> Value:
    if isinstance(option, FileOption):
        return _read(evaluator, option, entry.format, at)
    named = isinstance(option, LiteralOption) and isinstance(option.value, str)
    if named and entry.from_ == "path":
        path = appended([only(option)])
        found = [_of_option(evaluator, entry, one, at) for one in path.options]
        return union([*found, *map(unknown, path.unknown)])
    return unknown("it is parsed from text that is not in a file of the repository")


def _read(evaluator: Evaluator, file: FileOption, form: FileFormat, at: Located) -> Value:
    """The value of one file. Where the folder that its path starts from is not known, every folder between
    the reading file and the root can be it."""
    known = format_of(file.path) if form == "by-name" else form
    if known is None:
        return unknown(f"it is read from {file.path}, whose format is not known")
    folders = [""] if file.anchored else _folders(at.path)
    found: dict[str, Expression | str] = {}
    for folder in folders:
        path = f"{folder}/{file.path}" if folder else file.path
        document = evaluator.program.documents.value(path, known, at.path)
        if document is not None:
            found[path] = document
    values = [_value(evaluator, path, one) for path, one in found.items()]
    name = file.path or "a folder"
    return union(values) if values else unknown(f"it is read from {name}, which is not in the repository")


def _value(evaluator: Evaluator, path: str, document: Expression | str) -> Value:
    if isinstance(document, str):
        return unknown(document)
    return evaluator.evaluate(Located(path, 0, 0, document))


def _folders(path: str) -> list[str]:
    """The folders above a file, the root ("") first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts) + 1)]
