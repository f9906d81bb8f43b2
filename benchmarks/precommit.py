"""What a commit waits for: ``check`` on ten staged files of a big repository, cold and warm, against a bare
interpreter; and what start-up alone takes.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.timing import best_of, row

_BARE = ["-c", "pass"]
_LIBRARIES = ["-c", "import click, ast, msgspec"]
_TIMES = 7


def rows(folder: Path, staged: list[str], files: int) -> list[str]:
    """The figures, one line each, for the repository in ``folder``."""
    check = ["-m", "migrate", "check", *staged]
    bare = best_of(_BARE, folder, _TIMES, cold=True)
    libraries = best_of(_LIBRARIES, folder, _TIMES, cold=True)
    version = best_of(["-m", "migrate", "--version"], folder, _TIMES, cold=True)
    cold = best_of(check, folder, _TIMES, cold=True)
    warm = best_of(check, folder, _TIMES, cold=False)
    said = f"check, ten staged files of {files:,}"
    return [
        row("start-up: repoint --version", version, "import click, ast, msgspec", libraries),
        row(f"{said}, cold", cold, "a bare interpreter", bare),
        row(f"{said}, warm", warm, "a bare interpreter", bare),
        f"{said}, warm: {warm - bare:.3f} s over a bare interpreter (to be under 0.5 s)",
    ]
