"""``repoint init``: writes the configuration and the pre-commit hook into the files that are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate import __version__
from migrate.cli.options import output_flags, output_for
from migrate.errors import UsageError

if TYPE_CHECKING:
    from migrate.cli.output import Output

_HOOKS = ".pre-commit-config.yaml"
_OWN = "repoint.toml"


@click.command("init", short_help="Write the configuration and the hook.")
@click.option("--gateway", metavar="NAME", help="Gateway preset to move to.")
@click.option("--base-url", metavar="URL", help="The gateway's address, where it is your own.")
@click.option("--hook/--no-hook", default=True, help="Add the pre-commit hook too.", show_default=True)
@click.option("--hook-repo", metavar="URL", help="Let pre-commit install repoint from there.")
@click.option("--hook-rev", metavar="REVISION", default=f"v{__version__}", help="At this revision.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@output_flags("text")
def command(
    gateway: str | None,
    base_url: str | None,
    hook: bool,
    hook_repo: str | None,
    hook_rev: str,
    **flags: Any,
) -> int:
    """Write [tool.repoint] into pyproject.toml (repoint.toml where there is none) and the hook into
    .pre-commit-config.yaml, at the top of the repository. What stands in those files stays as it is.
    """
    dry_run = flags.pop("dry_run")
    output = output_for(flags)
    folder = _top()
    texts = [_configuration(folder, {"gateway": gateway, "base_url": base_url})]
    if hook:
        from migrate.cli.init_texts import hook as entry

        texts.append(_with_hook(folder, entry(hook_repo, hook_rev)))
    for file, text in texts:
        _settle(file, text, output, dry_run=dry_run)
    return 0


def _top() -> Path:
    from migrate.sources.rooting import git_top

    here = Path.cwd()
    return Path(git_top(str(here)) or here)


def _configuration(folder: Path, given: dict[str, str | None]) -> tuple[Path, str | None]:
    from migrate.cli.init_texts import with_table
    from migrate.pipeline import checked_catalog
    from migrate.settings import load_settings

    there = load_settings(folder, {}).file
    if there is not None and there.parent == folder:
        return there, None
    settings = load_settings(folder, given)
    roles = checked_catalog(settings).routing
    keys = [("gateway", settings.gateway), ("strong", roles.strong), ("fast", roles.fast)]
    if settings.base_url is not None:
        keys.insert(1, ("base-url", settings.base_url))
    file = folder / "pyproject.toml"
    if file.is_file():
        return file, with_table(_read(file), file.name, keys, table=True)
    return folder / _OWN, with_table("", _OWN, keys, table=False)


def _with_hook(folder: Path, entry: str) -> tuple[Path, str | None]:
    from migrate.cli.init_texts import has_hook, with_hook

    file = folder / _HOOKS
    text = _read(file) if file.is_file() else ""
    return file, None if has_hook(text) else with_hook(text, _HOOKS, entry)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: not UTF-8; convert the file to UTF-8") from None


def _settle(file: Path, text: str | None, output: Output, *, dry_run: bool) -> None:
    from migrate.review.diff import file_patch
    from migrate.sources.writing import unwritable, write_atomically

    if text is None:
        output.talk(f"{file.name}: has it already; nothing written")
        return
    old = file.read_bytes() if file.is_file() else b""
    if dry_run:
        output.result(file_patch(file.name, old, text.encode()))
        return
    try:
        mode = file.stat().st_mode & 0o7777 if file.is_file() else 0o644
        write_atomically(file, text.encode(), mode)
    except OSError as error:
        raise UsageError(f"{file}: {unwritable(file, error)}") from None
    output.talk(f"{file.name}: {'added to' if old else 'written'}")
