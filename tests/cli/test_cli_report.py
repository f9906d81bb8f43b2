"""``repoint report`` as a process: the checklist, the score and its limit, what is saved and compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runs import CALL, CLEAN, DAY, make_repository, refused, repoint

USAGE = CALL.replace("    return response", "    print(response.usage)\n    return response")
KEY = 'from openai import OpenAI\nOpenAI(api_key="sk-abcdefghijklmnopqrstuvwx1234").models.list()\n'


def _report(folder: Path, *arguments: str) -> dict[str, object]:
    done = repoint(folder, "report", "--format", "json", *DAY, *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _check(found: object, name: str) -> dict[str, object]:
    assert isinstance(found, dict)
    checks: dict[str, dict[str, object]] = {
        check["id"]: check for item in found["items"] for check in item["checks"]
    }
    return checks[name]


def _evidence(found: object, name: str) -> list[dict[str, object]]:
    evidence = _check(found, name)["evidence"]
    assert isinstance(evidence, list)
    return evidence


def test_a_checklist_with_a_score_and_what_to_do_next(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", {"app.py": CALL})
    done = repoint(tmp_path / "r", "report", *DAY)
    assert done.returncode == 0
    assert "Readiness: " in done.stdout
    assert "repoint apply --stage gateway" in done.stdout
    assert "app.py:3" in done.stdout
    assert "repoint makes 2 safe changes, 0 more for your review; 0 findings left to a person" in done.stdout


def test_evidence_on_request(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", {"app.py": CALL})
    done = repoint(tmp_path / "r", "report", "-v", *DAY)
    assert "app.py:3: openai.OpenAI: talks to OpenAI directly [fail]" in done.stdout


@pytest.mark.parametrize(("least", "code"), [("0", 0), ("99", 1)])
def test_a_score_below_the_limit_fails(tmp_path: Path, least: str, code: int) -> None:
    make_repository(tmp_path / "r", {"app.py": CALL})
    assert repoint(tmp_path / "r", "report", "--fail-under", least, *DAY).returncode == code


def test_no_calls_no_score_and_nothing_below_the_limit(tmp_path: Path) -> None:
    make_repository(tmp_path / "r", {"app.py": CLEAN})
    done = repoint(tmp_path / "r", "report", "--fail-under", "99", *DAY)
    assert (done.returncode, "no score" in done.stdout) == (0, True)


def test_what_was_saved_is_compared(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    first = _report(folder, "--save")
    assert first["change"] is None
    (folder / "app.py").write_text(USAGE)
    second = _report(folder)
    assert second["change"]["before"] == first["score"]  # type: ignore[index]
    moved = {one["check"]: (one["before"], one["after"]) for one in second["change"]["checks"]}  # type: ignore[index]
    assert moved == {"usage-read": (0, 1)}
    assert second["score"] > first["score"]  # type: ignore[operator]


def test_a_day_is_kept_once(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    _report(folder, "--save")
    _report(folder, "--save")
    assert len(json.loads((folder / "repoint-score.json").read_text())["entries"]) == 1


@pytest.mark.parametrize("text", ["{", '{"schema": "repoint/score/1", "entrys": []}', '{"entries": [{}]}'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL, "repoint-score.json": text})
    assert refused(repoint(folder, "report", *DAY), "repoint-score.json", "delete the file")


def test_what_it_costs(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    costs = _report(folder)["costs"]
    assert isinstance(costs, dict)
    assert [(one["model"], one["new_model"], one["calls"]) for one in costs["calls"]] == [
        ("gpt-4o", "gpt-5.2", 1000)
    ]
    (one,) = costs["calls"]
    assert one["before"] == pytest.approx(sum(costs["before"].values()))
    assert one["factor"] == pytest.approx(one["after"] / one["before"], rel=1e-3)


def test_usage_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    assert refused(repoint(folder, "report", "--usage", "none.csv", *DAY), "none.csv")


def test_keys_are_never_shown(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL.replace("OpenAI()", KEY.splitlines()[1][:-14])})
    found = _report(folder)
    assert _check(found, "secrets-outside")["mark"] == "fail"
    assert "abcdefghijklmnop" not in json.dumps(found)


def test_signals_count_only_below_the_paths(tmp_path: Path) -> None:
    folder = make_repository(
        tmp_path / "r", {"app/app.py": CALL, "other/track.py": "import langfuse\n", "app/log.py": CLEAN}
    )
    assert _check(_report(folder), "usage-exported")["mark"] == "pass"
    assert _check(_report(folder, "app"), "usage-exported")["mark"] == "fail"


def test_keys_are_looked_for_in_every_file_that_is_shared(tmp_path: Path) -> None:
    key = "sk-proj-" + "4tR9wq2LmZx7KcVb1NdF0aJhQeYs"
    files = {
        "app.py": CALL,
        "notes.py": f'"""Try it."""\n\nKEY = "{key}"\n',
        "deploy.yaml": f"# here\nopenai:\n  key: {key}\n",
        ".env": f"OPENAI_API_KEY={key}\n",
        "tests/test_app.py": f'KEY = "{key}"\n',
    }
    folder = make_repository(tmp_path / "r", files)
    found = _report(folder)
    failed = [one for one in _evidence(found, "secrets-outside") if one["mark"] == "fail"]
    assert [(one["path"], one["line"]) for one in failed] == [("deploy.yaml", 3), ("notes.py", 3)]
    assert key not in json.dumps(found)
