"""A local server that accepts and refuses as the OpenAI API behind a gateway does, and records what arrives.

It owns keys, leaks and the record; strict_rules.py decides what is refused, strict_http.py moves the bytes.
By hand, `python tests/server/strict_server.py --port 8080 --key K --today 2026-11-23` prints its URL, then
each request.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import strict_rejections as reject
from strict_http import StrictHTTPServer
from strict_routes import Answer, answer_get, answer_post, refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_KEY_HEADERS = ("api-key", "x-api-key")  # where Azure and other vendors carry a key


@dataclass(frozen=True)
class Recorded:
    """One request as it arrived, and what became of it. `error` is "" where the status is 200."""

    method: str
    path: str
    model: str
    body: dict[str, Any]
    key: str
    status: int
    error: str


@dataclass
class StrictServer:
    """Serves on 127.0.0.1 between `start` and `stop` (or in a `with` block).

    `key` is the only key accepted, `today` the day on which models are judged alive, `prefix` the beginning
    of every model id (a gateway's "openai/"), `secrets` are texts that must arrive nowhere in a request.
    `leaks` collects every foreign key and every secret that arrived.
    """

    key: str
    today: date
    prefix: str = ""
    port: int = 0
    secrets: tuple[str, ...] = ()
    on_request: Callable[[Recorded], None] | None = None
    requests: list[Recorded] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def faults(self) -> list[str]:
        """Tracebacks of the server's own mistakes: a test that meets one has proved nothing."""
        return self._http.faults

    def start(self) -> StrictServer:
        self._http = StrictHTTPServer(self.port, self.handle)
        self.port = self._http.server_address[1]
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def clear(self) -> None:
        """Forgets what was recorded, so that a test sees only its own requests."""
        self.requests.clear()
        self.leaks.clear()

    def __enter__(self) -> StrictServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()

    def handle(self, method: str, path: str, headers: dict[str, str], raw: bytes) -> Answer:
        """Judges and records one request. `headers` have lower-case names; `path` may hold a query."""
        body = _parsed(raw)
        bare = path.partition("?")[0]
        key = headers.get("authorization", "").removeprefix("Bearer ").strip()
        answer = self._answer(method, bare, key, body)
        self._watch(key, path, headers, raw)
        known = body or {}
        seen = Recorded(method, bare, str(known.get("model", "")), known, key, answer.status, answer.error)
        self.requests.append(seen)
        if self.on_request:
            self.on_request(seen)
        return answer

    def _answer(self, method: str, path: str, key: str, body: dict[str, Any] | None) -> Answer:
        if key != self.key:
            return refused(reject.wrong_key(key))
        if body is None:
            return refused(reject.invalid("We could not parse the JSON body of your request."))
        if method == "GET":
            return answer_get(path, self.today, self.prefix)
        return answer_post(path, body, self.today, self.prefix)

    def _watch(self, key: str, path: str, headers: dict[str, str], raw: bytes) -> None:
        keys = [key, *(headers[name] for name in _KEY_HEADERS if name in headers)]
        everything = "\n".join([path, *headers.values(), raw.decode("utf-8", "replace")])
        found = [seen for seen in keys if seen and seen != self.key]
        found += [secret for secret in self.secrets if secret in everything]
        self.leaks.extend(dict.fromkeys(found))


def _parsed(raw: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def main(argv: list[str] | None = None) -> int:
    """Serves until Ctrl-C; prints the URL, then one JSON line a request."""
    parser = argparse.ArgumentParser(description="A local server as strict as the OpenAI API.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key", required=True, help="the only API key that is accepted")
    parser.add_argument("--today", type=date.fromisoformat, required=True, help="judges models on this day")
    parser.add_argument("--prefix", default="", help='how every model id begins, such as "openai/"')
    flags = parser.parse_args(argv)
    server = StrictServer(flags.key, flags.today, flags.prefix, flags.port, on_request=_tell)
    with server:
        print(server.base_url, flush=True)
        try:
            Event().wait()
        except KeyboardInterrupt:
            return 130
    return 0


def _tell(seen: Recorded) -> None:
    print(json.dumps(asdict(seen)), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
