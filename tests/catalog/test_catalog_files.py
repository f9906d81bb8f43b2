"""What holds for every file under rules/: no code, every source named, nothing about this machine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migrate import resources
from migrate.catalog import load
from migrate.catalog.sources import keys

pytestmark = pytest.mark.usefixtures("cache")

CATALOG = load()
RULES = resources.folder("rules")

IDS = """
direct-client configurable-client foreign-client azure-client unserved-endpoint unlisted-model leaking-key
retired-model retiring-model outdated-model bare-model unknown-model shared-origin definition-model
fine-tuned-model unproved-receiver rejected-parameter renamed-parameter implicit-effort rejected-effort
small-output-cap hidden-parameters old-sdk outdated-sdk-pin retired-endpoint framework-call blocking-call
"""


def test_there_is_no_code_under_rules() -> None:
    assert not list(RULES.rglob("*.py"))


def test_every_source_is_in_the_list_of_sources() -> None:
    named = {key for model in CATALOG.models for key in keys(model.source)}
    named |= {key for row in CATALOG.parameters for key in keys(row.source or "")}
    named |= {key for gateway in CATALOG.gateways.values() for key in keys(gateway.source)}
    named |= {key for rule in CATALOG.rules.values() for key in rule.sources}
    named |= {key for row in CATALOG.routing.effort_rows for key in keys(row.source)}
    named |= set(keys(CATALOG.routing.source))
    named |= set(keys(CATALOG.literal_words.source))
    named |= {key for source in CATALOG.passing.sources for key in keys(source)}
    named |= {key for one in CATALOG.use_cases.use_case for key in keys(one.source)}
    named |= {*keys(CATALOG.use_cases.source), *keys(CATALOG.latency.source), *keys(CATALOG.policy.source)}
    named |= {key for row in CATALOG.policy.row for key in keys(row.source)}
    assert named <= set(CATALOG.sources)


def test_every_entry_is_dated() -> None:
    days = [model.checked for model in CATALOG.models]
    days += [row.checked or date.min for row in CATALOG.parameters]
    days += [gateway.checked for gateway in CATALOG.gateways.values()]
    days += [rule.checked for rule in CATALOG.rules.values()]
    days.append(CATALOG.literal_words.checked)
    days.append(CATALOG.passing.checked)
    days += [CATALOG.use_cases.checked, CATALOG.latency.checked]
    assert min(days) >= date(2026, 11, 1)


def test_gateways() -> None:
    evolink = CATALOG.gateways["evolink"]
    assert evolink.base_url == "https://api.evolink.ai/v1"
    assert evolink.alternatives == ("https://direct.evolink.ai/v1",)
    assert (evolink.key_env, evolink.base_url_env) == ("EVOLINK_API_KEY", "EVOLINK_BASE_URL")
    assert evolink.model_name("gpt-5.2") == "gpt-5.2"
    assert (evolink.lists("gpt-5.2"), evolink.lists("gpt-6-luna")) == (True, False)
    assert (evolink.serves("chat"), evolink.serves("responses"), evolink.serves("audio")) == (
        True,
        None,
        False,
    )
    assert evolink.owns("direct.evolink.ai")
    assert not evolink.owns("notevolink.ai")
    openrouter = CATALOG.gateways["openrouter"]
    assert openrouter.model_name("gpt-5.2") == openrouter.model_name("openai/gpt-5.2") == "openai/gpt-5.2"
    assert openrouter.lists("gpt-5.2") is None
    incomplete = {name for name, gateway in CATALOG.gateways.items() if gateway.incomplete}
    assert incomplete == {"azure-foundry", "cloudflare", "litellm"}
    assert set(CATALOG.gateways) == {path.stem for path in (RULES / "gateways").glob("*.toml")}


def test_rule_pages() -> None:
    assert set(IDS.split()) <= set(CATALOG.rules)
    for rule in CATALOG.rules.values():
        assert rule.how_to_ignore
        assert rule.why.strip()
        assert bool(rule.example_after) is (rule.safety != "manual") or rule.id == "unproved-receiver"


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    catalog = type(CATALOG)(tmp_path, (tmp_path / "missing.toml",))
    assert catalog.folder == tmp_path
