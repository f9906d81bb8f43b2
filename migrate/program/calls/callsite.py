"""The CallSite record: one request to a model, with the origins of everything that matters about it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.facts.expressions import Scalar
from migrate.program.solving.values import Located, Origin
from migrate.sources.place import Place

Certainty: TypeAlias = Literal["proved", "likely"]
Target: TypeAlias = Literal["openai", "configurable", "azure", "other", "user", "unknown"]
Form: TypeAlias = Literal["argument", "entry", "store", "file", "field"]


class Setting(msgspec.Struct, frozen=True):
    """One thing a call or client is given: its possible values, and every place that writes one.

    ``complete`` is false where there may be other values; ``why`` then says why. ``environment``
    names the variables that can override it, ``reads`` where they are read; ``optional`` says that it
    can be None, which stands for "not given".
    """

    values: tuple[Scalar, ...] = ()
    complete: bool = True
    origins: tuple[Origin, ...] = ()
    environment: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    reads: tuple[Place, ...] = ()
    optional: bool = False


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a request. ``code`` is its expression as written; ``holder`` the call or dict
    display that passes it, by the ``form`` in which it does (``file``: an entry of a configuration file,
    ``field``: a field of an object that became a dict);
    ``position`` is -1 for a keyword."""

    name: str
    code: str
    place: Place
    holder: Place
    form: Form
    setting: Setting
    position: int = -1


class Client(msgspec.Struct, frozen=True):
    """The client that a request goes through. ``place`` is the call that made it; None where only an
    annotation or the module's own client is known. ``parameters`` are its arguments; for the module's
    own client they are assignments (form ``store``), made through ``alias`` (``openai``). ``chain`` holds the
    statements that keep the client or hand it on, from ``place`` outwards."""

    symbol: str
    place: Place | None
    target: Target
    base_url: Setting
    api_key: Setting
    api_key_env: str | None
    parameters: tuple[Parameter, ...] = ()
    hidden: tuple[str, ...] = ()
    alias: str = ""
    chain: tuple[Place, ...] = ()


class CallSite(msgspec.Struct, frozen=True):
    """One request, or one client constructor.

    ``place`` is the whole call. ``hidden`` says why more parameters than the listed ones may be
    passed. ``clients`` holds every client that the receiver can be. ``constructor`` names the ``__init__``
    of the program that takes the arguments, where a client's class is one of the program's own. ``closed``
    says why no argument can be added at ``place``; empty where one can. ``asked`` holds the expressions that
    carry its prompts, each with its role, or ``messages`` where the messages say it; ``seen_prompts`` are
    those of a call in a language whose values are not followed.

    A method passed as a value is a request where it is called: inside the function of the program that is
    given it, and for a function of another package (``asyncio.to_thread``) the call that passes it, with the
    arguments that follow; a partial that is passed on without more of them stands for itself.
    """

    id: str
    place: Place
    function: str
    kind: str
    sdk: str
    symbol: str
    method: str
    certainty: Certainty
    target: Target
    asynchronous: bool
    stream: bool
    endpoint: str
    model: Setting
    model_parameter: str | None
    parameters: tuple[Parameter, ...]
    hidden: tuple[str, ...]
    clients: tuple[Client, ...]
    constructor: str = ""
    closed: str = ""
    asked: tuple[tuple[str, Located], ...] = ()
    seen_prompts: tuple[Prompt, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it asks a model; a tokenizer only looks up what belongs to one."""
        return self.kind != "framework" or bool(self.endpoint)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter passed under ``name``; the last one where several are."""
        found = [one for one in self.parameters if one.name == name]
        return found[-1] if found else None


class Prompt(msgspec.Struct, frozen=True):
    """A place where text of a prompt is written, and the role it is sent in. ``chain`` leads from there,
    outwards, to the call."""

    place: Place
    role: str
    chain: tuple[Place, ...] = ()
