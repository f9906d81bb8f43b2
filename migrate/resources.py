"""Finds rules/ and templates/: inside the installed package first, then in a checkout beside it."""

from __future__ import annotations

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
