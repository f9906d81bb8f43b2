"""``python -m benchmarks`` says what it can measure, and refuses the rest in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import real
from benchmarks.__main__ import main


def test_help_names_every_measure(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in ("recall", "usecases", "prompts", "plan", "real"))


def test_help_of_a_measure_is_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["recall", "--help"])
    assert "--package" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["nonsense"], ["-3"], ["100", "200"]])
def test_anything_else_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: python -m benchmarks" in capsys.readouterr().err


def test_a_real_folder_gets_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.py").write_text("from openai import OpenAI\nclient = OpenAI()\n", encoding="utf-8")
    real.run([str(tmp_path)])
    said = capsys.readouterr().out
    assert said.startswith(f"{tmp_path.name}, 1 files: program ")
    assert "x the facts of every file (" in said
    assert said.endswith("1 call sites\n")
