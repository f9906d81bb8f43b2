"""``repoint rules`` and ``repoint explain``."""

from __future__ import annotations

import json
from pathlib import Path

from cli_runs import PROJECT, refused, repoint

from migrate.catalog import load
from migrate.report.rule_pages import page

IDS = sorted(path.stem for path in (PROJECT / "rules" / "findings").glob("*.toml"))


def test_every_rule_has_a_line(tmp_path: Path) -> None:
    done = repoint(tmp_path, "rules")
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["rule", "stage", "safety", "title"]
    assert sorted(row.split()[0] for row in rows) == IDS
    assert (done.returncode, done.stderr) == (0, "")


def test_json(tmp_path: Path) -> None:
    document = json.loads(repoint(tmp_path, "rules", "--format", "json").stdout)
    assert document["schema"] == "repoint/rules/1"
    assert sorted(rule["id"] for rule in document["rules"]) == IDS


def test_every_page_is_whole() -> None:
    catalog = load()
    for rule in catalog.rules.values():
        text = page(rule, catalog.sources)
        assert text.startswith(f"{rule.id}: {rule.title}\n")
        assert rule.how_to_ignore in text
        assert ("\nAfter:\n" in text) == bool(rule.example_after.strip())
        for key in rule.sources:
            assert catalog.sources[key].url in text.replace("\n      ", " ")


def test_explain(tmp_path: Path) -> None:
    done = repoint(tmp_path, "explain", "leaking-key")
    assert done.stdout == page(load().rules["leaking-key"], load().sources)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_rule(tmp_path: Path) -> None:
    assert refused(repoint(tmp_path, "explain", "leaking-keys"), "'leaking-keys'", "'leaking-key'?")
    assert refused(repoint(tmp_path, "explain", "zzz"), "'zzz'", "repoint rules")


def test_a_teams_own_rules_file_that_is_broken(tmp_path: Path) -> None:
    (tmp_path / "repoint.toml").write_text('rules = ["ours.toml"]\n')
    assert refused(repoint(tmp_path, "rules"), "ours.toml", "cannot be read")


def test_explain_a_parameter(tmp_path: Path) -> None:
    done = repoint(tmp_path, "explain", "temperature")
    assert done.returncode == 0
    assert "temperature stays, where the effort is none" in done.stdout
    assert "does not support 0 with this model." in done.stdout
    assert "documented (guide-5.2, llmcomp-69), checked on 2026-11-23" in done.stdout


def test_explain_shows_the_rows_behind_a_rule(tmp_path: Path) -> None:
    done = repoint(tmp_path, "explain", "rejected-effort")
    assert "does not support null with this model." in done.stdout
    assert "reported (livekit-3966), checked on" in done.stdout
    assert "The server:" not in repoint(tmp_path, "explain", "leaking-key").stdout


def test_the_page_of_a_technique(tmp_path: Path) -> None:
    done = repoint(tmp_path, "explain", "zero_shot_cot")
    assert done.returncode == 0
    for part in (
        "zero_shot_cot: ",
        "By reasoning effort:",
        "Left alone:",
        "becomes:",
        "Not this:",
        "Known in: ",
    ):
        assert part in done.stdout, part
    assert refused(repoint(tmp_path, "explain", "zero_shot"), "did you mean 'zero_shot_cot'?")


def test_techniques_by_group(tmp_path: Path) -> None:
    done = repoint(tmp_path, "rules", "--techniques")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["technique", "group", "title"]
    groups = [line[1] for line in lines[1:]]
    assert list(dict.fromkeys(groups)) == ["reasoning", "tone", "keep", "advice"]
    assert refused(repoint(tmp_path, "rules", "--techniques", "--format", "json"), "no JSON")
