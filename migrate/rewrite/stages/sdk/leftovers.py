"""What else a file has of openai 0.x: classes passed as values, modules that are gone, names in patches."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from migrate.findings.finding import Finding
from migrate.rewrite.stages.sdk.patch_edits import patches_of

if TYPE_CHECKING:
    from migrate.catalog.sdk import Sdk
    from migrate.rewrite.stages.sdk.code_file import CodeFile
    from migrate.rewrite.stages.sdk.old_names import OldNames
    from migrate.rewrite.stages.sdk.old_program import OldProgram


def leftovers(program: OldProgram, path: str, sdk: Sdk) -> Iterator[Finding]:
    """One finding for each, all for a person."""
    file, names = program.files[path], program.names[path]
    classes = {symbol.split(".")[1] for symbol in sdk.legacy}
    called = {id(call.function) for call in program.calls if call.file is file}
    patches = list(patches_of(program, path, sdk))
    yield from (finding for _, finding in patches)
    named = {id(inner) for patch, _ in patches for one in patch.named for inner in ast.walk(one)}
    for node, dotted in names.uses():
        _, _, rest = dotted.partition("openai.")
        first, _, last = rest.partition(".")
        parent = file.parent(node)
        if first == "error" and last.partition(".")[0] not in sdk.old.errors:
            message, cure = f"{dotted} is of openai before 1.0", "name the classes of 1.x instead, by hand"
            yield Finding("old-sdk-name", "sdk", file.place(node), message, cure, "manual")
        called_here = isinstance(parent, ast.Call) and parent.func is node and dotted in sdk.legacy
        if (
            id(node) in called
            or id(node) in named
            or called_here
            or first not in {*classes, *sdk.old.cures}
            or first in sdk.old.settings
        ):
            continue
        if first in classes and sdk.old.cures.get(first) is None:
            cure = _instead(file.parent(node), first, last, sdk)
            message = f"{dotted} is used as a value"
        else:
            message, cure = f"{dotted} is of openai before 1.0", f"{sdk.old.cures[first]}, by hand"
        yield Finding("old-sdk-name", "sdk", file.place(node), message, cure, "manual")
    yield from _imports(file, names, sdk, classes)
    yield from _reads(program, path, sdk)
    yield from _by_name(file, names, sdk)
    yield from _texts(program, path, sdk, named)


def _instead(parent: ast.AST, name: str, method: str, sdk: Sdk) -> str:
    """What to write where a class or method of 0.x is used without being called."""
    every = {one.symbol: one for one in sdk.legacy.values() if one.symbol.startswith(f"openai.{name}.")}
    one = every.get(f"openai.{name}.{method}") or next(iter(every.values()))
    new = one.replacement or "nothing"
    owner = new.rpartition(".")[0]
    if isinstance(parent, ast.ClassDef):
        return f"it is no class in 1.x: keep a client, and call client.{new} in place of super(), by hand"
    if not method:
        last = new.rpartition(".")[2]
        return f"use client.{owner} of a client, which has .{last}; its answers are objects, by hand"
    client = "openai.AsyncOpenAI()" if one.asynchronous else "openai"
    return f"use {client}.{new}; what it gives is an object, by hand"


def _imports(file: CodeFile, names: OldNames, sdk: Sdk, classes: set[str]) -> Iterator[Finding]:
    for one in names.imports:
        part = one.dotted.split(".")[1] if "." in one.dotted else ""
        if part in classes and names.dotted(ast.Name(one.name)) != one.dotted:
            message = f"{one.dotted} is of openai before 1.0, and {one.name} may be something else too"
            cure = "use a client instead, by hand"
            yield Finding("old-sdk-name", "sdk", file.place(one.statement), message, cure, "manual")
        if part in sdk.old.cures and part not in classes and part not in sdk.old.settings:
            message = f"{one.dotted} is of openai before 1.0"
            yield Finding(
                "old-sdk-name",
                "sdk",
                file.place(one.statement),
                message,
                f"{sdk.old.cures[part]}, by hand",
                "manual",
            )


def _by_name(file: CodeFile, names: OldNames, sdk: Sdk) -> Iterator[Finding]:
    """Classes and methods that ``getattr`` picks by a name known only when the program runs."""
    methods = {symbol.rpartition(".")[2] for symbol in sdk.legacy}
    classes = {symbol.rpartition(".")[0] for symbol in sdk.legacy}
    for node in file.calls.values():
        picks = isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(node.args) > 1
        if not picks or isinstance(node.args[1], ast.Constant):
            continue
        owner, parent = names.dotted(node.args[0]), file.parent(node)
        called = isinstance(parent, ast.Attribute) and parent.attr in methods
        if owner in classes or (owner == "openai" and called):
            message = f"what of {owner} is used here is known only when it runs"
            cure = "pick a method of a client instead (client.chat.completions.create), by hand"
            yield Finding("old-sdk-name", "sdk", file.place(node), message, cure, "manual")


def _reads(program: OldProgram, path: str, sdk: Sdk) -> Iterator[Finding]:
    file = program.files[path]
    for node, name in program.setting_reads(path):
        if sdk.old.settings[name] != name:
            new, reads = sdk.old.settings[name], not isinstance(getattr(node, "ctx", None), ast.Store)
            message = f"openai.{name} cannot be read from 1.0 on"
            message = message if reads else f"openai.{name} has no effect from 1.0 on"
            way = f"read {new} of the client instead" if reads else f"set {new} instead"
            cure = f"{way}, by hand" if new else "take it out, by hand"
            yield Finding("old-sdk-setting", "sdk", file.place(node), message, cure, "manual")


def dropped(program: OldProgram, path: str, sdk: Sdk) -> frozenset[str]:
    """Imported names of 0.x that nothing uses after the change."""
    file, names = program.files[path], program.names[path]
    calls = [one for one in program.calls if one.file is file and one.site.place not in program.blocked]
    gone = {id(one) for call in calls if call.function is not None for one in ast.walk(call.function)}
    classes = {symbol.split(".")[1] for symbol in sdk.legacy}
    found = set()
    for one in names.imports:
        last = one.dotted.rpartition(".")[2]
        if one.dotted != f"openai.{last}" or (last not in classes and last != "error"):
            continue
        if names.dotted(ast.Name(one.name)) != one.dotted:
            continue  # something else binds it too, so that its uses are not known
        uses = [(node, dotted) for node, dotted in names.uses() if _root(node) == one.name]
        left = [node for node, dotted in uses if last != "error" or dotted == one.dotted]
        if all(id(node) in gone for node in left):
            found.add(one.name)
    return frozenset(found)


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _texts(program: OldProgram, path: str, sdk: Sdk, known: Container[int]) -> Iterator[Finding]:
    """Other texts that name a call or an error of 0.x; ``known`` are the ids of those that were looked at."""
    file = program.files[path]
    for node in ast.walk(file.tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or id(node) in known:
            continue
        value = node.value
        method = sdk.legacy.get(value)
        if method is not None:
            new = sdk.old.holder(method) or method.replacement or "nothing"
            cure = f"name {new} instead, which gives an object with attributes, by hand"
            yield Finding(
                "old-sdk-name",
                "sdk",
                file.place(node),
                f"{value} exists only in openai before 1.0",
                cure,
                "manual",
            )
        elif value.startswith("openai.error."):
            cure = "name the class of 1.x, by hand"
            yield Finding(
                "old-sdk-name", "sdk", file.place(node), f"{value} is of openai before 1.0", cure, "manual"
            )
