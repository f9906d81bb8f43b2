"""Every folder of fixtures/explanations is a small program; expected.txt explains each of its calls."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.program.linking.code import SourceTexts
from migrate.report.explanations import Explainer
from migrate.report.tree import Node, drawn
from migrate.settings import Settings

CASES = Path(__file__).parents[2] / "fixtures" / "explanations"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_case(case: str, tmp_path: Path) -> None:
    root = copytree(CASES / case, tmp_path / "case", ignore=ignore_patterns("expected.txt", "__pycache__"))
    assert explained(root) == (CASES / case / "expected.txt").read_text(encoding="utf-8")


def explained(root: Path) -> str:
    found = scan([root], Settings(), load())
    explainer = Explainer(found.call_sites, SourceTexts(lambda path: found.sources[path].text).line)
    sites = [site for site in found.call_sites if site.kind != "constructor"]
    return drawn([explainer.call(site, found.prompts(site)) for site in sites])


def test_branches_are_drawn() -> None:
    tree = Node("a", (Node("b", (Node("c"), Node("d"))), Node("e", (Node("f"),))))
    assert drawn([tree, Node("g")]).splitlines() == [
        "a",
        "├─ b",
        "│  ├─ c",
        "│  └─ d",
        "└─ e",
        "   └─ f",
        "",
        "g",
    ]
