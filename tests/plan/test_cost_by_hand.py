"""Costs equal what is worked out by hand here, with list prices of 2026-11-23 in dollars a million tokens:
gpt-4o 2.50 in, 1.25 cached, 10.00 out; gpt-5.2 1.75, 0.175 and 14.00; gpt-6-luna 0.10, 0.01 and 0.50.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from planned_repository import APP, edit, entries, planned, repository, settings

from migrate import pipeline
from migrate.catalog import load
from migrate.plan.cost import tokens
from migrate.plan.cost.costing import Costing
from migrate.plan.cost.records import CostLine, Tokens
from migrate.plan.cost.words import dollars, times
from migrate.plan.planfile.merging import fresh

USED = "model,num_model_requests,input_tokens,output_tokens,input_cached_tokens\n"
CLASSIFY = """\
from openai import OpenAI

client = OpenAI()


def classify(ticket: str) -> str | None:
    prompt = f"Classify this ticket as spam or not spam: {ticket}"
    answer = client.chat.completions.create(
        model="gpt-4o-mini", max_tokens=5, temperature=0, messages=[{"role": "user", "content": prompt}]
    )
    return answer.choices[0].message.content
"""


def _cost(folder: Path, usage: str = "") -> CostLine:
    file = folder.parent / "usage.csv"
    file.write_text(usage, encoding="utf-8")
    (line,) = pipeline.plan([folder], settings(), file if usage else None).costs
    return line


def test_what_was_measured(tmp_path: Path) -> None:
    line = _cost(repository(tmp_path / "r"), f"{USED}gpt-4o-2024-08-06,2000,1600000,400000,320000\n")
    assert (line.calls, line.measured) == (2000, True)
    # 1,280,000 at 2.50 and 320,000 cached at 1.25; 400,000 out at 10.00.
    assert line.before.input == Decimal("3.2")
    assert line.before.cached == Decimal("0.4")
    assert line.before.output == Decimal("4")
    assert line.before.total == Decimal("7.6")
    # The same tokens at 1.75, 0.175 and 14.00: 2.24 + 0.056 + 5.60; it does not reason at effort none.
    assert line.after.input == Decimal("2.24")
    assert line.after.cached == Decimal("0.056")
    assert line.after.output == Decimal("5.6")
    assert line.after.reasoning == 0
    assert line.after.total == Decimal("7.896")
    assert line.factor == pytest.approx(7.896 / 7.6)


def test_an_effort_adds_its_reasoning(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    planned(folder)
    edit(folder, effort="medium")
    line = _cost(folder, f"{USED}gpt-4o,2000,1600000,400000,320000\n")
    # 2,000 calls with 2,048 tokens each, at 14.00: 57.344.
    assert line.after.tokens == Tokens(1600000, 320000, 400000, 4096000)
    assert line.after.reasoning == Decimal("57.344")
    assert line.after.total == Decimal("65.24")
    made = pipeline.plan([folder], settings(), folder.parent / "usage.csv").plan
    assert made.call[0].attention[0] == "the bill is multiplied by 8.6"
    assert made.call[0].decision == "accept", "a person has decided"


def test_what_is_assumed_is_for_a_thousand_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_counter", lambda _: None)
    line = _cost(repository(tmp_path / "r", CLASSIFY))
    # The written prompt has 8 words, 10 tokens at 6 letters each; 3 around the message and 3 before the
    # reply; 300 for the ticket. The cap of 5 tokens is less than the 20 of a classification.
    assert line.before.tokens == Tokens(316_000, 0, 5_000, 0)
    assert line.after.tokens == line.before.tokens
    # 316,000 at 0.15 and 5,000 at 0.60; after it at 0.10 and 0.50.
    assert line.before.total == Decimal("0.0504")
    assert line.after.total == Decimal("0.0341")
    assert (line.calls, line.measured) == (1000, False)


def test_a_tokenizer_counts(tmp_path: Path) -> None:
    pytest.importorskip("splintr", reason="the extra `tokens` is not installed")
    other = CLASSIFY.replace("Classify this ticket as spam or not spam: ", "この手紙を分類してください: ")
    line = _cost(repository(tmp_path / "r", other))
    # The written prompt would be estimated at 14; they are 8 tokens of o200k_base.
    assert line.before.tokens.input == (8 + 6 + 300) * 1000
    assert line.assumed[0] == "14 tokens of written prompt a call"


def test_a_price_that_is_not_known_is_unknown(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    costing = Costing(load(), {}, None, settings().today)
    bill = costing.bill("whisper-1", "", Tokens(1000, 0, 10), 1)
    assert (bill.input, bill.total) == (None, None)
    assert costing.bill("ft:gpt-4o-mini:org::id", "", Tokens(1000), 1).total is None
    assert costing.bill("no-such-model", "", Tokens(1000), 1).total is None
    assert folder.is_dir()


def test_a_bill_that_multiplies_is_asked_about(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", APP.replace("gpt-4o", "gpt-4o-mini"))
    made = pipeline.plan([folder], settings(fast="gpt-5.2"))
    (entry,) = made.plan.call
    # 0.15 in and 0.60 out become 1.75 and 14.00: about 12 times the input, 23 times the output.
    assert entry.decision == "ask"
    assert entry.attention[0].startswith("the bill is multiplied by 1")
    assert made.plan.totals.ask == 1
    assert 'decision = "ask"' in fresh(made.plan)


def test_no_price_is_said_in_the_file(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'checked = 2026-11-23\nsource = "us"\n[[model]]\nid = "ours-1"\nfamily = "ours"\ntier = "flagship"\n'
        'kind = "chat"\n',
        encoding="utf-8",
    )
    folder = repository(tmp_path / "r")
    made = pipeline.plan([folder], settings(strong="ours-1", rules=(own,)))
    assert made.plan.call[0].cost == "unknown: no list price of ours-1"
    assert made.costs[0].factor is None
    assert made.plan.totals.cost == "unknown"


def test_shared_and_strange_usage_is_said(tmp_path: Path) -> None:
    second = APP.replace("def ask", "def other").partition("client = OpenAI()\n")[2]
    folder = repository(tmp_path / "r", APP + second)
    file = tmp_path / "usage.csv"
    file.write_text(f"{USED}gpt-4o,900,9000,900,0\ngpt-4,7,70,7,0\n", encoding="utf-8")
    made = pipeline.plan([folder], settings(), file)
    said = "\n".join(made.plan.totals.assumptions)
    assert "900 requests to gpt-4o: of 2 calls that it does not tell apart" in said
    assert "7 requests to gpt-4: of no call here" in said
    assert made.plan.settings.usage == "usage.csv"


def test_what_cannot_be_costed_as_it_was_is_said(tmp_path: Path) -> None:
    """A batch costs half: its tokens are taken at standard prices, on both sides, and the plan says so."""
    folder = repository(tmp_path / "r")
    file = tmp_path / "usage.csv"
    head = USED.replace("\n", ",batch,service_tier\n")
    file.write_text(
        f"{head}gpt-4o,900,9000,900,0,True,default\ngpt-4o,100,1000,100,0,False,flex\n,,,,,,\n",
        encoding="utf-8",
    )
    made = pipeline.plan([folder], settings(), file)
    said = "\n".join(made.plan.totals.assumptions)
    assert "1,000 requests by batch, flex or priority: taken at standard prices" in said
    assert "1 row of the usage without a model or tokens: left out" in said
    # 10,000 at 2.50 and 1,000 at 10.00.
    assert made.costs[0].before.total == Decimal("0.035")


def test_amounts_in_words() -> None:
    assert [dollars(Decimal(one)) for one in ("0", "0.0858", "0.00465", "0.1", "12", "1234.565")] == [
        "$0.00",
        "$0.0858",
        "$0.00465",
        "$0.10",
        "$12.00",
        "$1,234.56",
    ]
    assert [times(one) for one in (0.058, 0.83, 1.0, 1.25, 12.4, 230.0)] == [
        "x0.058",
        "x0.83",
        "x1",
        "x1.2",
        "x12",
        "x230",
    ]


def test_json_has_the_numbers(tmp_path: Path) -> None:
    from migrate.report.json_bytes import indented
    from migrate.report.plan_documents import document

    folder = repository(tmp_path / "r")
    file = tmp_path / "usage.csv"
    file.write_text(f"{USED}gpt-4o,2000,1600000,400000,320000\n", encoding="utf-8")
    made = pipeline.plan([folder], settings(), file)
    whole: Any = json.loads(indented(document(made.plan, made.costs, folder, made.file, ())))
    (cost,) = whole["calls"][0]["costs"]
    assert (cost["calls"], cost["before"]["total"], cost["after"]["total"]) == (2000, 7.6, 7.896)
    assert planned(folder).call[0].id == entries(folder)[0].id
