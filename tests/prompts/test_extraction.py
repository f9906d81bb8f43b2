"""Every folder of fixtures/extraction is a small program and the prompts that its calls send.

``prompts.txt`` has one line a prompt: the place of its call, its role, where it begins, and the text as
Python writes it. A case whose file is empty has no prompt that is written anywhere.
"""

from __future__ import annotations

import random
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.program.solving.values import Option
from migrate.prompts.extraction import prompts_of
from migrate.prompts.extraction.building import Builder
from migrate.prompts.extraction.parts import Draft
from migrate.prompts.prompt import Piece, PromptText
from migrate.settings import Settings
from migrate.sources.lines import Lines

CASES = Path(__file__).parents[2] / "fixtures" / "extraction"
NAMES = sorted(path.name for path in CASES.iterdir())
# Dots at both ends: after `$name` a letter would belong to the name.
MARK = ".QZX."


def extracted(root: Path) -> list[tuple[str, PromptText]]:
    """(place of the call, prompt) for every prompt of a program."""
    inventory = scan([root], Settings(cache=False), load())
    prompts = prompts_of(inventory)
    return [(str(site.place), text) for site in inventory.call_sites for text in prompts.of(site.id)]


@pytest.mark.parametrize("name", NAMES)
def test_extraction(name: str, tmp_path: Path) -> None:
    root = copytree(CASES / name, tmp_path / "program")
    (root / "prompts.txt").unlink()
    found = [f"{call} {text.role} {text.place} {text.text!r}" for call, text in extracted(root)]
    assert found == (CASES / name / "prompts.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_pieces_cover_the_text_and_stand_where_they_say(name: str, tmp_path: Path) -> None:
    root = copytree(CASES / name, tmp_path / "program")
    for _, text in extracted(root):
        at = 0
        for piece in text.pieces:
            assert piece.start == at
            at = piece.end
            if piece.kind == "text":
                assert _source(root, piece) == text.text[piece.start : piece.end]
        assert at == len(text.text)


def _source(root: Path, piece: Piece) -> str:
    lines = Lines((root / piece.place.path).read_bytes().decode("utf-8"))
    return lines.slice(piece.place.span)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 30))
def test_what_is_written_at_a_place_is_read_there_and_only_there(
    name: str, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = copytree(CASES / name, tmp_path_factory.mktemp("changed") / "program")
    before = extracted(root)
    chances = [
        (index, piece)
        for index, (_, text) in enumerate(before)
        for piece in text.pieces
        if piece.kind == "text" and text.text[piece.start : piece.end].strip()
    ]
    if not chances:
        return
    chance = random.Random(seed)
    index, piece = chance.choice(chances)
    first = chance.randrange(piece.start, piece.end)
    last = chance.randrange(first + 1, piece.end + 1)
    if before[index][1].text[first:last].strip() != before[index][1].text[first:last]:
        return  # what is trimmed or dedented may move with blanks that go
    path = root / piece.place.path
    source = path.read_bytes().decode("utf-8")
    offset = Lines(source).offsets(piece.place.span)[0] + first - piece.start
    path.write_bytes((source[:offset] + MARK + source[offset + last - first :]).encode("utf-8"))
    after = extracted(root)
    stretch = (piece.place.path, offset, offset + last - first)
    assert [text.text for _, text in after] == [_expected(CASES / name, text, stretch) for _, text in before]


def _expected(root: Path, text: PromptText, stretch: tuple[str, int, int]) -> str:
    """``text`` with the mark for what stands in a stretch of one file; untouched where nothing does."""
    path, start, end = stretch
    whole = text.text
    for piece in reversed(text.pieces):
        if piece.place.path != path or piece.kind != "text":
            continue
        here = Lines((root / path).read_bytes().decode("utf-8")).offsets(piece.place.span)[0]
        first, last = start - here + piece.start, end - here + piece.start
        if piece.start <= first and last <= piece.end:
            whole = whole[:first] + MARK + whole[last:]
    return whole


def test_messages_that_hold_each_other_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three dicts a level, each with any of those below as its content: 3 to the 8th ways to one text."""
    lines = ["import random", "from openai import OpenAI"]
    lines += [f'm0_{one} = {{"role": "user", "content": "Be brief, {one}."}}' for one in "abc"]
    for level in range(1, 9):
        below = f"m{level - 1}_a if x else m{level - 1}_b if random.random() else m{level - 1}_c"
        lines += [f'm{level}_{one} = {{"role": "user", "content": {below}}}' for one in "abc"]
    lines += ['OpenAI().chat.completions.create(model="gpt-4o", messages=[m8_a])', ""]
    (tmp_path / "app.py").write_text("\n".join(lines), encoding="utf-8")
    asked: list[str] = []
    reads = Builder.of_option

    def counted(self: Builder, option: Option, path: str) -> list[Draft]:
        asked.append(path)
        return list(reads(self, option, path))

    monkeypatch.setattr(Builder, "of_option", counted)
    assert {text.text for _, text in extracted(tmp_path)} == {f"Be brief, {one}." for one in "abc"}
    assert len(asked) < 20
