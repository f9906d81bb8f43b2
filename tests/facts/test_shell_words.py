"""Words of commands are what the shell reads, and each of their characters knows where it is written."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.facts.shell.bodies import body_of
from migrate.facts.shell.curl import curl_requests
from migrate.facts.shell.scanning import command_at
from migrate.facts.shell.words import UNKNOWN, Dialect, Quoting, Word, spelled
from migrate.sources.lines import Lines


def words(text: str, dialect: Dialect = "shell") -> list[str]:
    return [one.text for one in command_at(text, 0, dialect).words]


@given(st.lists(st.text(st.sampled_from("ab \"'\\{}:,\n$`é"), max_size=12), min_size=1, max_size=4))
def test_what_a_shell_quotes_is_read_as_it_was(parts: list[str]) -> None:
    assert words(shlex.join(parts)) == parts


@given(st.text(st.sampled_from('ab "\\{}:'), max_size=20))
def test_without_expansions_words_are_those_of_shlex(text: str) -> None:
    try:
        expected = shlex.split(text)
    except ValueError:
        return  # a quote that is not closed, or a backslash at the end
    assert words(text) == expected


@given(st.text(st.sampled_from("ab \"'\\$`:{}"), max_size=12), st.sampled_from(["single", "double"]))
def test_what_is_spelled_is_read_again(text: str, quoting: Quoting) -> None:
    written = spelled(text, quoting, "shell")
    mark = "'" if quoting == "single" else '"'
    if written is None:
        assert quoting == "single"
        assert "'" in text
    else:
        assert words(f"{mark}{written}{mark}") == [text]


@pytest.mark.parametrize(
    ("text", "dialect", "found"),
    [
        ("a b # c", "shell", ["a", "b"]),
        ("a | b", "shell", ["a"]),
        ("a > out 2>&1 b", "shell", ["a", "b"]),
        ("a \\\n  b\nc", "shell", ["a", "b"]),
        ("a \\\r\n b", "shell", ["a", "b"]),
        ('"$A/${B}$(c "d")"', "shell", [f"{UNKNOWN}/{UNKNOWN}{UNKNOWN}"]),
        ("'$A'", "shell", ["$A"]),
        ("'$$A' $(B)", "make", [UNKNOWN, UNKNOWN]),
        ("'{ \\\n}'", "docker", ["{ }"]),
        ("'{ \\\n}'", "shell", ["{ \\\n}"]),
        ('-H "X: ${{ secrets.KEY }}"', "shell", ["-H", f"X: {UNKNOWN}"]),
        ('-d "$(cat <<EOF\n{$A}\nEOF\n)" b', "shell", ["-d", f"{{{UNKNOWN}}}\n", "b"]),
    ],
)
def test_forms(text: str, dialect: Dialect, found: list[str]) -> None:
    assert words(text, dialect) == found


def test_variables_and_defaults_have_their_places() -> None:
    text = 'x "a${MODEL:-gpt-4}" ${{ secrets.KEY }} $B'
    rows = [one for word in command_at(text, 0).words for one in word.variables]
    assert [text[one.start : one.end] for one in rows] == ["MODEL", "KEY", "B"]
    assert [one.default and text[slice(*one.default)] for one in rows] == ["gpt-4", None, None]


def test_a_body_stands_where_it_is_written() -> None:
    text = """curl -X POST -d "{\\"model\\": \\"gpt-4\\", \\"n\\": $N}" https://api.openai.com/v1/x"""
    (request,) = curl_requests("a.sh", text)
    assert isinstance(request.body, Word)
    body = body_of(request.body, Lines(text))
    assert body is not None
    assert body.json == '{"model": "gpt-4", "n": 0}'
    assert Lines(text).slice(body.tree.span) == text[text.index("{") : text.index("}") + 1]
    assert [one.text for one in request.urls] == ["https://api.openai.com/v1/x"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("curl -d a=1 -d b=2 http://x", "its body is put together of several pieces"),
        ("echo {} | curl -d @- http://x", "its body comes from another command"),
        ("curl -d @$FILE http://x", "its body is in a file whose name is filled in"),
    ],
)
def test_what_is_not_known_of_a_body_is_said(text: str, problem: str) -> None:
    (request,) = curl_requests("a.sh", text)
    assert (request.problem, request.body) == (problem, None)


@pytest.mark.parametrize("text", ["# curl http://x", "x-curl http://x", 'echo "curl http://x"', "curl"])
def test_no_command(text: str) -> None:
    assert not list(curl_requests("a.sh", text))
