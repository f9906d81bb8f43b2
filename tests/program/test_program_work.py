"""Programs that could take for ever: the questions that are worked out are counted, and few for each line."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.catalog import load
from migrate.program.calls.callsite import CallSite
from migrate.program.inventory import scan
from migrate.program.solving.pending import Pending
from migrate.program.solving.solving import Solving
from migrate.settings import Settings

HEAD = "from openai import OpenAI\nclient = OpenAI()\n"
CALL = "client.chat.completions.create(model={}, messages=[])\n"


def work(folder: Path, text: str, patch: pytest.MonkeyPatch) -> tuple[int, list[CallSite]]:
    """How often an answer was worked out in a scan of ``text``, and the requests in it."""
    count = 0
    once = Solving._once

    def counted(self: Solving, one: Pending) -> None:
        nonlocal count
        count += 1
        once(self, one)

    folder.mkdir()
    (folder / "app.py").write_text(text, encoding="utf-8")
    with patch.context() as patched:
        patched.setattr(Solving, "_once", counted)
        found = scan([folder], Settings(cache=False), load())
    assert not found.outcomes
    return count, [site for site in found.call_sites if site.kind != "constructor"]


def ring(size: int) -> str:
    """Functions that all call the next one and the first."""
    text = f"{HEAD}def f0(model):\n    f{size - 1}(model)\n    return {CALL.format('model')}"
    for n in range(1, size):
        text += f"def f{n}(model):\n    f0(model)\n    return f{n - 1}(model)\n"
    return text + f'f{size - 1}("gpt-4o")\n'


def branches(size: int) -> str:
    text = f"{HEAD}def pick(n):\n" + "".join(
        f'    if n == {n}:\n        return "m{n}"\n' for n in range(size)
    )
    return text + CALL.format("pick(object())")


def cyclic(size: int) -> str:
    """Dicts that hold each other, all in a circle, and grow from each other."""
    text = HEAD + "".join(f'd{n} = {{"model": "gpt-4o"}}\n' for n in range(size))
    for n in range(size):
        text += f'd{n}["next"] = d{(n + 1) % size}\nd{n}.update(d{(n + 7) % size})\n'
    return text + CALL.format('d0["next"]["next"]["model"]')


def passing(size: int) -> str:
    """Objects that make each other and hand their model on."""
    text = HEAD
    for n in range(size):
        text += f"class C{n}:\n    def __init__(self, model):\n        self.model = model\n"
        text += f"        self.other = C{(n + 1) % size}(self.model)\n"
        text += f"        self.back = C{(n * 5) % size}(model)\n"
    return text + 'one = C0("gpt-4o")\n' + CALL.format("one.other.back.model")


@pytest.mark.parametrize(("make", "most"), [(ring, 60), (branches, 20), (cyclic, 120), (passing, 120)])
def test_work_grows_with_the_text(
    make: object, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(make)
    small, _ = work(tmp_path / "small", make(40), monkeypatch)
    large, sites = work(tmp_path / "large", make(120), monkeypatch)
    assert small < most * 40
    assert large < most * 120
    assert len(sites) == 1
    assert "gpt-4o" in sites[0].model.values or sites[0].model.why


def test_a_thousand_branches_are_told_to_be_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count, (site,) = work(tmp_path / "one", branches(1_000), monkeypatch)
    assert count < 5_000
    assert "it has too many possible values" in site.model.why
