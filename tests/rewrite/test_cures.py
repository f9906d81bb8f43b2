"""What findings tell a person to do, where the words depend on what stands there."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.rewrite.propose import propose
from migrate.settings import load_settings

HEAD = """\
from openai import OpenAI

MODELS = {%s}
OpenAI().chat.completions.create(model=MODELS[%s], messages=[])
"""


def _said(code: str, folder: Path, **more: object) -> list[str]:
    (folder / "app.py").write_text(code, "utf-8")
    settings = load_settings(folder, {"today": datetime.date(2026, 11, 23), "cache": False, **more})
    catalog = load()
    found = propose(scan([folder], settings, catalog), settings, catalog).findings
    return [f"{one.rule}: {one.message}; {one.cure}" for one in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [("AzureChatOpenAI", "ChatOpenAI"), ("AzureOpenAIEmbeddings", "OpenAIEmbeddings")],
)
def test_the_class_that_takes_the_place_of_azures(old: str, new: str, tmp_path: Path) -> None:
    code = f'from langchain_openai import {old}\n\n{old}(azure_deployment="ours", api_version="2024-06-01")\n'
    assert [one for one in _said(code, tmp_path) if f"to move it, write {new}(model=" in one]


@pytest.mark.parametrize(
    ("entries", "key", "why"),
    [
        ('"draft": "gpt-5.2"', '"review"', "the dict has no key 'review'"),
        ("", "input()", "nothing that is put into the dict is visible"),
    ],
)
def test_why_a_dict_gives_no_model(entries: str, key: str, why: str, tmp_path: Path) -> None:
    said = _said(HEAD % (entries, key), tmp_path)
    assert [one for one in said if one.startswith("unknown-model") and why in one], said


@pytest.mark.parametrize(("key", "doubted"), [("key", True), ('os.environ["OPENAI_API_KEY"]', False)])
def test_a_key_of_the_caller_is_doubted(key: str, doubted: bool, tmp_path: Path) -> None:
    call = f"litellm.completion(model='gpt-5.2', api_key={key})"
    code = f"import os\n\nimport litellm\n\n\ndef ask(key):\n    return {call}\n"
    said = [one for one in _said(code, tmp_path) if one.startswith("framework-call")]
    assert [doubted] == ["where its key comes from is not visible" in one for one in said]


def test_one_entry_under_one_of_two_names(tmp_path: Path) -> None:
    code = """\
from openai import OpenAI


def ask(messages, old):
    name = "max_tokens" if old else "max_completion_tokens"
    options = {"model": "gpt-4o", "messages": messages, name: 100}
    return OpenAI().chat.completions.create(**options)
"""
    said = [one for one in _said(code, tmp_path) if one.startswith("renamed-parameter")]
    assert ["the program chooses between this name and max_completion_tokens" in one for one in said] == [
        True
    ]


@pytest.mark.parametrize(
    ("effort", "why"),
    [
        (
            '{"effort": effort}',
            "keep it until it is known how app.py:5:12 reasons: its effort is not visible",
        ),
        ('{"effort": "none"}', "keep it as long as app.py:5:12 does not always reason (it asks gpt-5.2 with"),
    ],
)
def test_why_a_call_to_reason_stays(effort: str, why: str, tmp_path: Path) -> None:
    code = f"""\
from openai import OpenAI


def ask(effort):
    return OpenAI().responses.create(model="gpt-5.2", reasoning={effort}, input="Sum up. Think step by step.")
"""
    said = _said(code, tmp_path, stages=["prompts"])
    assert [one for one in said if one.startswith("chain-of-thought-prompt") and why in one], said


def test_an_argument_that_a_wrapped_client_takes(tmp_path: Path) -> None:
    code = "import openai\n\nopenai.ChatCompletion.create(model='gpt-4', messages=[], response_model=dict)\n"
    said = [one for one in _said(code, tmp_path) if one.startswith("old-sdk:")]
    assert ["wrap the new client for it" in one for one in said] == [True], said


@pytest.mark.parametrize(("name", "stays"), [("AzureChatOpenAI", True), ("ChatOpenAI", False)])
def test_a_constant_that_a_call_to_azure_keeps(name: str, stays: bool, tmp_path: Path) -> None:
    code = f"""\
from langchain_openai import AzureChatOpenAI, ChatOpenAI

MODEL = "gpt-4o"
ChatOpenAI(model=MODEL)
{name}(model=MODEL)
"""
    said = [one for one in _said(code, tmp_path) if one.startswith("shared-origin")]
    assert ["app.py:5:1 goes to Azure, and keeps it" in one for one in said] == [True] * stays, said


@pytest.mark.parametrize(
    ("guard", "told"),
    [
        ('assert os.getenv("OPENAI_API_KEY"), "set it"', True),
        ('if "OPENAI_API_KEY" not in os.environ:\n    raise SystemExit', True),
        ('key = os.environ["OPENAI_API_KEY"]', True),
        ('print("OPENAI_API_KEY")', False),
    ],
)
def test_who_still_reads_the_key_that_the_package_took_itself(guard: str, told: bool, tmp_path: Path) -> None:
    call = "OpenAI().responses.create(model='gpt-5.2')"
    code = f"import os\n\nfrom openai import OpenAI\n\n{guard}\n{call}\n"
    said = [one for one in _said(code, tmp_path) if one.startswith("direct-client")]
    assert ["still reads OPENAI_API_KEY" in one for one in said] == [told], said


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("f\"{os.environ['AT']}/v1\"", "write https://api.evolink.ai/v1 in its place"),
        ('os.environ["AT"]', "give it https://api.evolink.ai/v1 there"),
    ],
)
def test_where_the_gateways_address_goes(url: str, words: str, tmp_path: Path) -> None:
    call = f"OpenAI(base_url={url}).responses.create(model='gpt-5.2')"
    code = f"import os\n\nfrom openai import OpenAI\n\n{call}\n"
    said = [one for one in _said(code, tmp_path) if one.startswith("configurable-client")]
    assert [words in one for one in said] == [True], said


@pytest.mark.parametrize(
    ("client", "words"),
    [
        ("OpenAI(base_url=f\"{os.environ['AT']}/openai/v1\")", "its URL and key have to change"),
        ('AzureOpenAI(azure_endpoint=os.environ["AT"])', "its class has to become OpenAI"),
    ],
)
def test_what_an_azure_client_needs(client: str, words: str, tmp_path: Path) -> None:
    code = f"import os\n\nfrom openai import AzureOpenAI, OpenAI\n\n{client}.responses.create(model='ours')\n"
    said = [one for one in _said(code, tmp_path) if one.startswith("azure-client")]
    assert [words in one for one in said] == [True], said


def test_a_call_of_two_vendors_is_told_of_once(tmp_path: Path) -> None:
    code = """\
import sys

from groq import Groq
from openai import OpenAI

client = OpenAI() if sys.argv[1] else OpenAI(base_url="https://api.groq.com/openai/v1")
for model in ("gpt-4o", "gpt-4o-mini", "gpt-4", "gpt-3.5-turbo", "gpt-4-turbo"):
    client.chat.completions.create(model=model, messages=[])
"""
    said = [one for one in _said(code, tmp_path) if one.startswith("shared-origin")]
    assert ["; 1 more is going, but" in one for one in said] == [True], said


def test_an_unknown_model_was_an_invalid_request(tmp_path: Path) -> None:
    code = """\
import openai

try:
    print(openai.ChatCompletion.create(model="gpt-5.2", messages=[])["choices"][0]["message"]["content"])
except openai.error.InvalidRequestError:
    pass
raise openai.error.InvalidRequestError("no", "model")
"""
    said = [one for one in _said(code, tmp_path) if one.startswith("old-sdk-error")]
    assert ["is a NotFoundError in 1.x" in one for one in said] == [True, False], said


def test_who_still_reads_the_key_of_a_framework(tmp_path: Path) -> None:
    code = """\
import os

from langchain_openai import ChatOpenAI

KEY = os.environ["OPENAI_API_KEY"]
if KEY:
    ChatOpenAI(model="gpt-5.2", api_key=KEY)
"""
    said = [one for one in _said(code, tmp_path) if one.startswith("framework-call")]
    assert ["(app.py:5:18 still reads OPENAI_API_KEY)" in one for one in said] == [True], said


def test_a_client_that_chooses_its_address(tmp_path: Path) -> None:
    code = """\
import sys

from openai import OpenAI

url = "https://openrouter.ai/api/v1" if sys.argv[1] else "https://api.openai.com/v1"
OpenAI(base_url=url).responses.create(model="gpt-5.2", input="x")
"""
    said = [one for one in _said(code, tmp_path) if one.startswith("configurable-client")]
    assert ["give it https://api.evolink.ai/v1 where it is OpenAI's" in one for one in said] == [True], said


@pytest.mark.parametrize(("where", "told"), [("app.py", True), ("script.py", False), ("beside.py", True)])
def test_a_program_that_fills_the_variable_of_the_key(where: str, told: bool, tmp_path: Path) -> None:
    write = 'import os\nimport openai\nos.environ["OPENAI_API_KEY"] = input()\n'
    call = 'from langchain_openai import ChatOpenAI\n\nChatOpenAI(model="gpt-5.2")\n'
    (tmp_path / where).write_text(write, "utf-8")
    code = write + call if where == "app.py" else "import beside\n" + call
    said = [one for one in _said(code, tmp_path) if one.startswith("framework-call")]
    assert ["3:1 writes the key's variable itself" in one for one in said] == [told], said


def test_what_the_gateway_does_not_serve_is_named(tmp_path: Path) -> None:
    code = 'from openai import OpenAI\n\nclient = OpenAI()\nclient.models.retrieve("gpt-5.2")\n'
    said = [one for one in _said(code, tmp_path) if one.startswith("unserved-endpoint")]
    assert ["is not known to serve models, all that" in one for one in said] == [True], said


def test_what_is_made_with_httpx_is_told_once_a_file(tmp_path: Path) -> None:
    clients = "\n".join("OpenAI(http_client=httpx.Client())" for _ in range(8))
    said = _said(f"import httpx\nfrom openai import OpenAI\n\n{clients}\n", tmp_path)
    told = [one for one in said if one.startswith("custom-httpx")]
    assert ["made with httpx here (also in lines 5, 6, 7, 8, 9 and 2 more)" in one for one in told] == [True]
