"""A small repository with one call, and its plan file, to be edited in tests."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import tomlkit

from migrate import pipeline
from migrate.plan.planfile.entry import NAME, Entry, PlanFile
from migrate.plan.planfile.merging import fresh, merged
from migrate.plan.planfile.reading import parsed
from migrate.settings import Settings

TODAY = datetime.date(2026, 11, 23)
APP = """\
from openai import OpenAI

client = OpenAI()


def ask(text: str) -> str | None:
    answer = client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": text}],
    )
    return answer.choices[0].message.content
"""


def settings(**more: Any) -> Settings:
    return Settings(today=TODAY, gateway="openai", cache=False, **more)


def repository(folder: Path, text: str = APP) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "app.py").write_text(text, encoding="utf-8")
    return folder.resolve()


def planned(folder: Path) -> PlanFile:
    """Runs ``plan`` and writes its file, as the verb does."""
    made = pipeline.plan([folder], settings())
    old = made.file.read_text("utf-8") if made.old is not None else None
    text = fresh(made.plan) if old is None else merged(old, made.plan, made.file)
    made.file.write_text(text, encoding="utf-8")
    return parsed(text, made.file)


def edit(folder: Path, index: int = 0, **values: object) -> None:
    """Changes keys of an entry, as a person does."""
    document = tomlkit.parse((folder / NAME).read_text("utf-8"))
    calls: Any = document["call"]
    for key, value in values.items():
        calls[index][key.replace("_", "-")] = value
    (folder / NAME).write_text(tomlkit.dumps(document), encoding="utf-8")


def entries(folder: Path) -> tuple[Entry, ...]:
    file = folder / NAME
    return parsed(file.read_text("utf-8"), file).call
