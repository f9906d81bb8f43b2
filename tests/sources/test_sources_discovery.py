"""Which files are found, in real repositories and without git, and what is said of the others."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.sources import git as git_program
from migrate.sources import walking
from migrate.sources.discovery import discover

Tree = Callable[..., Path]
IS_ROOT = os.name != "posix" or os.geteuid() == 0  # or as good as: chmod stops nobody


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Makes files: names, or names with their text; a folder's name ends with a slash."""

    def make(*names: str, **texts: str) -> Path:
        for name in names:
            path = tmp_path / name
            (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
            if not name.endswith("/"):
                path.write_text(texts.get(name, "x = 1\n"))
        return tmp_path

    return make


def git(folder: Path, *words: str) -> None:
    names = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "protocol.file.allow=always")
    subprocess.run(("git", *names, *words), cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "all")


def reasons(found: object) -> dict[str, str]:
    return {outcome.path: outcome.reason for outcome in found.outcomes}  # type: ignore[attr-defined]


@pytest.fixture(params=["git", "no program", "no repository"])
def listed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """What must hold however the names are found: prepares a tree for one of three ways."""
    if request.param == "no program":
        monkeypatch.setattr(git_program, "PROGRAM", "no-such-git")
    return commit if request.param != "no repository" else lambda _: None


def test_files_of_the_kind_sorted(tree: Tree, listed: Callable[[Path], None]) -> None:
    root = tree("b.py", "a/c.py", "a.py", "a/b.pyw", "a/d.pyi", "n.ipynb", "r.txt", "ü/日 本\t.py")
    listed(root)
    found = discover([root])
    assert found.root == root
    assert found.files == ("a.py", "a/b.pyw", "a/c.py", "b.py", "ü/日 本\t.py")
    assert (found.named, found.outcomes) == (frozenset(), ())


def test_kinds_choose(tree: Tree, listed: Callable[[Path], None]) -> None:
    root = tree(
        "a.py", "n.ipynb", ".env", "p/prod.env", "c.yaml", "requirements-dev.txt", "requirements/x.txt"
    )
    listed(root)
    assert discover([root], kinds=("notebook", "environment")).files == (".env", "n.ipynb", "p/prod.env")
    found = discover([root], kinds=("configuration", "dependencies"))
    assert found.of_kind("dependencies") == ("requirements-dev.txt", "requirements/x.txt")
    assert found.of_kind("configuration") == ("c.yaml",)


def test_gitignore_is_respected(tree: Tree, listed: Callable[[Path], None]) -> None:
    root = tree("a.py", "out/b.py", "p/gen_c.py", "p/gen_keep.py", "p/q/gen_d.py", "p/e.py", ".gitignore")
    (root / ".gitignore").write_text("# note\n\nout/\ngen_*.py\n")
    (root / "p" / ".gitignore").write_text("!gen_keep.py\n/e.py\n")
    listed(root)
    assert discover([root]).files == ("a.py", "p/gen_keep.py")
    assert discover([root]).outcomes == ()


def test_a_gitignore_above_the_named_folder_counts(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree("p/q/a.py", "p/q/b.py", "p/q/c.py", "p/q/d.py")
    (root / ".gitignore").write_text("b.py\n")
    (root / "p" / ".gitignore").write_text("/q/c.py\n")
    commit(root)
    (root / ".git" / "info" / "exclude").write_text("d.py\n")
    monkeypatch.setattr(git_program, "PROGRAM", "no-such-git")
    assert discover([root / "p" / "q"]).files == ("p/q/a.py",)


def test_a_bad_line_in_gitignore_spoils_no_other(tree: Tree) -> None:
    root = tree("a.py", "b.py")
    (root / ".gitignore").write_bytes(b"!\n\xff\xfe\nb.py\r\n")
    assert discover([root]).files == ("a.py",)


def test_folders_that_are_not_ours(tree: Tree, listed: Callable[[Path], None]) -> None:
    skipped = {
        ".venv": "virtual environment",
        "p/venv": "virtual environment",
        "env": "virtual environment",
        "web/node_modules": "installed packages",
        "x/site-packages": "installed packages",
        "p/vendor": "vendored code",
        "p/_vendor": "vendored code",
        "third_party": "vendored code",
    }
    root = tree("a.py", "env/pyvenv.cfg", "p/env/b.py", *(f"{name}/s/t.py" for name in skipped))
    tree(*(f"{name}/s/u.py" for name in skipped), "__pycache__/x.py", ".tox/y.py")
    listed(root)
    found = discover([root])
    assert found.files == ("a.py", "p/env/b.py")
    expected = {path: f"{reason}; name it as a path to include it" for path, reason in skipped.items()}
    assert reasons(found) == expected
    assert {outcome.state for outcome in found.outcomes} == {"skipped"}


def test_a_skipped_folder_that_is_named_is_searched(tree: Tree, listed: Callable[[Path], None]) -> None:
    root = tree("a.py", "vendor/ours/b.py", "vendor/ours/vendor/c.py", ".venv/pyvenv.cfg", ".venv/lib/d.py")
    (root / ".gitignore").write_text(".venv\n")
    listed(root)
    found = discover([root / "a.py", root / "vendor" / "ours", root / ".venv"])
    assert found.files == (".venv/lib/d.py", "a.py", "vendor/ours/b.py")
    assert set(reasons(found)) == {"vendor/ours/vendor"}
    both = discover([root, root / "vendor" / "ours"])
    assert both.files == ("a.py", "vendor/ours/b.py")


def test_generated_by_name(tree: Tree, listed: Callable[[Path], None]) -> None:
    root = tree("a.py", "api_pb2.py", "api_pb2_grpc.py")
    listed(root)
    found = discover([root])
    assert found.files == ("a.py",)
    assert set(reasons(found)) == {"api_pb2.py", "api_pb2_grpc.py"}
    assert discover([root / "api_pb2.py"]).files == ("api_pb2.py",)


def test_build_output_is_known_by_the_project_beside_it(tree: Tree) -> None:
    root = tree("a.py", "build/b.py", "sub/pyproject.toml", "sub/build/lib/c.py", "sub/dist/d.py")
    found = discover([root])
    assert found.files == ("a.py", "build/b.py")
    assert set(reasons(found)) == {"sub/build", "sub/dist"}


def test_exclude_patterns(tree: Tree, listed: Callable[[Path], None]) -> None:
    root = tree("a.py", "tests/b.py", "tests/d/e.py", "p/tests/f.py", "p/gen_g.py", "p/keep.py")
    listed(root)
    found = discover([root], exclude=["/tests/", "gen_*", "!keep.py"])
    assert found.files == ("a.py", "p/keep.py", "p/tests/f.py")
    reason = "excluded by the settings; change exclude to include it"
    assert reasons(found) == {"tests": reason, "p/gen_g.py": reason}
    named = discover([root / "p", root / "tests", root / "p" / "gen_g.py"], exclude=["tests/", "gen_*"])
    assert "tests/b.py" not in named.files
    assert "p/gen_g.py" not in named.files


def test_untracked_in_deleted_and_ignored_out(tree: Tree) -> None:
    root = tree("a.py", "gone.py", "ignored.py", "p/b.py", "p/gone.py", "staged.py")
    commit(root)
    (root / ".gitignore").write_text("ignored.py\nnew_ignored.py\n")
    (root / "gone.py").unlink()
    (root / "p" / "gone.py").unlink()
    git(root, "rm", "-q", "--cached", "staged.py")
    tree("new.py", "new_ignored.py", "p/new.py")
    assert discover([root]).files == ("a.py", "ignored.py", "new.py", "p/b.py", "p/new.py", "staged.py")
    assert discover([root / "p"]).files == ("p/b.py", "p/new.py")
    assert discover([root / "p"]).root == root


def test_a_file_in_conflict_is_found_once(tree: Tree) -> None:
    root = tree("a.py")
    commit(root)
    git(root, "checkout", "-q", "-b", "other")
    (root / "a.py").write_text("x = 2\n")
    git(root, "commit", "-q", "-a", "-m", "two")
    git(root, "checkout", "-q", "-")
    (root / "a.py").write_text("x = 3\n")
    git(root, "commit", "-q", "-a", "-m", "three")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "other")
    assert discover([root]).files == ("a.py",)


def test_submodules_and_nested_repositories_are_named_not_entered(tree: Tree, tmp_path: Path) -> None:
    root = tree("outer/a.py", "outer/nested/b.py", "other/c.py", "outer/p/ignored/d.py") / "outer"
    commit(tmp_path / "other")
    commit(root / "nested")
    commit(root / "p" / "ignored")
    (root / ".gitignore").write_text("ignored\n")
    git(root, "init", "-q")
    git(root, "submodule", "add", "-q", str(tmp_path / "other"), "sub")
    found = discover([root])
    assert found.files == ("a.py",)
    reason = "a repository of its own; name it as a path to include it"
    assert reasons(found) == {"nested": reason, "sub": reason}
    assert discover([root / "sub"]).root == root / "sub"
    assert discover([root, root / "nested"]).files == ("a.py", "nested/b.py")


def test_a_folder_that_collects_repositories(tree: Tree) -> None:
    root = tree("one/a.py", "one/ignored.py", "deep/two/b.py", "loose.py", "node_modules/three/c.py")
    (root / "one" / ".gitignore").write_text("ignored.py\n")
    commit(root / "one")
    commit(root / "deep" / "two")
    commit(root / "node_modules" / "three")
    found = discover([root])
    assert found.root == root
    assert found.files == ("deep/two/b.py", "loose.py", "one/a.py")
    assert set(reasons(found)) == {"node_modules"}


def test_the_root(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree("repo/p/a.py", "repo/p/b.py", "repo/q/c.py", "out/d.py", "out/deep/e.py")
    commit(root / "repo")
    monkeypatch.chdir(root / "repo" / "p")
    assert discover([]).root == root / "repo"
    assert discover([]).files == ("p/a.py", "p/b.py")
    assert discover([Path("a.py"), Path("../q")]).files == ("p/a.py", "q/c.py")
    assert discover([root / "out" / "d.py"]).root == root / "out"
    assert discover([root / "out" / "d.py", root / "out" / "deep" / "e.py"]).files == ("d.py", "deep/e.py")
    found = discover([root / "repo" / "q", root / "out"])
    assert (found.root, found.files) == (root, ("out/d.py", "out/deep/e.py", "repo/q/c.py"))


def test_a_work_tree_whose_git_is_a_file(tree: Tree, tmp_path: Path) -> None:
    commit(tree("repo/p/a.py") / "repo")
    git(tmp_path / "repo", "worktree", "add", "-q", str(tmp_path / "copy"))
    assert discover([tmp_path / "copy" / "p"]).root == tmp_path / "copy"
    assert discover([tmp_path / "copy" / "p"]).files == ("p/a.py",)


def test_files_outside_a_sparse_checkout(tree: Tree) -> None:
    root = tree("p/a.py", "q/b.py")
    commit(root)
    git(root, "sparse-checkout", "set", "p")
    assert discover([root]).files == ("p/a.py",)
    tree("q/b.py")
    assert discover([root]).files == ("p/a.py", "q/b.py")


def test_named_files_are_taken_as_they_are_without_git(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree("a.py", "ignored.py", ".venv/b.py", "script", "c_pb2.py", "d.txt")
    (root / ".gitignore").write_text("ignored.py\n")
    commit(root)
    monkeypatch.setattr(subprocess, "run", _not_allowed)
    monkeypatch.setattr(walking, "walk", _not_allowed)
    names = ("ignored.py", "a.py", ".venv/b.py", "script", "c_pb2.py", "d.txt", "a.py")
    found = discover([root / name for name in names])
    assert found.files == tuple(sorted(set(names)))
    assert found.named == frozenset(names)
    assert (found.root, found.outcomes) == (root, ())


def _not_allowed(*_: object, **__: object) -> None:
    raise AssertionError("a slow path")


def test_paths_that_are_not_there(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree("a.py")
    (root / "broken.py").symlink_to("nowhere")
    (root / "loop").symlink_to("loop")
    commit(root)
    monkeypatch.chdir(root)
    found = discover(
        [Path("a.py"), Path("b.py"), Path("p"), Path("broken.py"), Path("loop"), Path("/no/x.py")]
    )
    assert found.files == ("a.py",)
    assert [(one.path, one.state, one.reason) for one in found.outcomes] == [
        ("/no/x.py", "failed", "not found; correct the path"),
        ("b.py", "failed", "not found; correct the path"),
        ("broken.py", "skipped", "broken symlink; remove it"),
        ("loop", "skipped", "symlink loop; remove it"),
        ("p", "failed", "not found; correct the path"),
    ]
    assert discover([Path("nothing")]).root == root


def test_symlinks_lead_nowhere_else(tree: Tree, listed: Callable[[Path], None], tmp_path: Path) -> None:
    tree("repo/a.py", "repo/p/b.py", "repo/bin/tool", "out/c.py")
    root = tmp_path / "repo"
    links = {
        "same.py": "a.py",
        "twice.py": "same.py",
        "z_tool.py": "bin/tool",
        "zz_tool.py": "bin/tool",
        "out.py": "../out/c.py",
        "out_folder": "../out",
        "p/up": "..",
        "q": "p",
        "loop.py": "loop.py",
        "broken.py": "nowhere.py",
        "broken.txt": "nowhere.txt",
        "folder.py": "p",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    listed(root)
    found = discover([root])
    assert found.files == ("a.py", "p/b.py", "z_tool.py")
    assert reasons(found) == {
        "same.py": "a symlink to a.py, which is looked at itself",
        "twice.py": "a symlink to a.py, which is looked at itself",
        "zz_tool.py": "a symlink to z_tool.py, which is looked at itself",
        "out.py": "a symlink to a file outside; name it as a path to include it",
        "out_folder": "a symlink to a folder outside; name that folder to include it",
        "loop.py": "symlink loop; remove it",
        "broken.py": "broken symlink; remove it",
    }
    named = discover([root / "same.py", root / "out.py", root / "a.py", root / "q" / "b.py"])
    assert named.files == ("a.py", "out.py", "p/b.py")


def test_an_untracked_symlink_is_seen_as_one(tree: Tree) -> None:
    root = tree("a.py")
    commit(root)
    (root / "b.py").symlink_to("a.py")
    assert discover([root]).files == ("a.py",)


def test_a_repository_reached_through_a_symlink(tree: Tree, tmp_path: Path) -> None:
    commit(tree("real/p/a.py") / "real")
    (tmp_path / "link").symlink_to("real")
    for path in (tmp_path / "link", tmp_path / "link" / "p", tmp_path / "link" / "p" / "a.py"):
        assert (discover([path]).root, discover([path]).files) == (tmp_path / "real", ("p/a.py",))


@pytest.mark.skipif(os.name != "posix", reason="FIFOs as files")
def test_what_is_no_file(tree: Tree) -> None:
    root = tree("a.py", "p/")
    os.mkfifo(root / "p" / "fifo.py")
    os.mkfifo(root / "p" / "fifo")
    found = discover([root])
    assert found.files == ("a.py",)
    assert reasons(found) == {"p/fifo.py": "not a file but a FIFO, socket or device"}


@pytest.mark.parametrize("in_git", [True, False])
def test_a_folder_that_cannot_be_listed(tree: Tree, monkeypatch: pytest.MonkeyPatch, in_git: bool) -> None:
    root = tree("a.py", "p/closed/b.py", "p/c.py")
    if in_git:
        git(root, "init", "-q")
    _close(root / "p" / "closed", monkeypatch, in_git)
    for path in (root, root / "p"):
        found = discover([path])
        closed = [one for one in found.outcomes if one.path.endswith("closed")]
        assert [(one.state, one.reason) for one in closed] == [
            ("failed", "no permission to list the folder; allow it or exclude it")
        ]
        assert closed[0].path == str((root / "p" / "closed").relative_to(found.root))
        assert not any("closed" in file for file in found.files)


def _close(folder: Path, monkeypatch: pytest.MonkeyPatch, in_git: bool) -> None:
    """Root lists everything, so for root the refusal is played: by git's words, by scandir's error."""
    if not IS_ROOT:
        folder.chmod(0)
    elif in_git:
        shutil.rmtree(folder)
        run = subprocess.run

        def warned(*words: object, **keys: object) -> object:
            done = run(*words, **keys)  # type: ignore[call-overload]
            done.stderr = b"warning: could not open directory 'p/closed/': Permission denied\n"
            return done

        monkeypatch.setattr(subprocess, "run", warned)
    else:
        scandir = os.scandir

        def refusing(path: str) -> object:
            if Path(path) == folder:
                raise PermissionError(13, "Permission denied")
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refusing)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere names are text")
def test_a_name_that_is_not_utf_8(tree: Tree, listed: Callable[[Path], None]) -> None:
    root = tree("a.py")
    Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.py")).write_text("x = 1\n")
    listed(root)
    found = discover([root])
    assert found.files == ("a.py",)
    assert reasons(found) == {"caf\\xe9.py": "its name is not UTF-8; rename it"}


def test_git_starts_nothing_that_the_repository_names(tree: Tree) -> None:
    root = tree("a.py")
    commit(root)
    hook = root / "hook.sh"
    hook.write_text(f"#!/bin/sh\ntouch {root}/owned\n")
    hook.chmod(0o755)
    git(root, "config", "core.fsmonitor", str(hook))
    assert discover([root]).files == ("a.py",)
    assert not (root / "owned").exists()


def test_the_environment_of_a_hook_misleads_nobody(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("one/a.py", "two/b.py")
    commit(tmp_path / "one")
    commit(tmp_path / "two")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "two" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "two" / ".git" / "index"))
    assert discover([tmp_path / "one"]).files == ("a.py",)


def test_a_broken_repository_is_walked(tree: Tree) -> None:
    root = tree("p/a.py", "p/b.py", ".git/")
    (root / ".gitignore").write_text("b.py\n")
    assert discover([root]).files == ("p/a.py",)
