"""A rules file that does not load says which file, which key, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrate import resources
from migrate.catalog import load
from migrate.catalog.checklist import read_checklist
from migrate.catalog.literal_words import names, read_literal_words
from migrate.catalog.load import Catalog
from migrate.errors import CatalogError

pytestmark = pytest.mark.usefixtures("cache")

HEAD = 'checked = 2026-11-23\nsource = "a letter"\n'
MODEL = 'family = "x"\ntier = "small"\nkind = "chat"\n'


def extra(folder: Path, text: str, name: str = "team.toml") -> Catalog:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Catalog(resources.folder("rules"), (path,))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEAD + '[[model]]\nid = "m"\nshutdwn = 2027-01-01\n',
            "model[1] (m): unknown key shutdwn; did you mean shutdown?",
        ),
        (HEAD + '[[modle]]\nid = "m"\n', "top level: unknown key modle; did you mean model?"),
        (
            HEAD + '[[model]]\nid = "m"\nshutdown = "soon"\n',
            "model[1] (m): shutdown: no date; write it as YYYY-MM-DD",
        ),
        (HEAD + '[[model]]\nid = "m"\nshutdown = 2027-13-01\n', "not valid TOML"),
        (
            HEAD + '[[model]]\nid = "m"\ntier = "big"\n',
            "model[1] (m): tier: 'big' is no choice; it is one of: flagship, nano, pro, small, special",
        ),
        (HEAD + '[[model]]\nid = "m"\n', "model m: key family is missing"),
        (HEAD + "[[model]]\n", "model[1]: key id is missing"),
        (HEAD + '[[model]]\nid = "gpt-4o"\n' + MODEL, "model gpt-4o is defined already in"),
        (HEAD + '[[model]]\nid = "m"\nlike = "gpt-4p"\n', "like = 'gpt-4p' is no model; did you mean gpt-4"),
        (HEAD + '[[model]]\nid = "m"\nlike = "m"\n', "goes round in a circle"),
        ('checked = 2026-11-23\n[[model]]\nid = "m"\n' + MODEL, "model m: no source"),
        ('source = "a letter"\n[[model]]\nid = "m"\n' + MODEL, "model m: no date"),
        ("[[model", "not valid TOML"),
    ],
)
def test_models(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CatalogError, match=re.escape(message)) as caught:
        _ = extra(tmp_path, text).models
    assert "team.toml" in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="cannot be read"):
        _ = Catalog(resources.folder("rules"), (tmp_path / "none.toml",)).models


def test_a_rule_without_an_example(tmp_path: Path) -> None:
    text = (
        HEAD
        + '[[rule]]\nid = "r"\nstage = "model"\ntitle = "t"\nwhy = "w"\nsafety = "manual"\nsources = ["s"]\n'
    )
    with pytest.raises(CatalogError, match="key example_before is missing"):
        _ = extra(tmp_path, text).rules
    with pytest.raises(CatalogError, match="example_before is empty"):
        _ = extra(tmp_path, text + 'example_before = ""\n').rules


def test_a_rule_in_a_file_of_another_name(tmp_path: Path) -> None:
    (tmp_path / "findings").mkdir()
    page = (resources.folder("rules") / "findings" / "old-sdk.toml").read_text(encoding="utf-8")
    (tmp_path / "findings" / "other.toml").write_text(page, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"must be called old-sdk\.toml"):
        _ = Catalog(tmp_path).rules


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[resource]]\npath = "x"\nkind = "chat"\nmethods = ["a b"]\n', "'a b' is not understood"),
        ('[[client]]\nsymbol = "openai.X"\nlike = "openai.Y"\n', "'openai.Y' is no client here"),
        ('[[resource]]\npath = "x"\nkind = "chat"\nmethods = ["a", "a"]\n', "method x.a is defined already"),
    ],
)
def test_sdk_files(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sdks").mkdir()
    (tmp_path / "sdks" / "openai.toml").write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(CatalogError, match=re.escape(message)):
        _ = Catalog(tmp_path).sdk


def test_a_team_adds_its_own(tmp_path: Path) -> None:
    catalog = extra(
        tmp_path,
        HEAD
        + '[[model]]\nid = "acme-large"\nlike = "gpt-5.2"\nsnapshots = ["acme-large-1"]\n'
        + '[[gateway]]\nname = "acme"\ntitle = "Acme"\nbase_url = "https://llm.acme.test/v1"\n'
        + 'key_env = "ACME_KEY"\nbase_url_env = "ACME_URL"\nnaming = "bare"\n'
        + 'hosts = ["acme.test"]\nendpoints = ["chat"]\n'
        + '[[parameter]]\nnames = ["temperature"]\nendpoint = "chat"\nfamilies = ["gpt-5.2"]\n'
        + 'action = "drop"\nreason = "house rule"\n'
        + '[[technique]]\nid = "house"\n',
    )
    model = catalog.models.get("acme-large-1")
    assert model
    assert (model.snapshot_of, model.source, model.default_effort) == ("acme-large", "a letter", "none")
    assert catalog.gateways["acme"].source == "a letter"
    assert catalog.parameters.verdict(model, None, "chat", False, "temperature", 0).reason == "house rule"
    assert [raw for _, raw in catalog.extra.tables("technique")] == [{"id": "house"}]


def test_a_parameter_without_an_endpoint(tmp_path: Path) -> None:
    text = HEAD + '[[parameter]]\nnames = ["stop"]\naction = "keep"\nreason = "r"\n'
    with pytest.raises(CatalogError, match="parameter stop: no endpoint"):
        _ = extra(tmp_path, text).parameters


def test_the_same_gateway_twice(tmp_path: Path) -> None:
    text = (resources.folder("rules") / "gateways" / "evolink.toml").read_text(encoding="utf-8")
    with pytest.raises(CatalogError, match="gateway evolink is defined already"):
        _ = extra(tmp_path, HEAD + "[[gateway]]\n" + text).gateways


def test_the_words_of_literals(tmp_path: Path) -> None:
    text = (resources.folder("rules") / "literals.toml").read_text(encoding="utf-8")
    path = tmp_path / "literals.toml"
    path.write_text(text.replace("logging = [", "loging = ["), encoding="utf-8")
    with pytest.raises(CatalogError, match=re.escape("unknown key loging; did you mean logging?")) as caught:
        read_literal_words(path)
    assert str(path) in str(caught.value)


def test_names_fit_by_their_end() -> None:
    words = frozenset(("environ.get", "getenv"))
    assert names(words, "os.environ.get")
    assert names(words, "getenv")
    assert not names(words, "settings.get")
    assert not names(words, "environ.get.cached")
    assert not names(words, "")


def test_the_catalog_is_loaded_once() -> None:
    assert load() is load()


CHECKLIST = """\
source = "a letter"
checked = 2026-11-23
[[item]]
id = "i"
title = "t"
why = "w"
[[signal]]
id = "s"
[[check]]
id = "c"
item = "i"
weight = 1
judge = "clean"
stages = ["sdk"]
question = "?"
passes = "p"
remedy = "r"
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('item = "i"', 'item = "j"', "check c: there is no item j; known are i"),
        ('"clean"', '"cleen"', "check[1] (c): judge: 'cleen' is no choice; did you mean clean?"),
        (
            'stages = ["sdk"]',
            'rules = ["old-sdc"]',
            "check c: there is no rule old-sdc; did you mean old-sdk?",
        ),
        ('stages = ["sdk"]\n', "", "rules or stages belong to the judge clean alone"),
        ('question = "?"', 'question = "?"\nsignal = "s"', "signal belongs to the judges"),
        ("weight = 1", "weight = 0", "weight: expected `float` > 0"),
        ('id = "s"', 'id = "s"\n[[signal]]\nid = "s"', "signal s is defined already"),
        ('remedy = "r"\n', "", "check[1] (c): key remedy is missing; add it"),
    ],
)
def test_the_checklist(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "checklist.toml"
    path.write_text(CHECKLIST.replace(old, new, 1))
    with pytest.raises(CatalogError, match=re.escape(message)):
        read_checklist(path, {"old-sdk": None})
