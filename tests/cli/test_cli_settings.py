"""Wrong flags and wrong settings: code 2, and one line that names flag or key, value and cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_runs import CALL, make_repository, refused, repoint

# The arguments, and words of the one line they end in.
WRONG: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("chek",), ("no verb 'chek'", "did you mean 'check'?")),
    "strange verb": (("zzz",), ("no verb 'zzz'", "the verbs are scan, check, report")),
    "flag": (("check", "--gatway", "x"), ("--gatway", "--gateway", "See repoint check -h.")),
    "format": (("check", "--format", "xml"), ("--format", "'xml'", "'github'")),
    "stage": (("diff", "--stage", "modle"), ("--stage", "'modle'", "'model'")),
    "include": (("apply", "--include", "all"), ("--include", "'all'", "'review'")),
    "style": (("apply", "--style", "no"), ("--style", "'no'", "'literal'")),
    "client": (("apply", "--move-client", "groq"), ("--move-client", "'groq'", "'azure'")),
    "gateway": (("check", "--gateway", "evolnk"), ("--gateway: unknown gateway 'evolnk'", "'evolink'?")),
    "strange gateway": (("check", "--gateway", "zzzz"), ("'zzzz'; known are azure-foundry, ", "vercel")),
    "strong": (("check", "--strong", "gpt-5.2x"), ("--strong: unknown model 'gpt-5.2x'", "'gpt-5.2'?")),
    "fast": (("check", "--fast", "zzzz"), ("--fast: unknown model 'zzzz'", "[tool.repoint]")),
    "only": (("check", "--only", "leaking-keys"), ("--only: unknown rule 'leaking-keys'", "'leaking-key'?")),
    "skip": (("check", "--skip", "direct"), ("--skip: unknown rule 'direct'", "'direct-client'?")),
    "address": (("check", "--base-url", "evolink.ai"), ("--base-url: expected a URL",)),
    "key": (("check", "--key-env", "sk-live-key"), ("--key-env: expected the name of an environment",)),
    "no address": (("check", "--gateway", "cloudflare"), ("--gateway: cloudflare", "with --base-url")),
    "day": (("check", "--today", "tomorrow"), ("--today: expected a date", "'tomorrow'")),
    "loudness": (("check", "-q", "-v"), ("-q and -v",)),
    "no value": (("check", "--gateway"), ("--gateway", "requires an argument")),
    "no rule": (("explain",), ("'ID'",)),
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "r", {"bot.py": CALL})


@pytest.mark.parametrize("name", WRONG)
def test_wrong_flags(repository: Path, name: str) -> None:
    arguments, words = WRONG[name]
    assert refused(repoint(repository, *arguments), *words)
    assert (repository / "bot.py").read_text() == CALL


@pytest.mark.parametrize("verb", ["scan", "check", "diff", "apply"])
def test_every_verb_reads_the_settings(repository: Path, verb: str) -> None:
    file = repository / "pyproject.toml"
    file.write_text('[tool.repoint]\ngatway = "x"\n')
    done = repoint(repository, verb)
    assert refused(done, f"{file}: [tool.repoint] gatway: unknown key", 'did you mean "gateway"?')


def test_a_wrong_value_of_the_file_names_the_file(repository: Path) -> None:
    file = repository / "repoint.toml"
    file.write_text('gateway = "evolnk"\n')
    assert refused(repoint(repository, "check"), f"gateway in {file}", "'evolnk'", "'evolink'?")
    file.write_text('gateway = "cloudflare"\nbase-url = "https://gw.example/v1"\n')
    assert repoint(repository, "check").returncode == 1
    file.write_text("gateway = \n")
    assert refused(repoint(repository, "check"), f"{file}:1: ")


def test_wrong_use_outranks_a_broken_file(repository: Path) -> None:
    (repository / "broken.py").write_text("import openai\ndef (:\n")
    assert repoint(repository, "check").returncode == 3
    assert refused(repoint(repository, "check", "--gateway", "no"), "--gateway")


def test_a_missing_path_stops_before_anything_is_written(repository: Path) -> None:
    assert refused(repoint(repository, "apply", "bot.py", "bto.py"), "bto.py: not found; correct the path")
    assert (repository / "bot.py").read_text() == CALL


def test_the_nearest_settings_hold(repository: Path) -> None:
    (repository / "pyproject.toml").write_text('[tool.repoint]\nexclude = ["*.py"]\n')
    (repository / "sub").mkdir()
    (repository / "sub" / "repoint.toml").write_text("")
    (repository / "sub" / "bot.py").write_text(CALL)
    assert "no Python files" in repoint(repository, "scan").stderr
    assert "1 call" in repoint(repository, "scan", "sub").stderr
    assert "1 call" in repoint(repository / "sub", "scan").stderr


def test_exclude(repository: Path) -> None:
    done = repoint(repository, "scan", "--exclude", "bot.*")
    assert done.stderr.splitlines() == [
        "bot.py: skipped: excluded by the settings; change exclude to include it",
        "no Python files in this folder",
    ]
