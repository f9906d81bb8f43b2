"""Catalog tests keep their compiled copies to themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.catalog import compiled


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder for each test."""
    place = tmp_path / "cache"
    monkeypatch.setattr(compiled, "folder", lambda: place)
    return place
