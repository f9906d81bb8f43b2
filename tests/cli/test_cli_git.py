"""What apply and check --fix owe to git: uncommitted work, commits a stage, branches, hooks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import CALL, CLEAN, DAY, environment, git, make_repository, refused, repoint

BOTH = ("--include", "review", *DAY)
LLM = "from openai import OpenAI\n\nclient = OpenAI()\n"
NAMES = 'MODEL = "gpt-5"\n'
BOT = (
    "from llm import client\nfrom names import MODEL\n\n"
    "client.chat.completions.create(model=MODEL, messages=[])\n"
)
SAFE = CALL.replace("gpt-4o", "gpt-5.2")  # nothing but the client is left to move
OPEN = """\
from openai import OpenAI


class Client(OpenAI):
    def __init__(self):
        super().__init__(timeout=10)


client = Client()
client.chat.completions.create(model="gpt-5.2", messages=[])
"""
GATEWAY = "api.evolink.ai"
posix = pytest.mark.skipif(os.name != "posix", reason="hooks as shell scripts")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    files = {"llm.py": LLM, "names.py": NAMES, "bot.py": BOT, "other.py": CALL, "clean.py": CLEAN}
    folder = make_repository(tmp_path / "r", files)
    git(folder, "config", "user.name", "Ada")
    git(folder, "config", "user.email", "ada@example.org")
    return folder


def text(folder: Path, name: str) -> str:
    return (folder / name).read_text()


def log(folder: Path, form: str = "%s") -> list[str]:
    return git(folder, "log", f"--format={form}").splitlines()


def hook(folder: Path, name: str, script: str) -> None:
    path = folder / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("how", ["modified", "staged", "new", "conflict"])
def test_uncommitted_work_is_left_alone_and_the_rest_goes_on(repository: Path, how: str) -> None:
    path = repository / ("new.py" if how == "new" else "other.py")
    path.write_text(CALL + "# mine\n")
    if how == "staged":
        git(repository, "add", "other.py")
    if how == "conflict":
        entry = git(repository, "rev-parse", "HEAD:other.py").strip()
        lines = "".join(f"100644 {entry} {stage}\tother.py\n" for stage in (1, 2, 3))
        git(repository, "update-index", "--force-remove", "other.py")
        git(repository, "update-index", "--index-info", given=lines.encode())
    done = repoint(repository, "apply", *BOTH)
    assert done.returncode == 1
    why = "is new and not committed; commit it" if how == "new" else "has uncommitted changes; commit them"
    assert f"{path.name}: skipped: {why} or give --allow-dirty" in done.stderr
    assert f"  {path.name}:3:10: " in done.stdout, "its findings are left for a person"
    assert text(repository, path.name) == CALL + "# mine\n"
    assert GATEWAY in text(repository, "llm.py")
    again = repoint(repository, "apply", "--allow-dirty", *BOTH)
    assert again.returncode == 0, again.stderr
    assert GATEWAY in text(repository, path.name)


def test_what_belongs_to_uncommitted_work_is_left_too(repository: Path) -> None:
    """names.py holds the model of bot.py; llm.py stands alone."""
    (repository / "names.py").write_text(NAMES + "# mine\n")
    done = repoint(repository, "apply", *BOTH)
    assert done.returncode == 1
    assert "bot.py: skipped: not written: it belongs together with names.py, which has unc" in done.stderr
    assert (text(repository, "bot.py"), text(repository, "names.py")) == (BOT, NAMES + "# mine\n")
    assert GATEWAY in text(repository, "llm.py")


def test_a_file_keeps_only_the_change_that_belongs_to_uncommitted_work(repository: Path) -> None:
    both = BOT.replace("from llm import client\n", LLM)
    (repository / "bot.py").write_text(both)
    git(repository, "commit", "-qam", "both")
    (repository / "names.py").write_text(NAMES + "# mine\n")
    done = repoint(repository, "apply", *BOTH)
    assert "changed bot.py (direct-client)" in done.stdout
    assert GATEWAY in text(repository, "bot.py")
    assert "effort" not in text(repository, "bot.py")


def test_an_ignored_file_is_not_gits_business(repository: Path) -> None:
    (repository / ".gitignore").write_text("mine/\n")
    (repository / "mine").mkdir()
    (repository / "mine" / "bot.py").write_text(CALL)
    assert repoint(repository, "apply", "mine/bot.py", *BOTH).returncode == 0
    assert GATEWAY in text(repository, "mine/bot.py")


def test_other_uncommitted_files_do_not_matter(repository: Path) -> None:
    (repository / "clean.py").write_text(CLEAN + "# mine\n")
    assert repoint(repository, "apply", *BOTH).returncode == 0


def test_where_git_does_not_answer_nothing_is_risked(repository: Path) -> None:
    (repository / ".git" / "index").write_bytes(b"not an index")
    done = repoint(repository, "apply", *BOTH)
    assert done.returncode == 1
    assert "git does not say whether it has uncommitted changes" in done.stderr
    assert text(repository, "llm.py") == LLM


@posix
def test_nothing_that_the_repository_names_is_started(repository: Path, tmp_path: Path) -> None:
    """A filter, a file watcher and a hook of a repository that came from elsewhere."""
    trap = f"touch {tmp_path / 'sprung'}"
    git(repository, "config", "filter.trap.clean", f"{trap}; cat")
    git(repository, "config", "filter.trap.process", trap)
    git(repository, "config", "filter.trap.required", "true")
    git(repository, "config", "core.fsmonitor", trap)
    hook(repository, "post-index-change", trap)
    (repository / ".git" / "info" / "attributes").write_text("*.py filter=trap\n")
    os.utime(repository / "other.py", (1, 1))  # git has to look into the file
    done = repoint(repository, "apply", *BOTH)
    assert done.returncode == 0, done.stderr
    assert repoint(repository, "undo").returncode == 0
    assert not (tmp_path / "sprung").exists()


def test_fix_takes_what_is_staged(repository: Path) -> None:
    (repository / "new.py").write_text(SAFE)
    (repository / "other.py").write_text(SAFE + "# mine\n")
    git(repository, "add", "new.py", "other.py")
    done = repoint(repository, "check", "--fix", "new.py", "other.py", *DAY)
    assert GATEWAY in text(repository, "new.py")
    assert GATEWAY in text(repository, "other.py")
    assert "skipped" not in done.stderr
    done = repoint(repository, "check", "--fix", "new.py", "other.py", *DAY)
    assert "skipped" not in done.stderr, "its own changes are no hindrance"


@pytest.mark.parametrize("new", [True, False])
def test_fix_leaves_what_is_not_staged(repository: Path, new: bool) -> None:
    path = repository / ("new.py" if new else "llm.py")
    path.write_text(SAFE + "# mine\n")
    done = repoint(repository, "check", "--fix", "-v", *DAY)
    assert done.returncode == 1
    assert f"{path.name}: skipped: " in done.stderr
    assert "or give --allow-dirty" in done.stderr
    assert path.read_text() == SAFE + "# mine\n"
    repoint(repository, "check", "--fix", "--allow-dirty", *DAY)
    assert GATEWAY in path.read_text()


@posix
@pytest.mark.parametrize("commit", [("-a",), ("--only", "--", "llm.py"), ()], ids=["all", "only", "staged"])
def test_fix_within_a_hook_of_git(repository: Path, commit: tuple[str, ...]) -> None:
    """``commit -a`` and ``--only`` give the hook an index of their own, where the change is staged."""
    call = f"{sys.executable} -m migrate check --fix llm.py {' '.join(DAY)}"
    variables = environment(repository)
    settings = " ".join(f"{name}='{variables[name]}'" for name in ("PYTHONPATH", "XDG_CACHE_HOME"))
    hook(repository, "pre-commit", f"{settings} {call} 2>&1")
    (repository / "llm.py").write_text(SAFE + "# mine\n")
    if not commit:
        git(repository, "add", "llm.py")
    done = subprocess.run(
        ["git", "commit", "-q", "-m", "y", *commit],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, "a hook that changed a file stops the commit"
    assert "fixed llm.py:3:10: direct-client" in done.stdout + done.stderr
    assert text(repository, "llm.py").endswith("# mine\n")
    assert GATEWAY in text(repository, "llm.py")


def test_a_commit_a_stage(repository: Path) -> None:
    (repository / "build.py").write_text(OPEN)
    git(repository, "add", "build.py")
    git(repository, "commit", "-qm", "build")
    (repository / "clean.py").write_text(CLEAN + "# mine\n")
    git(repository, "add", "clean.py")
    (repository / "other.py").write_text(CALL + "# mine\n")
    done = repoint(repository, "apply", "--commit", *BOTH)
    assert done.returncode == 1, done.stderr
    head, before, *_ = log(repository)
    assert head.startswith("repoint model: ")
    assert before.startswith("repoint gateway: ")
    assert log(repository, "%an %cn")[:2] == ["Ada Ada"] * 2
    message = git(repository, "log", "-1", "--format=%b", "HEAD~1")
    assert "direct-client\n  llm.py:3\n" in message
    assert "Left alone:\n  other.py: has uncommitted changes; commit them first\n" in message
    assert "  build.py:9 direct-client: " in message
    assert git(repository, "show", "--name-only", "--format=", "HEAD~1").split() == ["llm.py"]
    assert git(repository, "show", "--name-only", "--format=", "HEAD").split() == ["bot.py", "names.py"]
    assert git(repository, "status", "--short") == "M  clean.py\n M other.py\n"


def test_each_commit_is_whole(repository: Path) -> None:
    """After the gateway's commit, all that belongs to the gateway is there and nothing else."""
    repoint(repository, "apply", "--commit", *BOTH)
    after = git(repository, "show", "HEAD~1:other.py")
    git(repository, "checkout", "-q", "HEAD~2")
    repoint(repository, "apply", "--stage", "gateway", *BOTH)
    assert text(repository, "other.py") == after


def test_a_branch_first(repository: Path) -> None:
    start = git(repository, "rev-parse", "--abbrev-ref", "HEAD").strip()
    (repository / "clean.py").write_text(CLEAN + "# mine\n")
    assert repoint(repository, "apply", "--commit", "--branch", "to/gateway", *BOTH).returncode == 0
    assert git(repository, "rev-parse", "--abbrev-ref", "HEAD").strip() == "to/gateway"
    assert git(repository, "log", "--format=%s", start).splitlines() == ["x"]
    assert git(repository, "status", "--short") == " M clean.py\n", (
        "what is not committed comes along as it is"
    )


def test_a_branch_without_a_commit(repository: Path) -> None:
    repoint(repository, "apply", "--branch", "to/gateway", *BOTH)
    assert git(repository, "rev-parse", "--abbrev-ref", "HEAD").strip() == "to/gateway"
    assert log(repository) == ["x"]
    assert GATEWAY in text(repository, "llm.py")


def test_what_git_could_not_do_is_refused_before_anything_is_written(repository: Path) -> None:
    git(repository, "branch", "there")
    assert refused(repoint(repository, "apply", "--branch", "there", *BOTH), "there exists already")
    assert refused(repoint(repository, "apply", "--branch", "a..b", *BOTH), "no name for a branch")
    assert refused(repoint(repository, "apply", "--commit", "--allow-dirty", *BOTH), "--allow-dirty")
    (repository / ".git" / "MERGE_HEAD").write_text(git(repository, "rev-parse", "HEAD"))
    assert refused(repoint(repository, "apply", "--commit", *BOTH), "a merge is under way")
    (repository / ".git" / "MERGE_HEAD").unlink()
    for key in ("name", "email"):
        git(repository, "config", "--unset", f"user.{key}")
    git(repository, "config", "user.useConfigOnly", "true")
    assert refused(repoint(repository, "apply", "--commit", *BOTH), "user.name")
    assert git(repository, "status", "--short") == ""


def test_no_repository_no_commit(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "bot.py").write_text(CALL)
    for flags in (("--commit",), ("--branch", "b")):
        assert refused(repoint(tmp_path / "plain", "apply", *flags, *BOTH), "not the top of a git repository")
    assert text(tmp_path / "plain", "bot.py") == CALL


@posix
def test_a_hook_that_refuses(repository: Path) -> None:
    """The changes of its stage stay in the files, later stages are not begun, and undo takes all back."""
    hook(repository, "pre-commit", "echo not on a Friday >&2; exit 1")
    done = repoint(repository, "apply", "--commit", *BOTH)
    assert done.returncode == 3
    assert "git did not commit stage gateway, whose changes stay in the files: not on a Friday" in done.stderr
    assert "commit them yourself, or take them back with repoint undo" in done.stderr
    assert "not applied any more: model" in done.stderr
    assert GATEWAY in text(repository, "llm.py")
    assert text(repository, "names.py") == NAMES
    assert "  names.py:1:9: " in done.stdout, "what was not begun is left for a person"
    assert log(repository) == ["x"]
    assert git(repository, "diff", "--cached", "--name-only") == ""
    assert repoint(repository, "undo").returncode == 0
    assert git(repository, "status", "--short") == ""


@posix
def test_hooks_run_and_see_the_message(repository: Path) -> None:
    hook(repository, "commit-msg", 'echo "Ticket: 7" >> "$1"')
    repoint(repository, "apply", "--commit", *BOTH)
    assert git(repository, "log", "-1", "--format=%b").endswith("Ticket: 7\n\n")


def test_names_with_stars_and_spaces(tmp_path: Path) -> None:
    files = {"a [x]*.py": LLM, "a x.py": CLEAN, "ü.py": LLM}
    folder = make_repository(tmp_path / "r", files)
    (folder / "a x.py").write_text(CLEAN + "# mine\n")
    for key, value in (("name", "Ada"), ("email", "ada@example.org")):
        git(folder, "config", f"user.{key}", value)
    assert repoint(folder, "apply", "--commit", *BOTH).returncode == 0
    assert git(folder, "status", "--short") == ' M "a x.py"\n'


def test_a_link_stands_for_the_file_it_leads_to(repository: Path) -> None:
    (repository / "way.py").symlink_to("other.py")
    git(repository, "add", "way.py")
    git(repository, "commit", "-qm", "link")
    (repository / "other.py").write_text(CALL + "# mine\n")
    done = repoint(repository, "apply", "way.py", *BOTH)
    assert "uncommitted changes" in done.stderr
    assert text(repository, "other.py") == CALL + "# mine\n"
