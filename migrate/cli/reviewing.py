"""``apply -i`` on a terminal: shows each change, reads the answer, starts the editor."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.cli.output import is_terminal
from migrate.errors import UsageError
from migrate.review.cards import Card, cards
from migrate.review.interactive import KEYS, review

if TYPE_CHECKING:
    from migrate.cli.output import Output
    from migrate.program.inventory import Inventory
    from migrate.review.pieces import Piece
    from migrate.rewrite.proposal import Proposal

_HELP = """\
# Lines that begin with # are taken out. Change or remove lines that begin with +; to keep an old line, put a
# space in the place of its -. Numbers after @@ need not fit. An empty patch gives the edit up.
"""


def check_terminal() -> None:
    """Raises UsageError where nobody can be asked: before the work, not after it."""
    if not is_terminal(sys.stdin) or not is_terminal(sys.stdout):
        raise UsageError("-i asks questions and needs a terminal; without one, use --stage, --only, --skip")


def reviewed(inventory: Inventory, proposal: Proposal, output: Output) -> Proposal:
    """``proposal`` with what the person at the terminal accepts. Raises UsageError
    where what was edited does not fit; KeyboardInterrupt decides nothing."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise UsageError(
            "-i asks questions, and needs a terminal; without one, give --stage, --only or --skip"
        )
    from migrate.rewrite.selection import selected

    there = cards(proposal)
    if not there:
        return proposal
    decided = review(there, Terminal(output))
    result = selected(proposal, decided.changes)
    if decided.own:
        from migrate.review.own import with_own

        result = with_own(result, decided.own, inventory.source)
    return result


class Terminal:
    """A Reviewer at the terminal of this process."""

    def __init__(self, output: Output) -> None:
        from migrate.cli.colour import paint_words

        self._paint = paint_words(output)

    def show(self, card: Card, number: int, amount: int) -> None:
        from migrate.plan.prices import price_line
        from migrate.report.change_card import change_card

        self.say(change_card(card, number, amount, self._paint, price_line(card.findings)))

    def ask(self, card: Card, number: int, amount: int) -> str:
        keys = ",".join(KEYS)
        question = self._paint(f"({number}/{amount}) Make this change [{keys}]? ", "bold")
        print(question, end="", flush=True)
        line = sys.stdin.readline()
        if not line:  # the terminal is gone: nothing more can be asked
            return "q"
        key = line.strip()
        return key if key in KEYS else ""

    def say(self, text: str) -> None:
        print(text, flush=True)

    def ignored(self, card: Card) -> tuple[Piece, ...]:
        from migrate.review.declining import declining

        return declining(card)

    def edited(self, card: Card) -> tuple[Piece, ...] | None:
        from migrate.review.diff import patch
        from migrate.review.editing import edited_pieces

        before = patch(card.files)
        after = _in_editor(before)
        try:
            return edited_pieces(after, card.files)
        except UsageError as error:
            self.say(f"{error}")
            return None


def _in_editor(patch: bytes) -> bytes:
    """``patch`` as the person's editor left it. Raises UsageError where the editor cannot be started."""
    import shlex
    import subprocess
    import tempfile

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="repoint-") as folder:
        file = Path(folder) / "change.patch"
        file.write_bytes(_HELP.encode() + patch)
        try:
            subprocess.run([*shlex.split(editor), str(file)], check=True)
            return file.read_bytes()
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise UsageError(f"the editor {editor!r} failed: {error}; set EDITOR") from None
