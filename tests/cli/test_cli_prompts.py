"""``repoint prompts [PATHS]`` as a process: what it prints, its patch, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from cli_runs import DAY, git, make_repository, refused, repoint
from jsonschema import Draft202012Validator

from migrate.report import prompt_shapes

SCHEMAS = Path(prompt_shapes.__file__).parent / "schemas"
APP = """\
from openai import OpenAI

client = OpenAI()
LOST_PROMPT = "You answer questions about trains, and about nothing else at all."


def cheaper(offers):
    return client.responses.create(
        model="gpt-5.2",
        reasoning={"effort": "medium"},
        instructions=open("system.txt").read(),
        input=f"Which of these is cheaper? {offers}\\n\\nLet's think step by step.",
    )
"""
CALL = """\
client.responses.create(
    model="gpt-5.2",
    reasoning={"effort": "medium"},
    input="Which of these is cheaper? Let's think step by step.",
)
"""
FILES = {"app.py": APP, "system.txt": "You compare prices.\nThink step by step.\n"}
CLEAN = APP.replace("\\n\\nLet's think step by step.", "")


def test_the_table(tmp_path: Path) -> None:
    done = repoint(make_repository(tmp_path / "r", FILES), "prompts", *DAY)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["prompt", "role", "tokens", "call", "techniques", "proposal"]
    assert [line.split()[0] for line in lines[1:3]] == ["system.txt:1:1", "app.py:12:15"]
    assert all("zero_shot_cot" in line and "edit: " in line for line in lines[1:3])
    assert lines[4:] == [
        "Prompts that reach no known call, which are never edited:",
        "app.py:4:15  unknown  ~15  no known call  -  -",
    ]
    assert "2 flagged, 2 edits proposed; 1 reach no known call" in done.stderr


def test_the_patch_is_what_apply_does(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", FILES)
    done = repoint(root, "prompts", "--diff", *DAY)
    assert done.returncode == 1
    assert "-Think step by step.\n" in done.stdout
    git(root, "apply", given=done.stdout.encode())
    assert (root / "app.py").read_text("utf-8") == CLEAN
    assert (root / "system.txt").read_text("utf-8") == "You compare prices.\n"
    git(root, "checkout", "-q", ".")
    applied = repoint(root, "apply", "--stage", "prompts", "--include", "review", *DAY)
    assert applied.returncode == 0, applied.stderr
    assert (root / "app.py").read_text("utf-8") == CLEAN
    again = repoint(root, "prompts", *DAY)
    assert again.returncode == 0
    assert repoint(root, "undo").returncode == 0
    assert (root / "system.txt").read_text("utf-8") == FILES["system.txt"]


def test_json_holds_to_the_schemas(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", FILES)
    whole = json.loads(repoint(root, "prompts", "--format", "json", *DAY).stdout)
    rows = [
        json.loads(one) for one in repoint(root, "prompts", "--format", "jsonl", *DAY).stdout.splitlines()
    ]
    assert whole["prompts"] == rows
    for name, printed in (("prompts", [whole]), ("prompt", rows)):
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
        for one in printed:
            Draft202012Validator(schema).validate(one)
    flagged = [one for one in rows if one["rule"]]
    assert [one["fields"] for one in flagged] == [[], ["{offers}"]]
    assert whole["patch"].count("@@ -") == 2


def test_markdown(tmp_path: Path) -> None:
    done = repoint(make_repository(tmp_path / "r", FILES), "prompts", "--format", "markdown", *DAY)
    assert done.stdout.splitlines()[0] == "| prompt | role | tokens | call | techniques | proposal |"
    assert "| <code>system.txt:1:1</code> | system |" in done.stdout


def test_a_comment_switches_it_off(tmp_path: Path) -> None:
    app = CLEAN.replace("{offers}", "{offers} Think step by step.").replace(
        '",\n    )', '",  # repoint: ignore[chain-of-thought-prompt]\n    )'
    )
    done = repoint(
        make_repository(tmp_path / "r", {"app.py": app, "system.txt": "Compare."}), "prompts", *DAY
    )
    assert "zero_shot_cot" in done.stdout
    assert done.returncode == 0, done.stdout


def test_files_that_were_not_asked_about_stay(tmp_path: Path) -> None:
    files = {f"src/{name}" if name == "app.py" else name: text for name, text in FILES.items()}
    done = repoint(make_repository(tmp_path / "r", files), "prompts", "src", "--diff", *DAY)
    assert "src/app.py" in done.stdout
    assert "+++ b/system.txt" not in done.stdout


def test_wrong_use(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", FILES)
    assert refused(repoint(root, "prompts", ".", "--text", "system.txt"), "exclude each other")
    assert refused(repoint(root, "prompts", "--text", "system.txt", "--diff"), "--diff")


def test_prompts_of_a_notebook_are_told_by_cell_and_flagged(tmp_path: Path) -> None:
    code = [["from openai import OpenAI\n", "client = OpenAI()"], [CALL]]
    plain: dict[str, object] = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    cells = [{**plain, "id": str(at), "source": one} for at, one in enumerate(code)]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    root = make_repository(tmp_path / "r", {"demo.ipynb": notebook})
    done = repoint(root, "prompts", *DAY)
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[1].split()[:2] == ["demo.ipynb:cell", "2:4:11"]
    row = json.loads(repoint(root, "prompts", "--format", "jsonl", *DAY).stdout)
    assert (row["cell"], row["line"], row["calls"][0]["cell"], row["calls"][0]["line"]) == (2, 4, 2, 1)
    assert row["edit"]


def test_one_text_with_several_fillings_is_one_row(tmp_path: Path) -> None:
    code = """\
from openai import OpenAI

client = OpenAI()


def say(language):
    return client.responses.create(model="gpt-5.2", input="Say hello to everybody in " + language)


say("French")
say("the language of Luxembourg")
"""
    done = repoint(make_repository(tmp_path / "r", {"app.py": code}), "prompts", *DAY)
    assert done.returncode == 0, done.stderr
    assert [line.split("  ")[0] for line in done.stdout.splitlines()[1:]] == ["app.py:7:59"]
    assert "(2 texts)" in done.stdout
