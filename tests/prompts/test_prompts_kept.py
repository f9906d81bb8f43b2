"""What a rewriting must not take along with a call to think: the text is left to a person, or only a part
of it goes.
"""

from __future__ import annotations

import itertools

import pytest

from migrate.prompts.analysis import analyse


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Think step by step to give the correct answer but add comments that make fun of the code.",
            "what stays is set against it",
        ),
        (
            "Denk Schritt für Schritt nach, um die richtige Antwort zu geben, aber bleibe freundlich. {q}",
            "something else is said in the same clause",
        ),
        (
            "你是助手。请一步一步思考完根据下面给出的已知信息和用户问题完成目标，同时请遵守约束。{q}",
            "something else is said in the same clause",
        ),
        (
            "Think step by step and rate {text}. Provide a reasoning for your rating.",
            "reasoning_scaffold: a part of a format",
        ),
        (
            "Think step by step and document it in the Thought section. Then rate {text}.",
            "a demand on the output stands in it",
        ),
        (
            "If you get this wrong, I will lose my job, so be careful. Do {x}.",
            "its condition would hold for what stays",
        ),
        (
            "Explain your changes in <thought_process> tags and give the corrected SQL in <sql> tags. {sql}",
            "think_tags: a part of a format",
        ),
        (
            "You are an analyst who thinks carefully and stays calm. Rate {x}.",
            "zero_shot_cot: a part of a format",
        ),
        (
            "Write a novel. Be creative! Use your own words!I will tip you $100,000 if it is good.",
            "something else is said in the same clause",
        ),
        (
            "Take a deep breath. Judge {code}. At the end of your thought, give the verdict.",
            "something that stays builds on it",
        ),
    ],
)
def test_a_person_decides_where_more_would_go(text: str, reason: str) -> None:
    found = analyse(text)
    assert (found.flag, found.policy, found.rewrite) == (True, "review", None)
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "It is critical that your instruction be as clear as possible, my job depends on it. Write {x}.",
            "It is critical that your instruction be as clear as possible. Write {x}.",
        ),
        ("请一步一步思考后得出正确答案。翻译：{x}", "翻译：{x}"),
        ("Think step by step and stay friendly. Rate {x}.", "Stay friendly. Rate {x}."),
        ("Take a deep breath and work on this step by step. Rate {x}.", "Rate {x}."),
        ("Make a plan and follow it. Rate {x}.", "Rate {x}."),
    ],
)
def test_what_goes_by_itself_goes_alone(text: str, left: str) -> None:
    assert analyse(text).rewrite == left


CALLS = (
    *("Think step by step", "Take a deep breath", "Show your reasoning", "Double-check your answer"),
    *("Make a plan first", "Let's think step by step", "This is very important to my career"),
)
ASKED = ("wear a smile", "aim at ten words", "respect the house style", "lean on the attached table")
BETWEEN = (" and ", ", ", ", and ", "; ", " - ", " – ", " (", ". Also, ", " plus ", ", then ", ": ", " but ")


@pytest.mark.parametrize("call", CALLS)
def test_what_no_list_knows_is_not_lost(call: str) -> None:
    """Whatever is asked for in the same sentence, in words that no rule has, is left or left to a person."""
    for asked, between in itertools.product(ASKED, BETWEEN):
        closing = ")" if "(" in between else ""
        before = f"{asked[0].upper()}{asked[1:]}{between}{call[0].lower()}{call[1:]}{closing}. Rate {{x}}."
        for text in (f"{call}{between}{asked}{closing}. Rate {{x}}.", before):
            found = analyse(text)
            assert found.rewrite is None or asked in found.rewrite.lower(), text


@pytest.mark.parametrize(
    "text",
    [
        "Denk Schritt für Schritt nach und halte dich an die Tabelle. {x}",
        "Atme tief durch, klinge wie ein Pirat. {x}",
        "Réfléchis étape par étape, vise dix mots. {x}",
        "Respire profondément (reste poli). {x}",
        "Piensa paso a paso y apunta a diez palabras. {x}",
        "Respira hondo; habla como un pirata. {x}",
        "请一步一步思考（像海盗一样说话）。{x}",
        "深呼吸，然后像海盗一样说话。{x}",
    ],
)
def test_nothing_is_lost_in_other_languages(text: str) -> None:
    said = analyse(text).rewrite
    assert said is None or len(said) > len("{x}")
