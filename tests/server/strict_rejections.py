"""The exact words in which the API refuses a request, one function a kind of refusal. It decides nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOVED = (
    "Unsupported parameter: '{old}'. In the Responses API, this parameter has moved to '{new}'. "
    "Try again with the new parameter. See the API documentation for more information: "
    "https://platform.openai.com/docs/api-reference/responses/create."
)


@dataclass(frozen=True)
class Rejection:
    """An error answer: HTTP status and the four fields of OpenAI's `error` object."""

    status: int
    message: str
    param: str | None = None
    code: str | None = None
    type: str = "invalid_request_error"

    def body(self) -> dict[str, Any]:
        fields = {"message": self.message, "type": self.type, "param": self.param, "code": self.code}
        return {"error": fields}


def listed(values: Sequence[str]) -> str:
    """'a' · 'a' and 'b' · 'a', 'b', and 'c': the way the API lists values."""
    quoted = [f"'{value}'" for value in values]
    if len(quoted) < 3:
        return " and ".join(quoted)
    return ", ".join(quoted[:-1]) + f", and {quoted[-1]}"


def wrong_key(key: str | None) -> Rejection:
    if not key:
        text = (
            "You didn't provide an API key. You need to provide your API key in an Authorization header "
            "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
        )
        return Rejection(401, text)
    shown = f"{key[:6]}***{key[-2:]}" if len(key) > 8 else "***"
    text = f"Incorrect API key provided: {shown}. You can find your API key at https://platform.openai.com/account/api-keys."
    return Rejection(401, text, code="invalid_api_key")


def wrong_url(method: str, path: str) -> Rejection:
    return Rejection(404, f"Invalid URL ({method} {path})")


def unknown_model(model: str) -> Rejection:
    text = f"The model `{model}` does not exist or you do not have access to it."
    return Rejection(404, text, code="model_not_found")


def retired_model(model: str) -> Rejection:
    text = f"The model `{model}` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations"
    return Rejection(404, text, code="model_not_found")


def wrong_endpoint(message: str) -> Rejection:
    return Rejection(404, message, "model")  # the API answers 404 here, and gives no code


def invalid(message: str, param: str | None = None, code: str | None = None) -> Rejection:
    return Rejection(400, message, param, code)


def missing(param: str) -> Rejection:
    return Rejection(400, f"Missing required parameter: '{param}'.", param, "missing_required_parameter")


def wrong_type(param: str, expected: str, got: str) -> Rejection:
    text = f"Invalid type for '{param}': expected {expected}, but got {got} instead."
    return Rejection(400, text, param, "invalid_type")


def unsupported_parameter(param: str, instead: str = "") -> Rejection:
    text = f"Unsupported parameter: '{param}' is not supported with this model."
    return Rejection(
        400, f"{text} Use '{instead}' instead." if instead else text, param, "unsupported_parameter"
    )


def only_default(param: str, value: Any, default: int) -> Rejection:
    text = (
        f"Unsupported value: '{param}' does not support {json.dumps(value)} with this model. "
        f"Only the default ({default}) value is supported."
    )
    return Rejection(400, text, param, "unsupported_value")


def _supported(values: Sequence[str]) -> str:
    return f"Supported values are: {listed(values)}."


def unsupported_value(param: str, value: Any, supported: Sequence[str]) -> Rejection:
    shown = "null" if value is None else f"'{value}'"
    text = f"Unsupported value: '{param}' does not support {shown} with this model. {_supported(supported)}"
    return Rejection(400, text, param, "unsupported_value")


def unsupported_for_model(param: str, value: str, model: str, supported: Sequence[str]) -> Rejection:
    text = f"Unsupported value: '{value}' is not supported with the '{model}' model. {_supported(supported)}"
    return Rejection(400, text, param, "unsupported_value")


def moved_in_responses(old: str, new: str) -> Rejection:
    return Rejection(400, _MOVED.format(old=old, new=new), None, "unsupported_parameter")


def empty_array(param: str) -> Rejection:
    text = (
        f"Invalid '{param}': empty array. "
        "Expected an array with minimum length 1, but got an empty array instead."
    )
    return Rejection(400, text, param, "empty_array")


def too_small(param: str, least: int, value: int) -> Rejection:
    text = (
        f"Invalid '{param}': integer below minimum value. "
        f"Expected a value >= {least}, but got {value} instead."
    )
    return Rejection(400, text, param, "integer_below_min_value")


def unknown_parameter(param: str) -> Rejection:
    return Rejection(400, f"Unknown parameter: '{param}'.", param, "unknown_parameter")


def unrecognized_arguments(names: Sequence[str]) -> Rejection:
    noun = "argument" if len(names) == 1 else "arguments"
    return Rejection(400, f"Unrecognized request {noun} supplied: {', '.join(names)}")
