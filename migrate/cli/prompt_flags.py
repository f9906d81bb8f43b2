"""The flags with which ``repoint prompts`` asks a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

LIVE = ("rewrite_with", "dry_run", "max_cost", "concurrency", "timeout", "longest")

_OPTIONS = (
    click.option(
        "--rewrite-with",
        metavar="MODEL",
        help="Have MODEL rewrite each prompt, for a proposal.",
    ),
    click.option("--dry-run", is_flag=True, help="Print what --rewrite-with would send, and send nothing."),
    click.option("--max-cost", type=click.FloatRange(min=0), metavar="DOLLARS", help="Spend no more."),
    click.option(
        "--concurrency", type=click.IntRange(1, 32), default=4, show_default=True, help="Requests at once."
    ),
    click.option(
        "--timeout", type=click.FloatRange(min=1), default=60, show_default=True, help="Seconds a request."
    ),
    click.option(
        "--longest",
        type=click.IntRange(min=1),
        default=110,
        show_default=True,
        metavar="PERCENT",
        help="Refuse a result that is longer than that share of the old prompt.",
    ),
)


def live_flags(function: F) -> F:
    """They arrive as the keywords of LIVE."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
