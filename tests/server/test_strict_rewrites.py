"""What the whole tool makes of a generated program, the strict server accepts, or a finding tells a person.

The other property asks the table; this one goes through scan, routing and edits, and reads the request off
the rewritten source.
"""

from __future__ import annotations

import ast
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import strict_rules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_strict_verdicts import CATALOG, TEXT, requests

from migrate.program.inventory import scan
from migrate.rewrite.proposal import Proposal
from migrate.rewrite.propose import propose
from migrate.settings import Settings

TODAY = date(2026, 11, 23)
OLD = ("gpt-3.5-turbo", "gpt-4", "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-5", "gpt-5-mini", "o3", "o4-mini")
TARGETS = ("gpt-5.2", "gpt-5.4", "gpt-5.5", "gpt-5.6-sol", "gpt-6-luna", "gpt-6-sol", "gpt-6-astra")
# How a call gets what it is passed.
SHAPES = {
    "keywords": "client.{method}(model={model!r}, {text}, {keywords})\n",
    "dict": "options = {dict}\nclient.{method}(model={model!r}, {text}, **options)\n",
    "stores": "options = {{}}\n{stores}client.{method}(model={model!r}, {text}, **options)\n",
}
METHODS = {"chat": "chat.completions.create", "responses": "responses.create"}
TEXTS = {"chat": f"messages={TEXT['messages']!r}", "responses": "input='Answer as JSON.'"}


def program(shape: str, model: str, endpoint: str, passed: dict[str, Any]) -> str:
    call = SHAPES[shape].format(
        method=METHODS[endpoint],
        model=model,
        text=TEXTS[endpoint],
        keywords=", ".join(f"{name}={value!r}" for name, value in passed.items()),
        dict=repr(passed),
        stores="".join(f"options[{name!r}] = {value!r}\n" for name, value in passed.items()),
    )
    return f"from openai import OpenAI\n\nclient = OpenAI()\n{call}"


def sent(source: str) -> dict[str, Any]:
    """The request of the one call of ``source``, read off its literals."""
    held: dict[str, Any] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            held[ast.literal_eval(node.targets[0].slice)] = ast.literal_eval(node.value)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            held = ast.literal_eval(node.value)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            named = {one.arg: ast.literal_eval(one.value) for one in node.value.keywords if one.arg}
            body = {**(held if any(one.arg is None for one in node.value.keywords) else {}), **named}
            return {**body, **body.pop("extra_body", {})}
    raise AssertionError(source)


def rewritten(source: str, target: str) -> tuple[str, Proposal]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "app.py").write_text(source, encoding="utf-8")
        chosen = Settings(
            strong=target,
            fast=target,
            include_review=True,
            today=TODAY,
            stages=("model", "params"),
            cache=False,
        )
        proposal = propose(scan([Path(folder)], chosen, CATALOG), chosen, CATALOG)
    return (proposal.changes[0].new_text if proposal.changes else source), proposal


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), shape=st.sampled_from(sorted(SHAPES)), endpoint=st.sampled_from(sorted(METHODS)))
def test_a_rewritten_program_is_accepted(data: st.DataObject, shape: str, endpoint: str) -> None:
    old, target = data.draw(st.sampled_from(OLD)), data.draw(st.sampled_from(TARGETS))
    source = program(shape, old, endpoint, data.draw(requests(endpoint)))
    text, proposal = rewritten(source, target)
    left = [one for one in proposal.left if not one.note and one.rule != "small-output-cap"]
    body = sent(text)
    if left:
        assert text == source, "a program that a person has to finish is not changed by half"
        return
    assert body["model"] == target
    found = strict_rules.judge(endpoint, body, TODAY)
    assert found is None, f"{found.message}\n{source}\n{text}"
