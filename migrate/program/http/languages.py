"""Calls in files of other languages: curl in commands, JavaScript and TypeScript."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from migrate.program.calls.callsite import CallSite
from migrate.sources.kinds import Kind, kind_of
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.catalog.configuration import Configuration
    from migrate.program.linking.repository import Repository

# One of them stands in every address and package name that is looked for.
_WORDS = (b"openai", b"azure")


def of_other_languages(repository: Repository, catalog: Catalog, paths: Iterable[str]) -> list[CallSite]:
    """The calls of those of ``paths`` that are JavaScript, or hold commands: scripts, what builds and deploys
    code, and code blocks of documents."""
    files = sorted(paths)
    return [*_of_commands(repository, catalog, files), *_of_javascript(repository, catalog, files)]


def _of_commands(repository: Repository, catalog: Catalog, files: list[str]) -> list[CallSite]:
    plain = _naming(repository, files, "shell", "deployment", "prose")
    workflows = [path for path in files if _may_hold_commands(path, catalog.configuration)]
    found = {**plain, **_naming(repository, workflows, "configuration")}
    found = {path: text for path, text in sorted(found.items()) if "curl" in text}
    if not found:
        return []
    from migrate.program.http.curl_calls import CurlCalls

    def read(path: str) -> str | None:
        source = repository.text_file(path)
        return source.text if source is not None else None

    calls = CurlCalls(catalog, read)
    return [site for path, text in found.items() for site in calls.of(path, text)]


def _may_hold_commands(path: str, known: Configuration) -> bool:
    """Whether ``path`` is YAML that gives a shell its commands."""
    *folders, name = path.lower().split("/")
    if not name.endswith((".yml", ".yaml")):
        return False
    return bool(known.deployment_folders & set(folders)) or name.startswith(tuple(known.command_files))


def _of_javascript(repository: Repository, catalog: Catalog, files: list[str]) -> list[CallSite]:
    known = catalog.configuration.javascript.values()
    named = [one.package for one in known if one.classes or one.providers]
    texts = _naming(repository, files, "javascript")
    found = {path: text for path, text in texts.items() if _imports(text, named)}
    if not found:
        return []
    if find_spec("ast_grep_py") is None:
        first = next(iter(found))
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        why = f"it imports OpenAI's package{more}; pip install 'repoint[js]' to have JavaScript read"
        repository.notes.append(Outcome(first, "skipped", why))
        return []
    from migrate.program.javascript.calls import JavaScriptCalls

    calls = JavaScriptCalls(catalog)
    return [site for path, text in found.items() for site in calls.of(path, text)]


def _naming(repository: Repository, files: list[str], *kinds: Kind) -> dict[str, str]:
    """The texts of the files of some kinds that name OpenAI at all."""
    wanted = frozenset(path for path in files if kind_of(path) in kinds and not path.endswith(".min.js"))
    found = {}
    # What is kept of a document is its Python.
    whole = {path for path in wanted if kind_of(path) == "prose"}
    holding = {path for word in _WORDS for path in repository.holding(word, wanted - whole)}
    for path in sorted({*holding, *whole}):
        source = repository.written(path)
        if source is not None:
            found[path] = source.text
    return found


def _imports(text: str, packages: Iterable[str]) -> bool:
    return any(f"{quote}{one}{quote}" in text for one in packages for quote in "'\"")
