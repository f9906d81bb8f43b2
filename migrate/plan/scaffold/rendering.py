"""Fills the templates of a router. An undefined name in one is an error, never an empty string."""

from __future__ import annotations

import msgspec

from migrate import resources
from migrate.plan.scaffold.contents import Contents

FILES = ("litellm-config.yaml", "llm_router.py")


def rendered(contents: Contents) -> dict[str, str]:
    """The text of every file of a router, by its name."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(str(resources.folder("templates") / "scaffold"), encoding="utf-8")
    # It renders code and YAML, where HTML's escapes would be wrong; every value goes through `tojson`.
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
    )
    environment.filters["tojson"] = _quoted
    values = msgspec.structs.asdict(contents)
    return {name: environment.get_template(f"{name}.jinja").render(values) for name in FILES}


def _quoted(value: object) -> str:
    """A JSON string, which is a string of Python and of YAML too."""
    return msgspec.json.encode(value).decode()
