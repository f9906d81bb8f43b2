"""A patch that a person trimmed: what is left of it, and what is refused."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import msgspec
import pytest

from migrate.catalog import load
from migrate.errors import UsageError
from migrate.program.inventory import scan
from migrate.review.diff import patch
from migrate.review.trimmed import trimmed
from migrate.rewrite.proposal import Proposal
from migrate.rewrite.propose import propose
from migrate.settings import Settings

BOT = """\
from openai import OpenAI

client = OpenAI()


def first(messages):
    return client.chat.completions.create(model="gpt-4", max_tokens=900, messages=messages)


# far enough away
# for hunks
# of their own
# to be made


def second(messages):
    return client.chat.completions.create(
        model="gpt-4",
        top_p=1,
        max_tokens=900,
        messages=messages,
    )
"""
FILES = {
    "bot.py": BOT.encode(),
    "n\u00e4me x.py": BOT.replace("\n", "\r\n").encode(),
    "e.py": BOT[:-1].encode(),
}


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Proposal:
    root = tmp_path_factory.mktemp("trimmed")
    for name, data in FILES.items():
        (root / name).write_bytes(data)
    settings = msgspec.structs.replace(
        Settings(), include_review=True, today=datetime.date(2026, 11, 23), key_env="K"
    )
    catalog = load()
    return propose(scan([root], settings, catalog), settings, catalog)


def texts(proposal: Proposal) -> dict[str, str]:
    return {one.path: one.new_text for one in proposal.changes}


def test_nothing_taken_out(proposal: Proposal) -> None:
    assert len(proposal.changes) == 3
    assert texts(trimmed(proposal, patch(proposal.changes))) == texts(proposal)


def test_nothing_left(proposal: Proposal) -> None:
    assert trimmed(proposal, b"").changes == ()


def without_hunks(data: bytes, unwanted: Callable[[str], bool]) -> bytes:
    """The patch less the hunks, and then the files, of which nothing is wanted."""
    found = []
    for file in re.split(r"(?m)^(?=diff --git )", data.decode("latin-1"))[1:]:
        header, *hunks = re.split(r"(?m)^(?=@@ )", file)
        kept = [hunk for hunk in hunks if not unwanted(hunk)]
        found += [header, *kept] if kept else []
    return "".join(found).encode("latin-1")


def test_one_hunk_taken_out_leaves_the_others(proposal: Proposal) -> None:
    kept = without_hunks(patch(proposal.changes), lambda hunk: "top_p=1" in hunk)
    found = texts(trimmed(proposal, kept))
    assert found.keys() == texts(proposal).keys()
    for path, text in found.items():
        assert "gpt-5.2" in text.partition("# far")[0]
        assert text.replace("\r\n", "\n").rstrip().endswith(BOT.partition("# far")[2].rstrip()), path


def test_one_file_taken_out(proposal: Proposal) -> None:
    data = patch(proposal.changes)
    parts = re.split(rb"(?m)^(?=diff --git )", data)[1:]
    found = trimmed(proposal, b"".join(part for part in parts if b"bot.py" not in part))
    assert sorted(texts(found)) == ["e.py", "n\u00e4me x.py"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('+        model="gpt-5.2"', '+        model="gpt-5.3"', "not what repoint would change there"),
        ("b/bot.py", "b/boot.py", "repoint would not change this file"),
        ("@@ -1,", "@@ -4,", "not what repoint would change there"),
        ("+        max_completion_tokens=900,\n", "", "cannot be read"),
    ],
)
def test_what_is_not_its_own_is_refused(proposal: Proposal, old: str, new: str, words: str) -> None:
    data = patch([one for one in proposal.changes if one.path == "bot.py"]).decode()
    assert old in data
    with pytest.raises(UsageError, match=words):
        trimmed(proposal, data.replace(old, new).encode())


def edited(proposal: Proposal, drop: tuple[str, ...]) -> bytes:
    """The patch of bot.py with the added lines ``drop`` taken back, and numbers that fit."""
    data = patch([one for one in proposal.changes if one.path == "bot.py"]).decode()
    lines = []
    for hunk in re.split(r"(?m)^(?=@@ )", data):
        kept = [line for line in hunk.splitlines() if line not in drop]
        body = kept[1:]
        if hunk.startswith("@@"):
            start = hunk.split(" ")[1].split(",")[0]
            old = sum(line[0] in " -" for line in body)
            new = sum(line[0] in " +" for line in body)
            kept[0] = f"@@ {start},{old} +{start[1:]},{new} @@"
        lines += kept
    return ("\n".join(lines) + "\n").encode()


def test_an_import_that_is_needed_may_not_be_taken_out(proposal: Proposal) -> None:
    with pytest.raises(UsageError, match=r"bot.py:1: what was kept needs it"):
        trimmed(proposal, edited(proposal, ("+import os", "+")))


def test_half_of_a_change_is_refused(proposal: Proposal) -> None:
    data = patch([one for one in proposal.changes if one.path == "bot.py"]).decode()
    header, *hunks = re.split(r"(?m)^(?=@@ )", data)
    torn = [hunk for hunk in hunks if "top_p" in hunk]
    assert len(torn) == 1
    text = torn[0].replace('-        model="gpt-4",\n', '         model="gpt-4",\n')
    text = text.replace('+        model="gpt-5.2",\n', "")
    with pytest.raises(UsageError, match="belong to one change"):
        trimmed(proposal, (header + text).encode())
