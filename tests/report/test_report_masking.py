"""Nothing that looks like a key is ever shown, and nothing else is hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.prompts.detection.spans import Span
from migrate.report.masking import mask, mask_argument, mask_line, masked

MASKED = {
    'api_key="sk-proj-0123456789abcd"': 'api_key="sk-…abcd"',
    "sk-0123456789abcd sk-9876543210dcba": "sk-…abcd sk-…dcba",
    "'sk-short123'": "'sk-…'",
    "gsk_0123456789abcd": "gsk_…abcd",
    "AIzaSy0123456789abcd": "AIza…abcd",
    "ghp_0123456789abcd": "ghp_…abcd",
    '{"Authorization": "Bearer eyJhbGciOi.abc-1234"}': '{"Authorization": "Bearer …1234"}',
    "https://user:secret@gateway.example/v1": "https://user:…@gateway.example/v1",
}
KEPT = (
    'os.environ["OPENAI_API_KEY"]',
    'base_url="https://api.evolink.ai/v1"',
    "http://localhost:11434/v1",
    "task-runner-configuration",
    "risk-assessment-of-the-day",
    "sk-learn",
    '"ollama"',
    "model='gpt-5.2'",
    "bearer of bad news",
)


@pytest.mark.parametrize("text", MASKED)
def test_masked(text: str) -> None:
    assert mask(text) == MASKED[text]


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert mask(text) == text


def test_a_key_by_name_needs_no_shape() -> None:
    assert mask_argument("api_key", '"0123456789abcdef"') == '"…cdef"'
    assert mask_argument("user", '"0123456789abcdef"') == '"0123456789abcdef"'
    assert mask_argument("api_key", 'os.environ["OPENAI_API_KEY"]') == 'os.environ["OPENAI_API_KEY"]'
    assert mask_argument("api_key", '"ollama"') == '"ollama"'
    assert mask_argument("api_key", '"sk-0123456789abcd"') == '"sk-…abcd"'


@given(st.text(), st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=20, max_size=40))
def test_no_key_survives_any_surroundings(around: str, key: str) -> None:
    assert f"sk-{key}" not in mask(f"{around} sk-{key} {around}")


@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            'client = OpenAI(api_key="0123456789abcdef", timeout=3)',
            'client = OpenAI(api_key="…cdef", timeout=3)',
        ),
        ("OPENAI_API_KEY = '0123456789abcdef'", "OPENAI_API_KEY = '…cdef'"),
        ('{"api_key": "0123456789abcdef"}', '{"api_key": "…cdef"}'),
        ('settings["token"] = "0123456789abcdef"', 'settings["token"] = "…cdef"'),
        ('OpenAI(api_key="sk-0123456789abcd")', 'OpenAI(api_key="sk-…abcd")'),
        ('OpenAI(api_key=os.environ["OPENAI_API_KEY"])', 'OpenAI(api_key=os.environ["OPENAI_API_KEY"])'),
        ('ask(model="gpt-4o-mini", tokens="0123456789")', 'ask(model="gpt-4o-mini", tokens="0123456789")'),
    ],
)
def test_a_line_of_code(line: str, shown: str) -> None:
    assert mask_line(line) == shown


def test_spans_move_with_what_is_masked() -> None:
    key = "sk-proj-0123456789abcd"
    text = f"Use {key}. Think first. Use {key}. Be kind."
    spans = [
        Span(text.index(one), text.index(one) + len(one), one) for one in ("Use", "Think first.", "Be kind.")
    ]
    shown, moved = masked(text, spans)
    assert shown == "Use sk-…abcd. Think first. Use sk-…abcd. Be kind."
    assert [shown[one.start : one.end] for one in moved] == ["Use", "Think first.", "Be kind."]
