"""``repoint scan --why`` and ``--literals``: what stands at a line, where it comes from, what it is for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_runs import make_repository, refused, repoint

APP = Path(__file__).parents[2] / "fixtures" / "cli" / "call_site" / "app"
GATE = """\
PRICES = {"gpt-4o": 2.5}



def sees(model):
    return model == "gpt-4o" and PRICES["gpt-4o"]
"""


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    shutil.copytree(APP, tmp_path / "bot" / "app")
    (tmp_path / "bot" / "app" / "gate.py").write_text(GATE)
    return make_repository(tmp_path / "bot", {})


@pytest.mark.parametrize("where", ["app/bot.py:10", "app/bot.py:10:33", "app/bot.py:12"])
def test_the_way_to_every_origin(bot: Path, where: str) -> None:
    done = repoint(bot, "scan", "--why", where)
    head, *rest = done.stdout.splitlines()
    assert head.startswith(
        "app/bot.py:10:33  openai.AsyncOpenAI.chat.completions.create  (chat, goes to openai)"
    )
    assert rest[:4] == [
        "├─ model: gpt-4o or $BOT_MODEL",
        "│  ├─ gpt-4o (env-default)",
        "│  │  ├─ app/bot.py:11  model=settings.model,",
        "│  │  └─ app/settings.py:9  model: str = field(default_factory=lambda: "
        'os.getenv("BOT_MODEL", "gpt-4o"))',
    ]
    assert rest[-1] == "└─ more may be passed: no call that passes extra to Bot.ask is visible"
    assert "abcdef" not in done.stdout, "a secret of the client's line"
    assert (done.returncode, done.stderr) == (0, "")


def test_from_another_folder(bot: Path) -> None:
    done = repoint(bot / "app", "scan", "--why", "bot.py:10")
    assert done.stdout.startswith("app/bot.py:10:33  ")


def test_a_client(bot: Path) -> None:
    lines = repoint(bot, "scan", "--why", "app/llm.py:8").stdout.splitlines()
    assert lines[0] == "app/llm.py:8:10  openai.AsyncOpenAI()  (constructor, goes to openai)"
    assert any(line.startswith("│  └─ api_key: $OPENAI_API_KEY") for line in lines)


def test_a_line_with_a_model_that_reaches_a_call(bot: Path) -> None:
    assert repoint(bot, "scan", "--why", "app/settings.py:9").stdout.splitlines() == [
        "app/settings.py:9  no call begins or goes on here",
        "└─ gpt-4o is chosen here (env-default)",
        "   └─ reaches app/bot.py:10:33  AsyncOpenAI.chat.completions.create",
    ]


def test_a_line_with_a_definition(bot: Path) -> None:
    assert repoint(bot, "scan", "--why", "app/gate.py:1").stdout.splitlines()[1:] == [
        "└─ gpt-4o is not a choice here (price-or-context-table)",
        "   └─ no visible call takes its model from here",
    ]


def test_a_line_with_nothing(bot: Path) -> None:
    assert repoint(bot, "scan", "--why", "app/bot.py:2").stdout.splitlines() == [
        "app/bot.py:2  no call begins or goes on here",
        "└─ the nearest calls of this file",
        "   └─ app/bot.py:10:33  AsyncOpenAI.chat.completions.create",
    ]
    assert repoint(bot, "scan", "--why", "app/gate.py:3").stdout.endswith("└─ this file holds no calls\n")


def test_places_that_are_none(bot: Path) -> None:
    assert refused(repoint(bot, "scan", "--why", "app/bot.py"), "--why", "PATH:LINE")
    assert refused(repoint(bot, "scan", "--why", "app/bot.py:0"), "--why", "PATH:LINE")
    assert refused(repoint(bot, "scan", "--why", "app/none.py:1"), "app/none.py: not found")
    assert refused(repoint(bot, "scan", "--why", "app/bot.py:400"), "app/bot.py ends at line 17")
    assert refused(
        repoint(bot, "scan", "app/llm.py", "--why", "app/bot.py:10"), "not among the scanned files"
    )


def test_a_file_that_cannot_be_read(bot: Path) -> None:
    (bot / "app" / "broken.py").write_text("import openai\ndef (\n")
    assert refused(
        repoint(bot, "scan", "--why", "app/broken.py:1"), "app/broken.py was not read", "syntax error"
    )


def test_json_carries_the_same(bot: Path) -> None:
    whole = json.loads(repoint(bot, "scan", "--format", "json").stdout)
    found = json.loads(repoint(bot, "scan", "--why", "app/bot.py:10", "--format", "json").stdout)
    assert found["schema"] == "repoint/scan/1"
    assert found["why"] == {"path": "app/bot.py", "line": 10, "cell": None}
    assert found["call_sites"] == [one for one in whole["call_sites"] if one["line"] == 10]
    chain = found["call_sites"][0]["model"]["origins"][0]["chain"]
    assert [(one["path"], one["line"]) for one in chain] == [("app/settings.py", 9), ("app/settings.py", 9)]
    lines = repoint(bot, "scan", "--why", "app/bot.py:10", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == found["call_sites"]


def test_json_says_what_stands_near(bot: Path) -> None:
    found = json.loads(repoint(bot, "scan", "--why", "app/gate.py:1", "--format", "json").stdout)
    assert [one["role"] for one in found["literals"]] == ["price-or-context-table"]
    found = json.loads(repoint(bot, "scan", "--why", "app/bot.py:2", "--format", "json").stdout)
    assert (found["call_sites"], [one["line"] for one in found["nearest"]]) == ([], [10])


def test_literals_in_every_format(bot: Path) -> None:
    whole = json.loads(repoint(bot, "scan", "--format", "json").stdout)
    lines = repoint(bot, "scan", "--literals", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == whole["literals"]
    rows = [(one["path"], one["line"], one["role"], one["use"]) for one in whole["literals"]]
    assert rows == [
        ("app/gate.py", 1, "price-or-context-table", False),
        ("app/gate.py", 6, "comparison", False),
        ("app/gate.py", 6, "comparison", False),
        ("app/settings.py", 9, "env-default", True),
    ]
    call = next(one["id"] for one in whole["call_sites"] if one["kind"] == "chat")
    assert whole["literals"][-1]["reaches"] == [call]
    table = repoint(bot, "scan", "--literals").stdout.splitlines()
    assert table[0].split() == ["app/gate.py:1:11", "gpt-4o", "price-or-context-table", "-"]
    assert table[-1].endswith("env-default             reaches app/bot.py:10")


def test_verbose_lists_them_below_the_calls(bot: Path) -> None:
    calls, ids = repoint(bot, "scan", "-v").stdout.split("\n\n")
    assert calls.startswith("app/bot.py:10:33")
    assert ids == repoint(bot, "scan", "--literals").stdout
    assert "price-or-context-table" not in repoint(bot, "scan").stdout


def test_json_lines_of_calls_stay_the_calls_alone(bot: Path) -> None:
    lines = repoint(bot, "scan", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["chat", "constructor"]
