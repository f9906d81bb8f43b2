"""The shapes of calls and model ids in JSON: one record for each object that is printed, keys in print order.

The JSON Schemas are made from these records; a docstring here is a description there.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

from migrate.facts.expressions import Scalar
from migrate.plan.assessment import Confidence, Latency
from migrate.program.calls.callsite import Certainty, Target
from migrate.program.literals.records import LiteralRole
from migrate.program.solving.values import Role

Ordinal: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]
Corners: TypeAlias = tuple[str, Ordinal, Ordinal, Ordinal, Ordinal, int | None]
"""Path, line, column, end line, end column and notebook cell: what stands somewhere begins with these."""


class Place(msgspec.Struct, frozen=True):
    """A stretch of a file. Lines and columns count from 1, columns in characters; the end is exclusive.
    ``path`` is relative to the root, with ``/``; ``cell`` is the cell of a notebook."""

    path: str
    line: Ordinal
    column: Ordinal
    end_line: Ordinal
    end_column: Ordinal
    cell: int | None


class Link(msgspec.Struct, frozen=True):
    """A place that a value passes on its way from where it is written to what asks for it; in a
    notebook lines count in the ``cell``."""

    path: str
    line: Ordinal
    column: Ordinal
    cell: int | None


class Origin(msgspec.Struct, frozen=True):
    """Where a value is written, what it is there for, and the places it passes from there to the call."""

    path: str
    line: Ordinal
    column: Ordinal
    role: Role | None
    value: Scalar
    chain: tuple[Link, ...]
    cell: int | None


class Model(msgspec.Struct, frozen=True):
    """The models that a call can be made with; ``complete`` is false where there may be others."""

    values: tuple[Scalar, ...]
    complete: bool
    origins: tuple[Origin, ...]


class Given(msgspec.Struct, frozen=True):
    """What an argument can be, and where that is written; secrets are masked. ``complete`` is false where it
    can be something else too, ``why`` says why; ``environment`` names the variables that can override it."""

    values: tuple[Scalar, ...]
    complete: bool
    origins: tuple[Origin, ...]
    environment: tuple[str, ...]
    why: tuple[str, ...]


class ClientSummary(msgspec.Struct, frozen=True):
    """Where a client is made and where it leads; ``path`` is null where it is not made in the program,
    ``base_url`` where it is absent, open, or one of several."""

    path: str | None
    line: Ordinal | None
    base_url: str | None
    api_key_env: str | None
    cell: int | None


class Client(ClientSummary, frozen=True):
    """One client that a call can go through, whole: its class, all of its URLs, the places that hand it on,
    and what its URL and its key can be."""

    symbol: str
    target: Target
    base_urls: tuple[str, ...]
    chain: tuple[Link, ...]
    settings: dict[str, Given]


class Prompt(msgspec.Struct, frozen=True):
    """A place where text of a prompt is written, and the role it is sent in."""

    path: str
    line: Ordinal
    role: str
    chain: tuple[Link, ...]
    cell: int | None


class Evidence(msgspec.Struct, frozen=True):
    """One thing that speaks for an assessment, and where it stands."""

    words: str
    path: str
    line: Ordinal
    cell: int | None


class Assessment(msgspec.Struct, frozen=True):
    """What a call is for, and whether a person waits for its answer. ``use_case`` is ``unclear`` where too
    little says so; ``guess`` is the likeliest then. ``confidence`` is ``stated`` where a comment says it."""

    use_case: str
    confidence: Confidence
    guess: str | None
    evidence: tuple[Evidence, ...]
    latency: Latency
    latency_evidence: tuple[Evidence, ...]


class CallSite(msgspec.Struct, frozen=True):
    """One request to a model, or the making of one client (kind ``constructor``). ``parameters`` holds the
    arguments as written, ``settings`` what each can be; ``hidden`` says why there may be more of them,
    ``why`` why there may be other models. ``client`` is the first of ``clients``; ``assessment`` is null for
    what asks no model."""

    id: str
    path: str
    line: Ordinal
    column: Ordinal
    end_line: Ordinal
    end_column: Ordinal
    cell: int | None
    function: str
    kind: str
    sdk: str
    symbol: str
    certainty: Certainty
    target: Target
    asynchronous: bool = msgspec.field(name="async")
    stream: bool
    client: ClientSummary | None
    model: Model
    parameters: dict[str, str]
    prompts: tuple[Prompt, ...]
    hidden: tuple[str, ...]
    why: tuple[str, ...]
    environment: tuple[str, ...]
    clients: tuple[Client, ...]
    settings: dict[str, Given]
    assessment: Assessment | None


class ModelLiteral(msgspec.Struct, frozen=True):
    """A model id in the source, and what it is there for. ``use`` says that a model is chosen here,
    not listed, described or talked about; ``reaches`` holds the ids of the calls that it is an origin of."""

    path: str
    line: Ordinal
    column: Ordinal
    end_line: Ordinal
    end_column: Ordinal
    cell: int | None
    value: str
    role: LiteralRole
    use: bool
    reaches: tuple[str, ...]
