"""Parameters that the declared openai version is too old to take: they travel in ``extra_body``, which
every version from 1.0 on sends as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate.catalog.sdk import Sdk
from migrate.findings.edits import SetArgument, SetEntry
from migrate.findings.finding import FileEdit, Finding
from migrate.program.calls.callsite import CallSite


class LateParameters:
    """The late parameters of one call, gathered so that ``extra_body`` is written once."""

    def __init__(self, sdk: Sdk, floor: str | None, site: CallSite) -> None:
        self._method = sdk.methods.get(site.method)
        self._floor = floor
        self._site = site
        self._added: dict[str, str] = {}

    def is_late(self, name: str) -> bool:
        """Whether the declared version lacks argument ``name``."""
        if self._floor is None or self._method is None:
            return False
        return version(self._method.takes(name)) > version(self._floor)

    def add(self, name: str, code: str) -> None:
        """Asks for ``name`` with the value ``code`` in extra_body."""
        self._added[name] = code

    def findings(self) -> Iterator[Finding]:
        """The one finding that writes extra_body, and says which declared version made it necessary."""
        if not self._added or self._method is None:
            return
        needed = max((self._method.takes(name) for name in self._added), key=version)
        names = ", ".join(self._added)
        message = f"the project allows openai {self._floor}, which has no argument {names}"
        cure = f"{names} goes into extra_body; raise the requirement to openai>={needed} to pass it by name"
        edits = self._edits()
        yield Finding(
            "outdated-sdk-pin",
            "params",
            self._site.place,
            message,
            cure if edits else f"pass {names} in extra_body by hand, or require openai>={needed}",
            "safe" if edits else "manual",
            edits,
            (self._site.id,),
        )

    def _edits(self) -> tuple[FileEdit, ...]:
        if self._site.closed:
            return ()
        place = self._site.place
        present = self._site.parameter("extra_body")
        if present is None:
            body = ", ".join(f'"{name}": {code}' for name, code in self._added.items())
            return (FileEdit(place.path, SetArgument(place.span, "extra_body", f"{{{body}}}")),)
        if not present.code.startswith("{"):
            return ()
        added = self._added.items()
        return tuple(
            FileEdit(present.place.path, SetEntry(present.place.span, name, code)) for name, code in added
        )


def version(text: str) -> tuple[int, ...]:
    """``1.45.0`` as numbers that compare; what is no number ends it."""
    parts = []
    for part in text.split("."):
        digits = "".join(character for character in part if character.isdigit())
        if not digits:
            break
        parts.append(int(digits))
    return tuple(parts)
