"""Patches: git takes them, unidiff reads them back, and every byte of every kind of file is right."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unidiff.patch import PatchSet

from migrate.review.diff import file_patch, patch, patch_text
from migrate.rewrite.proposal import FileChange
from migrate.sources.reading import read
from migrate.sources.source import Source

LONG = b"".join(b"line %d\n" % number for number in range(60))

# Old and new content.
CONTENTS: dict[str, tuple[bytes, bytes]] = {
    "one line": (b"a = 1\n", b"a = 2\n"),
    "windows": (b"a = 1\r\nb = 1\r\n", b"a = 1\r\nb = 2\r\n"),
    "mixed ends": (b"a = 1\r\nb = 1\nc = 1\r\n", b"a = 1\r\nb = 2\nc = 1\r\n"),
    "lone carriage returns": (b"a = 1\rb = 1\rc = 1", b"a = 1\rb = 2\rc = 1"),
    "only the line end": (b"a = 1\r\nb\n", b"a = 1\nb\n"),
    "no end before and after": (b"x\na = 1", b"x\na = 2"),
    "end added": (b"x\na = 1", b"x\na = 1\n"),
    "end removed": (b"x\na = 1\n", b"x\na = 1"),
    "change far from the missing end": (LONG + b"z", LONG.replace(b"line 3\n", b"LINE 3\n") + b"z"),
    "two hunks": (LONG, LONG.replace(b"line 3\n", b"LINE 3\n").replace(b"line 50\n", b"LINE 50\nmore\n")),
    "byte order mark": (b"\xef\xbb\xbfa = 1\n", b"\xef\xbb\xbfa = 2\n"),
    "latin-1": (b"# coding: latin-1\na = '\xe9'\n", b"# coding: latin-1\na = '\xe9\xe9'\n"),
    "form feed": (b"a = 1\n\x0cb = 1\n", b"a = 1\n\x0cb = 2\n"),
    "separators that only str.splitlines sees": (
        "a = '\u2028\x85\x1c'\nb = 1\n".encode(),
        "a = '\u2028\x85\x1c'\nb = 2\n".encode(),
    ),
    "lines like headers": (b"-- a\n++ b\n@@ c\n", b"-- x\n++ y\n@@ z\n"),
    "from nothing": (b"", b"a = 1\n"),
    "to nothing": (b"a = 1\n", b""),
    "line removed": (LONG, LONG.replace(b"line 30\n", b"")),
}
NAMES = (
    "plain.py",
    "deep/er/plain.py",
    "with space.py",
    "näme.py",
    "日本語/file.py",
    'quo"te.py',
    "back\\slash.py",
    "tab\there.py",
    "new\nline.py",
    "-dash.py",
    "a b/ä b.py",
    "bell\x07.py",
    "\N{GRINNING FACE}.py",
)


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = subprocess.run(
        ["git", "-c", "core.autocrlf=false", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def applied(folder: Path, name: str, old: bytes, new: bytes) -> bytes:
    """What the file holds after git applied the patch of it."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(old)
    git(folder, "init", "-q")
    text = file_patch(name, old, new)
    git(folder, "apply", "--check", given=text)
    git(folder, "apply", given=text)
    return file.read_bytes() if file.exists() else b"gone"


@pytest.mark.parametrize("case", CONTENTS)
def test_git_applies_it(tmp_path: Path, case: str) -> None:
    old, new = CONTENTS[case]
    assert applied(tmp_path, "a.py", old, new) == new


@pytest.mark.parametrize("name", NAMES)
def test_names(tmp_path: Path, name: str) -> None:
    assert applied(tmp_path, name, b"a = 1\n", b"a = 2\n") == b"a = 2\n"


@pytest.mark.parametrize("name", NAMES)
def test_names_are_written_as_git_writes_them(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"a = 1\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    (tmp_path / name).write_bytes(b"a = 2\n")
    theirs = [line for line in git(tmp_path, "diff").split(b"\n") if not line.startswith(b"index ")]
    assert file_patch(name, b"a = 1\n", b"a = 2\n").split(b"\n") == theirs


@pytest.mark.parametrize("case", CONTENTS)
def test_hunks_are_those_of_git(tmp_path: Path, case: str) -> None:
    """Counts and missing ends as git has them; which of two equal lines moved may differ."""
    old, new = CONTENTS[case]
    (tmp_path / "a.py").write_bytes(old)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    (tmp_path / "a.py").write_bytes(new)
    theirs = PatchSet(git(tmp_path, "diff", "--text").decode("latin-1"))
    ours = PatchSet(file_patch("a.py", old, new).decode("latin-1"))
    assert [(one.path, one.added, one.removed, len(one)) for one in ours] == [
        (one.path, one.added, one.removed, len(one)) for one in theirs
    ]


def test_no_change_is_no_patch() -> None:
    assert file_patch("a.py", LONG, LONG) == b""
    assert patch([]) == b""


@given(st.lists(st.sampled_from([b"a\n", b"b\r\n", b"c\r", b"d", b"\n"])), st.integers(0, 20), st.booleans())
def test_the_new_lines_are_all_there(parts: list[bytes], at: int, drop: bool) -> None:
    """Reading the patch forwards gives the new text, backwards the old one."""
    old = b"".join(parts)
    new = b"".join(parts[:at] + ([] if drop else [b"new\n"]) + parts[at + 1 :])
    text = file_patch("a.py", old, new)
    assert (text == b"") == (old == new)
    if text and len(parts) <= 3:  # then all of it is within the context of one hunk
        assert rebuilt(text, b" -") == old
        assert rebuilt(text, b" +") == new


def rebuilt(text: bytes, kinds: bytes) -> bytes:
    lines = text.split(b"\n")[4:-1]
    found = b""
    for index, line in enumerate(lines):
        if line[:1] in [kinds[:1], kinds[1:]] and line:
            bare = index + 1 < len(lines) and lines[index + 1].startswith(b"\\")
            found += line[1:] + (b"" if bare else b"\n")
    return found


def change(folder: Path, name: str, old: bytes, new_text: str) -> FileChange:
    (folder / name).write_bytes(old)
    source = read(folder, name)
    assert isinstance(source, Source)
    return FileChange(source, new_text, ("a-rule",))


def test_several_files_of_several_encodings(tmp_path: Path) -> None:
    changes = [
        change(tmp_path, "a.py", b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = 'é!'\n"),
        change(tmp_path, "b.py", b"\xef\xbb\xbfx = 1\r\n", "x = 2\r\n"),
        change(tmp_path, "c.py", "x = 'é'\n".encode(), "x = 'ü'\n"),
    ]
    git(tmp_path, "init", "-q")
    git(tmp_path, "apply", given=patch(changes))
    assert (tmp_path / "a.py").read_bytes() == b"# coding: latin-1\nx = '\xe9!'\n"
    assert (tmp_path / "b.py").read_bytes() == b"\xef\xbb\xbfx = 2\r\n"
    assert (tmp_path / "c.py").read_bytes() == "x = 'ü'\n".encode()


def test_the_text_for_readers_is_decoded(tmp_path: Path) -> None:
    one = change(tmp_path, "a.py", b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = 'é!'\n")
    assert "+x = 'é!'\n" in patch_text(one)


def test_modes_are_not_mentioned(tmp_path: Path) -> None:
    one = change(tmp_path, "a.py", b"a = 1\n", "a = 2\n")
    (tmp_path / "a.py").chmod(0o755)
    git(tmp_path, "init", "-q")
    git(tmp_path, "apply", given=patch([one]))
    assert (tmp_path / "a.py").stat().st_mode & 0o777 == 0o755
