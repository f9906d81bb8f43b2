"""Turns the short spellings of rules/sdks/*.toml into the records of ``sdk``. It holds no fact itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrate.catalog.documents import convert, origin, read, unique
from migrate.catalog.sdk import Sdk, SdkClient, SdkGlobal, SdkMethod
from migrate.catalog.sdk_legacy import Answer, DictReaders, LegacyFacts, LegacyMethod
from migrate.catalog.sdkshape import AnswerEntry, RequestEntry, SdkDocument
from migrate.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from migrate.catalog.sdkshape import ResourceEntry

# `create`, `retrieve(completion_id)`, `parse >=1.92.0`
_METHOD = re.compile(r"(?P<name>\w+)(\((?P<positional>[\w, ]+)\))?( >=(?P<since>[\d.]+))?")


def read_sdk(paths: Sequence[Path]) -> Sdk:
    """The package as the files describe it together. Raises CatalogError."""
    files = [(path, convert(read(path), SdkDocument, path)) for path in paths]
    for path, file in files:
        origin(file, file, path, "the file")
    methods = unique(((m.path, m, path) for path, file in files for m in _methods(file, path)), "method")
    legacy = unique(((m.symbol, m, path) for path, file in files for m in _legacy(file)), "legacy call")
    return Sdk(
        newest="".join(file.newest for _, file in files),
        modules=frozenset().union(*(file.modules for _, file in files)),
        wrappers=frozenset().union(*(file.wrappers for _, file in files)),
        copies=frozenset().union(*(file.copies for _, file in files)),
        nouns=frozenset().union(*(file.nouns for _, file in files)),
        wrapper_arguments=frozenset().union(*(file.wrapper_arguments for _, file in files)),
        needles=tuple(needle.encode() for _, file in files for needle in file.needles),
        clients=unique(((c.symbol, c, path) for path, file in files for c in _clients(file, path)), "client"),
        methods=methods,
        legacy=legacy,
        globals=unique(((g.name, g, path) for path, file in files for g in _globals(file)), "global"),
        module_client_paths=frozenset(path.partition(".")[0] for path in methods),
        old=_old(files),
    )


def _clients(file: SdkDocument, path: Path) -> Iterable[SdkClient]:
    by_symbol = {client.symbol: client for client in file.client}
    for client in file.client:
        if client.like and client.like not in by_symbol:
            raise CatalogError(f"{path}: client {client.symbol}: like = {client.like!r} is no client here")
        facts = by_symbol[client.like] if client.like else client
        for name in (client.symbol, *client.also):
            yield SdkClient(
                symbol=name,
                canonical=client.symbol,
                asynchronous=client.asynchronous,
                target=facts.target,
                arguments={argument: argument for argument in facts.arguments},
                base_url_env=facts.base_url_env,
                key_env=facts.key_env,
            )


def _globals(file: SdkDocument) -> Iterable[SdkGlobal]:
    for group in file.global_:
        for name, role in [*((name, name) for name in group.names), *group.roles.items()]:
            yield SdkGlobal(name, role, group.generation)


def _methods(file: SdkDocument, path: Path) -> Iterable[SdkMethod]:
    for resource in file.resource:
        for request in (*resource.request, RequestEntry(resource.methods)):
            for spelling in request.methods:
                yield _method(resource, request, spelling, path)


def _method(resource: ResourceEntry, request: RequestEntry, spelling: str, path: Path) -> SdkMethod:
    match = _METHOD.fullmatch(spelling)
    if not match:
        raise CatalogError(
            f"{path}: resource {resource.path}: methods: {spelling!r} is not understood; "
            "write name, name(first, second) or name >=1.2.3"
        )
    positional = match["positional"]
    return SdkMethod(
        ".".join(filter(None, (resource.path, match["name"]))),
        resource.kind,
        resource.endpoint,
        request.model,
        request.prompts,
        tuple(positional.split(", ")) if positional else (),
        match["since"] or resource.since,
        resource.until,
        request.parameters,
        request.shutdown or resource.shutdown,
        resource.replacement,
        request.implicit,
    )


def _legacy(file: SdkDocument) -> Iterable[LegacyMethod]:
    for entry in file.legacy:
        for name, replacement in entry.calls.items():
            for asynchronous in (False, True) if entry.twins else (False,):
                yield LegacyMethod(
                    f"openai.{entry.class_}.{'a' * asynchronous}{name}",
                    entry.kind,
                    asynchronous,
                    replacement,
                    entry.endpoint,
                    entry.model,
                    entry.prompts,
                    entry.positional.get(name, ()),
                    entry.shutdown,
                    entry.answer.get(name, ""),
                    entry.pieces,
                    entry.renamed,
                    entry.gone,
                    entry.takes,
                    entry.paired,
                )


def _old(files: Sequence[tuple[Path, SdkDocument]]) -> LegacyFacts:
    """What the files say of 0.x. Raises CatalogError for an answer that is not described."""
    described = {name: entry for _, file in files for name, entry in file.answers.items()}
    renamed = _with_parts({name for name, entry in described.items() if entry.aliases}, described)
    answers = {
        name: Answer(entry.fields, frozenset(entry.optional), name in renamed, entry.read, entry.type)
        for name, entry in described.items()
    }
    for path, file in files:
        named = [kind.strip("[]") for one in file.answers.values() for kind in one.fields.values()]
        named += [kind for one in file.legacy for kind in (*one.answer.values(), one.pieces)]
        strange = sorted({kind for kind in named if kind} - answers.keys())
        if strange:
            raise CatalogError(
                f"{path}: answers: {strange[0]!r} is not described; add [answers.{strange[0]}]"
            )
    return LegacyFacts(
        _merged(file.legacy_arguments for _, file in files),
        _merged(file.legacy_settings for _, file in files),
        _merged(file.legacy_errors for _, file in files),
        _merged(file.legacy_error_attributes for _, file in files),
        _merged(file.error_parents for _, file in files),
        _merged(file.legacy_cures for _, file in files),
        answers,
        "".join(file.legacy_floor for _, file in files),
        _merged(file.resource_classes for _, file in files),
        frozenset[str]().union(*(file.version_readers for _, file in files)),
        next((file.dict_readers for _, file in files if file.dict_readers is not None), DictReaders()),
        _merged(file.answer_cures for _, file in files),
        {name: one for _, file in files for name, one in file.legacy_environment.items()},
        _merged(file.legacy_users for _, file in files),
    )


def _with_parts(found: set[str], described: Mapping[str, AnswerEntry]) -> set[str]:
    """``found``, and the answers that hold one of them anywhere."""
    more = {
        name
        for name, entry in described.items()
        if found & {kind.strip("[]") for kind in entry.fields.values()}
    }
    return found if more <= found else _with_parts(found | more, described)


def _merged(tables: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    return {key: value for table in tables for key, value in table.items()}
