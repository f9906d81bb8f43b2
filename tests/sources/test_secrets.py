"""Which words of a text are secrets, and which only look so."""

from __future__ import annotations

import pytest

from migrate.sources.secrets import secrets_in

KEY = "sk-proj-" + "a1B2c3D4" * 4
PEM = "-----BEGIN PRIVATE KEY-----\nMIIB0a\nb2c3\n-----END PRIVATE KEY-----"
SECRETS = {
    f"Use {KEY}.": [KEY],
    f'Send {{"Authorization": "Bearer {"abc123" * 3}"}} each time.': ["abc123" * 3],
    "The password is hunter2-2026, the user is bob.": ["hunter2-2026"],
    "api_key = 'a8f5f167f44f4964'": ["a8f5f167f44f4964"],
    "Connect to postgres://bob:letmein@db/x first.": ["postgres://bob:letmein@db/x"],
    f"Sign with it:\n{PEM}\nThen answer.": [PEM],
    f"{KEY} and {KEY}": [KEY, KEY],
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.abc is the token": ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.abc"],
}
PLAIN = (
    "Ask for the password: the user knows it.",
    "The key is important, and the token is {token_of_the_user_2026}.",
    "Bearer of bad news, answer {question_about_the_thing_that_was_asked_before_1}.",
    "Each token: at most 20 characters.",
    "See https://platform.example.com/docs/guides/reasoning-best-practices-for-2026.",
)


@pytest.mark.parametrize("text", SECRETS)
def test_secrets(text: str) -> None:
    assert [text[start:end] for start, end in secrets_in(text)] == SECRETS[text]


@pytest.mark.parametrize("text", PLAIN)
def test_no_secrets(text: str) -> None:
    assert secrets_in(text) == []
