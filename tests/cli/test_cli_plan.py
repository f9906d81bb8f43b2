"""``repoint plan`` through real processes: the file, what follows it, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from cli_runs import CALL, CLEAN, DAY, make_repository, refused, repoint

NAME = "repoint-plan.toml"


def test_the_file_is_written_and_followed(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    done = repoint(folder, "plan", *DAY)
    assert (done.returncode, done.stdout.splitlines()[0].split()[:3]) == (0, ["app.py:7", "accept", "gpt-4o"])
    assert "1 call planned: 1 accepted, 0 kept, 0 to decide" in done.stderr
    file = folder / NAME
    file.write_text(file.read_text("utf-8").replace('"accept"', '"keep"', 2), encoding="utf-8")
    file.write_text(file.read_text("utf-8").replace('model = "gpt-5.2"', 'model = "gpt-5.4-mini"'))
    assert 'decision = "keep"' in file.read_text("utf-8")
    kept = repoint(folder, "diff", "--stage", "model", *DAY)
    assert (kept.returncode, kept.stdout) == (0, "")
    without = repoint(folder, "diff", "--stage", "model", "--no-plan", *DAY)
    assert '+        model="gpt-5.2",' in without.stdout


def test_check_tells_a_stale_file(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    assert repoint(folder, "plan", "--check", *DAY).returncode == 1
    assert not (folder / NAME).exists()
    repoint(folder, "plan", *DAY)
    assert repoint(folder, "plan", "--check", *DAY).returncode == 0
    (folder / "more.py").write_text(CALL.replace("gpt-4o", "gpt-4"))
    done = repoint(folder, "plan", "--check", *DAY)
    assert done.returncode == 1
    assert done.stdout.startswith("more.py:7: call ")
    assert done.stdout.endswith(" is not in the plan\n")


def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL, NAME: "schema = 1\n"})
    for verb in ("check", "diff", "apply", "plan"):
        assert refused(repoint(folder, verb, *DAY), NAME, "schema: expected")


def test_a_stale_plan_writes_nothing(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    repoint(folder, "plan", *DAY)
    (folder / "app.py").write_text(CALL.replace("gpt-4o", "gpt-4"))
    for verb in ("check", "diff", "apply"):
        assert refused(repoint(folder, verb, *DAY), NAME, "current", "run `repoint plan`")


def test_it_prints_to_stdout_or_elsewhere_on_request(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    shown = repoint(folder, "plan", "--output", "-", *DAY).stdout
    assert shown.startswith("# What every call")
    repoint(folder, "plan", "--output", "other.toml", *DAY)
    assert (folder / "other.toml").read_text("utf-8") == shown
    assert not (folder / NAME).exists()


def test_json_has_the_same(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    whole = json.loads(repoint(folder, "plan", "--format", "json", *DAY).stdout)
    (call,) = whole["calls"]
    assert call["models"] == [{"current": "gpt-4o", "model": "gpt-5.2", "effort": "none"}]
    assert (whole["totals"]["accept"], call["path"], call["line"]) == (1, "app.py", 7)
    assert not (folder / NAME).exists()


def test_no_call_is_an_empty_plan(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CLEAN})
    done = repoint(folder, "plan", *DAY)
    assert (done.returncode, done.stdout) == (0, "")
    assert repoint(folder, "check", *DAY).returncode == 0
