"""Prompting techniques as data: how people write them, and what may be done about them. It looks for nothing
itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

import msgspec

from migrate.catalog.wording import Wording

Group: TypeAlias = Literal["reasoning", "tone", "keep", "advice"]
"""``reasoning`` and ``tone`` are flagged; ``keep`` is what a rewriting preserves; ``advice`` is only said."""
Cut: TypeAlias = Literal["clause", "sentence", "words", "none"]
At: TypeAlias = Literal["anywhere", "line", "cue", "element", "sentence", "end"]


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases of one language that are handled alike.

    ``cut`` is what goes with them: their clause, their whole sentence, only the words (or the part in «»),
    or nothing, which leaves the text to a person. ``at`` says where they count: at the beginning of a
    sentence or of a line, as a line of their own that ends in a colon (``cue``), as a tag that is closed
    again (``element``), at the end of the text.
    A ``companion`` counts only in a sentence that holds another phrase of its technique, in any of its forms.
    They do not count behind one of ``unless_before`` or in front of one of ``unless_after``.
    """

    lang: str
    phrases: tuple[str, ...]
    cut: Cut = "clause"
    at: At = "anywhere"
    companion: bool = False
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()


class Construction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds of words that say it together, in every language whose wording knows all of them.

    Each of ``says`` names kinds of a wording's ``grammar``: ``think! + steps`` stand in one clause in any
    order (``~``: with nothing but words between), ``solve! > steps`` in this one, ``show! & thinking`` with a
    few words between at most; in ``plan! | then_answer`` something comes behind it that stays, in the same
    sentence or at the beginning of the next; ``^`` is later in the sentence, whatever stands between. A kind
    with ``!`` is a verb that counts only where it is asked of the reader. They do not count in a sentence
    with a word of the kinds ``without``, nor, where ``only`` is given, in other languages. ``cut`` is as in
    a saying; where it is ``words``, only those of the last kind go.
    """

    says: tuple[str, ...]
    cut: Cut = "clause"
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class TechniqueExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that shows the technique, ``after`` what is left; ``absent`` where it only looks like it."""

    text: str
    after: str = ""
    absent: bool = False


class Technique(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One technique: its page, its phrases and its examples.

    ``efforts`` says what becomes of it at which reasoning effort, ``change`` what a safe change is and
    ``exceptions`` where there is none. Where one of the words ``echoes`` stands in what is left, something
    builds on the technique, and nothing is cut. A tag whose name holds one of ``stems`` is read as
    ``<thinking>``, and one that is called otherwise than ``names`` stays. A text with one of the words
    ``subjects`` is about the thing itself; without any of ``needs``, lines are no format of it. Where it
    speaks of one's own answer, and the text is ``given`` one, that is what the text is about.
    ``placed`` is the technique that a request for reasoning with a place of its own belongs to: of two in one
    clause, a call to think is this one, and anything else is that. ``sources`` are keys of
    rules/sources.toml.
    """

    id: str
    group: Group
    title: str
    why: str
    change: str
    sources: tuple[str, ...]
    example: tuple[TechniqueExample, ...]
    efforts: str = ""
    echoes: tuple[str, ...] = ()
    subjects: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    given: bool = False
    placed: str = ""
    stems: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    exceptions: tuple[str, ...] = ()
    saying: tuple[Saying, ...] = ()
    construction: tuple[Construction, ...] = ()
    checked: date = date.min

    @property
    def flagged(self) -> bool:
        """Whether a prompt that uses it is worth a finding."""
        return self.group in ("reasoning", "tone")


class Techniques(msgspec.Struct, frozen=True):
    """Everything known of them; ``wordings`` by language."""

    techniques: Mapping[str, Technique]
    wordings: Mapping[str, Wording]
