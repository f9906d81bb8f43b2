"""The configuration that a framework gives to a program's entry point: one file, put together with those that
its list of defaults names, or a class of the program that is registered under the file's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from migrate.catalog.configuration import Composition
from migrate.facts.expressions import CallReference, Constant, Expression, Mapping, Sequence
from migrate.facts.records import Call, Parameter
from migrate.program.collections.layering import Layers
from migrate.program.functions.arguments import given, texts, value_of
from migrate.program.solving import located
from migrate.program.solving.combining import only, union, unknown
from migrate.program.solving.values import (
    Definition,
    Entry,
    External,
    FileOption,
    Instance,
    Items,
    Located,
    Value,
)
from migrate.program.texts.file_paths import appended
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator

_DEEPEST = 8
_WHOLE = "_global_"


class _Folder(msgspec.Struct, frozen=True):
    """Where the files of one configuration stand, and who reads them."""

    path: str
    reader: str
    entry: Composition


def of_parameter(evaluator: Evaluator, path: str, index: int, wanted: Parameter) -> list[Value]:
    """What a decorator (``@hydra.main(config_path="conf", config_name="config")``) gives the first parameter
    of its function."""
    scope = evaluator.program.scope(path, index)
    if not scope.decorators or not scope.parameters or scope.parameters[0] is not wanted:
        return []
    block = evaluator.program.scope(path, scope.parent).block
    found: list[Value] = []
    for one in scope.decorators:
        if isinstance(one, CallReference):
            call = evaluator.program.facts(path).calls[one.index]
            at = Located(path, scope.parent, block, call.function)
            for option in evaluator.evaluate(at).options:
                entry = _entry(evaluator, option)
                found += [] if entry is None else [_of_call(evaluator, entry, at, call)]
    return found


def _entry(evaluator: Evaluator, option: object) -> Composition | None:
    known = evaluator.library.configuration.compositions
    return known.get(option.symbol) if isinstance(option, External) else None


def _of_call(evaluator: Evaluator, entry: Composition, at: Located, call: Call) -> Value:
    names = value_of(evaluator, at, call, entry.name)
    folders = value_of(evaluator, at, call, entry.folder)
    here = FileOption(at.path.rpartition("/")[0], True)
    places = appended([only(here), _texts_only(folders)]) if given(call, entry.folder) else only(here)
    known = [one for one in places.options if isinstance(one, FileOption)]
    found = [
        _named(evaluator, _Folder(folder.path, at.path, entry), name, at)
        for folder in known
        for name in (texts(names) if names is not None else ())
    ]
    return union(found) if found else unknown("it is a configuration whose name is not visible")


def _texts_only(value: Value | None) -> Value:
    return Value() if value is None else value


def _named(evaluator: Evaluator, folder: _Folder, name: str, at: Located) -> Value:
    """The configuration ``name``: a file, else what is registered under it."""
    found = _file(evaluator, folder, name)
    if found is not None:
        return only(_composed(evaluator, folder, *found, 0))
    registered = list(_registered(evaluator, folder.entry, name, at))
    return union(registered) if registered else unknown(f"no file of the configuration {name} is visible")


def _file(evaluator: Evaluator, folder: _Folder, name: str) -> tuple[str, Mapping] | None:
    """The path of a configuration file, and what is in it."""
    for end in ("yaml", "yml"):
        inside = name.removesuffix(f".{end}")
        path = f"{folder.path}/{inside}.{end}" if folder.path else f"{inside}.{end}"
        document = evaluator.program.documents.value(path, "yaml", folder.reader)
        if isinstance(document, Mapping):
            return path, document
    return None


def _composed(evaluator: Evaluator, folder: _Folder, path: str, document: Mapping, depth: int) -> Items:
    """A file with the files that it names as defaults, later ones over earlier ones; itself comes last where
    it does not say when."""
    layers = Layers(Place(path, document.span))
    listed = [_named_default(one) for one in _defaults(document)]
    if ("", "_self_") not in listed:
        listed.append(("", "_self_"))
    for group, name in listed:
        if (group, name) == ("", "_self_"):
            layers.spread([_own(evaluator, path, document)], ())
        elif name:
            _lay(evaluator, folder, (group, name), layers, depth)
    return layers.finish()


def _lay(evaluator: Evaluator, folder: _Folder, named: tuple[str, str], layers: Layers, depth: int) -> None:
    group, name = named
    group, _, package = group.partition("@")
    found = _file(evaluator, folder, f"{group}/{name}" if group else name)
    if found is None or depth > _DEEPEST:
        layers.doubt(f"it is put together with {group or name}, which is not visible")
        return
    path, document = found
    inside = replace(folder, path=f"{folder.path}/{group}" if group and folder.path else folder.path or group)
    package = package or _package(evaluator, path) or group.replace("/", ".")
    if not package or package == _WHOLE:
        layers.spread([_composed(evaluator, inside if group else folder, path, document, depth + 1)], ())
    else:
        key = package.partition(".")[0]
        if key == package:
            layers.put(Entry(key, Located(path, 0, 0, document), Place(path, document.span), "display"))
        else:
            layers.doubt(f"{path} fills a part of it that is not followed")


def _package(evaluator: Evaluator, path: str) -> str:
    """``# @package _global_`` at the top of a file: where in the whole its content goes."""
    source = evaluator.program.documents.loader.text_file(path)
    first = source.text.lstrip().partition("\n")[0] if source is not None else ""
    return first.partition("@package")[2].strip() if first.startswith("#") else ""


def _own(evaluator: Evaluator, path: str, document: Mapping) -> Items:
    """What a file says itself."""
    kept = tuple(
        (key, value)
        for key, value in document.entries
        if not (isinstance(key, Constant) and key.value == "defaults")
    )
    plain = evaluator.made_up(("own", path), lambda: Mapping(document.span, kept))
    found = evaluator.evaluate(Located(path, 0, 0, plain)).options
    return next(one for one in found if isinstance(one, Items))


def _defaults(document: Mapping) -> tuple[Expression, ...]:
    for key, value in document.entries:
        if isinstance(key, Constant) and key.value == "defaults" and isinstance(value, Sequence):
            return value.items
    return ()


def _named_default(item: Expression) -> tuple[str, str]:
    """(group, name) of an item of the list of defaults; empty for settings of the framework itself."""
    if isinstance(item, Constant):
        return "", str(item.value)
    if isinstance(item, Mapping) and len(item.entries) == 1:
        key, value = item.entries[0]
        if isinstance(key, Constant) and isinstance(value, Constant) and isinstance(value.value, str):
            group = str(key.value).removeprefix("optional ").removeprefix("override ").strip().lstrip("/")
            return ("", "") if group.startswith("hydra/") else (group, value.value)
    return "", ""


def _registered(evaluator: Evaluator, entry: Composition, name: str, at: Located) -> Iterator[Value]:
    """The instances of classes that ``store(name=..., node=Config)`` registers under a name."""
    for method in entry.storing:
        for path, index in evaluator.program.calls_loaded(method):
            call = evaluator.program.facts(path).calls[index]
            where = located.called(path, call)
            named = value_of(evaluator, where, call, entry.stored_name)
            node = value_of(evaluator, where, call, entry.stored) if named and name in texts(named) else None
            for one in node.options if node is not None else ():
                if isinstance(one, Definition) and evaluator.program.is_class(one):
                    yield evaluator.result(one, where)
                elif isinstance(one, (Instance, Items)):
                    yield only(one)
