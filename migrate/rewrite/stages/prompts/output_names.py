"""The names by which a prompt has the parts of an answer told apart, as far as they stand for reasoning."""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from migrate.rewrite.stages.prompts.answer_reading import Read

_TAG = re.compile(r"</?([A-Za-z_]+)>")
_KEY = re.compile(r"[\"'`]([A-Za-z_]+)[\"'`]")
_RECORD = re.compile(r"[^.\n]*\b(?:JSON|keys?|fields?|columns?|Felder|campos|champs)\b[^.\n]*", re.IGNORECASE)
_BARE = re.compile(r"[A-Za-z_]+")
_LABEL = re.compile(
    r"(?m)^[ \t]*(?:#{1,4}[ \t]+|[*_\[(-]{0,3}[ \t]?)([A-Za-z_]+)[*_\])]{0,3}[ \t]*(?:[:：]|$)"
)
_EDGES = " \t\r\n:：*#[]()<>/"


class OutputNames(msgspec.Struct, frozen=True):
    """``tags`` as ``<thinking>``, ``keys`` as ``"reasoning"``, ``labels`` as ``Thought:``
    that begin a line."""

    tags: frozenset[str]
    keys: frozenset[str]
    labels: frozenset[str]

    @property
    def any(self) -> bool:
        return bool(self.tags or self.keys or self.labels)

    def found_by(self, read: Read) -> bool:
        """Whether what code reads is one of them."""
        if any(f"<{tag}" in read.text or f"{tag}>" in read.text for tag in self.tags):
            return True
        if read.key and read.text in self.tags | self.keys:
            return True
        if not read.sought:
            return False
        return read.text.strip(_EDGES) in self.labels or any(_labels(one, read.text) for one in self.labels)


def output_names(text: str, words: Collection[str]) -> OutputNames:
    """Those of a prompt that are among ``words``, in any case of letters; keys without quotes where the
    sentence speaks of a record: ``Return JSON with reasoning and score``."""
    found = (
        frozenset(one for one in pattern.findall(text) if one.lower() in words)
        for pattern in (_TAG, _KEY, _LABEL)
    )
    names = OutputNames(*found)
    bare = (one for said in _RECORD.findall(text) for one in _BARE.findall(said) if one.lower() in words)
    return msgspec.structs.replace(names, keys=names.keys.union(bare))


def _labels(label: str, text: str) -> bool:
    """Whether a text or a pattern has ``label`` as one: ``Thought:``, ``Thought\\s*:``, ``# Thought``."""
    return re.search(rf"{label}(?:\\s[*+]?| )?[*]*[:：]|#\s?{label}\b", text, re.IGNORECASE) is not None
