"""Jinja2 for what people read: sandboxed, escaped where it is HTML, a team's own templates before ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from migrate import resources
from migrate.errors import SettingsError
from migrate.report.counts import number
from migrate.report.markdown import code_markdown, plain_markdown


class Templates:
    """The templates of one run; ``own`` is the folder of a team, whose files go before those of repoint."""

    def __init__(self, own: Path | None = None) -> None:
        if own is not None and not own.is_dir():
            raise SettingsError(f"templates: {own} is no folder; create it, or take the key out")
        folders = [*filter(None, [own]), resources.folder("templates")]
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=lambda name: name is not None and name.endswith(".html.j2"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(_FILTERS)

    def text(self, name: str) -> str:
        """A file as it is. Raises SettingsError."""
        environment = self._environment
        assert environment.loader is not None
        return _told(name, lambda: environment.loader.get_source(environment, name)[0])  # type: ignore[union-attr]

    def render(self, name: str, /, **given: Any) -> str:
        """The template ``name``. Raises SettingsError with its file and line where it cannot be rendered."""
        return _told(name, lambda: self._environment.get_template(name).render(**given))


def _told(name: str, make: Callable[[], str]) -> str:
    try:
        return make()
    except TemplateError as error:
        place = f"{getattr(error, 'name', None) or name}:{getattr(error, 'lineno', None) or 1}"
        raise SettingsError(
            f"template {place}: {error.message or type(error).__name__}; correct it"
        ) from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise SettingsError(f"template {name}: {type(error).__name__}: {error}; correct it") from None


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _word(mark: str | None) -> str:
    return {"not-assessed": "not assessed", None: "nothing to judge"}.get(mark, str(mark))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dollars(amount: float | None) -> str:
    if amount is None:
        return "not known"
    return f"${amount:,.2f}" if amount >= 1 or not amount else f"${amount:.3g}"


_FILTERS: dict[str, Callable[..., str]] = {
    "amount": number,
    "capitalize_first": _capitalised,
    "code": code_markdown,
    "dollars": _dollars,
    "md": plain_markdown,
    "percent": _percent,
    "word": _word,
}
