"""Gitignore-style patterns of the settings, compiled when the first is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether any pattern matches a path relative to the root; a folder's path ends with ``/``."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns).match_file
