"""Whatever a file's bytes are, its Source gives them back, and a changed text comes back as changed."""

from __future__ import annotations

import tempfile
from codecs import BOM_UTF8
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from migrate.sources.encoding import encode
from migrate.sources.reading import read
from migrate.sources.source import Outcome, Source, newline_counts
from migrate.sources.writing import write

_ENDS = st.sampled_from(["\n", "\r\n", "\r", ""])
_LATIN = st.text(st.characters(min_codepoint=1, max_codepoint=255, exclude_characters="\r\n"), max_size=8)
_ANY = st.text(st.characters(min_codepoint=1, codec="utf-8"), max_size=8)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Python files of any encoding and any line ends, the last line with or without one."""
    kind = draw(st.sampled_from(["utf-8", "bom", "latin-1", "cp1252", "shift_jis"]))
    lines = draw(st.lists(st.tuples(_ANY if kind in ("utf-8", "bom") else _LATIN, _ENDS), max_size=6))
    body = "\x0c".join(line + end for line, end in lines)
    if kind in ("utf-8", "bom"):
        return (BOM_UTF8 if kind == "bom" else b"") + body.encode()
    cookie = f"# -*- coding: {kind} -*-" + draw(st.sampled_from(["\n", "\r\n"]))
    return cookie.encode() + body.encode(kind, "ignore")


def _read(raw: bytes, folder: str = "") -> Source | Outcome:
    if not folder:
        with tempfile.TemporaryDirectory() as temporary:
            return _read(raw, temporary)
    (Path(folder) / "a.py").write_bytes(raw)
    return read(Path(folder), "a.py")


@given(files())
def test_bytes_come_back(raw: bytes) -> None:
    source = _read(raw)
    if isinstance(source, Source):
        assert encode(source, source.text) == raw
        assert not source.text.startswith("\ufeff") or raw.startswith(BOM_UTF8 * 2)
        assert source.text == raw.removeprefix(BOM_UTF8).decode(source.encoding.removesuffix("-sig"))


@given(st.binary(max_size=60))
def test_any_bytes_come_back_or_have_a_reason(raw: bytes) -> None:
    source = _read(raw)
    if isinstance(source, Source):
        assert encode(source, source.text) == raw
    else:
        assert source.reason


@given(files())
def test_an_added_line_is_all_that_changes(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = _read(raw, folder)
        if isinstance(source, Source):
            counts = newline_counts(source.text)
            style = max(counts, key=lambda one: counts[one])
            assert write(source, source.text + "y = 2" + style).state == "changed"
            assert source.absolute.read_bytes() == raw + ("y = 2" + style).encode()
