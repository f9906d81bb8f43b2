"""``repoint apply``: writes the changes and reports how each file ended and what is left for a person."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.exits import FILE_FAILED, exit_code
from migrate.cli.options import allow_dirty, output_flags, output_for, paths, settings_flags, settings_for
from migrate.cli.output import Output
from migrate.cli.run import Run, Writing, command_line, run
from migrate.errors import UsageError

if TYPE_CHECKING:
    from migrate.program.inventory import Inventory
    from migrate.review.admission import Care
    from migrate.review.recording import Manner
    from migrate.rewrite.proposal import Proposal
    from migrate.settings import Settings


@click.command("apply", short_help="Change the files.")
@paths
@settings_flags
@allow_dirty
@click.option("--commit", is_flag=True, help="Commit what was changed, one commit a stage.")
@click.option("--branch", metavar="NAME", help="Make this branch and switch to it first.")
@click.option("-i", "--interactive", is_flag=True, help="Ask about each change, those for review included.")
@click.option(
    "--from-patch",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Make what is left in a patch of `repoint diff` that you trimmed.",
)
@output_flags("text", "json")
def command(paths: tuple[Path, ...], interactive: bool, from_patch: Path | None, **flags: Any) -> int:
    """Change the files under PATHS (the current folder for none). `repoint diff` shows the same beforehand,
    `repoint undo` takes it back.

    With -i every change is shown with its reasons and asked about: the keys are those of `git add -p`, and ?
    explains them. With --from-patch only what the patch still holds is made; it must be what repoint would
    do now, and a change is whole or left out.

    A file with uncommitted changes is left alone, unless --allow-dirty is given. Exit code 0 where nothing is
    left to do, 1 where findings remain, 3 where a file, or a commit, failed.
    """
    manner = _manner(flags.pop("allow_dirty"), flags.pop("commit"), flags.pop("branch"))
    output = output_for(flags)
    if interactive and from_patch:
        raise UsageError("-i and --from-patch exclude each other; give one")
    if interactive or from_patch:
        flags["include"] = (*flags["include"], "review")  # a person looks at each
    settings = settings_for(paths, flags)
    narrowed = _narrowed(interactive, from_patch, output)
    this = run(paths, settings, output, "write", writing=Writing(manner, narrowed))
    output.result(_rendered(this, settings, output))
    this.tell(output, skipped=True)
    return FILE_FAILED if this.trouble else exit_code(this.needs_a_person, this.outcomes)


def _manner(allow_dirty: bool, commit: bool, branch: str | None) -> Callable[[Inventory, Proposal], Manner]:
    """How to write, once it is known what: the messages of commits tell what is left alone too. Raises
    UsageError for flags that exclude each other."""
    if commit and allow_dirty:
        raise UsageError("--commit with --allow-dirty would commit your own changes; give one of them")

    def manner(inventory: Inventory, proposal: Proposal) -> Manner:
        from migrate.report.commit_message import commit_message
        from migrate.review.committing import GitManners
        from migrate.review.recording import Manner

        care: Care = "any" if allow_dirty else "strict" if commit else "committed"
        if not (commit or branch):
            return Manner("apply", command_line(), care)
        message = partial(commit_message, proposal.left) if commit else None
        git = GitManners(inventory.root, branch, message)
        return Manner("apply", command_line(), care, by_stage=commit, git=git)

    return manner


def _narrowed(
    interactive: bool, from_patch: Path | None, output: Output
) -> Callable[[Inventory, Proposal], Proposal] | None:
    """What of a proposal is made, where not all of it is."""
    if interactive:
        from migrate.cli.reviewing import check_terminal, reviewed

        check_terminal()
        return lambda inventory, proposal: reviewed(inventory, proposal, output)
    if from_patch is not None:
        from migrate.review.trimmed import trimmed

        patch = _read(from_patch)
        return lambda _, proposal: trimmed(proposal, patch)
    return None


def _read(patch: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(patch) == "-" else patch.read_bytes()
    except OSError as error:
        raise UsageError(f"--from-patch: {patch}: cannot be read: {error.strerror}") from None


def _rendered(this: Run, settings: Settings, output: Output) -> str | bytes:
    if output.format == "json":
        return _document(this)
    return _text(this, settings, output)


def _text(this: Run, settings: Settings, output: Output) -> str:
    from migrate.catalog import load
    from migrate.cli.colour import paint_for
    from migrate.report.finding_lines import by_rule

    paint = paint_for(output)
    lines = [
        f"{paint('changed', 'green')} {one.path} ({one.reason})"
        for one in this.outcomes
        if one.state == "changed"
    ]
    left = [one for one in this.left if output.verbosity > 0 or not one.note]
    if left:
        lines += ["", "Left for a person:"] if lines else ["Left for a person:"]
        lines += by_rule(left, load(settings.rules).rules)
    return "".join(line + "\n" for line in lines)


def _document(this: Run) -> bytes:
    from migrate.report import documents
    from migrate.report.document_shapes import Apply
    from migrate.report.json_bytes import indented

    whole = Apply(
        root=this.inventory.root.as_posix(),
        applied=tuple(documents.finding(one, applied=True) for one in this.cured),
        left=tuple(map(documents.finding, this.left)),
        trouble=this.trouble,
        outcomes=this.outcomes,
        summary=this.counts,
    )
    return indented(whole)
