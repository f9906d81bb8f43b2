"""``apply -i`` on a real terminal: each change is asked about, and only what was accepted is made."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import DAY, TIMEOUT, command, environment, git, make_repository, repoint

if sys.platform == "win32":
    pytest.skip("terminals of POSIX", allow_module_level=True)

import pty

LLM = """\
from openai import OpenAI

client = OpenAI()
"""
BOT = """\
from llm import client

MODEL = "gpt-4"


def first(messages):
    return client.chat.completions.create(model=MODEL, max_tokens=900, messages=messages)


def second(messages):
    return client.chat.completions.create(model="gpt-4o", messages=messages)
"""
GATEWAY, FIRST, SECOND = "direct-client", "MODEL = ", "gpt-4o"


class Screen:
    """``repoint apply -i`` in a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str, editor: str = "false") -> None:
        self.text = ""
        self._ours, theirs = pty.openpty()
        variables = {**environment(folder), "TERM": "xterm", "EDITOR": editor}
        variables.pop("NO_COLOR", None)
        self.process = subprocess.Popen(
            command("apply", "-i", *arguments, *DAY),
            cwd=folder,
            env=variables,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def until(self, words: str) -> str:
        """What is printed up to ``words``, without colours. Fails where they do not come."""
        start = len(self.text)
        while words not in self.plain(self.text[start:]):
            assert self._read(), f"no {words!r} in {self.plain(self.text)[-1500:]!r}"
        return self.plain(self.text[start:])

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode() + b"\n")

    def answer(self, keys: str) -> None:
        """Answers each question with one of ``keys``."""
        for key in keys:
            self.until("]? ")
            self.press(key)

    def end(self) -> int:
        while self._read():
            pass
        os.close(self._ours)
        return self.process.wait(TIMEOUT)

    def _read(self) -> bool:
        """Takes in what is printed; false at the end. A program that waits for more is killed."""
        ready, _, _ = select.select([self._ours], [], [], 20)
        if not ready:
            self.process.kill()
            pytest.fail(f"it waits, and printed {self.plain(self.text)[-1500:]!r}")
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self.text += data.decode("utf-8", "replace")
        return bool(data)

    @staticmethod
    def plain(text: str) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r\n", "\n")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "r", {"llm.py": LLM, "bot.py": BOT})


def changed(folder: Path) -> list[str]:
    """The lines that were added, one text each."""
    lines = git(folder, "diff", "-U0").splitlines()
    return [line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++")]


def test_a_change_is_shown_with_its_reasons(repository: Path) -> None:
    screen = Screen(repository)
    shown = screen.until("]? ")
    assert "change 1 of 3, bot.py" in shown
    assert "retired-model bot.py:3:9 [" in shown
    assert "renamed-parameter bot.py:7:" in shown
    assert '-MODEL = "gpt-4"\n+MODEL = "gpt-5.2"' in shown
    assert "price, gpt-4 to gpt-5.2: x0.0" in shown
    assert "\x1b[32m\x1b[7m5.2\x1b[0m" in screen.text or "\x1b[32;7m5.2\x1b[0m" in screen.text
    screen.press("q")
    assert screen.end() == 1
    assert changed(repository) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("yyy", ["first", "second", "gateway"]),
        ("nyn", ["second"]),
        ("nq", []),
        ("yq", ["first"]),
        ("ay", ["first", "second", "gateway"]),
        ("dy", ["gateway"]),
        ("dn", []),
        ("?xsyyn", ["first", "second"]),
    ],
)
def test_what_was_accepted_is_made(repository: Path, keys: str, expected: list[str]) -> None:
    screen = Screen(repository)
    screen.answer(keys)
    assert screen.end() == (0 if len(expected) == 3 else 1)
    added = changed(repository)
    made = {
        "first": any(line.startswith('MODEL = "gpt-5.2"') for line in added),
        "second": any('model="gpt-5.2"' in line for line in added),
        "gateway": any("api.evolink.ai" in line for line in added),
    }
    assert [name for name, is_made in made.items() if is_made] == expected


def test_all_of_a_rule(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", {"llm.py": LLM, "a.py": BOT, "b.py": BOT})
    screen = Screen(root, "--stage", "model", "--skip", "unlisted-model")
    screen.answer("nAn")
    assert screen.end() == 1
    assert changed(root) == ['return client.chat.completions.create(model="gpt-5.2", messages=messages)'] * 2


def test_keys_are_explained(repository: Path) -> None:
    screen = Screen(repository)
    screen.until("]? ")
    screen.press("?")
    assert "y - make this change" in screen.until("show these keys")
    screen.press("s")
    assert "decided together" in screen.until("without the others.")
    screen.press("q")
    assert screen.end() == 1


def test_a_refusal_can_be_written_down(repository: Path) -> None:
    screen = Screen(repository)
    screen.answer("iiq")
    assert screen.end() == 1
    text = (repository / "bot.py").read_text()
    assert '# repoint: ignore[retired-model]\nMODEL = "gpt-4"\n' in text
    assert "    # repoint: ignore[renamed-parameter]\n    return client" in text
    left = repoint(repository, "check", "--only", "retired-model", "--only", "retiring-model", *DAY)
    assert (left.returncode, left.stdout) == (0, "")


def editor(folder: Path, old: str, new: str) -> str:
    """A program that replaces ``old`` in the file it is given."""
    script = folder / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        f"file.write_text(file.read_text().replace({old!r}, {new!r}))\n"
    )
    return f"'{sys.executable}' '{script}'"


def test_an_edited_change_is_made_as_it_was_edited(repository: Path, tmp_path: Path) -> None:
    screen = Screen(
        repository, editor=editor(tmp_path, '+MODEL = "gpt-5.2"', '+MODEL = "gpt-5.2"\n+SPARE = 1')
    )
    screen.answer("eyn")
    assert screen.end() == 1, screen.text
    text = (repository / "bot.py").read_text()
    assert 'MODEL = "gpt-5.2"\nSPARE = 1\n' in text
    assert text.count("gpt-5.2") == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("+MODEL =", "MODEL =", "begin lines with"),
        ('+MODEL = "gpt-5.2"', '+MODEL = "gpt-5.2', "is not Python"),
        (' MODEL = "gpt-4"', '+MODEL = "gpt-9"', ""),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(
    repository: Path, tmp_path: Path, old: str, new: str, words: str
) -> None:
    screen = Screen(repository, editor=editor(tmp_path, old, new))
    screen.answer("eq")
    code = screen.end()
    assert words in screen.plain(screen.text)
    if words:
        assert code in (1, 2)
        assert changed(repository) == []


def test_an_interrupt_decides_nothing(repository: Path) -> None:
    screen = Screen(repository)
    screen.answer("yy")
    screen.until("]? ")
    os.killpg(screen.process.pid, signal.SIGINT)
    assert screen.end() == 130
    assert changed(repository) == []


def test_without_a_terminal_nothing_is_asked(repository: Path) -> None:
    done = repoint(repository, "apply", "-i", *DAY)
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
