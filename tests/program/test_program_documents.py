"""Configuration files on disk: which are never followed, and that no secret in one is ever shown."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from migrate.catalog import load
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import scan
from migrate.settings import Settings

CODE = """\
import json
from openai import OpenAI

config = json.load(open("config.json"))
OpenAI(**config["client"]).chat.completions.create(model=config["model"], messages=[])
"""
CONFIG = '{"model": "gpt-4o", "client": {"api_key": "hush-hush", "timeout": 7}}'


def _call(root: Path) -> CallSite:
    (root / "app.py").write_text(CODE, encoding="utf-8")
    return next(one for one in scan([root], Settings(), load()).call_sites if one.model_parameter)


def test_a_file_is_followed_and_its_secrets_are_not(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(CONFIG, encoding="utf-8")
    call = _call(tmp_path)
    assert call.model.values == ("gpt-4o",)
    passed = {one.name: one.code for one in call.clients[0].parameters}
    assert passed == {"api_key": "...", "timeout": "7"}
    assert b"hush-hush" not in msgspec.json.encode(call)


@pytest.mark.skipif(os.name == "nt", reason="symlinks need rights there")
def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    root.mkdir()
    (tmp_path / "outside.json").write_text(CONFIG, encoding="utf-8")
    (root / "config.json").symlink_to(tmp_path / "outside.json")
    assert _call(root).model.why == ("config.json is a link out of the repository",)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"model": "gpt-4o", "rest": "' + b"x" * 1_000_000 + b'"}', "larger than 1 MB"),
        (b"\xff\xfe\x00{", "NUL"),
        (b'{"model":\n', "config.json:2 cannot be parsed"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "config.json").write_bytes(content)
    model = _call(tmp_path).model
    assert not model.complete
    assert why in model.why[0]


def test_a_large_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(b'{"model": "gpt-4o", "rest": "' + b"x" * 1_000_000 + b'"}')
    (tmp_path / "other.json").write_bytes(b'{"rest": "' + b"x" * 1_000_000 + b'"}')
    (tmp_path / "app.py").write_text(CODE, encoding="utf-8")
    outcomes = scan([tmp_path], Settings(), load()).outcomes
    assert [(one.path, one.state) for one in outcomes] == [("config.json", "skipped")]
    assert "1 MB" in outcomes[0].reason
    assert "max-file-size" not in outcomes[0].reason


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "config.json").mkdir()
    assert "not in the repository" in _call(tmp_path).model.why[0]
