"""rules/configuration: what is read from it, and what a broken file says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrate import resources
from migrate.catalog import load
from migrate.catalog.configurationfile import ConfigurationDocument, read_configuration
from migrate.catalog.documents import convert, read
from migrate.catalog.sources import keys
from migrate.errors import CatalogError

pytestmark = pytest.mark.usefixtures("cache")

FILES = sorted((resources.folder("rules") / "configuration").glob("*.toml"))
HEAD = 'checked = 2026-11-23\nsource = "a letter"\n'


def test_every_source_is_in_the_list_of_sources() -> None:
    named: set[str] = set()
    for path in FILES:
        file = convert(read(path), ConfigurationDocument, path)
        tables = (file.read, file.declaration, file.flags, file.shared, file.parser, file.loader)
        named |= {
            key for table in tables for entry in table for key in keys(entry.source or file.source or "")
        }
    assert named
    assert named <= set(load().sources)


def test_a_function_on_a_part_of_its_package() -> None:
    known = load().configuration
    assert known.declaration("streamlit.sidebar.selectbox") is known.declaration("streamlit.selectbox")
    assert known.declaration("click.core.option") is None
    assert known.declaration("fastlit.selectbox") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + '[[read]]\nfunctions = ["a"]\n', "read[1]: key name is missing"),
        (HEAD + '[[read]]\nname = {}\nfunction = ["a"]\n', "unknown key function; did you mean functions?"),
        (
            HEAD + '[[declaration]]\nfunctions = ["a"]\nform = "x"\n',
            "declaration[1]: form: 'x' is no choice",
        ),
        (HEAD + '[[parser]]\nfunctions = ["a", "a"]\nformat = "json"\n', "parser a is defined already"),
        ('checked = 2026-11-23\n[[shared]]\nholder = "a"\n', "shared: no source"),
        ('source = "a letter"\n[[shared]]\nholder = "a"\n', "shared: no date"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=re.escape(message)) as caught:
        read_configuration([path])
    assert "own.toml" in str(caught.value)
