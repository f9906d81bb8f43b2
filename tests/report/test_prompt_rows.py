"""The row of a prompt whose edit turned out not to be possible."""

from __future__ import annotations

from migrate.findings.edits import ReplaceText
from migrate.findings.finding import FileEdit, Finding
from migrate.prompts.analysis import analyse
from migrate.prompts.prompt import PromptText
from migrate.report.prompt_rows import key, record
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
