"""``repoint check``: findings in every format, and the exit codes that hooks and CI go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runs import CALL, CLEAN, DAY, make_repository, repoint

SAFE = CALL.replace("gpt-4o", "gpt-5.2")  # nothing but the client is left to move
UNSURE = """\
from openai import OpenAI


def build(key: str) -> OpenAI:
    return OpenAI(api_key=key)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "r", {"app/bot.py": SAFE, "app/clean.py": CLEAN})


def test_a_line_a_finding(repository: Path) -> None:
    done = repoint(repository, "check", *DAY)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("app/bot.py:3:10: direct-client ")
    assert line.endswith(" [safe]")
    assert done.stderr.startswith("2 files scanned: 2 unchanged; 1 call, 1 client; 1 finding: 1 safe")


def test_verbose_adds_the_cure(repository: Path) -> None:
    _, cure, *_ = repoint(repository, "check", "-v", *DAY).stdout.splitlines()
    assert cure.startswith("    ")


def test_no_finding(repository: Path) -> None:
    done = repoint(repository, "check", "app/clean.py", *DAY)
    assert (done.returncode, done.stdout) == (0, "")


def test_json(repository: Path) -> None:
    done = repoint(repository, "check", "--format", "json", *DAY)
    document = json.loads(done.stdout)
    assert document["schema"] == "repoint/check/1"
    (finding,) = [one for one in document["findings"] if not one["note"]]
    assert [finding[key] for key in ("rule", "path", "line", "column", "safety", "applied")] == [
        "direct-client",
        "app/bot.py",
        3,
        10,
        "safe",
        False,
    ]
    assert finding["edits"]
    assert document["summary"]["safe"] == 1
    assert done.returncode == 1


def test_json_lines_are_the_findings(repository: Path) -> None:
    document = json.loads(repoint(repository, "check", "--format", "json", *DAY).stdout)
    rows = repoint(repository, "check", "--format", "jsonl", *DAY).stdout.splitlines()
    assert [json.loads(row) for row in rows] == document["findings"]


def test_github(repository: Path) -> None:
    (line,) = repoint(repository, "check", "--format", "github", *DAY).stdout.splitlines()
    place = "::error file=app/bot.py,line=3,endLine=3,col=10,endColumn=18,title=direct-client::"
    assert line.startswith(place)


def test_github_tells_of_a_file_that_failed(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"a.py": "import openai\ndef (:\n"})
    done = repoint(folder, "check", "--format", "github", *DAY)
    assert done.stdout.startswith("::error file=a.py,line=2,title=not checked::syntax error")
    assert done.returncode == 3


def test_notes_do_not_fail(tmp_path: Path) -> None:
    foreign = (
        'from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost:11434/v1", api_key="x")\n'
    )
    folder = make_repository(tmp_path / "r", {"a.py": foreign})
    done = repoint(folder, "check", *DAY)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 note" in done.stderr
    verbose = repoint(folder, "check", "-v", *DAY)
    assert verbose.returncode == 0
    assert "[note]" in verbose.stdout


def test_fix_then_nothing_is_left(repository: Path) -> None:
    before = (repository / "app/clean.py").stat()
    done = repoint(repository, "check", "--fix", *DAY)
    assert done.returncode == 1, "a hook that changed a file fails, so that the change is looked at"
    assert done.stdout.startswith("fixed app/bot.py:3:10: direct-client ")
    assert "1 changed, 1 unchanged" in done.stderr
    assert 'base_url="https://api.evolink.ai/v1"' in (repository / "app/bot.py").read_text()
    assert (repository / "app/clean.py").stat().st_mtime_ns == before.st_mtime_ns
    again = repoint(repository, "check", "--fix", *DAY)
    assert (again.returncode, again.stdout) == (0, "")


def test_fix_tells_what_is_left(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"a.py": SAFE, "b.py": UNSURE})
    done = repoint(folder, "check", "--fix", *DAY)
    fixed, left = done.stdout.splitlines()
    assert fixed.startswith("fixed a.py:3:10: direct-client")
    assert left.startswith("b.py:")
    assert not left.endswith("[safe]")
    assert (folder / "b.py").read_text() == UNSURE
    again = repoint(folder, "check", "--fix", *DAY)
    assert (again.returncode, again.stdout.splitlines()) == (1, [left])


def test_check_writes_nothing(repository: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*.py")}
    repoint(repository, "check", "-v", *DAY)
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*.py")} == before


def test_a_broken_file_elsewhere_does_not_fail_this_one(tmp_path: Path) -> None:
    broken = "import openai\nMODEL = \n"
    files = {
        "a.py": SAFE.replace('"gpt-5.2"', "MODEL").replace("\n", "\nfrom b import MODEL\n", 1),
        "b.py": broken,
    }
    folder = make_repository(tmp_path / "r", files)
    assert repoint(folder, "check", "a.py", "--stage", "params", *DAY).returncode in (0, 1)
    assert repoint(folder, "check", *DAY).returncode == 3


def test_old_code_beside_the_paths_is_not_reported(tmp_path: Path) -> None:
    old = (
        'import openai\nopenai.api_base = "http://x"\nopenai.ChatCompletion.create(model="m", messages=[])\n'
    )
    folder = make_repository(tmp_path / "r", {"app/main.py": old, "other/old.py": old})
    done = repoint(folder, "check", "app", "--stage", "sdk", *DAY)
    assert "app/main.py" in done.stdout
    assert "other/old.py" not in done.stdout
