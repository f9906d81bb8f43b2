"""``repoint scan``: every call site, in every format, and a line where there is nothing to show."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_runs import CALL, CLEAN, make_repository, refused, repoint

CALL_SITE = Path(__file__).parents[2] / "fixtures" / "cli" / "call_site"


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    shutil.copytree(CALL_SITE / "app", tmp_path / "bot" / "app")
    return make_repository(tmp_path / "bot", {})


def test_json_as_a_whole(bot: Path) -> None:
    done = repoint(bot, "scan", "--format", "json")
    expected = json.loads((CALL_SITE / "scan.json").read_text())
    found = json.loads(done.stdout)
    assert Path(found.pop("root")) == bot
    assert found == expected
    assert list(found["call_sites"][0]) == list(expected["call_sites"][0]), "the order of keys is promised"
    assert done.returncode == 0


def test_places_lead_to_what_they_name(bot: Path) -> None:
    site, client = json.loads(repoint(bot, "scan", "--format", "json").stdout)["call_sites"]
    origin = site["model"]["origins"][0]
    line = (bot / origin["path"]).read_text().splitlines()[origin["line"] - 1]
    assert line[origin["column"] - 1 :].startswith('"gpt-4o"')
    line = (bot / site["path"]).read_text().splitlines()[site["line"] - 1]
    assert line[site["column"] - 1 :].startswith("client.chat.completions.create(")
    line = (bot / client["path"]).read_text().splitlines()[client["line"] - 1]
    assert line[client["column"] - 1 : client["end_column"] - 1].startswith("AsyncOpenAI(")
    assert line[client["end_column"] - 2] == ")"


def test_json_lines_are_the_call_sites(bot: Path) -> None:
    done = repoint(bot, "scan", "--format", "jsonl")
    expected = json.loads((CALL_SITE / "scan.json").read_text())
    assert [json.loads(line) for line in done.stdout.splitlines()] == expected["call_sites"]


def test_text_in_a_pipe(bot: Path) -> None:
    done = repoint(bot, "scan")
    call, client = done.stdout.splitlines()
    assert call.split("  ")[0] == "app/bot.py:10:33"
    assert "gpt-4o from app/settings.py:9  openai  max_tokens=256 temperature=0 ..." in call
    assert client.startswith("app/llm.py:8:10   AsyncOpenAI()")
    assert call.index("AsyncOpenAI.chat") == client.index("AsyncOpenAI()")
    assert "\x1b" not in done.stdout
    counts, roles = done.stderr.splitlines()
    assert counts == "4 files scanned: 4 unchanged; 1 call, 1 client"
    assert roles == "1 model id: 1 choice, 1 of them for a visible call (1 env-default)"


def test_verbose_says_why_more_may_be_passed(bot: Path) -> None:
    assert "[no call that passes extra to Bot.ask is visible]" in repoint(bot, "scan", "-v").stdout


@pytest.mark.parametrize("format_name", ["text", "json", "jsonl"])
def test_secrets_are_masked(bot: Path, format_name: str) -> None:
    done = repoint(bot, "scan", "-v", "--format", format_name)
    assert "sk-…wxyz" in done.stdout
    assert "abcdef" not in done.stdout + done.stderr


def test_quiet_leaves_the_result_alone(bot: Path) -> None:
    loud, quiet = repoint(bot, "scan"), repoint(bot, "scan", "-q")
    assert (quiet.stdout, quiet.stderr) == (loud.stdout, "")


def test_paths_are_relative_to_the_repository(bot: Path) -> None:
    done = repoint(bot / "app", "scan", "bot.py", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["path"] for row in rows] == ["app/bot.py"]
    assert rows[0]["model"]["values"] == ["gpt-4o"], "what was not named is still looked into"


def test_output_file(bot: Path) -> None:
    done = repoint(bot, "scan", "--format", "json", "--output", "calls.json")
    assert done.stdout == ""
    assert json.loads((bot / "calls.json").read_text())["schema"] == "repoint/scan/1"
    assert sorted(path.name for path in bot.iterdir()) == [".git", "app", "calls.json"]


def test_output_into_a_folder_that_is_not_there(bot: Path) -> None:
    assert refused(repoint(bot, "scan", "--output", "no/calls.json"), "--output", "create it first")
    assert refused(repoint(bot, "scan", "--output", "app"), "--output", "is a folder")


def test_empty_repository(tmp_path: Path) -> None:
    done = repoint(make_repository(tmp_path / "empty", {}), "scan")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no Python files in this folder\n")


def test_no_calls(tmp_path: Path) -> None:
    done = repoint(make_repository(tmp_path / "r", {"a.py": CLEAN, "b.py": ""}), "scan")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "no calls to OpenAI found in 2 files\n"


def test_nothing_there(tmp_path: Path) -> None:
    assert refused(repoint(tmp_path, "scan", "nowhere", "neither"), "nowhere, neither: not found")


def test_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(CALL)
    assert refused(repoint(tmp_path, "scan", "a.py/b"), "a.py/b: not found")


def test_one_file_without_a_repository(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(CALL)
    done = repoint(tmp_path, "scan", "a.py")
    assert done.stdout.splitlines()[1].startswith("a.py:7:16  OpenAI.chat.completions.create  gpt-4o  openai")


def test_a_call_of_many_models_shows_the_first_of_them(tmp_path: Path) -> None:
    names = [f"vendor/model-{number}" for number in range(9)]
    loop = CALL.replace('model="gpt-4o"', "model=name").replace(
        "def ask(question: str)", "def ask(question, name)"
    )
    calls = "\n".join(f'ask("why?", "{name}")' for name in names)
    root = make_repository(tmp_path / "r", {"app.py": f"{loop}\n\n{calls}\n"})
    shown = repoint(root, "scan").stdout.splitlines()[1]
    assert f"{' | '.join(names[:6])} | 3 more" in shown
    assert names[6] not in shown
    assert " | ".join(names) in repoint(root, "scan", "-v").stdout
