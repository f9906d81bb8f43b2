"""The records that say where a call stands. Plain data: what it means is the plan's business."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from migrate.sources.place import Place

SignKind: TypeAlias = Literal["decorator", "class", "annotation", "handed"]


class Sign(msgspec.Struct, frozen=True):
    """Something of another package at a function: a decorator, a base of its class, the type of a parameter,
    or a call that the function is handed to. ``symbol`` is its dotted name, as written where that cannot be
    resolved; ``resolved`` says which."""

    kind: SignKind
    symbol: str
    place: Place
    resolved: bool


class Frame(msgspec.Struct, frozen=True):
    """One function on the way to a call: that around it (``depth`` 0), a caller of that, and so on.

    ``name`` is its dotted name in its file, empty for a module; ``place`` the whole of it, ``at`` the call
    inside that leads on. ``loops``: that call stands in a loop.
    ``called`` are the names of what is called in it, as written.
    """

    depth: int
    name: str
    place: Place
    at: Place
    signs: tuple[Sign, ...]
    parameters: tuple[str, ...]
    called: tuple[str, ...]
    asynchronous: bool
    yields: bool
    loops: bool


class Context(msgspec.Struct, frozen=True):
    """The frames that lead to one call, the nearest first, and the modules that its file imports. ``main``
    says that the file can be run as a script; ``cut`` that there are more callers than are listed."""

    frames: tuple[Frame, ...]
    imports: tuple[str, ...]
    main: bool
    awaited: bool
    cut: bool = False
