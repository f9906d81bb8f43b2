"""What an expression can be at run time: a Value, a set of options with the reasons it may be more.

One representation for everything that is followed: models, clients, functions, dicts and modules.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.facts.expressions import Expression, Scalar
from migrate.sources.place import Place

Role: TypeAlias = Literal[
    "argument",
    "parameter-default",
    "constant",
    "env-default",
    "cli-default",
    "settings-field",
    "class-attribute",
    "dict-entry",
    "enum-member",
    "config-file",
    "env-file",
    "request-body",
    "list-of-supported",
    "implicit",
]
"""What a literal is there for that a call is given."""


class Located(msgspec.Struct, frozen=True, gc=False):
    """An expression where it stands."""

    path: str
    scope: int
    block: int
    expression: Expression

    def place(self) -> Place:
        return Place(self.path, self.expression.span)

    def other(self, expression: Expression) -> Located:
        """A sibling or part of this expression, in the same scope and block."""
        return Located(self.path, self.scope, self.block, expression)


class Origin(msgspec.Struct, frozen=True):
    """Where a literal is written. ``chain`` leads from there, outwards, to what was asked about. ``whole`` is
    false where the literal is only a part of the value (one piece of an f-string); ``open`` says that it is
    the default of a parameter to which callers that are not visible may pass another."""

    place: Place
    value: Scalar
    role: Role | None = None
    chain: tuple[Place, ...] = ()
    whole: bool = True
    open: bool = False


class LiteralOption(msgspec.Struct, frozen=True):
    """A number, text, bool or None, and the literals it was made from."""

    value: Scalar
    origins: tuple[Origin, ...]


class Environment(msgspec.Struct, frozen=True):
    """A read of environment variable ``name``. Without a default it may be missing: an error where it is
    ``required``, else None. ``delimiter`` stands before the names of its parts, where it fills an object."""

    name: str
    place: Place
    has_default: bool
    required: bool = False
    delimiter: str = ""


class External(msgspec.Struct, frozen=True):
    """Something of a package outside the program, by its dotted name: ``openai.OpenAI``."""

    symbol: str


class Made(msgspec.Struct, frozen=True):
    """An instance of the external class ``symbol``; ``at`` is the call that made it (None: an annotation
    says so), ``parent`` the client that ``with_options`` was called on, ``maker`` the class that has the
    method that made it from a class above."""

    symbol: str
    at: Located | None
    parent: Made | None = None
    maker: Definition | None = None


class Member(msgspec.Struct, frozen=True):
    """``owner.path`` below an instance: ``chat.completions.create`` of a client."""

    owner: Made
    path: str


class Definition(msgspec.Struct, frozen=True):
    """A function or class of the program; ``receiver`` is what a method is bound to."""

    path: str
    scope: int
    receiver: Instance | None = None


class Instance(msgspec.Struct, frozen=True):
    """An instance of a class of the program. ``exact`` is false for ``self``, which may be of a subclass."""

    path: str
    scope: int
    at: Located | None = None
    exact: bool = True


class ModuleOption(msgspec.Struct, frozen=True):
    """A module or package of the program; ``path`` is None for a package without ``__init__``."""

    name: str
    path: str | None


class Step(msgspec.Struct, frozen=True):
    """A statement that changes a dict: ``base`` is the dict as it is written there, ``at`` (line, column)
    where it takes effect."""

    base: Located
    at: tuple[int, int]


class Entry(msgspec.Struct, frozen=True):
    """``key: value`` of a mapping. ``holder`` is the dict display, ``dict(...)`` call or store that
    writes it, or the call whose keyword arguments became the mapping (form ``keyword``); ``default`` is a
    ``setdefault``, ``field`` one of an object. ``step`` is None for what the mapping began with; ``maybe``:
    the key can be absent."""

    key: Scalar
    value: Located
    holder: Place
    form: Literal["display", "call", "store", "keyword", "default", "field"]
    step: Step | None = None
    maybe: bool = False
    named: tuple[Origin, ...] = ()


class Items(msgspec.Struct, frozen=True):
    """A dict. ``more`` says why it may hold other keys, though none of those ``settled``, which what is
    unseen cannot write; ``home`` identifies the display it began as. ``removed`` holds the keys that
    statements take out, ``clouds`` the statements that add what ``more`` is about."""

    home: Place
    entries: tuple[Entry, ...]
    more: tuple[str, ...] = ()
    settled: frozenset[Scalar] = frozenset()
    removed: tuple[tuple[Scalar, Step], ...] = ()
    clouds: tuple[Step, ...] = ()


class Series(msgspec.Struct, frozen=True):
    """A list, tuple or set. ``home`` is the display it began as; a ``repeated`` one comes from a
    comprehension and holds its items any number of times."""

    items: tuple[Located, ...]
    home: Place
    repeated: bool = False


class Texts(msgspec.Struct, frozen=True):
    """A list that was not written as one: the pieces of a text, the keys of a dict."""

    values: tuple[LiteralOption, ...]


class Pairs(msgspec.Struct, frozen=True):
    """What ``mapping.items()`` gives, or with ``single`` any one of its pairs."""

    mapping: Items
    single: bool = False


class CommandLine(msgspec.Struct, frozen=True):
    """What ``parser.parse_args()`` returns; ``parser`` is the argparse parser."""

    parser: Made


class FileOption(msgspec.Struct, frozen=True):
    """A file or folder: its path, the open file or its text. ``path`` is relative to the scanned root where
    it is ``anchored``, else to a folder that is not known."""

    path: str
    anchored: bool


class Applied(msgspec.Struct, frozen=True):
    """``functools.partial(function, ...)``: the call that holds the early arguments."""

    function: Option
    call: Located


class Changes(msgspec.Struct, frozen=True):
    """Which dict the statements of a file change: its home, whether the statement is a store (else a call),
    and its index. No value of the program: the answer to a question that is asked like one."""

    rows: tuple[tuple[Place, bool, int], ...]


class TextMethod(msgspec.Struct, frozen=True):
    """A method of a built-in value: ``strip`` of ``"gpt-4o".strip``."""

    base: Located
    name: str


class Built(msgspec.Struct, frozen=True):
    """A text that is put together of parts, known or not: the expression that does it. Only a reader of
    prompts makes one; where models and keys are followed, such a text is unknown."""

    at: Located


Option: TypeAlias = (
    LiteralOption
    | Environment
    | External
    | Made
    | Member
    | Definition
    | Instance
    | ModuleOption
    | Items
    | Series
    | Texts
    | Pairs
    | Applied
    | CommandLine
    | FileOption
    | TextMethod
    | Changes
    | Built
)


class Value(msgspec.Struct, frozen=True):
    """All that an expression can be. ``unknown`` holds the reasons why it may be something else too."""

    options: tuple[Option, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.unknown and bool(self.options)

    def doubt(self) -> Value:
        """Only the reasons why it may be something else."""
        return Value((), self.unknown)
