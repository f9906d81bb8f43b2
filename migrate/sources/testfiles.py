"""Which files are tests, by their names: their edits are looked at by a person first."""

from __future__ import annotations

from functools import lru_cache
from posixpath import basename


@lru_cache(maxsize=100_000)
def is_test(path: str) -> bool:
    """Whether ``path`` belongs to a test suite, by the customs of pytest and unittest."""
    name = basename(path)
    folders = path.split("/")[:-1]
    return (
        name.startswith("test_")
        or name.endswith("_test.py")
        or name == "conftest.py"
        or any(folder in ("tests", "test", "testing") for folder in folders)
    )


def is_foreign(caller: str, called: str) -> bool:
    """Whether ``caller`` is a test and ``called`` none: what it does says nothing of how the program runs."""
    return is_test(caller) and not is_test(called)
