"""Prompting techniques as data: how people write them, what may be done about them, and the wording of each
language that the phrases are built from. It looks for nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

import msgspec

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
    sentence or at the beginning of the next. A kind with
    ``!`` is a verb that counts only where it is asked of the reader. They do not count in a sentence that
    holds a word of the kinds ``without``, nor, where ``only`` is given, in other languages. ``cut`` is as in
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
    ``subjects`` is about the thing itself; without any of ``needs``, lines are no format of it.
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


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one language builds phrases and sentences from.

    ``classes`` are named alternatives for phrases, and so are the kinds of ``grammar``, which
    constructions are made of. The rest are phrases too. Who is meant: ``negations`` forbid what follows
    them, ``others`` are people and programs whose reasoning is not the model's, ``mentions`` introduce
    something quoted, ``topics`` tell a sentence about prompting, ``emphatic`` words tell shouting from a
    heading and those of ``code`` from a query, ``alternatives`` carry a negation on.

    How sentences hang together: ``leads`` may stand before a request and mean nothing without it,
    ``joints`` connect it with another, ``openings`` are clauses that lead up to it, ``conditions`` words
    that begin a clause with a meaning of its own. ``purposes`` join a trigger with what it is for, which
    stays where it is a task and holds none of the ``generic`` words. ``tasks`` are verbs that begin a
    request, ``sequels`` words that point back to what was said before, ``firsts`` those that announce a
    second, ``announcing`` what is said of a list or a form that follows, ``weighing`` begins a step of
    thinking in such a list, ``ponders`` one that nothing but thinking can be meant by, ``concludes`` the step
    that answers; ``proceedings`` announce steps to be followed, ``headings`` are the words of a heading over
    nothing but thinking, ``back`` words for what was just spoken of. ``conjunction`` joins two requests.
    Where a language is ``verb_final`` the end of a sentence cannot be cut; where it puts ``verbs_first``, a
    request begins with its verb. A ``syllabic`` one does not set words apart. ``open_ended`` words end no
    finished line, ``abbreviations`` no sentence.

    ``questions``, ``rationales``, ``answers`` and ``examples`` are cues before a part of an example, and
    ``conclusions`` begin its end; ``stated`` says what comes out, ``reasons`` are words that give one, and
    ``addressed`` are those that speak to the reader. ``thoughts``, ``actions``, ``observations`` and
    ``finals`` are cues before the turns of an agent's protocol. ``always`` begins a rule, ``never`` one that
    forbids.
    ``data_tags`` name elements that hold somebody's text, ``interface`` what a program says to the person
    before it, ``confirming`` what only a program says; ``letters`` end a letter, ``tellers`` are who tells
    what somebody else does, ``forceful`` words tell shouting where all is in capitals.
    """

    lang: str
    name: str
    classes: Mapping[str, tuple[str, ...]] = {}
    grammar: Mapping[str, tuple[str, ...]] = {}
    negations: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    emphatic: frozenset[str] = frozenset()
    code: frozenset[str] = frozenset()
    leads: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    generic: frozenset[str] = frozenset()
    back: frozenset[str] = frozenset()
    tasks: tuple[str, ...] = ()
    sequels: tuple[str, ...] = ()
    firsts: tuple[str, ...] = ()
    announcing: tuple[str, ...] = ()
    weighing: tuple[str, ...] = ()
    ponders: tuple[str, ...] = ()
    concludes: tuple[str, ...] = ()
    proceedings: tuple[str, ...] = ()
    headings: frozenset[str] = frozenset()
    questions: tuple[str, ...] = ()
    rationales: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    thoughts: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    observations: tuple[str, ...] = ()
    finals: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    alternatives: frozenset[str] = frozenset()
    open_ended: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    data_tags: frozenset[str] = frozenset()
    interface: tuple[str, ...] = ()
    confirming: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    tellers: frozenset[str] = frozenset()
    forceful: frozenset[str] = frozenset()
    conjunction: str = ""
    verb_final: bool = False
    verbs_first: bool = True
    syllabic: bool = False


class Techniques(msgspec.Struct, frozen=True):
    """Everything known of them; ``wordings`` by language."""

    techniques: Mapping[str, Technique]
    wordings: Mapping[str, Wording]
