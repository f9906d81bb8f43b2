"""Makes the plans of the sample applications anew: run it after a change that they are meant to show.

python tests/plan/golden_plans.py
"""

from __future__ import annotations

import datetime
import shutil
import tempfile
from pathlib import Path

from msgspec.structs import replace

from migrate import __version__, pipeline
from migrate.plan.cost import tokens
from migrate.plan.planfile.merging import fresh
from migrate.settings import Settings

FIXTURES = Path(__file__).parents[2] / "fixtures"
GOLDEN = FIXTURES / "golden"
APPLICATIONS = {
    "helpdesk": FIXTURES / "sample",
    "claims": FIXTURES / "applications" / "claims",
    "docsearch": FIXTURES / "applications" / "docsearch",
}
TODAY = datetime.date(2026, 11, 23)


def settings() -> Settings:
    return Settings(today=TODAY, cache=False)


def copied(name: str, folder: Path) -> Path:
    """A copy of an application, to be planned and changed."""
    shutil.copytree(APPLICATIONS[name], folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return (folder / name).resolve()


def plan_text(root: Path) -> str:
    """The plan of an application. Its tokens are estimated, whatever is installed; the words that speak for a
    use case are left out, as the table that finds them is tuned on labels of its own."""
    counting = tokens._counter
    tokens._counter = lambda _: None  # type: ignore[assignment]
    try:
        plan = pipeline.plan([root], settings()).plan
    finally:
        tokens._counter = counting
    text = fresh(replace(plan, call=tuple(replace(entry, evidence=()) for entry in plan.call)))
    return text.replace(f'version = "{__version__}"', 'version = "X"')


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        for app in APPLICATIONS:
            text = plan_text(copied(app, Path(home)))
            (GOLDEN / f"{app}.toml").write_text(text, encoding="utf-8", newline="\n")
