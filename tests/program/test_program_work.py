"""Programs that could take for ever: the questions that are worked out are counted, and few for each line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from program_facts import facts_of

from migrate.catalog import load
from migrate.facts.expressions import dotted
from migrate.program.calls.callsite import CallSite
from migrate.program.functions.resolved_calls import ResolvedCalls
from migrate.program.inventory import scan
from migrate.program.names.handovers import Handovers
from migrate.program.solving.budget import too_far
from migrate.program.solving.evaluate import Evaluator
from migrate.program.solving.pending import Pending
from migrate.program.solving.solving import Solving
from migrate.program.solving.values import Located, Value
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


def asked_in(patch: pytest.MonkeyPatch) -> list[str]:
    """The names of what the evaluator is asked from here on."""
    asked: list[str] = []
    ask = Evaluator.ask

    def noted(self: Evaluator, at: Located, brief: bool = False) -> Value:
        asked.append(dotted(at.expression))
        return ask(self, at, brief)

    patch.setattr(Evaluator, "ask", noted)
    return asked


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


def stand_ins(size: int) -> str:
    """Mocks that run a function of the program, and calls of what holds one."""
    text = f"from unittest.mock import AsyncMock\n{HEAD}def fake(model):\n    return {CALL.format('model')}"
    for n in range(size):
        text += f"def t{n}(app):\n    app.search = AsyncMock(side_effect=fake)\n    app.search({n}, {n})\n"
        text += f"    app.search({n})\n"
    return text + 'fake("gpt-4o")\n'


def test_calls_of_mocks_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few, _ = work(tmp_path / "few", stand_ins(10), monkeypatch)
    many, (site,) = work(tmp_path / "many", stand_ins(200), monkeypatch)
    assert many - few < 200 + 50
    assert site.model.values == ("gpt-4o",)


ASKED = """
client.responses.create(model=pick())


def raw():
    return client.chat.completions.with_raw_response.create(model="gpt-4o", messages=[])


def named():
    ask = client.chat.completions.create
    return ask(model="gpt-4o", messages=[])
"""


def test_what_a_call_is_made_on_is_asked_before_what_it_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_in(monkeypatch)
    _, sites = work(tmp_path / "one", HEAD + ASKED, monkeypatch)
    assert len(sites) == 3
    called = {"client.chat.completions.with_raw_response.create", "client.chat.completions.create"}
    assert called <= set(asked[: asked.index("")])  # the model of the first call has no name


def heirs(size: int) -> str:
    """A base class that keeps a model, and many that extend it, each made once, which make the requests."""
    text = f"{HEAD}class Base:\n    def __init__(self, model):\n        self.model = model\n"
    for n in range(size):
        text += f"class C{n}(Base):\n    def go(self):\n        return {CALL.format('self.model')}\n"
        text += f"C{n}('m{n}').go()\n"
    return text


def test_what_makes_one_class_is_not_looked_for_among_its_sisters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    running = ResolvedCalls.running

    def noted(self: ResolvedCalls, evaluator: Evaluator, name: str, *more: Any) -> Any:
        asked.append(name)
        return running(self, evaluator, name, *more)

    monkeypatch.setattr(ResolvedCalls, "running", noted)
    _, few = work(tmp_path / "few", heirs(20), monkeypatch)
    times = len(asked)
    _, many = work(tmp_path / "many", heirs(40), monkeypatch)
    assert len(asked) - times < 3 * times
    assert [site.model.values for site in (*few, *many)] == [(f"m{n}",) for n in (*range(20), *range(40))]


@pytest.mark.parametrize(
    ("line", "worth"),
    [
        ('found.get("chat", [])', False),
        ("found.get(key, None)", False),
        ("found.get(key)", False),
        ("found.get(pick(key))", False),
        ("found.get(url)", True),
        ("found.get(base + key)", True),
        ("requests.get(key)", True),
        ('found.get("/models")', True),
        ("found.get(url, params)", True),
        ("found.update(params)", False),
        ("found.update(key, model=key)", True),
        ("found.update(**params)", True),
        ("found.retrieve()", False),
        ("found.retrieve(key)", True),
        ("found.send(client)", False),
        ("found.submit(client)", False),
        ("found.submit(client.responses.create)", True),
        ("found.handed(client.responses.create)", True),
        ("found.send(client.chat.completions.create)", True),
        ("found.submit(getattr(client.responses, key))", True),
    ],
)
def test_only_what_may_send_a_request_is_asked_of(
    line: str, worth: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_in(monkeypatch)
    text = f"import requests\n{HEAD}def use(found=client, url='', key='', params=None):\n    {line}\n"
    text += "use.handed = pool.submit\n"
    work(tmp_path / "one", text, monkeypatch)
    assert (line.partition("(")[0] in asked) == worth


def test_prompts_are_looked_for_only_when_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{HEAD}PROMPT = 'Be brief.'\nclient.responses.create(model='o3', input=[{{'content': PROMPT}}])\n"
    (tmp_path / "app.py").write_text(text, encoding="utf-8")
    asked = asked_in(monkeypatch)
    found = scan([tmp_path], Settings(cache=False), load())
    assert "PROMPT" not in asked
    assert [str(one.place) for one in found.prompts(found.call_sites[-1])] == ["app.py:3:10"]
    assert "PROMPT" in asked


def test_of_a_request_that_goes_elsewhere_only_the_url_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import requests\nOURS = 'https://api.openai.com/v1/responses'\nOTHER = 'https://example.org/v1'\n"
    text += "def ask(host, other, ours):\n"
    text += "    requests.post(OTHER, json=other)\n"
    text += "    requests.post(f'{host}/api/generate', json=other)\n"
    text += "    requests.post(url=OURS, headers=other, json=ours)\n"
    asked = asked_in(monkeypatch)
    _, sites = work(tmp_path / "one", text, monkeypatch)
    assert [site.place.span.line for site in sites] == [7]
    assert {"OTHER", "OURS", "ours"} <= set(asked)
    assert "other" not in asked


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("run(list)\n", 0),
        ("from app import *\nrun(list)\n", 1),
        ("from app import list\nrun(list)\n", 1),
        ("def go(list):\n    run(list)\n", 1),
        ("run(app.list)\n", 1),
    ],
)
def test_a_builtin_is_no_function_of_the_program(text: str, passed: int) -> None:
    handovers = Handovers()
    handovers.add("a.py", facts_of(text))
    assert len(handovers.passing("list")) == passed


@pytest.mark.parametrize(("made", "sites"), [("zhipuai.ZhipuAI", 0), ("object", 1)])
def test_an_object_of_another_vendor_is_no_likely_client(
    made: str, sites: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Evaluator.ask
    monkeypatch.setattr(Evaluator, "ask", lambda *row, **more: too_far(ask(*row, **more)))
    text = (
        f"import zhipuai\nclass Api({made}):\n    pass\ndef use(api: Api):\n"
        '    return api.chat.completions.create(model="gpt-4o")\n'
    )
    _, found = work(tmp_path / "one", text, monkeypatch)
    assert [site.certainty for site in found] == ["likely"] * sites
