"""Which files may see what another file defines."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from migrate.program.linking.importers import Importers, Numbering, Words, identifiers, imported_names
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
NUMBERING = Numbering(FILES)
IMPORTERS = Importers(NUMBERING, ((path, imported_names(raw)) for path, raw in FILES.items()))


def importers_of(path: str) -> set[str]:
    return set(NUMBERING.paths(IMPORTERS.of(path)))


def test_direct_and_through_others() -> None:
    found = importers_of("llm.py")
    assert found == {"llm.py", "direct.py", "plain.py", "through.py", "many.py", "inside.py"}


def test_through_a_package() -> None:
    assert importers_of("app/core.py") >= {"app/core.py", "app/__init__.py", "user.py"}


def test_files_that_import_each_other() -> None:
    assert importers_of("round.py") == {"round.py", "trip.py"}


def test_a_file_nobody_imports() -> None:
    assert importers_of("alone.py") == {"alone.py"}


class Held:
    """Words, asked and answering in paths."""

    def __init__(self, files: dict[str, bytes], read: list[str] | None = None) -> None:
        self._numbering = Numbering(files)
        self._words = words_of(self._numbering, files, read)

    def holding(self, name: bytes, among: Iterable[str]) -> set[str]:
        files = sum(map(self._numbering.bit, among))
        return set(self._numbering.paths(self._words.holding(name, files)))


def words_of(numbering: Numbering, files: dict[str, bytes], read: list[str] | None) -> Words:
    def reader(path: str) -> bytes:
        if read is not None:
            read.append(path)
        return spaced(identifiers(files[path]))

    return Words(numbering, reader)


def test_words_are_whole_and_read_once() -> None:
    read: list[str] = []
    words = Held(FILES, read)
    assert words.holding(b"client", {"llm.py", "direct.py"}) == {"llm.py", "direct.py"}
    assert words.holding(b"client", {"llm.py", "plain.py"}) == {"llm.py"}
    assert words.holding(b"clien", {"llm.py"}) == set()
    assert sorted(read) == ["direct.py", "llm.py", "plain.py"]


def test_words_are_the_same_for_few_questions_and_for_many() -> None:
    words = Held(FILES)
    names = sorted(set().union(*map(identifiers, FILES.values())))
    first = [words.holding(name, FILES.keys()) for name in names]
    assert all(first)
    for _ in range(100):
        words.holding(b"x", {"alone.py"})
    assert [words.holding(name, FILES.keys()) for name in names] == first
    assert words.holding(b"client", {"llm.py", "plain.py"}) == {"llm.py"}


def test_words_beyond_ascii() -> None:
    words = Held({"a.py": "größe = 1\n".encode()})
    assert words.holding("größe".encode(), {"a.py"}) == {"a.py"}


def chained(links: dict[str, list[str]]) -> Importers:
    """Importers where each file imports the files that ``links`` says."""
    rows = (
        (path, [one.removesuffix(".py").encode() for one in imported]) for path, imported in links.items()
    )
    return Importers(Numbering(links), rows)


def followed(links: dict[str, list[str]], path: str) -> set[str]:
    """The same as plainly as can be: every file that leads to ``path``."""
    found = {path}
    while more := {one for one, imported in links.items() if found & set(imported)} - found:
        found |= more
    return found


@given(
    st.dictionaries(
        st.sampled_from([f"{letter}.py" for letter in "abcdefgh"]),
        st.lists(st.sampled_from([f"{letter}.py" for letter in "abcdefgh"]), max_size=4),
        min_size=1,
    )
)
def test_any_imports_are_followed_to_the_end(links: dict[str, list[str]]) -> None:
    numbering, importers = Numbering(links), chained(links)
    for path in links:
        assert set(numbering.paths(importers.of(path))) == followed(links, path)


def test_a_long_chain() -> None:
    links = {f"m{number}.py": [f"m{number + 1}.py"] for number in range(5_000)}
    assert len(list(Numbering(links).paths(chained(links).of("m4999.py")))) == 5_000
