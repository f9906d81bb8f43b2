"""``repoint``: the group of verbs, each loaded when it is asked for, and the way in and out."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from migrate import __version__
from migrate.cli.failing import handled
from migrate.cli.output import close

# In the order in which people meet them.
VERBS = (
    "scan",
    "check",
    "report",
    "prompts",
    "plan",
    "diff",
    "apply",
    "undo",
    "scaffold",
    "rules",
    "explain",
    "init",
)


class Verbs(click.Group):
    """A group whose commands live in ``migrate.cli.<verb>.command`` and are imported when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command = import_module(f"migrate.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            ctx.fail(f"no verb {args[0]!r}; {_cure(args[0])}")
        return super().resolve_command(ctx, args)


def _cure(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, VERBS, 1)
    return f"did you mean {near[0]!r}?" if near else f"the verbs are {', '.join(VERBS)}."


@click.group(
    cls=Verbs,
    name="repoint",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="repoint", message="%(prog)s %(version)s")
def group() -> None:
    """Finds the OpenAI calls of a code base and moves them, call by call, to a gateway and to models that
    will still be there.

    \b
    Exit codes: 0 nothing to do, 1 findings or changes, 2 wrong use or configuration, 3 a file failed,
    70 a bug in repoint, 130 interrupted. Wrong use ends a run at once; 3 outranks 1.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line (``sys.argv`` where none is given) and returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # A run makes many small records that live to its end: looking through them for rings is in vain.
    gc.disable()
    code = handled(lambda: _invoke(given), given)
    close()
    if arguments is None:
        # Everything is written and closed: taking the records apart, one by one, would only take time.
        os._exit(code)
    return code


def _invoke(arguments: list[str]) -> int | None:
    """What ``group.main`` does, without its own ways to end: they print, and hide Ctrl-C."""
    with group.make_context("repoint", arguments) as context:
        code = group.invoke(context)
    return code if isinstance(code, int) else None
