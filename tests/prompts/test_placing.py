"""A change of any stretch of a prompt is read back from the source, and nothing else of the program moves."""

from __future__ import annotations

import random
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate.catalog import load
from migrate.errors import ProofError
from migrate.program.inventory import Inventory, scan
from migrate.prompts.extraction import prompts_of
from migrate.prompts.prompt import PromptText
from migrate.prompts.simplification.placing import placed
from migrate.prompts.simplification.stretches import UnplaceableError
from migrate.rewrite.selection import edits_in, rewritten
from migrate.settings import Settings
from migrate.sources.lines import Lines

CASES = Path(__file__).parents[2] / "fixtures" / "extraction"
NAMES = sorted(path.name for path in CASES.iterdir() if (path / "prompts.txt").read_bytes())


class Change(msgspec.Struct, frozen=True):
    start: int
    end: int
    new: str


def read(root: Path) -> tuple[Inventory, list[PromptText]]:
    inventory = scan([root], Settings(cache=False), load())
    prompts = prompts_of(inventory)
    return inventory, [text for site in inventory.call_sites for text in prompts.of(site.id)]


def lines_of(inventory: Inventory, text: PromptText) -> dict[str, Lines]:
    found = {}
    for literal in text.literals:
        source = inventory.source(literal.place.path)
        assert source is not None
        found[literal.place.path] = Lines(source.text)
    return found


def chosen(text: PromptText, chance: random.Random) -> Change:
    """A stretch between two words, or whole lines, and what comes there: a word, or nothing."""
    start, end = sorted(chance.randrange(len(text.text) + 1) for _ in range(2))
    if chance.random() < 0.4:
        start = text.text.rfind("\n", 0, start) + 1
        end = text.text.find("\n", end) + 1 or len(text.text)
        return Change(start, end, "")
    return Change(start, end, chance.choice(["", "word", 'it\'s {so} "good"']))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 30))
def test_a_change_is_read_back(name: str, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(seed)
    root = copytree(CASES / name, tmp_path_factory.mktemp("placed") / "program")
    inventory, before = read(root)
    index = chance.randrange(len(before))
    text = before[index]
    change = chosen(text, chance)
    wanted = text.text[: change.start] + change.new + text.text[change.end :]
    if wanted.strip() != wanted or not wanted:
        return  # a program that strips its prompt takes more away
    try:
        edits = placed(text, [change], lines_of(inventory, text))
        for path in {one.path for one in edits}:
            source = inventory.source(path)
            assert source is not None
            new = rewritten(source, edits_in(path, edits))
            (root / path).write_bytes(new.encode("utf-8"))
    except (UnplaceableError, ProofError):
        return
    _, after = read(root)
    if len(after) != len(before):
        return  # cut down so far that it does not read as a prompt any more
    if len(after[index].literals) < len(text.literals):
        return  # or does not fill in another one any more
    assert after[index].text == wanted
    touched = {text.literals[piece.literal] for piece in text.pieces if piece.literal >= 0}
    for old, new_text in zip(before, after, strict=True):
        if not touched & set(old.literals):
            assert new_text.text == old.text
