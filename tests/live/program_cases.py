"""Reads fixtures/programs/: one folder a program, with expect.toml and the requirements.txt the tool sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli
from sdk_environments import NEWEST, OLDEST, SECOND

PROGRAMS = Path(__file__).parents[2] / "fixtures" / "programs"
_KEYS = {"before", "prints", "stays", "responses", "requests", "text"}
_REQUEST_KEYS = {"path", "model", "effort", "has", "lacks"}
_FLOOR = re.compile(r"^openai>=([\d.]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Wanted:
    """One request the migrated program must send. `effort` is what the model does, be it said or default."""

    path: str
    model: str
    effort: str
    has: dict[str, Any]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One program. `before`: the status at OpenAI once all retiring models are gone (0: it is not run).
    `responses`: a second run of the tool moves it to Responses."""

    name: str
    before: int
    prints: str
    stays: bool
    responses: bool
    requests: tuple[Wanted, ...]
    keeps: tuple[str, ...]
    floor: str

    @property
    def folder(self) -> Path:
        return PROGRAMS / self.name

    @property
    def sdks(self) -> list[str]:
        """The SDK versions that satisfy the program's own requirement."""
        return [version for version in (OLDEST, SECOND, NEWEST) if _numbers(version) >= _numbers(self.floor)]


def load(folder: Path) -> Case:
    """The case of one folder. Raises ValueError for an unknown key or a requirement without a floor."""
    data = tomli.loads((folder / "expect.toml").read_text("utf-8"))
    floor = _FLOOR.search((folder / "requirements.txt").read_text("utf-8"))
    requests = data.get("requests", [])
    strange = [data.keys() - _KEYS, *(request.keys() - _REQUEST_KEYS for request in requests)]
    if any(strange) or floor is None:
        raise ValueError(
            f"{folder}: unknown keys {strange} in expect.toml, or no `openai>=` in requirements.txt"
        )
    return Case(
        name=folder.name,
        before=data["before"],
        prints=data.get("prints", "Hello from"),
        stays=data.get("stays", False),
        responses=data.get("responses", False),
        requests=tuple(_wanted(request) for request in requests),
        keeps=tuple(data.get("text", {}).get("keeps", ())),
        floor=floor[1],
    )


def _wanted(request: dict[str, Any]) -> Wanted:
    path = request.get("path", "/v1/chat/completions")
    has, lacks = request.get("has", {}), tuple(request.get("lacks", ()))
    return Wanted(path, request["model"], request["effort"], has, lacks)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


CASES: dict[str, Case] = {
    path.parent.name: load(path.parent) for path in sorted(PROGRAMS.glob("*/expect.toml"))
}
