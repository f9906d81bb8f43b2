"""Whether a rewritten prompt still is the same: placeholders, output contract, examples, language, length.

It trusts nothing that the answer says of itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from migrate.catalog.promptwords import PromptWords
from migrate.prompts.detection.records import Cue, parts, said
from migrate.prompts.language.placeholders import placeholders

_FENCE = re.compile(r"```.*?```", re.DOTALL)
_KEPT = (
    re.compile(r"</?[A-Za-z][\w-]{0,40}/?>"),  # tags
    re.compile(r"`[^`\n]{1,120}`"),
    re.compile(r'"[^"\n]{1,60}"(?=\s*:)'),  # keys
    re.compile(r"(?<![\w.])\d[\d.,]*\d|(?<!\w)\d(?!\w)"),
    re.compile(r"https?://[^\s)\"'>]+"),
    re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b"),
)
_QUOTED = re.compile(r"[\"“]([^\"“”\n]{1,60})[\"”]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NUMBER_AT_LINE = re.compile(r"(?m)^\s*(?:\(?\d{1,3}[.):]\s)")
_WORD = re.compile(r"[^\W\d_]+")


def refusals(
    old: str, new: str, longest: int, fields: Sequence[str], words: PromptWords, cues: Mapping[str, Cue]
) -> Iterator[str]:
    """Why ``new`` does not take the place of ``old``; nothing where it does. ``fields`` are filled in at run
    time, beside those that can be seen in the text; ``cues`` are labels that tell the parts of examples."""
    if not new.strip():
        yield "it is empty"
        return
    if len(new) > longest:
        yield f"it is longer than asked: {len(new)} characters, not {longest}"
    if any(unicodedata.category(one) == "Cc" and one not in "\n\t" for one in new):
        yield "it holds control characters"
    if _fields(old, fields) != _fields(new, fields):
        yield f"its placeholders differ: {_differences(_fields(old, fields), _fields(new, fields))}"
    lost = [one for one in dict.fromkeys(_contract(old)) if one not in new]
    if lost:
        yield f"it lost what an output format may rest on: {', '.join(map(repr, lost[:5]))}"
    flat = " ".join(new.split())
    examples = [one for one in _examples(old, cues) if one not in flat]
    if examples:
        yield f"it changed an example: {examples[0][:60]!r}"
    if language(old, words) != language(new, words):
        yield "it is in another language"


def _fields(text: str, more: Sequence[str]) -> Counter[str]:
    found = Counter(text[start:end] for start, end in placeholders(text))
    for one in dict.fromkeys(more):
        found[one] = text.count(one)
    return +found


def _differences(old: Counter[str], new: Counter[str]) -> str:
    lost, come = old - new, new - old
    parts = [f"{one} is gone" for one in sorted(lost)] + [f"{one} is new" for one in sorted(come)]
    return ", ".join(parts[:5])


def _contract(text: str) -> Iterator[str]:
    """What stands in a prompt for code or a reader to find again. Numbers of a list are not among it."""
    plain = _NUMBER_AT_LINE.sub("", text)
    yield from _FENCE.findall(plain)
    for pattern in _KEPT:
        for match in pattern.finditer(plain):
            yield match[0].rstrip(".,")
    for match in _QUOTED.finditer(plain):
        yield match[1]


def _examples(text: str, cues: Mapping[str, Cue]) -> Iterator[str]:
    """What is asked and answered in examples, with its label: up to a blank line, where instructions may go
    on. A text in which nothing is answered has no example."""
    told = [one for one in parts(text, cues) if one.cue in ("question", "answer") and said(text, one)]
    if not any(one.cue == "answer" for one in told):
        return
    for one in told:
        blank = _BLANK_LINE.search(text, one.start, one.end)
        yield " ".join(text[one.begin : blank.start() if blank else one.end].split())


def language(text: str, words: PromptWords) -> tuple[str, str]:
    """(script, language) of a text as far as they are plain; an empty language where they are not."""
    scripts: Counter[str] = Counter()
    for one in text:
        if one.isalpha():
            scripts[unicodedata.name(one, "?").partition(" ")[0]] += 1
    if not scripts:
        return "", ""
    script = scripts.most_common(1)[0][0]
    said = [one.lower() for one in _WORD.findall(text)]
    counts = {name: sum(one in known for one in said) for name, known in words.languages.items()}
    best = sorted(counts.items(), key=lambda row: -row[1])
    clear = best[0][1] >= 3 and best[0][1] > 1.5 * best[1][1]
    return script, best[0][0] if clear else ""
