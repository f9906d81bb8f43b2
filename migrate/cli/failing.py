"""The one handler of exceptions: a user's error is a line, Ctrl-C is 130, a bug is a block to paste."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from migrate import __version__
from migrate.cli.exits import BUG, FINE, INTERRUPTED, MISUSED
from migrate.cli.output import say
from migrate.errors import RepointError


def handled(command: Callable[[], int | None], arguments: Sequence[str]) -> int:
    """The exit code of ``command``, whatever it raises."""
    try:
        return command() or FINE
    except click.exceptions.Exit as error:  # --help and --version end this way
        return error.exit_code
    except click.UsageError as error:
        say(_usage(error))
        return MISUSED
    except click.ClickException as error:
        say(f"repoint: error: {one_line(error.format_message())}")
        return MISUSED
    except RepointError as error:
        say(f"repoint: error: {one_line(str(error))}")
        return error.exit_code
    except BrokenPipeError:  # click's own printing, of help: nobody is left to read it
        return FINE
    except (KeyboardInterrupt, click.Abort):
        say("repoint: interrupted")
        return INTERRUPTED
    except Exception:  # the last line of defence: whatever it is, it is reported
        say(bug_report(arguments))
        return BUG


def one_line(message: str) -> str:
    """``message`` with its line ends, however many, as single spaces."""
    return " ".join(message.split())


def bug_report(arguments: Sequence[str]) -> str:
    """What a person needs to report the exception being handled, ready to paste into an issue."""
    import platform
    import shlex
    import traceback

    from migrate.report.masking import mask

    system = f"repoint {__version__}, Python {platform.python_version()}, {platform.platform()}"
    command = shlex.join(["repoint", *arguments])
    block = ["```", system, f"command: {command}", traceback.format_exc().rstrip(), "```"]
    return mask(
        "repoint: error: this is a bug in repoint, not in your code. Please report it with this block;\n"
        "look first whether it shows names that you want to keep private.\n\n" + "\n".join(block)
    )


def _usage(error: click.UsageError) -> str:
    if type(error).__name__ == "NoArgsIsHelpError":  # no name of it in click 8.1
        return error.format_message()
    command = error.ctx.command_path if error.ctx else "repoint"
    return f"repoint: error: {one_line(error.format_message())} See {command} -h."
