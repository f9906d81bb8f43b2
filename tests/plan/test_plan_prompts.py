"""Words of a prompt that ask for reasoning: the plan offers to keep them or to raise the effort, people
choose, and the next runs follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from planned_repository import edit, entries, planned, repository, settings

from migrate import pipeline
from migrate.errors import PlanError
from migrate.review.apply import apply_changes

PROMPT = "Which queue does this ticket belong to? Let's think step by step."
APP = f"""\
from openai import OpenAI

client = OpenAI()
SYSTEM = "{PROMPT}"


def sort(ticket: str) -> str | None:
    answer = client.chat.completions.create(
        model="gpt-4o",
        messages=[{{"role": "system", "content": SYSTEM}}, {{"role": "user", "content": ticket}}],
    )
    return answer.choices[0].message.content
"""
GONE = PROMPT.removesuffix(" Let's think step by step.")


def applied(folder: Path, *stages: str) -> str:
    """The code after ``apply`` with these stages."""
    apply_changes(pipeline.proposal([folder], settings(stages=stages, include_review=True))[1])
    return (folder / "app.py").read_text("utf-8")


def test_both_ways_are_offered(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", APP)
    (entry,) = planned(folder).call
    assert (entry.effort, entry.prompt_choice) == ("none", "ask")
    (said,) = entry.prompts
    assert said.startswith("app.py:4: ")
    assert "keep it as long as" in said
    assert said.endswith("(it asks gpt-5.2 with effort none), or raise the effort there and take it out")


def test_nothing_is_offered_where_the_call_reasons_or_nothing_asks_for_it(tmp_path: Path) -> None:
    reasoning = APP.replace('"gpt-4o"', '"gpt-5"')
    (entry,) = planned(repository(tmp_path / "a", reasoning)).call
    assert (entry.effort, entry.prompt_choice) == ("medium", "")
    assert len(entry.prompts) == 1
    (entry,) = planned(repository(tmp_path / "b", APP.replace(PROMPT, GONE))).call
    assert (entry.prompts, entry.prompt_choice) == ((), "")


def test_keeping(tmp_path: Path) -> None:
    """The words stay, whatever effort the call is given."""
    folder = repository(tmp_path / "r", APP)
    planned(folder)
    edit(folder, prompt_choice="keep", effort="low", note="it reads better")
    text = planned(folder).call[0]
    assert (text.prompt_choice, text.effort, text.note) == ("keep", "low", "it reads better")
    assert 'model="gpt-5.2"' in applied(folder, "model", "params")
    assert PROMPT in applied(folder, "prompts")
    (found,) = pipeline.findings([folder], settings(stages=("prompts",)))[1].findings
    assert found.cure.startswith("keep it: the plan file chooses so for app.py:8")


def test_raising(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", APP)
    planned(folder)
    edit(folder, prompt_choice="raise", note="try it")
    assert entries(folder)[0].effort == "none"
    planned(folder)
    assert (entries(folder)[0].effort, entries(folder)[0].prompt_choice) == ("low", "raise")
    assert applied(folder, "prompts") == APP, "the effort comes first"
    text = applied(folder, "model", "params")
    assert 'model="gpt-5.2"' in text
    assert 'reasoning_effort="low"' in text
    assert PROMPT in text, "model and prompt do not change in one run"
    text = applied(folder, "prompts")
    assert PROMPT not in text
    assert f'SYSTEM = "{GONE}"' in text
    assert applied(folder, "model", "params") == text
    entry = planned(folder).call[0]
    assert (entry.decision, entry.prompt_choice, entry.note) == ("keep", "raise", "try it")
    assert applied(folder, "model", "params", "prompts") == text


def test_a_model_that_stays_is_given_the_effort(tmp_path: Path) -> None:
    """With what the model rejects at that effort taken out."""
    standing = APP.replace('model="gpt-4o",', 'model="gpt-5.2",\n        temperature=0.2,')
    folder = repository(tmp_path / "r", standing)
    planned(folder)
    edit(folder, prompt_choice="raise", decision="accept")
    text = applied(folder, "params")
    assert 'reasoning_effort="low"' in text
    assert "temperature" not in text
    assert PROMPT not in applied(folder, "prompts")


def test_calls_that_share_a_prompt_and_choose_otherwise(tmp_path: Path) -> None:
    second = APP.partition("\n\n\n")[2].replace("sort", "again")
    folder = repository(tmp_path / "r", f"{APP}\n\n{second}")
    planned(folder)
    edit(folder, 0, prompt_choice="raise")
    edit(folder, 1, prompt_choice="keep")
    planned(folder)
    applied(folder, "model", "params")
    assert PROMPT in applied(folder, "prompts")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (
            {"prompt_choice": "raise", "decision": "keep"},
            'decision is "keep"; write "accept" there, or "keep" here',
        ),
        ({"prompt_choice": "raise", "model": "gpt-4.1", "effort": ""}, "gpt-4.1 does not reason"),
        ({"prompt_choice": "lift"}, "'lift' is no choice"),
    ],
)
def test_what_contradicts_itself_is_refused(values: dict[str, Any], says: str, tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", APP)
    planned(folder)
    edit(folder, 0, **values)
    with pytest.raises(PlanError) as error:
        pipeline.proposal([folder], settings())
    assert "prompt-choice" in str(error.value)
    assert says in str(error.value)
