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


def test_markdown_is_for_a_pull_request(tmp_path: Path) -> None:
    """What waits for a person is open and comes first; a note of the team cannot act as markup."""
    folder = make_repository(tmp_path / "r", {"app.py": CALL, "more.py": CALL})
    repoint(folder, "plan", *DAY)
    file = folder / NAME
    text = file.read_text("utf-8").replace('note = ""', 'note = "<b>|ask *Ana*"', 1)
    head, mark, entry = text.rpartition('decision = "accept"')
    file.write_text(f'{head}decision = "ask"{entry}', encoding="utf-8")
    before = file.read_bytes()
    shown = repoint(folder, "plan", "--format", "markdown", *DAY).stdout
    assert mark
    assert file.read_bytes() == before
    assert shown.index("<details open><summary>To decide (1)") < shown.index("<summary>Accepted (1)")
    row = next(line for line in shown.splitlines() if line.startswith("| <code>app.py:7"))
    assert "<code>gpt-4o -&gt; gpt-5.2 (none)</code>" in row
    assert r"\<b\>\|ask \*Ana\*<br>gpt-4o shuts down on 2027-01-14" in row
    assert "1 accepted, 0 kept, 1 to decide" in shown


def test_the_horizon_is_a_flag(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    near = repoint(folder, "plan", "--output", "-", *DAY).stdout
    far = repoint(folder, "plan", "--output", "-", "--horizon", "30", *DAY).stdout
    assert ("horizon = 90" in near, "horizon = 30" in far) == (True, True)
    assert 'reason = "gpt-4o shuts down on 2027-01-14, in more than 30 days"' in far
    assert refused(repoint(folder, "plan", "--horizon", "-1", *DAY), "--horizon: expected a number of days")
    done = repoint(folder, "plan", "--strong", "gpt-5.1", "--horizon", "900", *DAY)
    assert refused(done, "--strong: gpt-5.1 shuts down on")


def test_no_call_is_an_empty_plan(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CLEAN})
    done = repoint(folder, "plan", *DAY)
    assert (done.returncode, done.stdout) == (0, "")
    assert repoint(folder, "check", *DAY).returncode == 0
