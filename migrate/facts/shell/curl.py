"""The requests that curl commands in a text send: URL, headers and body, each as the word that gives it.

Which of them are OpenAI's, and what becomes of them, is no question here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

import msgspec

from migrate.facts.shell.scanning import command_at
from migrate.facts.shell.words import UNKNOWN, Command, Dialect, Word
from migrate.sources.fences import fences
from migrate.sources.kinds import kind_of
from migrate.sources.lines import Lines

_NAME = re.compile(r"(?<![\w.\"'-])(?<!\w@)curl(?=[ \t]|\\\r?\n)")
_COMMENT = re.compile(r"[ \t]*(?:#|//)|.*[ \t]#")
_DATA = ("-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json")
_FORM = ("-F", "--form", "--form-string")
_HEADER = ("-H", "--header")
_SHORT = re.compile(r"-[a-zA-Z#]*[dHF]$")


class CurlRequest(msgspec.Struct, frozen=True):
    """One command, at offsets ``start`` to ``end``. ``body`` is what it sends as JSON, if a word of it says
    that; ``file`` names the file that holds it instead. ``form`` are the fields of a form. ``problem`` says
    why the body is not known. ``urls`` are the words that may be one."""

    start: int
    end: int
    dialect: Dialect
    urls: tuple[Word, ...]
    headers: tuple[Word, ...] = ()
    body: Word | None = None
    file: str = ""
    form: tuple[Word, ...] = ()
    problem: str = ""


def curl_requests(path: str, text: str) -> Iterator[CurlRequest]:
    """Those in the file ``path``, in order; of a document those in its code blocks."""
    if "curl" not in text:
        return
    lines = Lines(text)
    dialect = _dialect(path)
    done = 0
    for found in _NAME.finditer(text):
        line, column = lines.position(found.start())
        before = lines.line(line)[: column - 1]
        if found.start() < done or _COMMENT.match(before) or not _is_code(path, text, line):
            continue
        command = command_at(text, found.end(), dialect)
        done = command.end
        yield _request(found.start(), command, dialect)


def _dialect(path: str) -> Dialect:
    name = basename(path).lower()
    if name.startswith(("dockerfile", "containerfile")) or name.endswith(".dockerfile"):
        return "docker"
    return "make" if name == "makefile" or name.endswith(".mk") else "shell"


def _is_code(path: str, text: str, line: int) -> bool:
    if kind_of(path) != "prose":
        return True
    return any(one.language == "shell" and one.first <= line <= one.last for one in fences(path, text))


def _request(start: int, command: Command, dialect: Dialect) -> CurlRequest:
    """What the words of ``command`` say."""
    urls, headers, data, form = _sorted(command.words)
    found = CurlRequest(start, command.end, dialect, tuple(urls), tuple(headers), form=tuple(form))
    if not data:
        return found
    if len(data) > 1:
        return msgspec.structs.replace(found, problem="its body is put together of several pieces")
    if data[0].text == "@-":
        if command.document is None:
            return msgspec.structs.replace(found, problem="its body comes from another command")
        return msgspec.structs.replace(found, body=command.document)
    if data[0].text.startswith("@"):
        if data[0].variables:
            return msgspec.structs.replace(found, problem="its body is in a file whose name is filled in")
        return msgspec.structs.replace(found, file=data[0].text[1:])
    return msgspec.structs.replace(found, body=data[0])


def _sorted(words: tuple[Word, ...]) -> tuple[list[Word], list[Word], list[Word], list[Word]]:
    """URLs, headers, pieces of the body and fields of a form."""
    urls: list[Word] = []
    headers: list[Word] = []
    data: list[Word] = []
    form: list[Word] = []
    homes = {**dict.fromkeys(_DATA, data), **dict.fromkeys(_FORM, form), **dict.fromkeys(_HEADER, headers)}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        option = word.text if not _SHORT.match(word.text) or word.text in homes else f"-{word.text[-1]}"
        glued = word.text[:2] if word.text[:2] in homes and not word.text.startswith("--") else ""
        if option in homes and rest:
            homes[option].append(rest.pop(0))
        elif glued:
            homes[glued].append(_from(word, 2))
        elif "://" in word.text or word.text.startswith(UNKNOWN):
            urls.append(word)
    return urls, headers, data, form


def _from(word: Word, start: int) -> Word:
    variables = tuple(
        msgspec.structs.replace(one, at=one.at - start) for one in word.variables if one.at >= start
    )
    parts = word.text[start:], word.starts[start:], word.ends[start:], word.quoting[start:]
    return Word(*parts, variables)
