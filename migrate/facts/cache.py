"""Facts of files, kept by the content that they were extracted from. What is loaded has always been through
the format, kept or not: each place then has its own record, by which answers about it are remembered, and a
first run and a later one see the same.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from migrate import __version__
from migrate.facts.extract import extract
from migrate.facts.records import FileFacts
from migrate.sources.keeping import Keeper, keeper
from migrate.sources.source import Outcome, Source, digest

_CODE = (Path(__file__).parent, Path(__file__).parent.parent / "sources")


class FactsCache:
    """The facts of Sources; ``use`` says whether they are kept between runs."""

    def __init__(self, use: bool = True) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(FileFacts)
        self._keeper = keeper(f"facts-{_stamp()}") if use else Keeper(None)

    def facts(self, source: Source) -> FileFacts | Outcome:
        """The facts of ``source``, or why there are none."""
        name = f"{source.digest[:2]}/{source.digest[2:]}-{source.encoding}"
        kept = self._decoded(self._keeper.get(name))
        if kept is not None:
            return kept
        found = extract(source.path, source.text)
        if isinstance(found, Outcome):
            return found
        try:
            data = self._encoder.encode(found)
        except (RecursionError, UnicodeEncodeError, OverflowError):
            return found  # nested too deeply, a lone surrogate or a number too long for the format
        self._keeper.put(name, data)
        return self._decoded(data) or found

    def _decoded(self, data: bytes | None) -> FileFacts | None:
        if data is None:
            return None
        try:
            return self._decoder.decode(data)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return None


def _stamp() -> str:
    """What facts depend on besides the text: this program, also while it is worked on, and the grammar."""
    rows = [__version__, *map(str, sys.version_info[:2])]
    for folder in _CODE:
        with os.scandir(folder) as entries:
            code = sorted((one.name, one.stat()) for one in entries if one.name.endswith(".py"))
        rows += [f"{name} {status.st_size} {status.st_mtime_ns}" for name, status in code]
    return digest("\n".join(rows).encode())
