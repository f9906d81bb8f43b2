"""Edits of configuration files are proved by parsing both texts: exactly the edited values differ."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from migrate.errors import ProofError
from migrate.findings.edits import ReplaceSpan
from migrate.rewrite.engine.splicing import apply_splices
from migrate.rewrite.proof.documents import prove_document
from migrate.sources.lines import Lines

NAMES = st.text("abcdefgh_", min_size=1, max_size=6)
PLAIN = st.one_of(st.integers(), st.booleans(), st.none(), st.text(max_size=12))
TREES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)
)
MARK = "gpt-4-0314"


def edit_at(text: str, old: str, new: str) -> ReplaceSpan:
    start = text.index(old)
    return ReplaceSpan(Lines(text).between(start, start + len(old)), old, new)


def changed(path: str, text: str) -> str:
    edit = edit_at(text, MARK, "gpt-5.2")
    new = apply_splices(text, [edit])
    prove_document(path, text, [edit], new)
    return new


@given(TREES, TREES, st.sampled_from([None, 2]))
def test_json_differs_in_the_model_alone(before: object, after: object, indent: int | None) -> None:
    data = {"before": before, "model": MARK, "after": after}
    new = changed("config.json", json.dumps(data, indent=indent))
    assert json.loads(new) == {**data, "model": "gpt-5.2"}


@given(TREES, st.sampled_from(["", "'", '"']), st.sampled_from(["\n", "\r\n"]))
def test_yaml_differs_in_the_model_alone(around: object, quote: str, end: str) -> None:
    written = yaml.safe_dump({"around": around, "z": 1}, sort_keys=False)
    text = f"# first\nmodel: {quote}{MARK}{quote} # ours\n{written}".replace("\n", end)
    new = changed("config.yaml", text)
    assert new == text.replace(MARK, "gpt-5.2", 1)


@given(st.dictionaries(NAMES, st.text("abc #=:;[]", max_size=8), max_size=3))
def test_toml_and_ini_and_env_differ_in_the_model_alone(others: dict[str, str]) -> None:
    lines = "".join(f"x{name} = {json.dumps(value)}\n" for name, value in others.items())
    for path in ("a.toml", "a.ini", ".env"):
        text = f"[s]\n{lines}model = '{MARK}'\n"
        assert changed(path, text) == text.replace(MARK, "gpt-5.2")


@pytest.mark.parametrize(
    ("path", "text", "new"),
    [
        ("a.json", f'{{"m": "{MARK}", "n": 1}}', '{"m": "gpt-5.2", "n": 2}'),
        ("a.json", f'{{"m": "{MARK}"}}', '{"m": "gpt-5.2", "m": "x"}'),
        ("a.json", f'{{"m": "{MARK}"}}', '{"m": "gpt-5.2"'),
        ("a.yaml", f"m: {MARK}\n", "m: gpt-5.2\nn: 1\n"),
        ("a.yaml", f"m: &a {MARK}\n", "m: &b gpt-5.2\n"),
        ("a.yaml", f"m: {MARK}\n", "m: [gpt-5.2]\n"),
        ("a.toml", f"m = '{MARK}'\n", "n = 'gpt-5.2'\n"),
        (".env", f"M={MARK}\n", "export M=gpt-5.2\n"),
    ],
)
def test_anything_else_that_differs_is_refused(path: str, text: str, new: str) -> None:
    with pytest.raises(ProofError):
        prove_document(path, text, [edit_at(text, MARK, "gpt-5.2")], new)


def test_an_edit_in_a_comment_proves_nothing() -> None:
    text = f"# {MARK}\nm: 1\n"
    with pytest.raises(ProofError, match="changes no value"):
        changed("a.yaml", text)


def test_comments_in_json_stay() -> None:
    text = f'{{\n  // ours, "{{" included\n  "model": "{MARK}", /* was gpt-4 */\n}}\n'
    assert changed("settings.jsonc", text) == text.replace(MARK, "gpt-5.2")
