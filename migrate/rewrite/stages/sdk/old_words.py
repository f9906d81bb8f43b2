"""Whether a program spells a name of openai 0.x at all: most do not, and are not read any further."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate.catalog.sdk import Sdk
    from migrate.program.inventory import Inventory


def spells_old(inventory: Inventory, sdk: Sdk) -> bool:
    """Whether any file spells a name of 0.x at all."""
    if any(site.kind.startswith("legacy-") for site in inventory.call_sites):
        return True
    classes = {symbol.split(".")[1] for symbol in sdk.legacy}
    words = [*(f"openai.{one}" for one in (*classes, "api_base")), "openai.error", "InvalidRequestError"]
    words += [f"openai.{one}" for one, new in sdk.old.settings.items() if not new]
    words += [f"openai.{one}" for one in sdk.old.cures]
    # Whole words: a module of the program's own, such as openai.utils, is none of 0.x.
    found = re.compile(rf"(?:{'|'.join(map(re.escape, words))})\b")
    methods = {symbol.split(".")[2] for symbol in sdk.legacy}
    picked = re.compile(rf"getattr\(\s*openai\s*,[^)]*\)\.(?:{'|'.join(sorted(methods))})\b")
    imports = re.compile(r"from openai import [^\n]*\b(error|" + "|".join(sorted(classes)) + r")\b")
    texts = (source.text for source in inventory.sources.values() if b"openai" in source.raw)
    return any(one.search(text) for text in texts for one in (found, imports, picked))
