"""Any stretch of any literal is replaced where it stands, and nowhere else, whatever its form."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.errors import ProofError
from migrate.findings.edits import ReplaceText
from migrate.rewrite.engine.apply import rewrite_text
from migrate.sources.lines import Lines
from migrate.sources.place import Span

WORDS = st.text(alphabet="ab c.\n'\"\\{}é😀", max_size=12)


def edited(source: str, literal: str, *changes: tuple[str, str]) -> str:
    """``source`` with changes (source text, new text) in the literal that is written as ``literal``."""
    lines = Lines(source)
    start = source.index(literal)
    span = lines.between(start, start + len(literal))
    edits = []
    for raw, new in changes:
        at = start + literal.index(raw)
        old = ast.literal_eval(f'"""{raw}"""') if raw else ""
        edits.append(ReplaceText(span, old, new, lines.between(at, at + len(raw))))
    return rewrite_text(source, edits)


@pytest.mark.parametrize(
    ("source", "literal", "changes", "expected"),
    [
        ('a = "one two one"\n', '"one two one"', [(" two", "")], 'a = "one one"\n'),
        (
            'a = f"x {b} y {b!r} z"\n',
            'f"x {b} y {b!r} z"',
            [(" y ", " {q} ")],
            'a = f"x {b} {{q}} {b!r} z"\n',
        ),
        (
            "a = ('one ' f'two {b} ' \"three\")\n",
            "f'two {b} '",
            [("two", "it's")],
            "a = ('one ' f'it\\'s {b} ' \"three\")\n",
        ),
        (
            'a = """é\n  b\\tc\n"""\n',
            '"""é\n  b\\tc\n"""',
            [("b\\tc", "d\n  e")],
            'a = """é\n  d\n  e\n"""\n',
        ),
        ('a = """é\r\nb"""\r\n', '"""é\r\nb"""', [("b", "c\nd")], 'a = """é\r\nc\r\nd"""\r\n'),
        ('a = "b\\nc"\n', '"b\\nc"', [("b", "d\ne")], 'a = "d\\ne\\nc"\n'),
        ('f("a b c")\n', '"a b c"', [("a", "A"), ("c", "C")], 'f("A b C")\n'),
        ('a = r"\\d one"\n', 'r"\\d one"', [(" one", "")], 'a = r"\\d"\n'),
    ],
)
def test_stretches(source: str, literal: str, changes: list[tuple[str, str]], expected: str) -> None:
    assert edited(source, literal, *changes) == expected


@pytest.mark.parametrize(
    ("source", "literal", "changes"),
    [
        ('a = "one" " two"\n', '"one" " two"', [("two", "")]),
        ('a = "one two"\n', '"one two"', [("one t", "1"), ("two", "2")]),
        ('a = r"one"\n', 'r"one"', [("one", '"')]),
        ('a = b"one"\n', 'b"one"', [("one", "two")]),
        ('a = f"x {b} y"\n', 'f"x {b} y"', [("{b}", "")]),
    ],
)
def test_stretches_that_are_refused(source: str, literal: str, changes: list[tuple[str, str]]) -> None:
    with pytest.raises(ProofError):
        edited(source, literal, *changes)


def test_a_stretch_that_reads_otherwise_is_refused() -> None:
    with pytest.raises(ProofError, match="does not read"):
        rewrite_text('a = "one"\n', [ReplaceText(Span(1, 5, 1, 10), "two", "x", Span(1, 6, 1, 9))])


@given(before=WORDS, old=WORDS, behind=WORDS, new=WORDS, prefix=st.sampled_from(["", "f", "u"]))
def test_a_literal_reads_as_the_edit_says(before: str, old: str, behind: str, new: str, prefix: str) -> None:
    def spelled(text: str) -> str:
        body = text.encode("unicode_escape").decode().replace('"', '\\"')
        return body.replace("{", "{{").replace("}", "}}") if prefix == "f" else body

    literal = f'{prefix}"{spelled(before)}{spelled(old)}{spelled(behind)}"'
    source = f"# é\nvalue = g({literal}, 1)\n"
    at = source.index(literal) + len(prefix) + 1 + len(spelled(before))
    lines = Lines(source)
    within = lines.between(at, at + len(spelled(old)))
    start = source.index(literal)
    if (old, new) == ("", "") or old == new:
        return
    edit = ReplaceText(lines.between(start, start + len(literal)), old, new, within)
    changed = rewrite_text(source, [edit])
    call = ast.parse(changed).body[0].value  # type: ignore[attr-defined]
    node = call.args[0]
    value = node.value if isinstance(node, ast.Constant) else "".join(one.value for one in node.values)
    assert value == before + new + behind
    assert changed.startswith(source[:at])
    assert changed.endswith(source[at + len(spelled(old)) :])
