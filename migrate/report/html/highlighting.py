"""A prompt cut where techniques begin and end, so that a template can mark them. Secrets are masked here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from migrate.prompts.analysis import Span
from migrate.report.masking import masked
from migrate.report.readiness.subject import JudgedPrompt

_LONGEST = 6_000


class Stretch(msgspec.Struct, frozen=True):
    """A part of a prompt; ``labels`` is empty where nothing is found in it."""

    text: str
    labels: tuple[str, ...] = ()


class HighlightedPrompt(msgspec.Struct, frozen=True):
    """``rewrite`` is the text without the techniques, None where repoint does not make one."""

    path: str
    line: int
    role: str
    labels: tuple[str, ...]
    policy: str
    stretches: tuple[Stretch, ...]
    rewrite: str | None


def highlighted(judged: Iterable[JudgedPrompt], most: int) -> list[HighlightedPrompt]:
    """The flagged prompts, each place once, at most so many."""
    once = {one.prompt.place: one for one in judged if one.analysis.flag}
    return [_highlighted(one) for one in list(once.values())[:most]]


def _highlighted(one: JudgedPrompt) -> HighlightedPrompt:
    text, spans = masked(one.prompt.text, one.analysis.spans)
    rewrite = one.analysis.rewrite
    return HighlightedPrompt(
        one.prompt.place.path,
        one.prompt.place.span.line,
        one.prompt.role,
        tuple(dict.fromkeys(span.label for span in spans)),
        one.analysis.policy,
        tuple(stretches(text[:_LONGEST], spans)) + (Stretch("…"),) * (len(text) > _LONGEST),
        None if rewrite is None else masked(rewrite, ())[0][:_LONGEST],
    )


def stretches(text: str, spans: Iterable[Span]) -> Iterator[Stretch]:
    """``text`` in order, without gaps; spans may nest and overlap."""
    found = [span for span in spans if span.start < len(text)]
    cuts = {0, len(text)}
    for span in found:
        cuts |= {span.start, min(span.end, len(text))}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        labels = dict.fromkeys(span.label for span in found if span.start <= start and end <= span.end)
        yield Stretch(text[start:end], tuple(labels))
