"""Files that are not Python go the same way as those that are: found, told, changed, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runs import DAY, PROJECT, git, make_repository, repoint

CASES = PROJECT / "fixtures" / "stages"
SECRET = "sk-proj-abcdefghij0123456789"


def project(folder: Path, *cases: str) -> Path:
    files: dict[str, str | bytes] = {}
    for case in cases:
        before = CASES / case / "before"
        files |= {
            one.relative_to(before).as_posix(): one.read_bytes() for one in before.rglob("*") if one.is_file()
        }
    return make_repository(folder, files)


def test_places_in_notebooks_are_told_by_cell(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "files-notebook")
    text = repoint(folder, "check", *DAY)
    assert text.stdout.splitlines()[0].startswith("demo.ipynb:cell 4:2:9: retired-model"), text.stderr
    first = json.loads(repoint(folder, "check", "--format", "json", *DAY).stdout)["findings"][0]
    assert (first["cell"], first["line"], first["column"]) == (4, 2, 9)
    (edit,) = first["edits"]
    assert (edit["path"], edit["cell"], edit["span"][:2]) == ("demo.ipynb", 4, [2, 9])
    sites = json.loads(repoint(folder, "scan", "--format", "json").stdout)["call_sites"]
    assert [(one["cell"], one["line"]) for one in sites] == [(4, 7), (5, 4)]
    origin = sites[1]["model"]["origins"][0]
    assert (origin["path"], origin["cell"], origin["line"]) == ("demo.ipynb", 4, 2)
    assert (sites[1]["client"]["cell"], sites[1]["client"]["line"]) == (4, 7)
    assert {(one["cell"], one["line"]) for one in sites[1]["prompts"]} == {(4, 3), (5, 3)}


def test_a_line_of_a_cell_can_be_asked_about(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "files-notebook")
    done = repoint(folder, "scan", "--why", "demo.ipynb:cell 5:4")
    assert done.stdout.startswith("demo.ipynb:cell 5:4:14  openai.OpenAI.chat.completions.create"), (
        done.stderr
    )
    assert 'demo.ipynb:cell 4:2  MODEL = "gpt-4"' in done.stdout
    whole = json.loads(repoint(folder, "scan", "--format", "json", "--why", "demo.ipynb:cell 4:2").stdout)
    assert whole["why"] == {"path": "demo.ipynb", "line": 2, "cell": 4}
    assert [(one["cell"], one["line"]) for one in whole["literals"]] == [(4, 2)]
    assert [(one["cell"], one["line"]) for one in whole["nearest"]] == [(4, 7)]


@pytest.mark.parametrize(
    ("place", "cure"),
    [
        ("demo.ipynb:2", "name the cell too, as in demo.ipynb:cell 2:2"),
        ("demo.ipynb:cell 1:1", "has no cell 1 of Python"),
        ("demo.ipynb:cell 4:99", "demo.ipynb:cell 4 ends at line 7"),
    ],
)
def test_a_place_that_no_cell_has(tmp_path: Path, place: str, cure: str) -> None:
    done = repoint(project(tmp_path / "p", "files-notebook"), "scan", "--why", place)
    assert (done.returncode, cure in done.stderr) == (2, True), done.stderr


def test_other_programs_are_told_the_line_of_the_json(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "files-notebook")
    lines = (folder / "demo.ipynb").read_text("utf-8").splitlines()
    log = json.loads(repoint(folder, "check", "--format", "sarif", *DAY).stdout)
    result = log["runs"][0]["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert "gpt-4" in lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
    replaced = result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert replaced["startLine"] == region["startLine"]
    github = repoint(folder, "check", "--format", "github", *DAY).stdout
    assert f"file=demo.ipynb,line={region['startLine']}," in github


def test_all_kinds_are_applied_and_taken_back(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "files-notebook", "files-yaml", "files-env-beside-a-default")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    patch = repoint(folder, "diff", "--include", "review", *DAY).stdout
    done = repoint(folder, "apply", "--include", "review", *DAY)
    assert done.returncode in (0, 1), done.stderr
    changed = git(folder, "diff", "--name-only").split()
    assert {"demo.ipynb", ".env.example"} <= set(changed)
    assert git(folder, "diff") != ""
    git(folder, "apply", "--check", "--reverse", given=patch.encode())
    assert repoint(folder, "undo").returncode == 0
    assert {path: path.read_bytes() for path in before} == before


def test_a_file_with_uncommitted_changes_holds_its_change_back(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "files-env-beside-a-default")
    with (folder / ".env.example").open("a") as file:
        file.write("MINE=1\n")
    done = repoint(folder, "apply", "--include", "review", *DAY)
    assert ".env.example" in done.stderr + done.stdout
    assert git(folder, "diff", "--name-only", "--", "app.py") == ""


@pytest.mark.parametrize(
    "arguments",
    [("check", "-v"), ("scan", "--format", "json"), ("scan", "--literals"), ("check", "--format", "sarif")],
)
def test_a_key_in_a_file_is_never_printed(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    folder = project(tmp_path / "p", "files-env-beside-a-default")
    (folder / ".env.example").write_text(f"CHAT_MODEL=gpt-4 # {SECRET}\nOPENAI_API_KEY={SECRET}\n")
    done = repoint(folder, *arguments)
    assert "gpt-4" in done.stdout
    assert SECRET not in done.stdout + done.stderr


def test_a_configuration_file_can_be_named_alone(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "files-yaml")
    done = repoint(folder, "check", "config.yaml", *DAY)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
