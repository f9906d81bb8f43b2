"""``check`` in the formats of other programs: SARIF, GitLab's code quality, Markdown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_runs import DAY, make_repository, repoint

from migrate.catalog import load
from migrate.sources.lines import Lines
from migrate.sources.place import Span

BOT = """\
from openai import OpenAI

client = OpenAI()


class Bot:
    def ask(self, messages):
        client.chat.completions.create(model="gpt-4", max_tokens=900, messages=messages)
        client.chat.completions.create(model="gpt-4", messages=[])  # repoint: ignore
"""
HOSTILE = """\
from openai import OpenAI

OpenAI().chat.completions.create(model="gpt-4|<script>`", messages=[])
"""
FILES = {"app/bot.py": BOT, "ä b/x#y.py": HOSTILE, "broken.py": "from openai import (\n"}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("formats") / "r", FILES)


@pytest.fixture(scope="module")
def run(repository: Path) -> dict[str, Any]:
    done = repoint(repository, "check", "--format", "sarif", *DAY)
    assert done.returncode == 3
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def of_rule(run: dict[str, Any], rule: str, path: str = "app/bot.py") -> list[dict[str, Any]]:
    at = "artifactLocation"
    return [
        one
        for one in run["results"]
        if one["ruleId"] == rule and one["locations"][0]["physicalLocation"][at]["uri"] == path
    ]


def test_every_rule_is_described(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert {one["id"] for one in rules} == load().rules.keys()
    assert all(one["help"]["text"].startswith(f"{one['id']}: ") for one in rules)
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_a_result_has_its_place_and_a_name_that_lines_do_not_change(run: dict[str, Any]) -> None:
    (found,) = [one for one in of_rule(run, "retired-model") if "suppressions" not in one]
    region = found["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 8, "startColumn": 46, "endLine": 8, "endColumn": 53}
    name = found["partialFingerprints"]["repoint/v1"]
    assert name.startswith("retired-model:app/bot.py:Bot.ask:")
    assert name.endswith(":0")


def test_what_a_comment_takes_out_is_suppressed(run: dict[str, Any]) -> None:
    suppressed = [one for one in run["results"] if "suppressions" in one]
    assert [one["ruleId"] for one in suppressed] == ["retired-model"]
    assert suppressed[0]["suppressions"] == [{"kind": "inSource"}]


def test_paths_are_uris(run: dict[str, Any]) -> None:
    assert of_rule(run, "direct-client", "%C3%A4%20b/x%23y.py")


def test_a_file_that_was_not_read_is_told(run: dict[str, Any]) -> None:
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "broken.py"


def test_the_fixes_are_what_apply_does(repository: Path, run: dict[str, Any], tmp_path: Path) -> None:
    pieces: dict[tuple[Span, str], None] = {}
    for result in run["results"]:
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                if change["artifactLocation"]["uri"] == "app/bot.py":
                    pieces |= {_piece(one): None for one in change["replacements"]}
    text, lines = BOT, Lines(BOT)
    for span, new in sorted(pieces, reverse=True):
        start, end = lines.offsets(span)
        text = text[:start] + new + text[end:]
    copy = make_repository(tmp_path / "copy", FILES)
    repoint(copy, "apply", "--include", "review", *DAY)
    assert text == (copy / "app/bot.py").read_text()
    assert text != BOT


def _piece(replacement: dict[str, Any]) -> tuple[Span, str]:
    return Span(*replacement["deletedRegion"].values()), replacement["insertedContent"]["text"]


def test_gitlab(repository: Path) -> None:
    done = repoint(repository, "check", "--format", "gitlab", *DAY)
    rows = json.loads(done.stdout)
    assert len({row["fingerprint"] for row in rows}) == len(rows) > 2
    (retired,) = [row for row in rows if row["check_name"] == "retired-model"]
    assert retired["location"] == {"path": "app/bot.py", "lines": {"begin": 8}}
    assert {row["severity"] for row in rows} == {"major"}


def test_markdown_lets_no_code_act(repository: Path) -> None:
    text = repoint(repository, "check", "--format", "markdown", "-v", *DAY).stdout
    assert text.startswith("### repoint: ")
    assert "| <code>app/bot.py:8:46</code> | gpt-4 was shut down" in text
    assert "<script>" not in text
    rows = [line.replace("\\|", "") for line in text.splitlines() if line.startswith("| <code>")]
    assert [row.count("|") for row in rows] == [4] * len(rows)
    assert "- <code>broken.py</code>: syntax error" in text
