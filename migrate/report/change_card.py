"""One change as ``apply -i`` shows it: rules, reasons, safety, and a diff that marks words that differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from migrate.report.masking import mask
from migrate.review.diff import patch_text

if TYPE_CHECKING:
    from migrate.review.cards import Card
    from migrate.rewrite.proposal import FileChange

# A text and how to paint it: one of bold, red, green, cyan, old or new (the last two for words that differ).
Paint: TypeAlias = Callable[[str, str], str]

_WORD = re.compile(r"\w+|\s+|.")


def change_card(card: Card, number: int, amount: int, paint: Paint, price: str = "") -> str:
    """The whole card; ``price`` is a line on what the change does to the bill, where that is known."""
    files = f"{len(card.files)} files" if len(card.files) > 1 else card.files[0].path
    lines = [paint(f"change {number} of {amount}, {files}", "bold")]
    for one in card.findings:
        lines.append(f"{paint(one.rule, 'cyan')} {one.place} [{one.safety}]")
        lines += [f"    {' '.join(mask(text).split())}" for text in (one.message, one.cure) if text]
    if price:
        lines.append(price)
    for file in card.files:
        lines += ["", *_diff(file, paint)]
    return "\n".join(lines) + "\n"


def _diff(change: FileChange, paint: Paint) -> Iterator[str]:
    old: list[str] = []
    new: list[str] = []
    for line in [*patch_text(change).splitlines(), ""]:
        if line.startswith("-") and not line.startswith("--- "):
            old.append(line[1:])
        elif line.startswith("+") and not line.startswith("+++ "):
            new.append(line[1:])
        else:
            yield from _run(old, new, paint)
            old, new = [], []
            if line.startswith(("diff ", "---", "+++")):
                yield paint(line, "bold")
            elif line:
                yield paint(line, "cyan") if line.startswith("@@") else line


def _run(old: list[str], new: list[str], paint: Paint) -> Iterator[str]:
    """Lines that go and lines that come; where they pair up, only the words that differ are marked."""
    pairs = [_words(one, other, paint) for one, other in zip(old, new, strict=False)]
    yield from (paint("-", "red") + one for one, _ in pairs)
    yield from (paint("-" + one, "red") for one in old[len(pairs) :])
    yield from (paint("+", "green") + other for _, other in pairs)
    yield from (paint("+" + one, "green") for one in new[len(pairs) :])


def _words(old: str, new: str, paint: Paint) -> tuple[str, str]:
    before, after = _WORD.findall(mask(old)), _WORD.findall(mask(new))
    left: list[str] = []
    right: list[str] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        gone, come = "".join(before[first:last]), "".join(after[new_first:new_last])
        left.append(paint(gone, "red" if kind == "equal" else "old") if gone else "")
        right.append(paint(come, "green" if kind == "equal" else "new") if come else "")
    return "".join(left), "".join(right)
