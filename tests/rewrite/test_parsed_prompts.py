"""The line that a finding names, where code reads the reasoning that a prompt asks for: idiom by idiom, each
with a word of its own in one program.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from migrate.catalog import load
from migrate.findings.finding import Finding
from migrate.program.inventory import scan
from migrate.rewrite.propose import propose
from migrate.settings import load_settings

HEAD = """\
import json
import re
from operator import itemgetter

from bs4 import BeautifulSoup
from langchain.output_parsers import ResponseSchema
from pydantic import BaseModel
from openai import OpenAI

client = OpenAI()


class Planned(BaseModel):
    plan: str
"""
CALL = 'client.responses.create(model="gpt-5.2", reasoning={"effort": "medium"}, input=%r + text).output_text'
TAG = "Answer in a word. Think step by step. Put your thoughts into <%s> tags.\n"
KEY = 'Answer in a word. Think step by step. Reply with JSON that has the keys "%s" and "word".\n'
LABEL = "Answer in a word. Think step by step.\n%s: what you see\nWord: the word\n"
READ = {
    "thinking": (TAG, 're.search(r"<thinking>(.*?)</thinking>", answer)[1]'),
    "thought": (TAG, 'answer.partition("</thought>")[2]'),
    "thoughts": (TAG, 'answer[answer.find("</thoughts> ") :]'),
    "scratchpad": (TAG, 'BeautifulSoup(answer).find("scratchpad").text'),
    "reflection": (TAG, 're.sub("<{0}>.*?</{0}>".format("reflection"), "", answer)'),
    "reasoning": (KEY, 'json.loads(answer)["reasoning"]'),
    "rationale": (KEY, 'json.loads(answer).get("rationale")'),
    "reason": (KEY, 'itemgetter("reason", "word")(json.loads(answer))'),
    "critique": (KEY, '[json.loads(answer)[one] for one in ("critique", "word")]'),
    "explanation": (KEY, '[ResponseSchema(name="explanation", description="why it is so")]'),
    "Analysis": (LABEL, 'answer.split("Analysis: ")[1]'),
    "Steps": (LABEL, 're.match(r"(?i)steps\\s*:(.*) Word", answer)'),
    "Cot": (LABEL, '[one for one in answer.splitlines() if "Cot:" in one]'),
}
LEFT = {
    "observation": (KEY, 'print("observation is not read", json.loads(answer)["word"])'),
    "Action": (LABEL, 'f"Action: {answer}"'),
}


def test_the_line_that_reads_the_reasoning_is_named(tmp_path: Path) -> None:
    lines = HEAD.splitlines()
    places: dict[str, int] = {}
    for word, (prompt, code) in (READ | LEFT).items():
        lines += ["", "", f"def {word.lower()}(text):", f"    answer = {CALL % (prompt % word)}"]
        places[word] = len(lines)
        lines.append(f"    return {code}")
    lines += ["", "", "def plan(text):", f"    answer = {CALL % (KEY % 'plan')}"]
    places["plan"] = len(lines)
    lines.append("    return Planned.model_validate_json(answer)")
    (tmp_path / "app.py").write_text("\n".join([*lines, ""]), "utf-8")
    cures = {one.place.span.line: one.cure for one in _found(tmp_path)}
    for word, line in places.items():
        cure = cures[line]
        if word in LEFT:
            assert cure == "take the words out", (word, cure)
        else:
            at = HEAD.splitlines().index("    plan: str") + 1 if word == "plan" else line + 1
            assert cure.startswith(f"keep it, or change app.py:{at}:"), (word, cure)


def _found(folder: Path) -> list[Finding]:
    own = {"today": datetime.date(2026, 11, 23), "cache": False, "stages": ["prompts"]}
    settings = load_settings(folder, {**own, "include-review": True})
    catalog = load()
    found = propose(scan([folder], settings, catalog), settings, catalog).findings
    return [one for one in found if one.stage == "prompts"]
