"""Variables that files of any kind set, each with the place of its value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.sources.assignments import assignments
from migrate.sources.lines import Lines

SECRET = "sk-proj-abcdefghij0123456789"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (
            "Dockerfile",
            'ENV A_MODEL=gpt-4 B_MODEL="gpt-4o" \\\n  C_MODEL=x',
            ["A_MODEL=gpt-4", "B_MODEL=gpt-4o", "C_MODEL=x"],
        ),
        ("Dockerfile", "ENV A_MODEL gpt-4", ["A_MODEL=gpt-4"]),
        (
            "a.yaml",
            "- A_MODEL=gpt-4\n- 'B_MODEL=gpt-4'\nC_MODEL: gpt-4 # x",
            ["A_MODEL=gpt-4", "B_MODEL=gpt-4", "C_MODEL=gpt-4"],
        ),
        ("a.yaml", '- name: A_MODEL\n  value: "gpt-4"', ["A_MODEL=gpt-4"]),
        ("a.yaml", "A_MODEL: ${B_MODEL:-gpt-4}", ["A_MODEL=gpt-4", "B_MODEL=gpt-4"]),
        ("a.yaml", "A_MODEL: ${{ vars.A_MODEL }}\nB_MODEL: $X", []),
        ("a.json", '{"name": "A_MODEL", "value": "gpt-4"}', ["A_MODEL=gpt-4"]),
        ("run.sh", 'export A_MODEL="${A_MODEL:=gpt-4}"\n# B_MODEL=gpt-4', ["A_MODEL=gpt-4"]),
        ("a.tf", 'A_MODEL = "gpt-4"\n// B_MODEL = "gpt-4"', ["A_MODEL=gpt-4"]),
        (".env", "A_MODEL=gpt-4 # x\nB_MODEL='gpt-4'\n#C_MODEL=gpt-4\n", ["A_MODEL=gpt-4", "B_MODEL=gpt-4"]),
        ("Procfile", "web: A_MODEL=gpt-4 gunicorn", ["A_MODEL=gpt-4"]),
        ("a.yaml", f"OPENAI_API_KEY: {SECRET}\nOTHER: {SECRET}\nMY_TOKEN: abc", []),
        ("run.sh", "curl -H NOT_A_MODEL; a.B_MODEL=1; $C_MODEL=2", []),
    ],
)
def test_what_is_set(path: str, text: str, found: list[str]) -> None:
    lines = Lines(text)
    known = assignments(path, text)
    assert sorted(f"{one.name}={one.value}" for one in known) == sorted(found)
    assert all(lines.slice(one.span) == one.value for one in known)


def test_no_value_in_what_is_printed() -> None:
    (one,) = assignments("a.yaml", "A_MODEL: gpt-4")
    assert "gpt-4" not in repr(one)


@given(
    st.text("AB_=:-\"'${}#\n gpt4", max_size=60),
    st.sampled_from(["a.yaml", "run.sh", ".env", "Dockerfile", "a.tf"]),
)
def test_any_text_can_be_read(text: str, path: str) -> None:
    lines = Lines(text)
    for one in assignments(path, text):
        assert lines.slice(one.span) == one.value
        assert one.name in text
