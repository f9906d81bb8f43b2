"""The wording of a language as data: what phrases and sentences are built from. It looks for nothing."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


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
    nothing but thinking, ``back`` words for what was just spoken of, ``refers`` requests that build on
    it. ``conjunction`` joins two requests.
    Where a language is ``verb_final`` the end of a sentence cannot be cut; where it puts ``verbs_first``, a
    request begins with its verb. A ``syllabic`` one does not set words apart. ``open_ended`` words end no
    finished line, ``abbreviations`` no sentence.

    ``questions``, ``rationales``, ``answers`` and ``examples`` are cues before a part of an example, and
    ``conclusions`` begin its end; ``stated`` says what comes out, ``reasons`` are words that give one, and
    ``addressed`` are those that speak to the reader. ``thoughts``, ``actions``, ``observations`` and
    ``finals`` are cues before the turns of an agent's protocol, ``loose_turns`` those of them that mean
    other things as well. ``always`` begins a rule, ``never`` one that
    forbids.
    ``data_tags`` name elements that hold somebody's text, ``interface`` what a program says to the person
    before it, ``confirming`` what only a program says; ``letters`` end a letter, ``tellers`` are who tells
    what somebody else does, or whom one word of ``permitting`` lets do it, ``causatives`` bring somebody to
    do it, with the ``infinitive`` behind; a ``modals`` word may stand before the verb,
    ``selves`` speak of themselves; ``forceful`` words
    tell shouting where all is in capitals. ``closed`` words may stand behind a noun and are none, ``adverbs``
    before a verb, as do words with one of the ``endings``;
    ``possessives`` make a noun the reader's own, ``subjects`` begin a statement if nothing ``demands``.
    ``fields`` are words in the names of fields that hold reasoning, ``slots`` call something a field,
    ``qualities`` those ``generic`` words that are only so of an answer, or of what is ``own`` to the clause;
    ``limits`` say that the output is to be no more than something, or name a part of it; ``contrasts`` set
    what follows against what was said, ``connectives`` add to it; ``articles`` begin a noun phrase.
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
    loose_turns: frozenset[str] = frozenset()
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
    refers: tuple[str, ...] = ()
    tellers: frozenset[str] = frozenset()
    permitting: frozenset[str] = frozenset()
    causatives: frozenset[str] = frozenset()
    infinitive: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    selves: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    possessives: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    demands: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    qualities: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    limits: tuple[str, ...] = ()
    contrasts: frozenset[str] = frozenset()
    connectives: frozenset[str] = frozenset()
    echoes: tuple[str, ...] = ()
    articles: frozenset[str] = frozenset()
    forceful: frozenset[str] = frozenset()
    conjunction: str = ""
    verb_final: bool = False
    verbs_first: bool = True
    syllabic: bool = False

    def is_adverb(self, word: str) -> bool:
        """Whether a word says how or when something is done."""
        return word in self.adverbs or word.endswith(self.endings[:1])
