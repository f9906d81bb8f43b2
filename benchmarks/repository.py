"""Makes a repository of any size to measure on: few files call OpenAI, most do not. Calls go the ways that
they go in real code: through settings, a factory, a client class with subclasses, wrappers and services.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

_FAMILY = 10  # services that share a wrapper module and a subclass of the client class

_PLAIN = '''"""Module {n} of the made-up shop."""

from __future__ import annotations

import json
from dataclasses import dataclass

from shop.module_{below} import load_{below}


@dataclass
class Order{n}:
    number: int
    lines: list[str]

    def total(self) -> int:
        return sum(len(line) for line in self.lines) * self.number


def load_{n}(text: str) -> list[Order{n}]:
    return [Order{n}(row["number"], row["lines"]) for row in json.loads(text)]


def create(orders: list[Order{n}], limit: int = {n}) -> str:
    parts = []
    for order in orders:
        if order.total() > limit:
            parts.append(f"{{order.number}}: {{order.total()}}")
        else:
            parts.append("small")
    return ", ".join(parts)
'''
_SETTINGS = """import os
from dataclasses import dataclass


@dataclass
class Settings:
    model: str = os.getenv("SHOP_MODEL", "gpt-4o-mini")
    cheap: str = "gpt-4.1-nano"
    key: str = os.environ["OPENAI_API_KEY"]


settings = Settings()
"""
_CLIENT = """from openai import OpenAI

from shop.settings import settings

_DEFAULTS = {"temperature": 0, "max_tokens": 300}


def get_client(key: str | None = None) -> OpenAI:
    return OpenAI(api_key=key or settings.key)


class Chat:
    name = "chat"

    def __init__(self, model: str | None = None, **options: object) -> None:
        self.client = get_client()
        self.model = model or settings.model
        self.options = {**_DEFAULTS, **options}

    def send(self, messages: list[dict[str, str]], **more: object) -> str:
        response = self.client.chat.completions.create(
            model=self.model, messages=messages, **{**self.options, **more}
        )
        return response.choices[0].message.content or self.name
"""
_WRAPPER = '''"""The way that family {family} talks."""

from shop.llm import Chat
from shop.settings import settings


class Chat{family}(Chat):
    name = "chat {family}"

    def __init__(self, model: str = settings.cheap, **options: object) -> None:
        super().__init__(model, **options)

    def ask(self, question: str, system: str = "Be brief.") -> str:
        messages = [{{"role": "system", "content": system}}]
        messages.append({{"role": "user", "content": question}})
        return self.send(messages)


def ask_{family}(question: str, model: str = "gpt-4o") -> str:
    return Chat{family}(model=model, top_p={family}).ask(question)
'''
_SERVICE = '''"""Answers, part {n}."""

from shop.family_{family} import Chat{family}, ask_{family}
from shop.llm import get_client
from shop.module_{n} import create as describe
from shop.settings import settings

MODEL = "{model}"


class Service:
    def __init__(self, chat: Chat{family} | None = None, model: str = MODEL) -> None:
        self.chat = chat or Chat{family}(model)
        self.model = model

    def answer(self, question: str) -> str:
        response = get_client().chat.completions.create(
            model=self.model,
            messages=[{{"role": "user", "content": question}}],
            max_tokens={n},
        )
        return response.choices[0].message.content or self.chat.ask(question, system="Answer {n}.")

    def both(self, question: str) -> list[str]:
        return [ask_{family}(question, model=settings.model), ask_{family}(describe([]))]


def run_{n}(question: str) -> str:
    return Service(model=settings.cheap).answer(question)
'''
_MODELS = ("gpt-4o", "gpt-4o-mini", "gpt-4.1", "o3-mini")


def make_repository(folder: Path, files: int, calling: int) -> list[str]:
    """A git repository of ``files`` Python files, of which ``calling`` call OpenAI; paths of ten of these."""
    package = folder / "shop"
    package.mkdir(parents=True)
    families = max(calling // _FAMILY, 1)
    texts = {"__init__": "", "settings": _SETTINGS, "llm": _CLIENT}
    texts |= {f"family_{n}": _WRAPPER.format(family=n) for n in range(families)}
    for n in range(calling - families):
        texts[f"service_{n}"] = _SERVICE.format(n=n, family=n % families, model=_MODELS[n % len(_MODELS)])
    for n in range(files - len(texts)):
        texts[f"module_{n}"] = _PLAIN.format(n=n, below=max(n - 1, 0)) * 3
    for name, text in texts.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    return [f"shop/service_{n}.py" for n in range(10)]
