"""``repoint prompts`` on bare texts, as a real process."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from cli_runs import command, environment, refused, repoint

TEXT = "Is 17 prime? Let's think step by step.\n\nAnswer yes or no.\n"


def lines(stdout: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in stdout.splitlines()]


def test_a_text(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    done = repoint(tmp_path, "prompts", "--text", "p.txt")
    assert done.returncode == 1
    assert "p.txt:1:14  zero_shot_cot  Let's think step by step" in done.stdout
    assert "-Is 17 prime? Let's think step by step.\n+Is 17 prime?\n" in done.stdout


def test_a_text_with_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("Translate {x} into French.", encoding="utf-8")
    done = repoint(tmp_path, "prompts", "--text", "p.txt", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "id": "p.txt",
        "flag": False,
        "labels": ["none"],
        "spans": [],
        "rewrite": None,
        "policy": "none",
    }


def test_stdin_and_offsets_in_code_points(tmp_path: Path) -> None:
    given = json.dumps({"id": "a", "text": "😀 Think step by step. Say yes or no to {q}"}) + "\n"
    done = subprocess.run(
        command("prompts", "--jsonl", "-"),
        cwd=tmp_path,
        env=environment(tmp_path),
        input=given.encode(),
        capture_output=True,
        check=False,
    )
    (line,) = lines(done.stdout.decode())
    assert (line["id"], line["policy"]) == ("a", "auto")
    assert line["rewrite"] == "😀 Say yes or no to {q}"
    assert line["spans"] == [{"start": 2, "end": 21, "label": "zero_shot_cot"}]


def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = (
        b'\xef\xbb\xbf{"id": "1", "text": "Think step by step. Answer {q} in one word."}\r\n',
        b"{not json}\n\n",
        b'{"id": "3", "text": "\xff"}\n',
        b'{"id": "4", "txt": "x"}\n[1]\n{"id": "6", "text": 3}\n',
        b'{"id": 7, "text": "", "lang": "en"}\n',
    )
    (tmp_path / "in.jsonl").write_bytes(b"".join(rows))
    done = repoint(tmp_path, "prompts", "--jsonl", "in.jsonl")
    assert done.returncode == 3
    assert [line["id"] for line in lines(done.stdout)] == ["1", "7"]
    told = done.stderr.splitlines()
    assert told[0].startswith("repoint: in.jsonl:2: not JSON: ")
    assert told[1] == "repoint: in.jsonl:4: not UTF-8 at byte 22; this line is left out"
    assert (
        told[2]
        == "repoint: in.jsonl:5: key 'text' is missing; did you mean it by 'txt'?; this line is left out"
    )
    assert told[3].startswith("repoint: in.jsonl:6: no object; ")
    assert told[4] == "repoint: in.jsonl:7: key 'text' is no string; this line is left out"
    assert told[5] == "repoint: in.jsonl:8: unknown key 'lang' is not read, here and below"


def test_wrong_use(tmp_path: Path) -> None:
    assert refused(repoint(tmp_path, "prompts", "--text", "none.txt"), "none.txt", "check the path")
    assert refused(repoint(tmp_path, "prompts", "--text", "a", "--jsonl", "b"), "exclude each other")
    (tmp_path / "p.txt").write_bytes(b"caf\xe9")
    assert refused(repoint(tmp_path, "prompts", "--text", "p.txt"), "not UTF-8 at byte 3")
