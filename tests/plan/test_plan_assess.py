"""Every folder of fixtures/usecases: what each call is for and how long its answer may take.

``expected.tsv`` has a row for each call: place, use case (``unclear`` where nothing may be claimed), latency.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate import pipeline
from migrate.catalog import load
from migrate.plan.assess import assess
from migrate.plan.readings import Reading
from migrate.plan.usecase import judge
from migrate.plan.wording import Phrases, Words
from migrate.settings import Settings
from migrate.sources.place import Place, Span

FOLDER = Path(__file__).parents[2] / "fixtures" / "usecases"
CASES = sorted(path.parent for path in FOLDER.glob("*/expected.tsv"))


def assessed(case: Path, folder: Path) -> list[tuple[str, str, str]]:
    """(place, use case, latency) of every call of a case, which is copied into ``folder``: nothing around it
    may be seen."""
    copytree(case, folder)
    inventory = pipeline.inventory([folder], Settings(cache=False))
    found = assess(inventory, load())
    rows: list[tuple[str, str, str]] = []
    for site in inventory.call_sites:
        if site.id in found:
            one = found[site.id]
            rows.append((f"{site.place.path}:{site.place.span.line}", one.use_case, one.latency))
            assert bool(one.evidence) or one.use_case == "unclear", "a claim has its evidence"
            assert bool(one.latency_evidence) == (one.latency != "unknown")
    return rows


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_case(folder: Path, tmp_path: Path) -> None:
    expected = (folder / "expected.tsv").read_text("utf-8").splitlines()
    assert assessed(folder, tmp_path / "project") == [
        tuple(line.split("\t")) for line in expected if not line.startswith("#")
    ]


@pytest.mark.parametrize(
    ("case", "doubt"),
    [
        ("medical", "medical"),
        ("medical-file", "medical"),
        ("invoice-is-not-finance", ""),
        ("legal", ""),
        ("law-in-passing", "legal"),
        ("nothing-said", ""),
    ],
)
def test_what_may_be_guarded_is_doubted(case: str, doubt: str, tmp_path: Path) -> None:
    """Where mistakes cost most nothing is claimed on a few words, and nothing else either: a person says."""
    copytree(FOLDER / case, tmp_path / "project")
    found = assess(pipeline.inventory([tmp_path / "project"], Settings(cache=False)), load())
    assert {one.doubt for one in found.values()} == {doubt}
    assert all(bool(one.doubt) == bool(one.doubt_evidence) for one in found.values())


def test_next_to_nothing_is_no_guess(tmp_path: Path) -> None:
    """What is filled in is called ``text``: that says nothing worth telling."""
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "app.py").write_text(
        "from openai import OpenAI\n\n\ndef go(text):\n"
        '    messages = [{"role": "user", "content": text}]\n'
        '    return OpenAI().chat.completions.create(model="gpt-4o", messages=messages)\n',
        encoding="utf-8",
    )
    (found,) = assess(pipeline.inventory([tmp_path / "project"], Settings(cache=False)), load()).values()
    assert (found.use_case, found.guess, found.evidence) == ("unclear", "", ())


SILENT = [path for path in CASES if path.name != "stated-by-a-comment"]


@pytest.mark.parametrize("folder", SILENT, ids=lambda path: path.name)
def test_a_comment_overrules_everything(folder: Path, tmp_path: Path) -> None:
    """Whatever a call looks like: a comment above its statement says what it is for."""
    copytree(folder, tmp_path / "project")
    project, fresh = tmp_path / "project", Settings(cache=False)
    before = pipeline.inventory([project], fresh)
    last = max((site for site in before.call_sites if site.kind != "constructor"), key=lambda one: one.place)
    file = project / last.place.path
    lines = file.read_text("utf-8").splitlines()
    lines[last.place.span.line - 1] += "  # repoint: use-case=media"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = assess(pipeline.inventory([project], fresh), load())
    assert (found[last.id].use_case, found[last.id].confidence) == ("media", "stated")
    others = assess(before, load())
    assert {call: one.use_case for call, one in found.items() if call != last.id} == {
        call: one.use_case for call, one in others.items() if call != last.id
    }


@given(prompt=st.text(max_size=200), name=st.from_regex(r"[a-z][a-z_]{0,20}", fullmatch=True))
@settings(max_examples=60, deadline=None)
def test_whatever_a_prompt_says_there_is_an_answer(prompt: str, name: str) -> None:
    """Never a crash, and never a claim without evidence."""
    table = load().use_cases
    phrases = Phrases(table.polite, table.personas, table.noise, table.noise_names)
    at = Place("a.py", Span(1, 1, 1, 2))
    texts = {
        "prompt": prompt,
        "task": phrases.openings(prompt),
        "persona": phrases.personas(prompt),
        "name": phrases.named(name),
        "parameter": "",
    }
    verdict = judge(table, ("chat",), [Reading(field, Words(text), at) for field, text in texts.items()])
    assert verdict.use_case in (*table.ids, "unclear")
    assert bool(verdict.evidence) or verdict.use_case == "unclear"
    guarded = {one.id for one in table.use_case if one.guarded}
    assert verdict.use_case not in guarded or len(verdict.evidence) > 1
