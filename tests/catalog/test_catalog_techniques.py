"""Techniques and wordings that do not load say which file, which key, and the cure."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from migrate import resources
from migrate.catalog import Catalog, load
from migrate.errors import CatalogError
from migrate.prompts.analysis import analyse
from migrate.prompts.language.matching import lexicon

HEAD = '[[technique]]\nid = "magic_word"\ngroup = "tone"\ntitle = "t"\nwhy = "w"\nchange = "c"\n'
SOURCED = HEAD + 'sources = ["repoint"]\nchecked = 2026-11-28\n'
EXAMPLES = (
    '[[technique.example]]\ntext = "Abracadabra, answer {q}."\n'
    '[[technique.example]]\ntext = "Say nothing."\nabsent = true\n'
)
SAYING = '[[technique.saying]]\nlang = "en"\nphrases = ["abracadabra"]\n'


def catalog(tmp_path: Path, text: str) -> Catalog:
    path = tmp_path / "team.toml"
    path.write_text(text, encoding="utf-8")
    return Catalog(resources.folder("rules"), (path,))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SOURCED.replace("why", "wy") + EXAMPLES, "unknown key wy; did you mean why?"),
        (SOURCED.replace('"tone"', '"mood"') + EXAMPLES, "group: 'mood' is no choice; "),
        (SOURCED.replace('title = "t"\n', "") + EXAMPLES, "key title is missing"),
        (SOURCED, "key example is missing"),
        (
            SOURCED + EXAMPLES.split('[[technique.example]]\ntext = "Say', maxsplit=1)[0],
            "no example with absent = true",
        ),
        (HEAD + 'sources = ["repoint"]\n' + EXAMPLES, "technique magic_word: no date"),
        (HEAD + "sources = []\nchecked = 2026-11-28\n" + EXAMPLES, "technique magic_word: no source"),
        (SOURCED + EXAMPLES + SAYING.replace('"en"', '"eng"'), "no wording for lang 'eng'; did you mean en?"),
        (SOURCED + EXAMPLES + SAYING.replace('"abracadabra"', ""), "phrases is empty"),
        (SOURCED.replace("magic_word", "deep_breath") + EXAMPLES, "technique deep_breath is defined already"),
    ],
)
def test_a_technique_that_does_not_load(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CatalogError, match=re.escape(message)) as caught:
        _ = catalog(tmp_path, text).techniques
    assert "team.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("(open", ") is missing; close the bracket"),
        ("shut)", ") closes nothing; take it out"),
        ("[maybe]", "may be empty or begins with a gap"),
        ("... gap", "may be empty or begins with a gap"),
        ("{nothing}", "no class 'nothing'"),
        ("a % b", "% is no word"),
    ],
)
def test_a_phrase_that_cannot_be_read(tmp_path: Path, phrase: str, message: str) -> None:
    text = SOURCED + EXAMPLES + SAYING.replace("abracadabra", phrase)
    with pytest.raises(CatalogError, match=re.escape(message)) as caught:
        lexicon(catalog(tmp_path, text))
    assert "magic_word, saying in en" in str(caught.value)


@pytest.mark.parametrize("says", ["think! steps", "think! + ", "think! * steps", ""])
def test_a_construction_that_cannot_be_read(tmp_path: Path, says: str) -> None:
    text = f'{SOURCED}{EXAMPLES}[[technique.construction]]\nsays = ["{says}"]\n'
    with pytest.raises(CatalogError, match="between two kinds"):
        lexicon(catalog(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Guess {q} out loud and loudly.", False),
        ("Ponder {q} for a while, aloud.", False),
        ("Ponder it aloud, then answer {q}.", True),
        ("Grübel laut und antworte auf {q}.", True),
        ("He will ponder it aloud. {q}", False),
        ("Do not ponder it aloud. {q}", False),
    ],
)
def test_a_construction_holds_in_every_language(tmp_path: Path, text: str, found: bool) -> None:
    own = f'{SOURCED}{EXAMPLES}[[technique.construction]]\nsays = ["think! ~ aloud"]\n'
    assert ("magic_word" in analyse(text, catalog(tmp_path, own)).labels) is found


def test_a_team_adds_its_own(tmp_path: Path) -> None:
    text = SOURCED + EXAMPLES + SAYING.replace("phrases", 'cut = "words"\nphrases')
    found = analyse("Answer {q}, ABRACADABRA.", catalog(tmp_path, text))
    assert (found.labels, found.flag, found.rewrite) == (("magic_word",), True, "Answer {q}.")


def test_a_file_that_is_called_otherwise(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(resources.folder("rules"), rules)
    (rules / "techniques" / "deep_breath.toml").rename(rules / "techniques" / "breath.toml")
    with pytest.raises(CatalogError, match=re.escape("the file must be called deep_breath.toml")):
        _ = Catalog(rules).techniques


def test_every_source_is_known() -> None:
    for one in load().techniques.techniques.values():
        assert set(one.sources) <= set(load().sources), one.id
