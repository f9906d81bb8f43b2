"""Decides, file by file, through which client its calls go in 1.x: one of the file's own, or the module's."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from migrate.rewrite.stages.sdk.calls import OldCall
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.old_names import OldNames
from migrate.rewrite.stages.sdk.settings_of import ModuleSetting

Vendor: TypeAlias = Literal["openai", "azure", "either", "chosen", "unknown"]
"""Where requests go: ``either`` where some function says azure, ``chosen`` where a value of api_type that is
known only when the program runs says it, ``unknown`` where several assignments say different things."""
_OPENAI = ("open_ai", "openai")
_LATE = ("either", "chosen", "unknown")
_CLASSES = {"openai": ("OpenAI", "AsyncOpenAI"), "azure": ("AzureOpenAI", "AsyncAzureOpenAI")}
_SYNC, _ASYNC = ("client", "openai_client"), ("aclient", "async_client", "async_openai_client")


class FileClients(msgspec.Struct, frozen=True):
    """How the calls of one file reach a client. ``module`` is the package's name there. ``own``: by clients
    on module level, whose ``names`` are the synchronous and the asynchronous one, made with ``arguments``;
    else by the module itself, whose settings stay assignments. ``each`` call makes a client of its own where
    nothing before it says whether it is to be Azure's."""

    module: str
    vendor: Vendor
    own: bool
    names: tuple[str, str]
    arguments: tuple[tuple[str, str], ...]
    each: bool = False

    def why(self, call: OldCall) -> str:
        """Why ``call`` cannot change; empty where it can."""
        asks_module = not self.own and not call.method.asynchronous and not call.options
        seen = {*dict(self.arguments), *call.options}
        if self.each and "base_url" not in seen:
            return "it may go to Azure when it runs, and the endpoint is not in sight"
        if self.vendor == "azure" and not asks_module and "azure_endpoint" not in dict(self.arguments):
            return "it goes to Azure, and the endpoint is not in sight"
        if self.vendor == "azure" and call.options.keys() & {"base_url", "api_version"}:
            return "it goes to Azure, at an address of its own"
        if self.vendor == "openai" and "api_version" in call.options:
            return "it names a version of Azure's API, and nothing in sight says that it goes to Azure"
        return ""

    def apart(self, undecided: bool) -> FileClients:
        """The same; ``undecided``: where the program chooses Azure or OpenAI when it runs, each call does."""
        return msgspec.structs.replace(self, each=undecided and self.vendor in _LATE)

    def made(self, asynchronous: bool, more: Mapping[str, str]) -> str:
        """The code that makes a client, with ``more`` arguments than its own."""
        if self.vendor not in _LATE:
            return self._made("azure" if self.vendor == "azure" else "openai", asynchronous, more)
        azure, other = (self._made(one, asynchronous, more) for one in ("azure", "openai"))
        return f'({azure} if {self.module}.api_type == "azure" else {other})'

    def _made(self, vendor: str, asynchronous: bool, more: Mapping[str, str]) -> str:
        arguments = {**dict(self.arguments), **more}
        if self.vendor in _LATE:
            left_out = "base_url" if vendor == "azure" else "api_version"
            known = {name: code for name, code in arguments.items() if name != left_out}
            url = "base_url" if self.each else "azure_endpoint"
            endpoint = more.get("base_url", f"{self.module}.{url}")
            arguments = {**known, "azure_endpoint": endpoint} if vendor == "azure" else known
        written = ", ".join(f"{name}={code}" for name, code in arguments.items())
        return f"{self.module}.{_CLASSES[vendor][asynchronous]}({written})"

    def receiver(self, call: OldCall) -> str:
        """The expression that the new method is called on."""
        asynchronous, options = call.method.asynchronous, call.options
        name = self.names[asynchronous] if self.own else ""
        if name and options:
            return f"{name}.with_options({', '.join(f'{key}={code}' for key, code in options.items())})"
        if name or not (options or asynchronous or self.each):
            return name or call.module or self.module
        return self.made(asynchronous, options)


def vendor_of(settings: Sequence[ModuleSetting]) -> Vendor:
    """Where requests go, by the assignments to api_type."""
    kinds = [one for one in settings if one.new == "api_type"]
    values = {one.value.value if isinstance(one.value, ast.Constant) else "?" for one in kinds}
    if not values or values <= set(_OPENAI):
        return "openai"
    if "?" in values and len(kinds) == 1:
        return "chosen"
    if values != {"azure"}:
        return "unknown"
    return "azure" if any(one.plain for one in kinds) else "either"


def file_clients(
    file: CodeFile,
    names: OldNames,
    calls: Sequence[OldCall],
    settings: Mapping[str, Sequence[ModuleSetting]],
    read: bool,
    callers: frozenset[str],
) -> FileClients:
    """The clients of ``file``. ``settings`` are those of all files, by path; ``read`` says that some code
    reads a setting; ``callers`` are the files with calls."""
    mine = settings.get(file.path, ())
    own = bool(names.module) and _is_own(file, calls, mine, settings, read, callers)
    own = own and vendor_of(mine) not in _LATE
    every = mine if own else [one for found in settings.values() for one in found]
    vendor = vendor_of(every)
    arguments = _own_arguments(file, mine, vendor) if own else _module_arguments(names, every, vendor)
    runs = any(map(_runs, file.tree.body))
    needy = [call for call in calls if mine or (runs and call.method.asynchronous and not call.options)]
    if own and not mine and not runs:
        arguments = [("api_key", f"{names.module}.api_key")]  # whoever imports the file may set it
    chosen = _names(file, {call.method.asynchronous for call in needy}) if own else ("", "")
    return FileClients(names.module or "openai", vendor, own, chosen, tuple(arguments))


def _runs(node: ast.stmt) -> bool:
    """Whether a statement of the module says that it is run, with a key at hand, rather than imported."""
    guard = isinstance(node, ast.If) and any(
        isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(node.test)
    )
    return guard or (isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.Await)))


def _is_own(
    file: CodeFile,
    calls: Sequence[OldCall],
    mine: Sequence[ModuleSetting],
    settings: Mapping[str, Sequence[ModuleSetting]],
    read: bool,
    callers: frozenset[str],
) -> bool:
    """Whether the file's settings are its own affair, made once on module level before they are needed."""
    elsewhere = [path for path, found in settings.items() if found and path != file.path]
    if not mine:
        return not elsewhere and not read
    plain = all(one.plain for one in mine) and len({one.name for one in mine}) == len(mine)
    helpless = any(path != file.path and not settings.get(path) for path in callers)
    last = max(one.statement.lineno for one in mine)
    early = any(
        file.function(call.function) is None and call.function.lineno < last
        for call in calls
        if call.function is not None
    )
    return plain and not read and not helpless and not early


def _own_arguments(file: CodeFile, mine: Sequence[ModuleSetting], vendor: Vendor) -> list[tuple[str, str]]:
    found = {one.new: file.code(one.value) for one in mine if one.new}
    return _for_vendor(found, vendor)


def _module_arguments(
    names: OldNames, every: Sequence[ModuleSetting], vendor: Vendor
) -> list[tuple[str, str]]:
    """What a client of the file is given that stands for the module: the settings that are made anywhere."""
    module = names.module or "openai"
    made = dict.fromkeys(one.new for one in every if one.new)
    found = _for_vendor(dict.fromkeys(made, ""), vendor)
    return [(name, f"{module}.{name}") for name, _ in found]


def _for_vendor(found: Mapping[str, str], vendor: Vendor) -> list[tuple[str, str]]:
    azure = vendor == "azure"
    renamed = {"base_url": "azure_endpoint"} if azure else {}
    left_out = {"api_type"} if vendor in ("azure", *_LATE) else {"api_type", "api_version"}
    return [(renamed.get(name, name), code) for name, code in found.items() if name not in left_out]


def _names(file: CodeFile, modes: set[bool]) -> tuple[str, str]:
    """Free names for the clients that are needed."""
    sync = next((one for one in _SYNC if one not in file.words), "")
    asynchronous = next((one for one in _ASYNC if one not in file.words), "")
    if modes == {True}:
        asynchronous = sync or asynchronous
    return (sync if False in modes else "", asynchronous if True in modes else "")
