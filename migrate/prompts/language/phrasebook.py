"""Every phrase of the rules, compiled once and kept for the next run: reading them anew takes longer than
most prompts. It knows no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from migrate.catalog import Catalog
from migrate.catalog.compiled import compiled
from migrate.catalog.techniquefile import ANY
from migrate.catalog.wording import Wording
from migrate.errors import CatalogError
from migrate.prompts.language.phrases import Phrase

# Lists of a wording that are phrases.
LISTS = (
    *("negations", "others", "mentions", "topics", "leads", "joints", "openings", "conditions", "purposes"),
    *("tasks", "sequels", "firsts", "announcing", "weighing", "ponders", "concludes", "proceedings"),
    *("always", "never", "interface", "confirming", "letters", "refers"),
)
_CODE = ("phrases.py", "tokens.py", "placeholders.py")


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    pattern: str
    heads: tuple[str, ...]


class Phrasebook(msgspec.Struct, frozen=True):
    """Compiled phrases by language and text."""

    entries: Mapping[str, Mapping[str, _Entry]]

    def phrases(self, lang: str, texts: Sequence[str]) -> list[Phrase]:
        """The phrases with these texts."""
        own = self.entries[lang]
        return [Phrase(own[text].pattern, frozenset(own[text].heads)) for text in texts]


def phrasebook(catalog: Catalog) -> Phrasebook:
    """The phrases of a catalog. Raises CatalogError for one that cannot be read."""
    if catalog.extra_paths:
        return _built(catalog)
    folder = Path(__file__).parent
    files = [
        *sorted(catalog.folder.glob("techniques/*.toml")),
        *sorted(catalog.folder.glob("wording/*.toml")),
    ]
    files += [folder / name for name in _CODE]
    return compiled("phrases", Phrasebook, files, lambda: _built(catalog))


def _built(catalog: Catalog) -> Phrasebook:
    known = catalog.techniques
    entries: dict[str, dict[str, _Entry]] = {lang: {} for lang in (ANY, *known.wordings)}
    for where, lang, text in _texts(catalog):
        if text in entries[lang]:
            continue
        classes = {} if lang == ANY else {**known.wordings[lang].grammar, **known.wordings[lang].classes}
        try:
            phrase = Phrase.of(text, classes)
        except CatalogError as error:
            raise CatalogError(f"{where} in {lang}: {error}") from error
        entries[lang][text] = _Entry(phrase.pattern, tuple(sorted(phrase.heads)))
    return Phrasebook(entries)


def _texts(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Where each phrase stands, its language, and its text."""
    for technique in catalog.techniques.techniques.values():
        for said in technique.saying:
            for text in (*said.phrases, *said.unless_before, *said.unless_after):
                yield f"technique {technique.id}, saying", said.lang, text
    for wording in catalog.techniques.wordings.values():
        yield from ((f"wording {name}", wording.lang, text) for name, text in _listed(wording))


def _listed(wording: Wording) -> Iterator[tuple[str, str]]:
    for name in LISTS:
        yield from ((name, text) for text in getattr(wording, name))
    for name, texts in wording.grammar.items():
        yield from ((f"grammar {name}", text) for text in texts)
