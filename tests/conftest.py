"""What every test may use: the strict API server as the fixture `gateway`."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from strict_server import StrictServer

# The server's modules are plain files beside its tests, importable by hand and by every test folder.
sys.path.insert(0, str(Path(__file__).parent / "server"))

# Tests never look at the clock: other work on the machine must not fail them.
# The examples of a run are always the same ones; `--hypothesis-profile=explore` looks for new ones.
settings.register_profile("repoint", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, derandomize=False)
settings.load_profile("repoint")

GATEWAY_KEY = "gw-key-5f2c9b"
TODAY = date(2026, 11, 23)


def pytest_configure(config: pytest.Config) -> None:
    # Tests leave the cache of the person who runs them alone.
    os.environ["REPOINT_CACHE_DIR"] = tempfile.mkdtemp(prefix="repoint-tests-")
    config.addinivalue_line("markers", "live: installs SDKs and runs programs; needs a package index")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    place = tmp_path / "cache"
    monkeypatch.setenv("REPOINT_CACHE_DIR", str(place))
    return place


@pytest.fixture
def gateway() -> Iterator[StrictServer]:
    """A strict server that accepts `GATEWAY_KEY` on 2026-11-23; its own faults fail the test."""
    from strict_server import StrictServer  # here, because the path above must be set first

    with StrictServer(GATEWAY_KEY, TODAY) as server:
        yield server
        assert not server.faults, server.faults[0]
