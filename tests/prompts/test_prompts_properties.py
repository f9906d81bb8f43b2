"""Properties of the analysis: fields stay, edits make the rewriting, a second run changes nothing."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.prompts.analysis import analyse
from migrate.prompts.language.placeholders import placeholders
from migrate.prompts.simplification.edits import applied

PIECES = (
    *("Let's think step by step.", "Think carefully before answering.", "Take a deep breath and answer:"),
    *("Explain your reasoning, then output JSON.", "think step by step and then", "and show your work"),
    *("Before you answer, reason in <thinking> tags.", "Double-check your answer.", "I'll tip you $200!"),
    *("First, make a plan. Then carry it out.", "{question}", "{{ text }}", "%(doc)s", "$name", "${x}", "%s"),
    *(
        "Answer in one word.",
        "Q: {q}\nA:",
        "- ",
        "1. ",
        "2. ",
        "# STEPS\n",
        "\n",
        "\n\n",
        "    ",
        "”",
        '"',
        "(",
    ),
    *(
        "Réfléchissons étape par étape.",
        "请一步一步思考。",
        "ステップバイステップで考えてください。",
        "😀",
        ")",
        ":",
    ),
    *("Denke Schritt für Schritt nach,", "Pensemos paso a paso y", "This is very important to my career."),
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12).flatmap(
    lambda parts: st.sampled_from(("", " ", "\n")).map(lambda joint: joint.join(parts))
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_edits_keep_every_field_and_settle(text: str) -> None:
    found = analyse(text)
    fields = placeholders(text)
    for edit in found.edits:
        assert 0 <= edit.start <= edit.end <= len(text)
        assert not [one for one in fields if edit.start < one[1] and one[0] < edit.end]
    ordered = sorted(found.edits, key=lambda edit: edit.start)
    assert list(found.edits) == ordered
    assert all(a.end <= b.start for a, b in itertools.pairwise(ordered))
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(text)
    if found.rewrite is not None:
        assert found.rewrite == applied(text, found.edits) != text
        assert analyse(found.rewrite).rewrite is None


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_case_and_white_space_make_no_difference(text: str) -> None:
    spread = text.replace(" ", "  ")
    assert analyse(spread).flag == analyse(text).flag
