"""The row of a prompt whose edit turned out not to be possible."""

from __future__ import annotations

from migrate.findings.edits import ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.prompts.analysis import analyse
from migrate.prompts.prompt import PromptText
from migrate.report.prompt_rows import key, record, table
from migrate.rewrite.stages.prompts.prompts import Reviewed
from migrate.sources.place import Place, Span

TEXT = "Sum it up. Think step by step."
AT = Place("app.py", Span(1, 1, 1, 40))
EDIT = FileEdit("app.py", ReplaceText(AT.span, " Think step by step.", ""))
FOUND = Finding("chain-of-thought-prompt", "prompts", AT, "a call", "take it out", "review", (EDIT,), ())
PROMPT = PromptText("", "user", TEXT, AT, (), ())


def test_an_edit_that_could_not_be_made_is_no_proposal() -> None:
    one = Reviewed(PROMPT, (), analyse(TEXT), FOUND)
    refused = Finding("chain-of-thought-prompt", "prompts", AT, "a call", "by hand: why", "manual", (), ())
    assert record(one, {}, {key(FOUND): FOUND}).edit
    row = record(one, {}, {key(FOUND): refused})
    assert (row.edit, row.cure) == (False, "by hand: why")
    assert record(one, {}, {}).rule is None


def test_what_is_only_worth_a_word_is_listed_in_brackets() -> None:
    text = f"{TEXT} Return the answer as JSON."
    prompt = PromptText("", "user", text, AT, (), ())
    row = record(Reviewed(prompt, (), analyse(text), FOUND), {}, {key(FOUND): FOUND})
    assert [text[one.start : one.end] for one in row.advice if one.label == "json_in_prose"]
    assert "zero_shot_cot, (json_in_prose)" in table([row])
