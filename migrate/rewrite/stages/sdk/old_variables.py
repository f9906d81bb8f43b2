"""Environment variables that openai 0.x reads and 1.x does not: requests would go elsewhere, unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from migrate.catalog.sdk_legacy import LegacyFacts
    from migrate.sources.place import Place


class OldVariables:
    """Those that are set somewhere; ``places`` finds where. ``given`` are the arguments that the settings of
    the module give to clients."""

    def __init__(
        self, old: LegacyFacts, places: Callable[[str], tuple[Place, ...]], given: Collection[str]
    ) -> None:
        self._found: dict[str, str] = {}
        for name, one in old.environment.items():
            at = places(name) if one.argument not in given else ()
            if at and not (one.instead and places(one.instead)):
                cure = f"set {one.instead} there too, or " if one.instead else ""
                why = f"{name} is set at {at[0]}, and 1.x does not read it"
                self._found[one.argument] = f"{why}: {cure}give the client {one.argument}"

    def why(self, passed: Collection[str]) -> str:
        """Why a call stays whose client is given ``passed``; empty where it need not."""
        return next((why for argument, why in self._found.items() if argument not in passed), "")
