"""Takes whole sentences out of a text with the line, the list marker and the blank line that stood for them
alone, and the words of the next sentence that pointed back to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrate.prompts.language.sentences import Sentence, Sentences
from migrate.prompts.language.tokens import BREAK, Tokens, fold
from migrate.prompts.language.words import Words
from migrate.prompts.simplification.edits import TextEdit
from migrate.prompts.simplification.joining import capital

_MARKER = re.compile(r"[ \t>]*(?:[-*•–+]|\(?\d{1,3}[.):]|\(?[A-Za-z][.)])?[ \t*_`\"]*")
_HEADING = re.compile(r"[ \t]*(?:#{1,6} .*|\*\*[^*]+\*\*:?|.{1,60}[:：])[ \t*]*")
_HEADING_MARK = re.compile(r"[ \t]*#")
_ITEM = re.compile(r"[ \t]*(?:[-*•–+]|\(?\d{1,3}[.):])[ \t]")
_NUMBERED = re.compile(r"([ \t]*\(?)(\d{1,3})([.):])")
_SPACE = re.compile(r"\s*")
_BLANKS = re.compile(r"[ \t]*")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_ITEMS = 100


class Orphaned(Exception):  # noqa: N818 - an answer, not an error
    """Taking the sentence out would leave a heading or an introduction with nothing under it."""


def without(
    text: str, run: tuple[Sentence, Sentence], headings: frozenset[str] = frozenset()
) -> list[TextEdit]:
    """The edits that take a run of sentences out, and a heading of the words ``headings`` that stood over
    nothing else. Raises Orphaned."""
    start, end = run[0].start, run[1].end
    line = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    alone_before = _MARKER.fullmatch(text, line, start) is not None
    alone_after = not text[end:line_end].strip(" \t\r")
    if alone_before and alone_after:
        return _without_lines(text, line, line_end, headings)
    if alone_before:
        return [TextEdit(start, end + _blanks(text, end))]
    begin = len(text[line:start].rstrip(" \t")) + line
    return [TextEdit(begin, end)]


def _without_lines(text: str, line: int, line_end: int, headings: frozenset[str]) -> list[TextEdit]:
    before, after = _last_said(text, line), _next_said(text, line_end)
    if before and _heads_nothing(text, before, line_end):
        heading = text.rfind("\n", 0, before) + 1
        said = {fold(word) for word in _WORD.findall(text, heading, before)}
        if not said or not said <= headings or text[before - 1] in ":：":
            raise Orphaned
        return _without_lines(text, heading, line_end, frozenset())
    if not before:
        return [TextEdit(line, max(text.rfind("\n", line_end, after) + 1, line_end))]
    if after == len(text):
        # What ends the text stays as it was: nothing, a line end, the indentation of closing quotes.
        return [TextEdit(before, max(text.rfind("\n", line_end, after), line_end))]
    blank_before = text.count("\n", before, line) > 1
    blank_after = text.count("\n", line_end, after) > 1
    end = text.rfind("\n", line_end, after) + 1 if blank_before and blank_after else line_end + 1
    return [TextEdit(line, end)]


def _heads_nothing(text: str, end: int, line_end: int) -> bool:
    """Whether the line that ends at ``end`` is a heading whose only content stood in the lines that go."""
    line = text.rfind("\n", 0, end) + 1
    if not _HEADING.fullmatch(text[line:end]):
        return False
    after = _next_said(text, line_end)
    rest = text[after : after + 200].split("\n", 1)[0]
    if text[line:end].lstrip().startswith(("#", "**")):
        return not rest or _HEADING.fullmatch(rest) is not None
    gone = text[end:line_end].strip("\n")
    return _ITEM.match(gone) is not None and _ITEM.match(rest + " ") is None


def renumbered(text: str, gone: Sequence[TextEdit]) -> list[TextEdit]:
    """Numbered lists close up behind the items that go."""
    ends = {edit.start: edit.end for edit in gone}
    edits: list[TextEdit] = []
    done = -1
    for edit in gone:
        first = _NUMBERED.match(text, edit.start)
        if first is None or edit.start < done:
            continue
        number = was = int(first[2])
        line = edit.start
        while len(edits) < _MOST_ITEMS and (item := _item_at(text, line, first, was)) is not None:
            if line not in ends:
                edits.append(TextEdit(item.start(2), item.end(2), str(number)))
                number += 1
            was += 1
            done = line
            line = _following_item(text, max(ends.get(line, 0), item.end()), first)
    return [edit for edit in edits if text[edit.start : edit.end] != edit.new]


def _item_at(text: str, line: int, like: re.Match[str], number: int) -> re.Match[str] | None:
    """The item of the same list at the beginning of a line, if it has this number."""
    item = _NUMBERED.match(text, line)
    same = item is not None and (item[1], item[3], int(item[2])) == (like[1], like[3], number)
    return item if same else None


def _following_item(text: str, at: int, like: re.Match[str]) -> int:
    """Where the line of the next numbered item begins, or the end of the text."""
    line = at if at and text[at - 1] == "\n" else text.find("\n", at) + 1
    while 0 < line < len(text):
        item = _NUMBERED.match(text, line)
        if item is not None and (item[1], item[3]) == (like[1], like[3]):
            return line
        if _HEADING_MARK.match(text, line):
            break
        line = text.find("\n", line) + 1
    return len(text)


def _next_said(text: str, at: int) -> int:
    """Where the next character is that is no white space; the end of the text where there is none."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _last_said(text: str, at: int) -> int:
    """Where white space begins that ends at a place."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() - at if found else 0


def without_sequel(
    run: tuple[Sentence, Sentence], sentences: Sentences, tokens: Tokens, words: Words
) -> TextEdit | None:
    """The edit that lets the sentence behind a run begin anew: ``Then print`` becomes ``Print``."""
    number = sentences.index(run[1].first) + 1
    if number >= len(sentences):
        return None
    following = sentences.all[number]
    length = words.sequels.at(tokens, following.first)
    while (
        length
        and following.first + length < following.last
        and (tokens.words[following.first + length] in ",，、")
    ):
        length += 1
    if not length or following.first + length > following.last:
        return None
    if not words.firsts.at(tokens, run[0].first) and _led(run[0], sentences, tokens):
        return None
    start = tokens.starts[following.first]
    end, new = capital(tokens, following.first + length)
    return TextEdit(start, end, new)


def _led(first: Sentence, sentences: Sentences, tokens: Tokens) -> bool:
    """Whether a sentence of the same paragraph stands before, which a ``then`` could go on from."""
    number = sentences.index(first.first) - 1
    if number < 0:
        return False
    before = sentences.all[number]
    return BREAK not in tokens.words[before.last : first.first]
