"""The transport of the strict server: sockets, JSON bodies, server-sent events. `handle` has the answers."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strict_routes import Answer

# method, path with its query, headers by lower-case name, raw body
Handle = Callable[[str, str, "dict[str, str]", bytes], "Answer"]


class StrictHTTPServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1; an exception inside `handle` or the transport is kept in `faults`."""

    daemon_threads = True

    def __init__(self, port: int, handle: Handle) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.handle = handle
        self.faults: list[str] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a client may hang up in mid-stream
            self.faults.append(traceback.format_exc())


class _Handler(BaseHTTPRequestHandler):
    server: StrictHTTPServer
    protocol_version = "HTTP/1.1"
    timeout = 10.0
    # Headers and body are two small writes: Nagle's algorithm would hold the second back for 40 ms.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the overridden name
        """Silent: the record of what arrived is the log."""

    def _serve(self, raw: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.handle(self.command, self.path, headers, raw)
        if answer.events is not None:
            self._stream(answer)
        elif answer.raw is not None:
            self._whole(answer.status, "audio/mpeg", answer.raw)
        else:
            self._whole(answer.status, "application/json", json.dumps(answer.json).encode())

    def _whole(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("x-request-id", "req_strict1")
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, answer: Answer) -> None:
        self.close_connection = True  # without a length, only the end of the connection ends the answer
        self.send_response(answer.status)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        for event in answer.events or ():
            name = f"event: {event['type']}\n" if answer.named else ""
            self.wfile.write(f"{name}data: {json.dumps(event)}\n\n".encode())
        if not answer.named:
            self.wfile.write(b"data: [DONE]\n\n")
