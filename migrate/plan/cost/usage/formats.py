"""One row of an export or a log as ``Used``, by what it holds. Formats: see openai-usage-api, openai-export,
openai-activity, openai-batch, litellm-logging, litellm-daily, langfuse-export and langfuse-tables in
rules/sources.toml.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from migrate.plan.cost.usage.records import Used

Row = Mapping[str, Any]
_ENDPOINTS = {"completions": "chat", "acompletion": "chat", "completion": "chat", "aresponses": "responses"}
_NAMES = ("model", "providedModelName", "provided_model_name", "model_name", "model_id")
_NOTHING = (None, "")
_SENT = ("messages", "input", "prompt", "instructions")


def used(row: Row) -> Used | None:
    """What ``row`` tells; None where it is no request to a model, or tells no tokens. Raises ValueError for
    an amount that is no number."""
    for kind in (_openai_usage, _openai_activity, _litellm, _litellm_daily, _langfuse, _logged):
        found = kind(row)
        if found is not None:
            return found
    return None


def _openai_usage(row: Row) -> Used | None:
    """A line of the dashboard's export, or a result of the usage API: many requests at once."""
    told = row.get("input_tokens") not in _NOTHING or row.get("output_tokens") not in _NOTHING
    if "num_model_requests" not in row or not row.get("model") or not told:
        return None
    kind = str(row.get("object") or "")
    endpoint = "embeddings" if "embeddings" in kind else ""
    return Used(
        str(row["model"]),
        _number(row["num_model_requests"]),
        _number(row.get("input_tokens")),
        _number(row.get("output_tokens")),
        _number(row.get("input_cached_tokens")),
        None if _number(row.get("output_tokens")) else 0,
        endpoint,
        apart=str(row.get("batch")).lower() == "true" or _is_apart(row.get("service_tier")),
    )


def _openai_activity(row: Row) -> Used | None:
    """A line of OpenAI's older usage endpoint and dashboard export, by snapshot or model."""
    name = row.get("snapshot_id") or row.get("model")
    if row.get("n_context_tokens_total") in _NOTHING or not name:
        return None
    given, got = _number(row["n_context_tokens_total"]), _number(row.get("n_generated_tokens_total"))
    cached = _number(row.get("n_cached_context_tokens_total"))
    calls = _number(row.get("n_requests") or row.get("num_requests"))
    return Used(str(name), calls, given, got, cached, None if got else 0)


def _is_apart(tier: object) -> bool:
    return str(tier or "").lower() in ("batch", "flex", "priority")


def _litellm(row: Row) -> Used | None:
    """LiteLLM's standard payload, or a line of its spend logs. What its own cache answered costs nothing."""
    if "call_type" not in row or "prompt_tokens" not in row:
        return None
    if str(row.get("cache_hit")).lower() == "true" or str(row.get("status", "")).startswith("fail"):
        return None
    usage = _dict(_dict(row.get("metadata")).get("usage_object"))
    details = _dict(usage.get("completion_tokens_details"))
    return Used(
        str(row.get("model") or row.get("model_group") or ""),
        1,
        _number(row["prompt_tokens"]),
        _number(row.get("completion_tokens")),
        _number(_dict(usage.get("prompt_tokens_details")).get("cached_tokens")),
        _number(details["reasoning_tokens"]) if "reasoning_tokens" in details else None,
        _ENDPOINTS.get(str(row["call_type"]), ""),
        _text(row.get("messages") or _dict(row.get("proxy_server_request"))),
    )


def _litellm_daily(row: Row) -> Used | None:
    """A row of LiteLLM's tables of daily spend: many requests at once."""
    if "api_requests" not in row or "prompt_tokens" not in row or not row.get("model"):
        return None
    got = _number(row.get("completion_tokens"))
    return Used(
        str(row["model"]),
        _number(row.get("successful_requests") or row["api_requests"]),
        _number(row["prompt_tokens"]),
        got,
        _number(row.get("cache_read_input_tokens")),
        None if got else 0,
    )


def _langfuse(row: Row) -> Used | None:
    """An observation of Langfuse. Its types of usage exclude each other, unless the total says otherwise."""
    details = _dict(row.get("usageDetails") or row.get("usage_details"))
    if not details and "inputUsage" in row:
        details = {"input": row["inputUsage"], "output": row.get("outputUsage")}
    if not details and "promptTokens" in row:
        details = {"input": row["promptTokens"], "output": row.get("completionTokens")}
    model = next((row[name] for name in _NAMES if row.get(name)), None)
    kind = str(row.get("type") or "GENERATION").upper()
    if not details or not model or kind not in ("GENERATION", "EMBEDDING"):
        return None
    amounts = {key: _number(value) for key, value in details.items()}
    cached = sum(amount for key, amount in amounts.items() if "input" in key and "cach" in key)
    reasoning = [amount for key, amount in amounts.items() if key.startswith("output_") and "reason" in key]
    given, got = amounts.get("input", 0), amounts.get("output", 0)
    if amounts.get("total") != given + got:
        given, got = given + cached, got + sum(reasoning)
    thought = reasoning[0] if reasoning else None
    endpoint = "embeddings" if kind == "EMBEDDING" else ""
    return Used(str(model), 1, given, got, cached, thought, endpoint, _text(row.get("input")))


def _logged(row: Row) -> Used | None:
    """A request and its response side by side, a line of a batch's output, or a response alone."""
    outer = _dict(row.get("response"))
    response: Row = _dict(outer.get("body")) or outer or row
    request = _dict(row.get("request"))
    request = _dict(request.get("body")) or request
    usage = _dict(response.get("usage"))
    # The request names the model as the code does; the response says which snapshot of it answered.
    model = request.get("model") or response.get("model")
    given = usage.get("prompt_tokens", usage.get("input_tokens"))
    if not model or given is None:
        return None
    got = usage.get("completion_tokens", usage.get("output_tokens"))
    into = _dict(usage.get("prompt_tokens_details") or usage.get("input_tokens_details"))
    out = _dict(usage.get("completion_tokens_details") or usage.get("output_tokens_details"))
    return Used(
        str(model),
        1,
        _number(given),
        _number(got),
        _number(into.get("cached_tokens")),
        _number(out["reasoning_tokens"]) if "reasoning_tokens" in out else None if got else 0,
        _endpoint(response),
        _text(request),
        apart="custom_id" in row or _is_apart(response.get("service_tier")),
    )


def _endpoint(response: Row) -> str:
    kind = str(response.get("object") or "")
    by_kind: dict[str, str] = {"chat.completion": "chat", "response": "responses", "list": "embeddings"}
    return by_kind.get(kind, "")


def _text(value: object) -> str:
    """All text of what was sent, one piece under the other."""
    return "\n".join(_texts(_parsed(value)))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        keys = [key for key in (*_SENT, "content", "text") if key in value]
        for key in keys:
            yield from _texts(value[key])
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _dict(value: object) -> dict[str, Any]:
    found = _parsed(value)
    return found if isinstance(found, dict) else {}


def _parsed(value: object) -> object:
    """A cell of a CSV file may hold JSON."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _number(value: object) -> int:
    if isinstance(value, (int, float)):
        return int(value)
    try:
        return 0 if value in _NOTHING else int(float(str(value).replace(",", "")))
    except (ValueError, OverflowError):
        raise ValueError(f"{value!r} is no number") from None
