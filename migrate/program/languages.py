"""Calls in files of other languages, for the inventory alone: curl in scripts, JavaScript and TypeScript."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from migrate.program.callsite import CallSite
from migrate.sources.kinds import Kind, kind_of
from migrate.sources.source import Outcome

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.repository import Repository

# Stands in every address and package name that is looked for.
_WORD = b"openai"


def of_other_languages(repository: Repository, catalog: Catalog, paths: Iterable[str]) -> list[CallSite]:
    """The calls of those of ``paths`` that are scripts or JavaScript."""
    files = sorted(paths)
    return [*_of_scripts(repository, catalog, files), *_of_javascript(repository, catalog, files)]


def _of_scripts(repository: Repository, catalog: Catalog, files: list[str]) -> list[CallSite]:
    scripts = _naming(repository, files, "shell")
    if not scripts:
        return []
    from migrate.program.curl_calls import CurlCalls

    calls = CurlCalls(catalog)
    return [site for path, text in scripts.items() for site in calls.of(path, text)]


def _of_javascript(repository: Repository, catalog: Catalog, files: list[str]) -> list[CallSite]:
    found = {path: text for path, text in _naming(repository, files, "javascript").items() if _imports(text)}
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


def _naming(repository: Repository, files: list[str], kind: Kind) -> dict[str, str]:
    """The texts of the files of one kind that name OpenAI at all."""
    wanted = frozenset(path for path in files if kind_of(path) == kind and not path.endswith(".min.js"))
    found = {}
    for path in sorted(repository.holding(_WORD, wanted)) if wanted else ():
        source = repository.written(path)
        if source is not None:
            found[path] = source.text
    return found


def _imports(text: str) -> bool:
    quoted = ("'openai'", '"openai"', "'@ai-sdk/openai'", '"@ai-sdk/openai"')
    return any(one in text for one in quoted)
