"""``python -m benchmarks prompts``: how well techniques are found and cut, on labelled texts.

The labelled texts stand in fixtures/prompts/: all four sets were built on, three of them after they
had served blind.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from migrate.prompts.analysis import Analysis, analyse

FOLDER = Path(__file__).parents[1] / "fixtures" / "prompts"
SETS = ("labelled", "aside", "fresh", "blind")
BUILT_ON = (
    "all were built on; when they were blind: aside flag precision .932, recall .854, hard negatives .086; "
    "fresh .943, .769, .067; blind .912, .852, .103"
)
LONGEST = 10_000_000
SLOW = (
    *("think step by step. ", "step by ", "a", " ", "{", "<thinking>", '"', "Q: a\nA: b. So c.\n"),
    *("Thought: a\n\n", "Q: a\nA: b\nHypothesis: c\n", "1. Recall it. ", "[Thinking]\n"),
    *("请一步一步", "- \n", "(think step by step) ", "think step by step, "),
)
Row = dict[str, Any]
Pair = tuple[Row, Analysis]

_FLAGGED = {
    *("zero_shot_cot", "reasoning_scaffold", "think_tags", "few_shot_rationale", "plan_and_solve"),
    *("self_critique", "deep_breath", "react_loop", "emotional_stimulus", "tip_or_threat", "caps_shouting"),
}
_RESIDUE = {
    "double space": r"(?<=\S)  +(?=\S)",
    "two blank lines": r"\n[ \t]*\n[ \t]*\n",
    "orphaned connective": (
        r"(?m)(?:^|[.!?] )(?:[Aa]nd|[Tt]hen|[Bb]ut|[Ss]o|[Bb]y)\b|\b(?:and|then|but|by|und|et|y|e)\s*[.,;!?]"
    ),
    "stray mark": r"(?m)^[ \t]*[,.;!?]|[,;:]\.|\.\.(?!\.)|,,|\(\s*\)",
    "small letter first": r"(?:^|[.!?] )[a-zà-ÿ]",
    "empty item": r"(?m)^[ \t]*(?:[-*•]|\d+[.)])[ \t]*$",
}


def run(arguments: Sequence[str]) -> None:
    """Prints the figures of each set, or, for --long, the time that long texts take (``--long 1000000``: of
    so many characters)."""
    if "--long" in arguments:
        lengths = [int(one) for one in arguments if one.isdigit()]
        for line in _long_lines(lengths[0] if lengths else LONGEST):
            print(line, flush=True)
        return
    print(BUILT_ON)
    names = [one for one in arguments if one in SETS] or SETS
    for name in names:
        pairs = [(row, analyse(row["text"])) for row in rows(name)]
        print(f"{name}: {len(pairs)} texts")
        print(*(f"  {line}" for line in _lines(pairs)), sep="\n")
        if "--list" in arguments:
            print(*(f"    {line}" for line in _misses(pairs)), sep="\n")


def _long_lines(longest: int) -> Iterator[str]:
    """The time that texts take which are made to be slow, and that of texts of half the length."""
    for shape in SLOW:
        half, whole = (_seconds(shape * (length // len(shape))) for length in (longest // 2, longest))
        yield f"{longest:,} characters of {shape!r:24} {whole:6.1f} s, {whole / half:.2f} times its half"


def _seconds(text: str) -> float:
    """Of the processor's time, so that what else runs does not count."""
    begin = time.process_time()
    analyse(text)
    return time.process_time() - begin


def rows(name: str) -> list[Row]:
    """The labelled texts of a set."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _lines(pairs: Sequence[Pair]) -> Iterator[str]:
    clear = [(row, found) for row, found in pairs if not row["ambiguous"]]
    yield from _flag_lines(clear)
    others = [(row, found) for row, found in clear if row["flag"] and row["lang"] != "en"]
    yield _share("recall outside English", sum(found.flag for _, found in others), len(others))
    hard = [(row, found) for row, found in clear if row["hard_negative"]]
    yield _share("false alarms on hard negatives", sum(found.flag for _, found in hard), len(hard))
    yield from _rewrite_lines([(row, found) for row, found in pairs if row["rewrite_policy"] == "auto"])
    held = [found for row, found in pairs if row["rewrite_policy"] != "auto"]
    yield _share("rewritten though not to be", sum(found.policy == "auto" for found in held), len(held))
    yield from _label_lines(pairs)


def _flag_lines(pairs: Sequence[Pair]) -> Iterator[str]:
    right = sum(row["flag"] and found.flag for row, found in pairs)
    yield _share("flag precision", right, sum(found.flag for _, found in pairs))
    yield _share("flag recall", right, sum(row["flag"] for row, _ in pairs))


def _rewrite_lines(pairs: Sequence[Pair]) -> Iterator[str]:
    made = [(row, found.rewrite) for row, found in pairs if found.rewrite is not None]
    yield _share("rewritten of those to be rewritten", len(made), len(pairs))
    fields = [(field, text) for row, text in made for field in row["placeholders"]]
    yield _share("  placeholders kept", sum(field in text for field, text in fields), len(fields))
    kept = [(_plain(one), _plain(text)) for row, text in made for one in row["must_keep"]]
    yield _share("  must_keep kept", sum(one in text for one, text in kept), len(kept))
    clean = sum(not _left(row, text) for row, text in made)
    yield _share("  no trigger left", clean, len(made))
    residue = [one for row, text in made for one in residues(row["text"], text)]
    yield f"  residue: {len(residue)} {dict(Counter(residue)) or ''}".rstrip()


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _left(row: Row, rewrite: str) -> list[str]:
    """The labelled phrases that are still there, those aside that the expected text keeps too."""
    spans = (row["text"][one["start"] : one["end"]].strip(" .\n") for one in row["spans"])
    expected = row.get("rewrite_expected") or ""
    return [
        span for span in spans if _plain(span) in _plain(rewrite) and _plain(span) not in _plain(expected)
    ]


def residues(before: str, after: str) -> list[str]:
    """What a careful editor would not have left behind, and was not there before."""
    return [
        name
        for name, pattern in _RESIDUE.items()
        if len(re.findall(pattern, after)) > len(re.findall(pattern, before))
    ]


def _label_lines(pairs: Sequence[Pair]) -> Iterator[str]:
    right, said, true = Counter[str](), Counter[str](), Counter[str]()
    hit, spans = Counter[str](), Counter[str]()
    for row, found in pairs:
        labels = set(row["labels"])
        right.update(labels & set(found.labels))
        said.update(found.labels)
        true.update(labels)
        for one in row["spans"]:
            spans[one["label"]] += 1
            hit[one["label"]] += _overlaps(one, found)
    yield f"{'label':24} precision  recall  spans met"
    for label in sorted(true, key=lambda one: (one not in _FLAGGED, one)):
        met = f"{hit[label]}/{spans[label]}" if spans[label] else ""
        yield f"{label:24} {right[label]:3}/{said[label]:<3}   {right[label]:3}/{true[label]:<3}  {met}"
    yield _share("characters of spans, found of labelled", *_characters(pairs, found_first=False))
    yield _share("characters of spans, right of found", *_characters(pairs, found_first=True))


def _overlaps(one: Row, found: Analysis) -> bool:
    return any(
        span.label == one["label"] and span.start < one["end"] and one["start"] < span.end
        for span in found.spans
    )


def _characters(pairs: Sequence[Pair], found_first: bool) -> tuple[int, int]:
    shared = total = 0
    for row, found in pairs:
        theirs = _marked((one["start"], one["end"]) for one in row["spans"])
        ours = _marked((one.start, one.end) for one in found.spans)
        shared += len(theirs & ours)
        total += len(ours if found_first else theirs)
    return shared, total


def _marked(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _misses(pairs: Sequence[Pair]) -> Iterator[str]:
    for row, found in pairs:
        if row["flag"] != found.flag or row["rewrite_policy"] != found.policy:
            yield f"{row['id']}: {row['rewrite_policy']} found {found.policy}: {', '.join(found.reasons)}"
        if found.rewrite is not None:
            yield from (f"{row['id']}: {one}" for one in residues(row["text"], found.rewrite))


def _share(name: str, part: int, whole: int) -> str:
    return f"{name}: {part}/{whole}" + (f" = {part / whole:.3f}" if whole else "")


if __name__ == "__main__":
    run(sys.argv[1:])
