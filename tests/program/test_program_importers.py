"""Which files may see what another file defines."""

from __future__ import annotations

from migrate.program.importers import Importers, Words, identifiers, imported_names
from migrate.sources.known import spaced

FILES = {
    "llm.py": b"client = 1\n",
    "direct.py": b"from llm import client\n",
    "plain.py": b"import os, llm as backend\n",
    "through.py": b"from direct import client\n",
    "many.py": b"from app import (\n    one,\n    llm,\n)\n",
    "inside.py": b"def f():\n    from .llm import client\n",
    "app/__init__.py": b"from .core import thing\n",
    "app/core.py": b"thing = 1\n",
    "user.py": b"from app import thing\n",
    "round.py": b"import trip\n",
    "trip.py": b"import round\n",
    "comment.py": b"# import llm\nx = 'from llm import y'\n",
    "alone.py": b"x = 1\n",
}
IMPORTERS = Importers((path, imported_names(raw)) for path, raw in FILES.items())


def test_direct_and_through_others() -> None:
    found = IMPORTERS.of("llm.py")
    assert found == {"llm.py", "direct.py", "plain.py", "through.py", "many.py", "inside.py"}


def test_through_a_package() -> None:
    assert IMPORTERS.of("app/core.py") >= {"app/core.py", "app/__init__.py", "user.py"}


def test_files_that_import_each_other() -> None:
    assert IMPORTERS.of("round.py") == {"round.py", "trip.py"}


def test_a_file_nobody_imports() -> None:
    assert IMPORTERS.of("alone.py") == {"alone.py"}


def words_of(files: dict[str, bytes], read: list[str] | None = None) -> Words:
    def reader(path: str) -> bytes:
        if read is not None:
            read.append(path)
        return spaced(identifiers(files[path]))

    return Words(reader)


def test_words_are_whole_and_read_once() -> None:
    read: list[str] = []
    words = words_of(FILES, read)
    assert words.holding(b"client", {"llm.py", "direct.py"}) == {"llm.py", "direct.py"}
    assert words.holding(b"client", {"llm.py", "plain.py"}) == {"llm.py"}
    assert words.holding(b"clien", {"llm.py"}) == set()
    assert sorted(read) == ["direct.py", "llm.py", "plain.py"]


def test_words_are_the_same_for_few_questions_and_for_many() -> None:
    words = words_of(FILES)
    names = sorted(set().union(*map(identifiers, FILES.values())))
    first = [words.holding(name, FILES.keys()) for name in names]
    assert all(first)
    for _ in range(100):
        words.holding(b"x", {"alone.py"})
    assert [words.holding(name, FILES.keys()) for name in names] == first
    assert words.holding(b"client", {"llm.py", "plain.py"}) == {"llm.py"}


def test_words_beyond_ascii() -> None:
    words = words_of({"a.py": "größe = 1\n".encode()})
    assert words.holding("größe".encode(), {"a.py"}) == {"a.py"}
