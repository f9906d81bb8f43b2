"""Configuration files as expressions: the values, their places, and what is left out."""

from __future__ import annotations

import pytest

from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import Format, document
from migrate.facts.expressions import Constant, Expression, Mapping, Opaque, Sequence
from migrate.sources.lines import Lines

WRITTEN: tuple[tuple[Format, str], ...] = (
    ("json", '{"a": {"é": "gpt-4o"},\n\t"list": [1, "gpt-4", true], "t": null}'),
    ("yaml", "a:\n  é: gpt-4o\nlist: [1, 'gpt-4', yes]\nt: ~\n"),
    ("yaml", "base: &base {é: gpt-3.5, x: 1}\na: {<<: *base, é: gpt-4o}\nlist:\n- 1\n- gpt-4\n- true\nt:\n"),
    ("toml", "list = [1, # one\n 'gpt-4', true,]\n[a]\n\"é\" = \"gpt-4o\" # not 'this'\n"),
    ("toml", 'a = { "é" = """gpt-4o""" }\nlist = [ 1, "gpt-4", true ]'),
)


@pytest.mark.parametrize(("form", "text"), WRITTEN)
def test_values_and_places(form: Format, text: str) -> None:
    root = document(text, form)
    model, second = _at(root, "a", "é"), _at(root, "list", 1)
    assert isinstance(model, Constant)
    assert isinstance(second, Constant)
    assert (model.value, second.value) == ("gpt-4o", "gpt-4")
    assert "gpt-4o" in Lines(text).slice(model.span)
    assert Lines(text).slice(second.span).strip("\"'") == "gpt-4"
    assert _at(root, "list", 2) == Constant(_at(root, "list", 2).span, True)


def test_tables_of_a_list_and_dotted_keys() -> None:
    root = document("x.y = 1\n[[m]]\nid = 'a'\n[m.n]\nid = 'b'\n[[m]]\nid = 'c'\n", "toml")
    found = [_at(root, "x", "y"), _at(root, "m", 0, "n", "id"), _at(root, "m", 1, "id")]
    assert [one.value for one in found if isinstance(one, Constant)] == [1, "b", "c"]


def test_ini_takes_the_default_section_and_lower_case() -> None:
    root = document("[DEFAULT]\nsmall = gpt-4o-mini\n[llm]\nModel: gpt-4o\nlong = a\n  b\n", "ini")
    assert _at(root, "llm", "model") == Constant(_at(root, "llm", "model").span, "gpt-4o")
    assert _at(root, "llm", "small") == Constant(_at(root, "llm", "small").span, "gpt-4o-mini")
    assert isinstance(_at(root, "llm", "long"), Opaque)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("api_key", "abc"),
        ("OPENAI_API_KEY", "abc"),
        ("db-password", "x"),
        ("other", "sk-proj-abcdefgh12345678"),
        ("url", "postgres://me:secret@host/db"),
        ("id", "0123456789abcdef0123456789abcdef"),
    ],
)
def test_secrets_are_left_out(key: str, value: str) -> None:
    for form, text in (("json", f'{{"{key}": "{value}"}}'), ("yaml", f'{key}: "{value}"')):
        found = _at(document(text, form), key)  # type: ignore[arg-type]
        assert isinstance(found, Opaque)
        assert value not in repr(found)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("model", "gpt-4o"),
        ("max_tokens", "many"),
        ("keyboard", "de"),
        ("base_url", "https://api.openai.com/v1"),
    ],
)
def test_settings_are_no_secrets(key: str, value: str) -> None:
    assert isinstance(_at(document(f'{key} = "{value}"', "toml"), key), Constant)


@pytest.mark.parametrize(
    ("form", "text", "line"),
    [
        ("json", '{\n "a": 1,,\n}', 2),
        ("json", '{"a": 1} 2', 1),
        ("json", "", 1),
        ("yaml", "a: 1\nb: [\n", 3),
        ("yaml", "a: 1\n---\nb: 2\n", 2),
        ("toml", "a = 1\nb =\n", 2),
        ("ini", "nothing\n", 1),
        ("json", "[" * 100_000, 1),
        ("yaml", "[" * 100_000, 1),
    ],
)
def test_broken_files_name_their_line(form: Format, text: str, line: int) -> None:
    with pytest.raises(DocumentError) as caught:
        document(text, form)
    assert caught.value.line == line


def test_anchors_that_multiply_end() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert isinstance(document("\n".join(rows), "yaml"), Mapping)


def test_an_anchor_inside_itself_ends() -> None:
    found = _at(document("a: &a [*a]\n", "yaml"), "a")
    assert isinstance(found, Sequence)
    assert isinstance(found.items[0], Opaque)


def _at(root: Expression, *keys: str | int) -> Expression:
    for key in keys:
        if isinstance(root, Sequence):
            assert isinstance(key, int)
            root = root.items[key]
        else:
            assert isinstance(root, Mapping)
            root = next(v for k, v in root.entries if isinstance(k, Constant) and k.value == key)
    return root


def test_yaml_places_count_lines_as_python_does() -> None:
    text = "a: x\u2028y: 1\r\nb: gpt-4\nc: |\n  last\n  line"
    value = document(text, "yaml")
    assert isinstance(value, Mapping)
    lines = Lines(text)
    assert [lines.slice(one.span) for _, one in value.entries][2:] == ["gpt-4", "|\n  last\n  line"]
