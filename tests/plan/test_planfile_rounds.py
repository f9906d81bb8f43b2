"""Planning again keeps what people wrote: decisions, models, efforts, notes, comments and order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from msgspec.structs import replace
from planned_repository import APP, edit, entries, planned, repository, settings

from migrate import pipeline
from migrate.plan.planfile.entry import NAME
from migrate.plan.planfile.merging import fresh
from migrate.review.apply import apply_changes

SECOND = """

def second(text: str) -> str | None:
    answer = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": text}],
    )
    return answer.choices[0].message.content
"""
FIRST_CALL = "    answer = client"


PATIENTS = APP.replace('"content": text', '"content": "List the diagnosis and the symptoms: " + text')


def test_what_may_be_medical_is_asked_about(tmp_path: Path) -> None:
    """A few words claim nothing and move nothing; a person accepts, or says what the call is."""
    folder = repository(tmp_path / "r", PATIENTS)
    (entry,) = planned(folder).call
    assert (entry.use_case, entry.decision) == ("unclear", "ask")
    assert entry.attention[0].startswith(
        "it may be medical work, where a mistake costs more than a model: its"
    )
    assert entry.attention[0].endswith("or say what it is: # repoint: use-case=medical")
    assert not pipeline.proposal([folder], settings())[1].changes
    edit(folder, decision="accept")
    (entry,) = planned(folder).call
    assert entry.decision == "accept"
    assert pipeline.proposal([folder], settings())[1].changes


def test_what_was_said_to_be_medical_is_not_asked_again(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", PATIENTS.replace("create(", "create(  # repoint: use-case=medical"))
    (entry,) = planned(folder).call
    assert (entry.use_case, entry.decision, entry.attention) == ("medical", "accept", ())


def test_medical_work_on_a_cheap_model_is_asked_about(tmp_path: Path) -> None:
    stated = PATIENTS.replace("create(", "create(  # repoint: use-case=medical")
    folder = repository(tmp_path / "r", stated.replace("gpt-4o", "gpt-4o-mini"))
    (entry,) = planned(folder).call
    assert (entry.decision, entry.model) == ("ask", "gpt-6-luna")
    assert entry.attention[0].startswith("it could go to gpt-5.2 with effort high: medical")


def test_a_second_plan_changes_nothing(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", APP + SECOND)
    planned(folder)
    text = (folder / NAME).read_bytes()
    planned(folder)
    assert (folder / NAME).read_bytes() == text


def test_what_people_wrote_stays_while_the_code_moves(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", APP + SECOND)
    planned(folder)
    edit(folder, 0, model="gpt-5.4-mini", effort="low", note="cheap enough")
    edit(folder, 1, decision="keep")
    file = folder / NAME
    marked = file.read_text("utf-8").replace('note = "cheap', '# asked Ana\nnote = "cheap')
    file.write_text(marked + "# the end\n", encoding="utf-8")
    repository(folder, "import os\n\n" + APP.replace('"role"', "'role'") + SECOND)
    planned(folder)
    first, second = entries(folder)
    assert (first.model, first.effort, first.note, first.decision) == (
        "gpt-5.4-mini",
        "low",
        "cheap enough",
        "accept",
    )
    assert (first.place, second.place) == ("app.py:9", "app.py:17")
    assert second.decision == "keep"
    assert first.attention == ("without what is written here it would be gpt-5.2 with effort none",)
    text = file.read_text("utf-8")
    assert '# asked Ana\nnote = "cheap enough"\n' in text
    assert text.endswith("# the end\n")


def test_a_comment_stays_right_above_its_entry(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", APP + SECOND)
    planned(folder)
    edit(folder, 0, decision="keep")
    file = folder / NAME
    file.write_text(file.read_text("utf-8").replace("\n[[call]]", "\n# for Ana\n[[call]]"), encoding="utf-8")
    for _ in range(2):
        planned(folder)
    assert file.read_text("utf-8").count("\n\n# for Ana\n[[call]]\n") == 2


def test_a_call_before_another_does_not_take_its_plan(tmp_path: Path) -> None:
    """The ids of calls in one function are counted: the text of the call tells them apart."""
    folder = repository(tmp_path / "r")
    planned(folder)
    edit(folder, note="the old one")
    earlier = 'before = client.chat.completions.create(model="gpt-4", messages=[])'
    repository(folder, APP.replace(FIRST_CALL, f"    {earlier}\n{FIRST_CALL}", 1))
    planned(folder)
    old, new = entries(folder)
    assert (old.current, old.note, old.place) == ("gpt-4o", "the old one", "app.py:8")
    assert (new.current, new.note, new.place) == ("gpt-4", "", "app.py:7")


def test_a_call_that_moved_to_another_file_keeps_its_plan(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    planned(folder)
    edit(folder, decision="keep", note="mine")
    (folder / "app.py").rename(folder / "moved.py")
    planned(folder)
    (entry,) = entries(folder)
    assert (entry.place, entry.decision, entry.note) == ("moved.py:7", "keep", "mine")


def test_a_plan_holds_for_a_call_that_moved_since(tmp_path: Path) -> None:
    """Also where no file of the plan is there any more: the call is found by its text."""
    folder = repository(tmp_path / "r")
    planned(folder)
    edit(folder, decision="keep")
    (folder / "app.py").rename(folder / "moved.py")
    assert not pipeline.proposal([folder], settings())[1].changes


def test_a_model_that_ends_soon_is_told(tmp_path: Path) -> None:
    """A person may name one; that it ends before long is said, and nothing is said of one that lives."""
    folder = repository(tmp_path / "r")
    planned(folder)
    edit(folder, model="gpt-5-mini", effort="low")
    (entry,) = planned(folder).call
    assert entry.attention[0] == "gpt-5-mini shuts down on 2026-12-11: name a model that lives longer"
    edit(folder, model="gpt-5.4-mini")
    (entry,) = planned(folder).call
    assert "shuts down" not in " ".join(entry.attention)


def test_new_calls_are_added_and_gone_ones_marked(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    planned(folder)
    edit(folder, note="gone soon")
    repository(folder, APP[: APP.index("def ask")] + SECOND)
    plan = planned(folder)
    gone, new = plan.call
    assert gone.note == "gone soon"
    assert gone.attention[0].startswith("no such call is found any more")
    assert new.current == "gpt-4o-mini"
    assert (plan.totals.calls, plan.totals.vanished) == (1, 1)


def test_another_model_in_the_code_asks_again(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    planned(folder)
    edit(folder, model="gpt-5.4-mini", note="stays")
    repository(folder, APP.replace("gpt-4o", "gpt-4"))
    planned(folder)
    (entry,) = entries(folder)
    assert (entry.decision, entry.model, entry.note) == ("ask", "gpt-5.2", "stays")
    assert entry.attention[0] == "it was decided for gpt-4o, and the code has changed since"


def test_applying_follows_the_plan_and_planning_again_agrees(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", APP + SECOND)
    planned(folder)
    edit(folder, 0, model="gpt-5.4-mini", effort="low", note="a")
    edit(folder, 1, decision="keep", note="b")
    apply_changes(pipeline.proposal([folder], settings())[1])
    code = (folder / "app.py").read_text("utf-8")
    assert 'model="gpt-5.4-mini"' in code
    assert 'reasoning_effort="low"' in code
    assert 'model="gpt-4o-mini"' in code
    assert pipeline.proposal([folder], settings())[1].changes == ()
    planned(folder)
    first, second = entries(folder)
    assert (first.current, first.model, first.decision, first.note) == (
        "gpt-5.4-mini",
        "gpt-5.4-mini",
        "keep",
        "a",
    )
    assert (second.decision, second.note) == ("keep", "b")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends_stay(ends: str, tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    planned(folder)
    file = folder / NAME
    file.write_bytes(file.read_bytes().replace(b"\n", ends.encode()))
    repository(folder, APP + SECOND)
    made = pipeline.plan([folder], settings())
    from migrate.plan.planfile.merging import merged

    text = merged(file.read_bytes().decode(), made.plan, file)
    assert text.count("\n") == (text.count("\r\n") if ends == "\r\n" else text.count("\n"))
    assert ("\r" in text) is (ends == "\r\n")


COMMENT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)


@trials(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 40), COMMENT), max_size=6), st.text(max_size=12))
def test_every_comment_survives(tmp_path: Path, comments: list[tuple[int, str]], note: str) -> None:
    folder = repository(tmp_path / "r", APP + SECOND)
    (folder / NAME).unlink(missing_ok=True)
    planned(folder)
    edit(folder, 1, note=note)
    file = folder / NAME
    lines = file.read_text("utf-8").split("\n")
    for at, words in comments:
        lines.insert(min(at, len(lines)), f"# {words}")
    file.write_text("\n".join(lines), encoding="utf-8")
    repository(folder, "\n\n" + APP + SECOND)
    planned(folder)
    text = file.read_text("utf-8").split("\n")
    assert [line for line in lines if line.startswith("#")] == [line for line in text if line.startswith("#")]
    assert entries(folder)[1].note == note


def test_a_call_at_the_gateway_keeps_its_entry(tmp_path: Path) -> None:
    """What apply moved is still the same call, of the same plan."""
    folder = repository(tmp_path / "r")
    there = replace(settings(), gateway="evolink")
    made = pipeline.plan([folder], there)
    made.file.write_text(fresh(made.plan), encoding="utf-8")
    edit(folder, note="cheap enough")
    apply_changes(pipeline.proposal([folder], there)[1])
    assert "evolink" in (folder / "app.py").read_text("utf-8")
    (entry,) = pipeline.plan([folder], there).plan.call
    assert (entry.current, entry.decision, entry.note) == ("gpt-5.2", "keep", "cheap enough")
    assert entry.attention == ()


def test_a_call_of_openai_0_keeps_its_entry(tmp_path: Path) -> None:
    old = APP.replace("from openai import OpenAI\n\nclient = OpenAI()\n", "import openai\n")
    folder = repository(
        tmp_path / "r", old.replace("client.chat.completions.create", "openai.ChatCompletion.create")
    )
    planned(folder)
    edit(folder, note="cheap enough")
    apply_changes(pipeline.proposal([folder], settings(stages=("sdk",), include_review=True))[1])
    assert "ChatCompletion" not in (folder / "app.py").read_text("utf-8")
    (entry,) = planned(folder).call
    assert (entry.current, entry.model, entry.note) == ("gpt-4o", "gpt-5.2", "cheap enough")
