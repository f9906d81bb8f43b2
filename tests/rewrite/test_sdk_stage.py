"""Stage ``sdk`` beside the others: a file moves to openai 1.x alone, and the rest follows in the next run."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_stages import TODAY

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.review.apply import apply_changes
from migrate.rewrite.proposal import Proposal
from migrate.rewrite.propose import propose
from migrate.rewrite.stages.dependencies.requirements import ends_below, raised
from migrate.settings import Stage, load_settings

OLD = """\
import os

import openai

openai.api_key = os.environ["OPENAI_API_KEY"]
answer = openai.ChatCompletion.create(model="gpt-4-turbo-preview", messages=[], max_tokens=2000)
print(answer["choices"][0]["message"]["content"])
"""
MOVED = """\
import os

import openai

client = openai.OpenAI(api_key=os.environ["OPENAI_API_KEY"])
answer = client.chat.completions.create(model="gpt-4-turbo-preview", messages=[], max_tokens=2000)
print(answer.choices[0].message.content)
"""
DONE = """\
import os

import openai

client = openai.OpenAI(api_key=os.environ["EVOLINK_API_KEY"], base_url="https://api.evolink.ai/v1")
answer = client.chat.completions.create(model="gpt-5.2", messages=[], max_completion_tokens=2000)
print(answer.choices[0].message.content)
"""
IN_PLACE = """\
import os

import openai

openai.api_key = os.environ["EVOLINK_API_KEY"]
openai.api_base = "https://api.evolink.ai/v1"
answer = openai.ChatCompletion.create(model="gpt-5.2", messages=[], max_completion_tokens=2000)
print(answer["choices"][0]["message"]["content"])
"""
STAGES: tuple[Stage, ...] = ("gateway", "model", "params", "sdk")


def run(root: Path, **settings: object) -> Proposal:
    chosen = load_settings(root, {"today": TODAY, "stages": STAGES, **settings})
    catalog = load()
    proposal = propose(scan([root], chosen, catalog), chosen, catalog)
    assert not [one for one in apply_changes(proposal) if one.state == "failed"]
    return proposal


def test_the_move_comes_first_and_the_rest_follows(tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    file.write_text(OLD)
    first = run(tmp_path, include_review=True)
    assert file.read_text() == MOVED
    waiting = [one for one in first.left if "in the next run" in one.cure]
    assert {one.rule for one in waiting} == {"direct-client", "retired-model", "renamed-parameter"}
    run(tmp_path, include_review=True)
    assert file.read_text() == DONE
    assert not run(tmp_path, include_review=True).changes


def test_what_is_made_together_with_a_file_that_moves_waits_with_it(tmp_path: Path) -> None:
    old = OLD.replace("import openai\n", "import openai\n\nfrom models import MODEL\n", 1)
    (tmp_path / "app.py").write_text(old.replace('"gpt-4-turbo-preview"', "MODEL"))
    (tmp_path / "models.py").write_text('MODEL = "gpt-3.5-turbo"\n')
    chain = "import models\nfrom langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model=models.MODEL)\n"
    (tmp_path / "chain.py").write_text(chain)
    run(tmp_path, stages=STAGES[1:], include_review=True)
    assert "gpt-3.5-turbo" in (tmp_path / "models.py").read_text()
    assert (tmp_path / "chain.py").read_text() == chain
    run(tmp_path, stages=STAGES[1:], include_review=True)
    assert "gpt-3.5-turbo" not in (tmp_path / "models.py").read_text()
    assert "reasoning_effort" in (tmp_path / "chain.py").read_text()


def test_without_it_the_others_change_the_code_in_place(tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    file.write_text(OLD)
    run(tmp_path)
    assert file.read_text() == IN_PLACE
    assert not run(tmp_path).changes


@pytest.mark.parametrize("settings", [{"stages": STAGES[:3]}, {"skip": ("old-sdk", "old-sdk-setting")}])
def test_a_team_that_stays_on_the_old_sdk_is_not_held_up(tmp_path: Path, settings: dict[str, object]) -> None:
    file = tmp_path / "app.py"
    file.write_text(OLD)
    run(tmp_path, include_review=True, **settings)
    assert file.read_text() == IN_PLACE


def test_a_text_is_told_the_name_of_now(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(OLD, "utf-8")
    (tmp_path / "test_app.py").write_text('NAME = "openai.ChatCompletion.create"\n', "utf-8")
    found = run(tmp_path, stages=("sdk",)).findings
    cures = [one.cure for one in found if one.place.path == "test_app.py"]
    assert [cure.partition(" which")[0].removesuffix(",") for cure in cures] == [
        "name openai.resources.chat.completions.Completions.create instead"
    ]


@pytest.mark.parametrize(("left", "said"), [("", ""), ("1", "; look first: 1 call does not run on it")])
def test_a_raised_pin_says_what_does_not_run_on_it(left: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(OLD, "utf-8")
    if left:
        (tmp_path / "b.py").write_text("import openai\n\nkeep(openai.Model.list())\n", "utf-8")
    (tmp_path / "requirements.txt").write_text("openai==0.28.1\n", "utf-8")
    found = run(tmp_path, stages=("sdk", "dependencies"), include_review=True).findings
    cures = [one.cure for one in found if one.rule == "old-sdk-pin"]
    assert len(cures) == 1
    assert cures[0].startswith(f"it becomes openai>=1.0.0{said}")
    assert bool(left) or cures[0].endswith("1.0.0")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"requirements.txt": "langchain==0.0.159\nopenai==0.27.8\n"},
            "langchain==0.0.159 in requirements.txt:1",
        ),
        ({"requirements.txt": "langchain\nopenai==0.27.8\n"}, ""),
        ({"a/requirements.txt": "openai<1\n", "b/requirements.txt": "langchain<0.0.300\n"}, ""),
        (
            {"a/setup.cfg": "openai<1\n", "requirements.txt": "openai\npyautogen<0.2\n"},
            "pyautogen<0.2 in requirements.txt:2",
        ),
    ],
)
def test_a_raised_pin_says_what_beside_it_is_too_old(
    files: dict[str, str], said: str, tmp_path: Path
) -> None:
    for name, text in {**files, "app.py": OLD}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = run(tmp_path, stages=("sdk", "dependencies"), include_review=True).findings
    cures = [one.cure for one in found if one.rule == "old-sdk-pin"]
    assert [cure.partition("look first: ")[2].partition(" calls openai 0.x itself")[0] for cure in cures] == [
        said
    ]


def test_a_raised_pin_says_what_of_its_family_is_held_to_one_version(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        'from langchain_openai import ChatOpenAI\n\nChatOpenAI(model="gpt-5")\n', "utf-8"
    )
    pins = "langchain-core==0.3.0\nlangchain-openai==0.2.0\nopenai==1.58.1\nlangchain>=0.3\n"
    (tmp_path / "requirements.txt").write_text(pins, "utf-8")
    found = run(tmp_path, stages=("model", "params", "dependencies"), include_review=True).findings
    cures = [one.cure for one in found if one.rule == "old-sdk-pin"]
    assert [cure.partition("look first: ")[2] for cure in cures] == [
        "langchain-core==0.3.0, openai==1.58.1 may have to rise with it"
    ]


@pytest.mark.parametrize(
    ("spec", "new"),
    [
        ("^1.3.7", "^1.40.0"), ("~=1.3", "~=1.40"), ("~=1.3.7", ">=1.40.0"), ("^0.28", ">=1.40.0"),
        ("~=1.3,!=1.5.0", "~=1.40,!=1.5.0"), ("^1.40.1", None), ("==1.3.7", ">=1.40.0"),
    ],
)  # fmt: skip
def test_a_requirement_keeps_the_upper_end_that_allows_it(spec: str, new: str | None) -> None:
    assert raised(spec, "1.40.0") == new


def test_a_floor_within_a_minor_version() -> None:
    assert raised("~=1.3", "1.40.2") == ">=1.40.2,<2"


@pytest.mark.parametrize(
    ("spec", "below"),
    [
        ("==0.2.8", True), ("==0.3.0", False), ("==0.2.*", True), ("==0.3.*", False), ("0.2.8", True),
        ("<0.3", True), ("<=0.2.99", True), ("<0.3.1", False), (">=0.1,<0.3", True), (">=0.1", False),
        ("~=0.2.5", True), ("~=0.2", False), ("~0.2.5", True), ("^0.2.6", True), ("^0.3.1", False),
        ("^0.0.3", True), ("^1.0", False), ("", False), ("!=0.2.8", False),
    ],
)  # fmt: skip
def test_requirements_that_end_below_a_version(spec: str, below: bool) -> None:
    assert ends_below(spec, "0.3.0") is below
