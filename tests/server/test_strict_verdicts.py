"""What the parameter table makes of any request, the strict server accepts, unless the table asks a person.

For every model of the catalog that the server knows, every effort, both endpoints, with and without tools,
and any subset of parameters. The server's rules are written apart from rules/, so the two check each other.
"""

from __future__ import annotations

import ast
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

import pytest
import strict_rules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strict_models import MODELS

from migrate.catalog import load
from migrate.catalog.models import Model

CATALOG = load()
BEFORE_ANY_SHUTDOWN = date(2020, 1, 1)
# Ids that only the SDK's types name: no source says anything that a server could be strict about.
UNDESCRIBED = (
    "gpt-5.1-mini",
    "gpt-5-codex-mini",
    "gpt-35-*",
    "*-cyber",
    "*rosalind*",
    "*-law",
    "*daybreak*",
    "computer*",
)
EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
TEXT: dict[str, list[dict[str, Any]]] = {"messages": [{"role": "user", "content": "Answer as JSON."}]}
TOOL = {"name": "look", "description": "Looks.", "parameters": {"type": "object", "properties": {}}}
TOOLS: dict[str, Any] = {
    "chat": [{"type": "function", "function": TOOL}],
    "responses": [{"type": "function", **TOOL}],
}
VALUES: dict[str, dict[str, list[Any]]] = {
    "chat": {
        "max_tokens": [1, 256, 4000],
        "max_completion_tokens": [1, 256, 4000],
        "temperature": [0, 0.7, 1, 1.0, 2, None],
        "top_p": [0, 0.9, 1, None],
        "logprobs": [True, False, None],
        "top_logprobs": [0, 3, None],
        "presence_penalty": [0, 0.5, -2, None],
        "frequency_penalty": [0, 0.5, None],
        "logit_bias": [{}, {"42": -100}, None],
        "stop": ["END", ["a", "b"], [], None],
        "n": [1, 3],
        "seed": [0, 42],
        "prediction": [{"type": "content", "content": "x"}, None],
        "response_format": [{"type": "text"}, {"type": "json_object"}],
        "reasoning_effort": [*EFFORTS, None],
        "verbosity": ["low", "medium", "high"],
        "user": ["someone"],
        "safety_identifier": ["someone"],
        "service_tier": ["auto", "flex", "priority"],
        "prompt_cache_key": ["k"],
        "prompt_cache_retention": ["24h"],
        "prompt_cache_options": [{"ttl": "24h"}],
        "modalities": [["text"], ["text", "audio"], None],
        "audio": [{"voice": "alloy", "format": "wav"}, None],
        "web_search_options": [{}, None],
        "functions": [[TOOL]],
        "function_call": ["auto", "none"],
        "store": [True, False],
        "metadata": [{"a": "b"}],
        "stream": [True, False],
    },
    "responses": {
        "max_output_tokens": [16, 4000],
        "max_tokens": [256],
        "max_completion_tokens": [256],
        "temperature": [0, 0.7, 1, None],
        "top_p": [0.9, 1, None],
        "top_logprobs": [0, 3, None],
        "include": [["message.output_text.logprobs"], [], ["reasoning.encrypted_content"]],
        "reasoning": [{"effort": one} for one in (*EFFORTS, None)] + [None, {"summary": "auto"}],
        "text": [
            {"verbosity": "low"},
            {"verbosity": "medium"},
            {"format": {"type": "json_object"}},
            {"format": {"type": "text"}, "verbosity": "high"},
        ],
        "user": ["someone"],
        "safety_identifier": ["someone"],
        "service_tier": ["auto", "flex"],
        "store": [True, False],
        "metadata": [{"a": "b"}],
        "instructions": ["Be short."],
        "prompt_cache_key": ["k"],
        "prompt_cache_retention": ["24h"],
        "prompt_cache_options": [{"ttl": "24h"}],
        "truncation": ["auto"],
        "parallel_tool_calls": [True],
        "stream": [True, False],
    },
}
TARGETS = [
    (model.id, endpoint)
    for model in CATALOG.models
    for endpoint in model.endpoints or (("chat", "responses") if model.kind == "chat" else ())
    if endpoint in VALUES
    and model.snapshot_of is None
    and not any(fnmatchcase(model.id, one) for one in UNDESCRIBED)
]


@st.composite
def requests(draw: st.DrawFn, endpoint: str) -> dict[str, Any]:
    """What an old program may pass besides model and text."""
    names = draw(st.sets(st.sampled_from(sorted(VALUES[endpoint]))))
    passed = {name: draw(st.sampled_from(VALUES[endpoint][name])) for name in sorted(names)}
    if "max_tokens" in passed:
        passed.pop("max_completion_tokens", None)
    if draw(st.booleans()):
        passed["tools"] = TOOLS[endpoint]
    return passed


def migrated(
    target: Model, endpoint: str, effort: str | None, passed: dict[str, Any]
) -> dict[str, Any] | None:
    """The request after the table's verdicts; None where one of them leaves it to a person."""
    tools = "tools" in passed or "functions" in passed
    body: dict[str, Any] = {}
    for name, value in passed.items():
        verdict = CATALOG.parameters.verdict(target, effort, endpoint, tools, name, value)
        missing = name == "parallel_tool_calls" and "tools" not in passed
        if missing or verdict.action == "ask" or (verdict.action == "rename" and verdict.to in passed):
            return None
        if verdict.action == "keep":
            body[name] = value
        elif verdict.action == "rename":
            body[verdict.to] = value
        elif verdict.action == "set":
            body[name] = ast.literal_eval(verdict.to)
    return body


def with_effort(body: dict[str, Any], endpoint: str, effort: str | None) -> dict[str, Any]:
    """``body`` with the effort that the plan states, as the stage writes it down where it is missing."""
    if effort is None or "reasoning_effort" in body:
        return body
    if endpoint == "chat":
        return {**body, "reasoning_effort": effort}
    return {**body, "reasoning": {**(body.get("reasoning") or {}), "effort": effort}}


def stated(target: Model, endpoint: str, passed: dict[str, Any]) -> str | None:
    """The effort of a request whose model stays: what it says, if the model accepts that."""
    found = (
        passed.get("reasoning_effort")
        if endpoint == "chat"
        else (passed.get("reasoning") or {}).get("effort")
    )
    return found if found in target.efforts else None


def refusal(target: Model, endpoint: str, body: dict[str, Any]) -> str:
    said = {"input": "Answer as JSON."} if endpoint == "responses" else TEXT
    found = strict_rules.judge(endpoint, {"model": target.id, **said, **body}, BEFORE_ANY_SHUTDOWN)
    return found.message if found else ""


def test_the_server_knows_the_models_of_the_catalog() -> None:
    assert {name for name, _ in TARGETS} - MODELS.keys() == set()
    assert len(TARGETS) > 60


def test_the_server_and_the_catalog_agree_on_what_both_say() -> None:
    """Both were written from the documents, apart from each other: where they differ, one is wrong."""
    differ = []
    for model in CATALOG.models:
        server = MODELS.get(model.id)
        if server is None:
            continue
        told: list[tuple[str, Any, Any]] = [("shutdown", server.shutdown, model.shutdown)]
        if model.kind == "chat" and not any(fnmatchcase(model.id, one) for one in UNDESCRIBED):
            told.append(("efforts", server.breed.efforts, tuple(model.efforts)))
            ours = {"chat", "responses"}
            if model.endpoints:
                told.append(("endpoints", ours & {*server.breed.endpoints}, ours & {*model.endpoints}))
            if model.default_effort is not None and model.efforts:
                told.append(("default", server.breed.default_effort, model.default_effort))
        differ += [(model.id, *one) for one in told if one[1] != one[2]]
    assert differ == []


@pytest.mark.parametrize(("name", "endpoint"), TARGETS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_rewritten_request_is_accepted(name: str, endpoint: str, data: st.DataObject) -> None:
    target = CATALOG.models.get(name)
    assert target is not None
    passed = data.draw(requests(endpoint))
    effort = data.draw(st.sampled_from([None, *target.efforts]))
    wanted = stated(target, endpoint, passed) if effort is None else effort
    body = migrated(target, endpoint, wanted, passed)
    if body is not None:
        assert refusal(target, endpoint, with_effort(body, endpoint, effort)) == ""


@pytest.mark.parametrize(("name", "endpoint"), TARGETS)
def test_every_single_parameter_is_accepted(name: str, endpoint: str) -> None:
    """All efforts, with tools and without: what the property draws only some of."""
    target = CATALOG.models.get(name)
    assert target is not None
    refused = []
    for effort in (None, *target.efforts):
        for one in ({name: value} for name, values in VALUES[endpoint].items() for value in values):
            for passed in (one, {**one, "tools": TOOLS[endpoint]}):
                wanted = stated(target, endpoint, passed) if effort is None else effort
                body = migrated(target, endpoint, wanted, passed)
                found = "" if body is None else refusal(target, endpoint, with_effort(body, endpoint, effort))
                refused += [(effort, passed, found)] if found else []
    assert refused == []


@pytest.mark.parametrize(("name", "endpoint"), TARGETS)
def test_a_plain_request_is_not_left_to_a_person(name: str, endpoint: str) -> None:
    """A table that asks about everything would pass the other test too."""
    target = CATALOG.models.get(name)
    assert target is not None
    plain: dict[str, Any] = {"temperature": 0, "top_p": 0.9}
    plain |= {"max_tokens": 99, "stop": "x", "seed": 1} if endpoint == "chat" else {"max_output_tokens": 99}
    body = migrated(target, endpoint, None, plain)
    assert body is not None
    assert refusal(target, endpoint, body) == ""
