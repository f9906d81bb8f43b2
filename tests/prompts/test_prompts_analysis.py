"""Texts and what is found in them: the examples of the rules, the labelled texts, and cases of our own."""

from __future__ import annotations

import pytest

from benchmarks.prompts import FOLDER, Pair, residues, rows
from migrate.catalog import load
from migrate.catalog.techniques import TechniqueExample
from migrate.prompts.analysis import analyse

TECHNIQUES = load().techniques.techniques
EXAMPLES = [(one.id, example) for one in TECHNIQUES.values() for example in one.example]


@pytest.mark.parametrize(("technique", "example"), EXAMPLES)
def test_an_example_of_the_rules(technique: str, example: TechniqueExample) -> None:
    found = analyse(example.text)
    seen = {*found.labels, *(span.label for span in found.advice)}
    assert (technique in seen) is not example.absent
    if example.absent:
        assert not found.flag
    if example.after:
        assert found.rewrite == example.after


@pytest.fixture(scope="module", params=["labelled", "aside", "fresh"])
def pairs(request: pytest.FixtureRequest) -> list[Pair]:
    return [(row, analyse(row["text"])) for row in rows(request.param)]


def test_what_is_flagged(pairs: list[Pair]) -> None:
    clear = [(row["flag"], found.flag) for row, found in pairs if not row["ambiguous"]]
    right = sum(true and said for true, said in clear)
    assert right / sum(said for _, said in clear) >= 0.93
    assert right / sum(true for true, _ in clear) >= 0.85


def test_flagged_outside_english(pairs: list[Pair]) -> None:
    flags = [found.flag for row, found in pairs if row["flag"] and row["lang"] != "en"]
    assert sum(flags) / len(flags) >= 0.8


def test_what_a_rewriting_keeps(pairs: list[Pair]) -> None:
    for row, found in pairs:
        if found.rewrite is None:
            continue
        for field in row["placeholders"]:
            assert found.rewrite.count(field) == row["text"].count(field), row["id"]
        if row["rewrite_policy"] == "auto":
            plain = "".join(found.rewrite.casefold().split())
            assert not [one for one in row["must_keep"] if "".join(one.casefold().split()) not in plain]
            assert not residues(row["text"], found.rewrite), row["id"]


def test_a_rewriting_is_final(pairs: list[Pair]) -> None:
    for row, found in pairs:
        if found.rewrite is not None:
            again = analyse(found.rewrite)
            assert (again.flag, again.rewrite) == (False, None), row["id"]


def test_every_label_is_a_technique(pairs: list[Pair]) -> None:
    for _, found in pairs:
        assert set(found.labels) <= {*TECHNIQUES, "none"}
        assert (found.policy == "none") is not found.flag
        assert (found.rewrite is None) is (found.policy != "auto")


CASES = (FOLDER / "cases.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", [line for line in CASES if line[:2] in ("+ ", "- ")])
def test_a_case_of_our_own(case: str) -> None:
    assert analyse(case[2:].replace("\\n", "\n")).flag is (case[0] == "+")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Answer (think step by step) in one word: {q}", "Answer in one word: {q}"),
        ("Provide a concise, step-by-step reasoning for your decision.\n\n{x}", None),
        ("First think carefully and directly answer the request. {x}", "Directly answer the request. {x}"),
        (
            "{x}\nThink step by step to assign the most accurate score and give a quote.",
            "{x}\nAssign the most accurate score and give a quote.",
        ),
        ("This reply is wrong. Please review and correct your response.\n\n{x}", None),
        ("Take the time to explore the menu before you start. Then report.\n\n{x}", None),
        (
            "Let's devise a plan to solve the case. Then, let's carry out the plan to solve the case. {x}",
            None,
        ),
        ("Think step by step: what is the total?\n\n{x}", None),
        ("Think step by step before you fill in the <sum> tag. Be brief. {x}", None),
        ("请你一步步思考并把最终答案写在【答案】之间。\n{x}", "把最终答案写在【答案】之间。\n{x}"),
        ("You are a genius! Find dead code. {x}", "Find dead code. {x}"),
        ("{x} Sum it up (in one line. Think step by step.)", "{x} Sum it up (in one line.)"),
        (
            "If the task is long, you break the problem down into steps before you answer\n"
            "When it is about code, you add tests.\n\n{x}",
            None,
        ),
        ('{"content": "{x}. Think step by step."},\\n{}', '{"content": "{x}."},\\n{}'),
        ("请一步一步地思考，然后给出答案。", "给出答案。"),
        ("Read {doc}, sum it up, and think step by step.", "Read {doc} and sum it up."),
        (
            "You are a bot that solves a problem by thinking through it step by step. {x}",
            "You are a bot that solves a problem. {x}",
        ),
        (
            "1. Read {x}.\n2. Reflect deeply on the facts.\n3. Only then, print a sum.",
            "1. Read {x}.\n2. Print a sum.",
        ),
        (
            "{x}\nFirst think it through using <think>...</think> tags. Then print a sum.",
            "{x}\nPrint a sum.",
        ),
        ("{x} Begin with 'Yes' or 'No'. And then walk through step by step to be sure.", None),
        ("# Check your work\nYour replies name the author of {x}.", None),
        ("解释单词{x}。请检查所有信息是否准确，并在回答时保持简洁。", "解释单词{x}。在回答时保持简洁。"),
        (
            "Under no circumstances reveal {y} to anyone, if you ever do you will be deleted. {x}",
            "Under no circumstances reveal {y} to anyone. {x}",
        ),
        (
            "If the next action is to validate, you must validate your result\n- Name {x}.",
            "- Name {x}.",
        ),
        ('{"input": "Call the tool again to verify your answer."} {x}', None),
        ("Schreibe deine Überlegungen in <überlegung>-Tags und die Antwort in <antwort>. {x}", None),
        ("De cette présentation dépend ma promotion. Soigne-la bien : {x}", None),
        ("Redacta primero un plan de trabajo. Después ponlo en marcha. {x}", None),
        (
            "Expose d'abord ton raisonnement en quelques lignes, et seulement ensuite donne la note sur 20.",
            "Donne la note sur 20.",
        ),
        (
            "Dividi la domanda in parti più semplici, rispondi a ciascuna e unisci le risposte. {x}",
            "{x}",
        ),
        ("먼저 <생각></생각> 안에서 추론한 다음 JSON을 반환하세요. {x}", "JSON을 반환하세요. {x}"),
        ("단계별로 추론한 다음 JSON을 반환하세요. {x}", "JSON을 반환하세요. {x}"),
        ("제발 버그를 찾아 줘. {x}", "버그를 찾아 줘. {x}"),
        ("自言自语的内容都放在<思考>……</思考>里，客户只看得到其余部分。{x}", None),
        ("沉住气，做个深呼吸再改这段代码。{x}", "沉住气再改这段代码。{x}"),
        ('Do not write "to do" or bad things will happen. {x}', 'Do not write "to do". {x}'),
        ('Say "hello" and think step by step. {x}', 'Say "hello". {x}'),
        ("Read **this** and think step by step, then sum up {x}.", "Read **this**, then sum up {x}."),
        ("Réponds « oui » et réfléchis étape par étape. {x}", "Réponds « oui ». {x}"),
        (
            "假设三位不同的专家来回答这个问题。\n所有专家都写下第一个步骤，然后分享。\n{x}",
            None,
        ),
        ("Provide an initial concise answer, critique it briefly, and refine it if necessary. {x}", None),
        (
            "{% if a %}Use the notes.{% endif %} Think step by step. Answer {{ q }}.",
            "{% if a %}Use the notes.{% endif %} Answer {{ q }}.",
        ),
        ("{% if cot %}Think step by step.{% endif %}\nAnswer {{ q }}.", None),
        ("Break down the question into simpler sub-questions.\n{q}\nReturn only the sub-questions.", None),
        ("Translate {x}, think step by step, then output JSON.", "Translate {x}, then output JSON."),
        (
            "Reply:\n1. Read {x}.\n2. Think step by step.\n3. Sum it up.",
            "Reply:\n1. Read {x}.\n2. Sum it up.",
        ),
        ("A: Let's think step by step. {q}", "A: {q}"),
        ("Think step by step before you answer {q}.", None),
        (
            "If it is hard, think step by step and answer in German. {q}",
            "If it is hard, answer in German. {q}",
        ),
        ("First, make a plan for {x}. Then follow it. Return the result.", None),
        ("Sum up {x}.\r\n\r\nThink carefully.\r\n\r\nBe brief.\r\n", "Sum up {x}.\r\n\r\nBe brief.\r\n"),
        ("Think step by step.", None),
        (
            "Think step by step and reply in this format:\n- name\n- age\n\n{text}",
            "Reply in this format:\n- name\n- age\n\n{text}",
        ),
        ("Text: {x} Let's think step by step.\nLabel:", "Text: {x}\nLabel:"),
        ("Question: {q}\nAnswer (step by step):", "Question: {q}\nAnswer:"),
        (
            "Explain your fix in <thinking> tags and give the query in <sql> tags.\n\n{sql}",
            None,
        ),
        ("분류하세요: {r}\n\n차근차근 생각한 뒤 한 단어로만 답하세요.", None),
        ("回答：{q}\n\n先在 <思考> 标签里写出分析过程，再在 <回答> 标签里给出结论。", None),
        (
            "I need this one right, my whole thesis depends on it: extract the title and return it.\n\n{x}",
            None,
        ),
        ("심호흡을 한 번 하고, 차근차근 따져 보면서 아래 주문의 배송비를 계산해 줘.\n{orders}", None),
        (
            "{n}の数列です。段階的に考え、最後に答えを書いてください。",
            "{n}の数列です。答えを書いてください。",
        ),
    ],
)
def test_a_rewriting(before: str, after: str | None) -> None:
    assert analyse(before).rewrite == after


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Think step by step before answering. {q}", {"zero_shot_cot"}),
        ("Explain your reasoning before you give the label. {q}", {"reasoning_scaffold"}),
        ("First, think step by step, then answer. {q}", {"reasoning_scaffold", "zero_shot_cot"}),
    ],
)
def test_one_label_says_what_a_clause_asks_for(text: str, labels: set[str]) -> None:
    assert set(analyse(text).labels) == labels
