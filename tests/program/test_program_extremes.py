"""Inputs that are large, deep or go in circles: each ends, with what can be told or the reason why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.catalog import load
from migrate.facts.expressions import Constant
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import scan
from migrate.program.solving.combining import listed
from migrate.program.solving.values import Located
from migrate.settings import Settings
from migrate.sources.place import Place, Span

HEAD = "from openai import OpenAI\nclient = OpenAI()\n"
CALL = "client.chat.completions.create(model={}, messages=[])\n"


def calls(folder: Path, files: dict[str, str]) -> list[CallSite]:
    """The calls that are found, and no file failed."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = scan([folder], Settings(cache=False), load())
    assert not found.outcomes
    return [site for site in found.call_sites if site.kind != "constructor"]


def only_model(folder: Path, files: dict[str, str]) -> CallSite:
    (site,) = calls(folder, files)
    return site


def test_ten_thousand_calls_of_one_wrapper(tmp_path: Path) -> None:
    text = f"{HEAD}def ask(model):\n    return {CALL.format('model')}"
    text += "".join(f'ask("model-{number}")\n' for number in range(10_000))
    site = only_model(tmp_path, {"a.py": text})
    assert "it has too many possible values" in site.model.why
    assert len(site.model.values) == 64


def test_ten_thousand_calls_that_agree(tmp_path: Path) -> None:
    text = (
        f'{HEAD}NAME = "gpt-4o"\ndef ask(model):\n    return {CALL.format("model")}' + "ask(NAME)\n" * 10_000
    )
    site = only_model(tmp_path, {"a.py": text})
    assert site.model.values == ("gpt-4o",)
    assert site.model.complete


def test_wrappers_far_below_wrappers(tmp_path: Path) -> None:
    text = f"{HEAD}def f0(model):\n    return {CALL.format('model')}"
    text += "".join(f"def f{n}(model):\n    return f{n - 1}(model)\n" for n in range(1, 1_000))
    site = only_model(tmp_path, {"a.py": text + 'f999("gpt-4o")\n'})
    assert (site.model.values, site.model.complete) == (("gpt-4o",), True)


def test_returns_far_below_returns(tmp_path: Path) -> None:
    text = 'def f0():\n    return "gpt-4o"\n'
    text += "".join(f"def f{n}():\n    return f{n - 1}()\n" for n in range(1, 1_000))
    site = only_model(tmp_path, {"a.py": text + HEAD + CALL.format("f999()")})
    assert (site.model.values, site.model.complete) == (("gpt-4o",), True)


def test_wrappers_that_call_themselves(tmp_path: Path) -> None:
    text = f"{HEAD}def ask(model, n=3):\n    if n:\n        return ask(model, n - 1)\n"
    text += f"    return {CALL.format('model')}"
    site = only_model(tmp_path, {"a.py": text + 'ask("gpt-4o")\n'})
    assert (site.model.values, site.model.complete) == (("gpt-4o",), True)


def test_modules_that_import_each_other(tmp_path: Path) -> None:
    files = {
        f"m{n}.py": f"from m{(n + 1) % 50} import pick as other\ndef pick(n):\n    return other(n - 1)\n"
        for n in range(50)
    }
    files["m0.py"] += 'MODEL = "gpt-4o"\n'
    files["main.py"] = f"from m7 import pick\nfrom m0 import MODEL\n{HEAD}{CALL.format('pick(9) or MODEL')}"
    site = only_model(tmp_path, files)
    assert "gpt-4o" in site.model.values


def test_stars_in_a_circle(tmp_path: Path) -> None:
    files = {f"m{n}.py": f"from m{(n + 1) % 30} import *\n" for n in range(30)}
    files["m20.py"] += 'MODEL = "gpt-4o"\n'
    files["main.py"] = f"from m0 import *\n{HEAD}{CALL.format('MODEL')}{CALL.format('MISSING')}"
    known, missing = calls(tmp_path, files)
    assert known.model.values == ("gpt-4o",)
    assert missing.model.why


def test_a_dict_of_fifty_thousand_entries(tmp_path: Path) -> None:
    rows = "".join(f'    "k{n}": "v{n}",\n' for n in range(50_000))
    text = f'{HEAD}TABLE = {{\n{rows}    "it": "gpt-4o",\n}}\n'
    text += CALL.format("TABLE[chr(0)]") + CALL.format("TABLE['it']")
    any_entry, one = calls(tmp_path, {"a.py": text})
    assert one.model.values == ("gpt-4o",)
    assert "it has too many possible values" in any_entry.model.why


@pytest.mark.parametrize("join", ["\n", "+ \\\n"])
def test_five_thousand_lines_of_text(tmp_path: Path, join: str) -> None:
    text = HEAD + 'name = "x"\nPROMPT = (' + join.join('f"line {name} "' for _ in range(5_000)) + ")\n"
    text += 'client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": PROMPT}])\n'
    (tmp_path / "a.py").write_text(text, encoding="utf-8")
    found = scan([tmp_path], Settings(cache=False), load())
    ended = [site for site in found.call_sites if site.model.values == ("gpt-4o",)]
    assert ended or "recursion" in found.outcomes[0].reason


def test_classes_two_hundred_deep(tmp_path: Path) -> None:
    text = (
        HEAD
        + 'class C0:\n    model = "gpt-4o"\n    def ask(self):\n        return '
        + CALL.format("self.model")
    )
    text += "".join(f"class C{n}(C{n - 1}):\n    pass\n" for n in range(1, 200)) + "C199().ask()\n"
    site = only_model(tmp_path, {"a.py": text})
    assert site.model.values == ("gpt-4o",)


def test_objects_in_objects(tmp_path: Path) -> None:
    text = HEAD + 'class C0:\n    def __init__(self):\n        self.model = "gpt-4o"\n'
    text += "".join(
        f"class C{n}:\n    def __init__(self):\n        self.model = C{n - 1}().model\n"
        for n in range(1, 300)
    )
    site = only_model(tmp_path, {"a.py": text + CALL.format("C299().model")})
    assert (site.model.values, site.model.complete) == (("gpt-4o",), True)


def _message(text: str) -> str:
    return f"{HEAD}{text}client.chat.completions.create(model='gpt-4o', messages=m)\n"


CIRCLES: list[Callable[[], str]] = [
    lambda: _message('m = [{"role": "user", "content": "hi"}]\nm[0]["content"] = m\n'),
    lambda: _message('d = {"role": "user"}\nm = [d]\nd["content"] = m\n'),
    lambda: _message(
        'm = [{"role": "user", "content": [{"text": "hi"}]}]\nfor d in m:\n    d["content"] = [d, m]\n'
    ),
    lambda: _message("m = []\nm.append(m)\nm.extend(m)\n"),
]


@pytest.mark.parametrize("text", CIRCLES)
def test_messages_that_hold_themselves(tmp_path: Path, text: Callable[[], str]) -> None:
    assert only_model(tmp_path, {"a.py": text()}).model.values == ("gpt-4o",)


def test_a_list_made_from_itself_stays_short() -> None:
    items = [Located("a.py", 0, 0, Constant(Span(line, 1, line, 2), line)) for line in range(1, 400)]
    home = Place("a.py", Span(1, 1, 1, 2))
    short = listed(items[:3], home)
    assert (short.items, short.repeated) == (tuple(items[:3]), False)
    assert listed([*items[:3], *items[:3]], home, repeated=True).items == tuple(items[:3])
    long = listed(items, home)
    assert (len(long.items), long.repeated) == (256, True)
