"""One gateway, spoken to over HTTP: a request out, its JSON back, with patience for what passes.

The key is sent to this address alone, and shown nowhere. It knows nothing of prompts.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

import httpx
import msgspec

from migrate.errors import RepointError

_MOST_TRIES = 4
_LONGEST_WAIT = 30.0
_LARGEST_ANSWER = 4_000_000
_BUSY = frozenset((408, 409, 425, 429))
_SHOWN = 200


class LiveError(RepointError):
    """A request that got no usable answer. The message holds no key."""

    exit_code = 3


class Access(msgspec.Struct, frozen=True):
    """Where requests go, and with which key."""

    base_url: str
    key: str
    timeout: float = 60.0


class Gateway:
    """Sends requests to one address; several threads may use it at once."""

    def __init__(self, access: Access, wait: Callable[[float], None] = time.sleep) -> None:
        self._access = access
        self._wait = wait
        # A redirect would carry the key to another address.
        self._client = httpx.Client(timeout=access.timeout, follow_redirects=False)

    def __enter__(self) -> Gateway:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._client.close()

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The JSON object that a request is answered with. Raises LiveError."""
        for tried in range(1, _MOST_TRIES + 1):
            problem, pause = "", 0.0
            try:
                status, headers, content = self._once(path, body)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                problem = f"{type(error).__name__}: {error}"
            else:
                if status == 200:
                    return self._object(content)
                problem = f"{status}: {_said(content)}"
                if status not in _BUSY and status < 500:
                    break
                pause = _asked_pause(headers.get("retry-after", ""))
            if tried < _MOST_TRIES:
                self._wait(max(pause, min(_LONGEST_WAIT, 0.5 * 2**tried) * random.uniform(0.5, 1.0)))
        raise LiveError(self._without_key(f"{self._access.base_url} answered {problem}"))

    def _once(self, path: str, body: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        url = f"{self._access.base_url.rstrip('/')}/{path}"
        headers = {"Authorization": f"Bearer {self._access.key}"}
        with self._client.stream("POST", url, json=body, headers=headers) as response:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > _LARGEST_ANSWER:
                    raise LiveError(f"{self._access.base_url} answered with more than can be meant")
            return response.status_code, response.headers, bytes(content)

    def _object(self, content: bytes) -> dict[str, Any]:
        try:
            found = msgspec.json.decode(content)
        except msgspec.DecodeError:
            found = None
        if not isinstance(found, dict):
            raise LiveError(f"{self._access.base_url} answered with something that is no JSON object")
        return found

    def _without_key(self, message: str) -> str:
        """A server may say the key again in its error."""
        return message.replace(self._access.key, "…") if self._access.key else message


def _asked_pause(words: str) -> float:
    try:
        return max(0.0, min(float(words), _LONGEST_WAIT))
    except ValueError:
        return 0.0


def _said(content: bytes) -> str:
    """The server's own words, on one line of printable characters."""
    text = content.decode("utf-8", "replace")
    try:
        error = msgspec.json.decode(content).get("error")
        text = str(error.get("message", error)) if isinstance(error, dict) else str(error or text)
    except (msgspec.DecodeError, AttributeError):
        pass
    plain = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return plain[:_SHOWN]
