"""Commits and branches, asked for by --commit and --branch: git as the user runs it, hooks and all."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from migrate.errors import UsageError
from migrate.findings.finding import Finding
from migrate.review.journal import Journal
from migrate.settings import Topic
from migrate.sources.git import git_folder, run_git
from migrate.sources.rooting import inside, relative_to
from migrate.sources.source import Outcome

Message = Callable[[Topic, Sequence[Finding], Sequence[Outcome]], str]

# What git leaves in its folder while something of the user's is half done.
_UNDER_WAY = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
}


class GitManners:
    """What of git one run uses: a new branch before the first write, a commit after each stage."""

    def __init__(self, root: Path, branch: str | None, message: Message | None) -> None:
        """``message`` makes the text of a stage's commit; None for no commits. Raises UsageError where
        there is no repository at ``root``, or where the branch cannot be made."""
        self._top = os.path.realpath(root)
        self._branch, self._message = branch, message
        self._note = Path()
        self._skipped: Sequence[Outcome] = ()
        self.made: list[Topic] = []
        if git_folder(root) is None:
            raise UsageError(f"{root} is not the top of a git repository; leave out --commit and --branch")
        if branch is not None:
            self._check_branch(branch)

    def prepare(self, journal: Journal, paths: Sequence[str], skipped: Sequence[Outcome]) -> None:
        """Makes the branch. Raises UsageError where a commit of ``paths`` could not be made."""
        self._skipped = skipped
        self._note = journal.folder / "message"
        if self._message is not None:
            self._check_commit(paths)
        if self._branch is not None:
            trouble = self._git("switch", "--quiet", "--no-track", "-c", self._branch)
            if trouble:
                raise UsageError(f"--branch: git did not make it: {trouble}")

    def commit(self, stage: Topic, written: Sequence[Finding], paths: Sequence[str]) -> str:
        """Commits ``paths`` as they are, and nothing else; the reason where git refused."""
        if self._message is None:
            return ""
        text = self._message(stage, written, self._skipped)
        try:
            self._note.write_text(text, encoding="utf-8", errors="backslashreplace")
            # A pathspec, though it comes from a list, would still have its stars looked at.
            names = "".join(f":(top,literal){self._name(path)}\0" for path in paths)
            which = ("--only", "--pathspec-from-file=-", "--pathspec-file-nul")
            trouble = self._git("commit", "--quiet", "-F", str(self._note), *which, given=os.fsencode(names))
        except OSError as error:
            trouble = f"{error.strerror or error}"
        finally:
            with suppress(OSError):
                self._note.unlink()
        if not trouble:
            self.made.append(stage)
            return ""
        return (
            f"git did not commit stage {stage}, whose changes stay in the files: {trouble}\n"
            "mend what it names and commit them yourself, or take them back with repoint undo"
        )

    def _name(self, path: str) -> str:
        return relative_to(self._top, os.path.realpath(Path(self._top) / path))

    def _check_branch(self, branch: str) -> None:
        if self._git("check-ref-format", "--branch", branch):
            raise UsageError(f"--branch: {branch!r} is no name for a branch; give another")
        if not self._git("show-ref", "--verify", "--quiet", f"refs/heads/{branch}"):
            raise UsageError(f"--branch: {branch} exists already; give another name, or delete it first")

    def _check_commit(self, paths: Sequence[str]) -> None:
        folder = git_folder(Path(self._top))
        for name, what in _UNDER_WAY.items():
            if folder is not None and (folder / name).exists():
                raise UsageError(f"--commit: {what} is under way; finish or abort it first")
        elsewhere = [one for one in paths if not inside(self._top, os.path.realpath(f"{self._top}/{one}"))]
        if elsewhere:
            raise UsageError(f"--commit: {elsewhere[0]} lies outside the repository; leave it out")
        for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
            trouble = self._git("var", who)
            if trouble:
                raise UsageError("--commit: git does not know who you are; set user.name and user.email")

    def _git(self, *arguments: str, given: bytes | None = None) -> str:
        """What is wrong, in git's words (or its hook's), where the call failed; else ``""``."""
        done = run_git(self._top, *arguments, given=given)
        if done is None:
            return "git cannot be started"
        said = os.fsdecode(done.stderr or done.stdout).strip()
        return (said or f"it ended with {done.returncode}") if done.returncode else ""
