"""Makes a repository of any size to measure on: few files call OpenAI, most do not."""

from __future__ import annotations

import subprocess
from pathlib import Path

_PLAIN = '''"""Module {n} of the made-up shop."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass
class Order{n}:
    number: int
    lines: list[str]

    def total(self) -> int:
        return sum(len(line) for line in self.lines) * self.number


def load_{n}(text: str) -> list[Order{n}]:
    return [Order{n}(row["number"], row["lines"]) for row in json.loads(text)]


def describe_{n}(orders: list[Order{n}]) -> str:
    parts = []
    for order in orders:
        if order.total() > {n}:
            parts.append(f"{{order.number}}: {{order.total()}}")
        else:
            parts.append("small")
    return ", ".join(parts)
'''
_CALLING = '''"""Answers, part {n}."""

from shop.llm import MODEL, get_client
from shop.module_{other} import describe_{other}


def answer_{n}(question: str, model: str = MODEL) -> str:
    response = get_client().chat.completions.create(
        model=model,
        messages=[{{"role": "system", "content": "Be brief."}}, {{"role": "user", "content": question}}],
        max_tokens={n},
        temperature=0,
    )
    return response.choices[0].message.content or describe_{other}([])
'''
_CLIENT = """import os

from openai import OpenAI

MODEL = os.getenv("SHOP_MODEL", "gpt-4o-mini")


def get_client() -> OpenAI:
    return OpenAI(api_key=os.environ["OPENAI_API_KEY"])
"""


def make_repository(folder: Path, files: int, calling: int) -> list[str]:
    """A git repository of ``files`` Python files, of which ``calling`` call OpenAI; their paths."""
    package = folder / "shop"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "llm.py").write_text(_CLIENT)
    for n in range(files - calling - 2):
        (package / f"module_{n}.py").write_text(_PLAIN.format(n=n) * 3)
    for n in range(calling):
        (package / f"answer_{n}.py").write_text(_CALLING.format(n=n + 1, other=n))
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    return [f"shop/answer_{n}.py" for n in range(calling)]
