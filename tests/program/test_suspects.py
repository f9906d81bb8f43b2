"""Names alone: what may stand for something of a package, told apart before any value is followed."""

from __future__ import annotations

import pytest
from program_facts import facts_of

from migrate.catalog import load
from migrate.facts.records import FileFacts
from migrate.program.suspects.reaching import reaching
from migrate.program.suspects.suspects import Suspects

LLM = "from openai import OpenAI\nclient = OpenAI()\nconnect = client.responses.create\n"


def last(facts: FileFacts) -> tuple[int, int]:
    """The scope of the last call, and its index."""
    return facts.calls[-1].scope, len(facts.calls) - 1


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("import llm\nrun(llm.connect)\n", True),
        ("from llm import connect as send\nrun(send)\n", True),
        ("def go():\n    import llm\n    kept = llm\n    run(kept.connect)\n", True),
        ("import importlib\nkept = importlib.import_module('llm')\nrun(kept.connect)\n", True),
        ("import llm\nclass A:\n    def go(self):\n        run(self.connect)\n", False),
        ("def go(timeout):\n    run(timeout.connect)\n", False),
        ("def go():\n    timeout = Timeout(3)\n    run(timeout.connect)\n", False),
        ("def go(rows):\n    for one in rows:\n        run(one.connect)\n", False),
        ("from llm import client\ndef go(key):\n    run(getattr(client, key))\n", True),
        ("from llm import client as config\ndef go(key):\n    run(getattr(config, key))\n", False),
        ("from llm import client\nkept = client.stream\nrun(kept)\n", False),
    ],
)
def test_what_may_be_a_method_is_told_by_what_it_is_an_attribute_of(text: str, called: bool) -> None:
    suspects = Suspects(reaching(load()), lambda module, _: module == "llm")
    facts = facts_of(text)
    suspects.add("llm.py", facts_of(LLM))
    suspects.add("app.py", facts)
    scope, index = last(facts)
    given = facts.calls[index].arguments[0].value
    assert suspects.may_call("app.py", scope, given) == called


def test_a_module_in_a_folder_without_init_is_the_programs_own() -> None:
    suspects = Suspects(reaching(load()), lambda module, _: module == "litellm.responses.main")
    facts = facts_of("from litellm.responses import main\nrun(main)\n")
    suspects.add("app.py", facts)
    assert not suspects.may_be("app.py", 0, facts.calls[0].arguments[0].value)
