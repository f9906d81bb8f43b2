"""Every file of fixtures/usage is read as expected.toml says, and rows find the calls that made them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli
from planned_repository import repository, settings

from migrate.catalog import load
from migrate.errors import UsageError
from migrate.plan.cost.usage.joining import Volumes, joined
from migrate.plan.cost.usage.reading import Rows, read_usage
from migrate.plan.cost.usage.records import Used
from migrate.plan.planfile.overruling import planned_sites
from migrate.program.inventory import scan
from migrate.prompts.extraction import prompts_of

FOLDER = Path(__file__).parents[2] / "fixtures" / "usage"
EXPECTED: dict[str, Any] = tomli.loads((FOLDER / "expected.toml").read_text("utf-8"))


def _row(one: Used) -> list[object]:
    reasoning = -1 if one.reasoning is None else one.reasoning
    return [one.model, one.endpoint, one.calls, one.input, one.cached, one.output, reasoning]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_is_read(name: str) -> None:
    rows = Rows()
    found = list(read_usage(FOLDER / name, rows))
    assert [_row(one) for one in found] == EXPECTED[name]["rows"]
    assert rows.skipped == EXPECTED[name]["skipped"]
    assert [one.text for one in found if one.text] == EXPECTED[name].get("texts", [])


def test_every_file_is_expected() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.toml"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no row tells a model and its tokens"),
        ('{"model": "gpt-4o"}\n{"mod\n', ":2: not valid JSON"),
        ("", "no row tells"),
        ("{\n  'a': 1\n}\n", "not valid JSON"),
        ("start_time,amount_value,line_item\n1,0.5,\n", "it lists costs: export the usage"),
        ("start_time,model,num_model_requests,input_tokens\n1,,5,100\n", "grouped by model"),
        (
            "model,num_model_requests,tokens\ngpt-4o,5,100\n",
            "columns input_tokens and output_tokens are missing",
        ),
        (
            "model,num_model_requests,input_tokens\ngpt-4o,5,100\ngpt-4o,n/a,7\n",
            "row 2: 'n/a' is no number; correct it, or export",
        ),
    ],
)
def test_another_file_is_refused(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "usage"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says) as error:
        list(read_usage(file, Rows()))
    assert str(file) in str(error.value)


APP = """\
from openai import OpenAI

client = OpenAI()


def draft(ticket: str) -> object:
    system = "You draft answers to angry customers."
    messages = [{"role": "system", "content": system}, {"role": "user", "content": ticket}]
    return client.chat.completions.create(model="gpt-4o", messages=messages)


def check(draft: str) -> object:
    prompt = f"Check this draft for promises: {draft}"
    return client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])


def embed(text: str) -> object:
    return client.embeddings.create(model="text-embedding-ada-002", input=text)
"""


def _volumes(tmp_path: Path, *rows: Used) -> tuple[Volumes, dict[str, str]]:
    folder = repository(tmp_path / "r", APP)
    seen = scan([folder], settings(), load())
    sites = planned_sites(seen.call_sites)
    names = {site.id: site.function for site in sites}
    return joined(rows, sites, prompts_of(seen).by_call, load().models), names


def test_what_was_sent_tells_calls_apart(tmp_path: Path) -> None:
    system = "You draft answers to angry customers.\nwhere is it"
    volumes, names = _volumes(
        tmp_path,
        Used("gpt-4o-2024-08-06", 1, 50, 5, text=system),
        Used("gpt-4o", 1, 70, 7, text="Check this draft for promises: soon!"),
        Used("gpt-4o", 1, 70, 7, text="Check this draft for promises: never"),
    )
    assert {names[call]: one.calls for (call, _), one in volumes.of_call.items()} == {"draft": 1, "check": 2}
    assert not volumes.shared
    assert not volumes.strange


def test_without_what_was_sent_they_are_shared(tmp_path: Path) -> None:
    volumes, names = _volumes(tmp_path, Used("gpt-4o", 900, 50, 5), Used("gpt-4o", 1, 50, 5, text="Hello"))
    ((calls, model),) = volumes.shared
    assert ({names[call] for call in calls}, model) == ({"draft", "check"}, "gpt-4o")
    assert volumes.strange["gpt-4o"].calls == 1, "no call sends these words"


def test_model_and_endpoint_tell_the_rest(tmp_path: Path) -> None:
    volumes, names = _volumes(
        tmp_path,
        Used("text-embedding-ada-002", 8, 50, 0, endpoint="embeddings"),
        Used("text-embedding-ada-002-v2", 1, 50, 0, endpoint="embeddings"),
        Used("gpt-4o", 4, 50, 0, endpoint="responses"),
        Used("gpt-4-turbo", 3, 50, 0),
    )
    assert {names[call]: one.calls for (call, _), one in volumes.of_call.items()} == {"embed": 9}
    assert {model: one.calls for model, one in volumes.strange.items()} == {"gpt-4o": 4, "gpt-4-turbo": 3}
