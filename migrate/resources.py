"""Finds rules/ and templates/, inside the installed package first, then in a checkout beside it; and the
user's cache folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from migrate.errors import CatalogError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``rules`` or ``templates``.

    A wheel carries both inside the package; a checkout (and an editable install) has them
    beside it, which is believed only where a pyproject.toml stands there too.

    Raises CatalogError where neither exists.
    """
    packaged = _PACKAGE / name
    if packaged.is_dir():
        return packaged
    checkout = _PACKAGE.parent
    if (checkout / name).is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout / name
    raise CatalogError(f"{name}/ is missing beside {_PACKAGE}; reinstall repoint")


def cache_folder() -> Path:
    """Where copies are kept that any run may lose: ``REPOINT_CACHE_DIR``, or the user's cache folder by each
    system's convention (platformdirs would take 16 ms to import).

    Raises RuntimeError where the user has no home folder.
    """
    given = os.environ.get("REPOINT_CACHE_DIR")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "repoint" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "repoint"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "repoint"
