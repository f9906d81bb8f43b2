"""The flags that verbs share, and the Settings and Output that they amount to."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from migrate.cli.output import Output
from migrate.errors import UsageError
from migrate.settings import STAGES, OtherClient, Policy, Settings, Style, load_settings
from migrate.sources.rooting import place_of

F = TypeVar("F", bound=Callable[..., Any])

paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))

allow_dirty = click.option("--allow-dirty", is_flag=True, help="Change files with uncommitted changes too.")

# What a click flag is called where the key of Settings has another name.
_KEYS = {"stage": "stages", "move_client": "move_clients"}

_SETTINGS = (
    click.option("--gateway", metavar="NAME", help="Gateway preset to move to."),
    click.option("--base-url", metavar="URL", help="The gateway's address, where it is your own."),
    click.option("--key-env", metavar="VARIABLE", help="Environment variable that holds the gateway's key."),
    click.option("--style", type=click.Choice(get_args(Style)), help="How address and key are written."),
    click.option("--strong", metavar="MODEL", help="Model for calls that need depth."),
    click.option("--fast", metavar="MODEL", help="Model for all other calls."),
    click.option("--policy", type=click.Choice(get_args(Policy)), help="How boldly calls go by their use."),
    click.option("--stage", type=click.Choice(STAGES), multiple=True, help="Only this stage. Repeatable."),
    click.option(
        "--include",
        type=click.Choice(["review", "docs"]),
        multiple=True,
        help="Apply what needs a reviewer's eyes too; change code blocks of documentation too. Repeatable.",
    ),
    click.option("--only", metavar="RULE", multiple=True, help="Only this rule. Repeatable."),
    click.option("--skip", metavar="RULE", multiple=True, help="All but this rule. Repeatable."),
    click.option("--no-cache", "cache", flag_value=False, default=None, help="Read every file anew."),
    click.option("--plan", type=click.Path(path_type=Path), metavar="FILE", help="Follow this plan file."),
    click.option("--no-plan", is_flag=True, default=None, help="Follow no plan file, even if there is one."),
    click.option("--exclude", metavar="PATTERN", multiple=True, help="Leave out files. Repeatable."),
    click.option("--horizon", type=int, metavar="DAYS", help="A model that ends within so many days goes."),
    click.option("--today", metavar="DATE", help="The day that shutdown dates are compared with."),
    click.option(
        "--move-client",
        type=click.Choice(get_args(OtherClient)),
        multiple=True,
        help="Move these clients too. Repeatable.",
    ),
)


def settings_flags(function: F) -> F:
    """The flags that overrule [tool.repoint]; they arrive as keywords for ``settings_for``."""
    return _decorated(function, _SETTINGS)


def output_flags(*formats: str) -> Callable[[F], F]:
    """--format with these formats, the first by default, and how loud to be; for ``output_for``."""
    options = (
        click.option("--format", type=click.Choice(formats), default=formats[0], show_default=True),
        click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there."),
        click.option("-q", "quiet", is_flag=True, help="Say nothing but the result and errors."),
        click.option("-v", "verbose", is_flag=True, help="Say more."),
        click.option("--no-color", is_flag=True, help="No colour, even on a terminal."),
    )
    return lambda function: _decorated(function, options)


def output_for(flags: dict[str, Any]) -> Output:
    """The Output of these flags, which are taken out of ``flags``. Raises UsageError."""
    quiet, verbose = flags.pop("quiet"), flags.pop("verbose")
    if quiet and verbose:
        raise UsageError("-q and -v exclude each other; give one")
    verbosity = verbose - quiet
    output = Output(flags.pop("format"), flags.pop("output"), verbosity, flags.pop("no_color"))
    output.check()
    return output


def settings_for(named: Sequence[Path], flags: dict[str, Any]) -> Settings:
    """The settings that hold for ``named``: the nearest file at or above all of them, then ``flags``.

    Raises UsageError where a path is not there, SettingsError for a value that cannot be used.
    """
    missing = [str(path) for path in named if not os.path.lexists(path)]
    if missing:
        raise UsageError(f"{', '.join(missing)}: not found; correct the path")
    given = {_KEYS.get(name, name): value for name, value in flags.items() if name != "include"}
    included = flags.get("include") or ()
    given["include_review"] = True if "review" in included else None
    given["include_docs"] = True if "docs" in included else None
    return load_settings(_common_folder(named), given)


def _common_folder(named: Sequence[Path]) -> Path:
    places = [place_of(path) for path in named] or [str(Path.cwd())]
    try:
        common = Path(os.path.commonpath(places))
    except ValueError:  # two drives have nothing in common
        common = Path(places[0])
    return common if common.is_dir() else common.parent


def _decorated(function: F, options: Sequence[Callable[[F], F]]) -> F:
    for option in reversed(options):
        function = option(function)
    return function
