"""Every value of a configuration file, in order, secrets included: by these two versions of it are compared.

Nothing here is kept, shown or followed; what the program's files mean is read elsewhere.
"""

from __future__ import annotations

import configparser
import json
from collections.abc import Iterator
from typing import TypeAlias

import tomli
import yaml

from migrate.facts.documents.plain_json import plain_json
from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import Format
from migrate.facts.documents.yaml_values import LOADER
from migrate.sources.environment import environment_assignments

Leaf: TypeAlias = tuple[str, str]
"""Where a value stands and how it is written, and the value."""


def leaves(text: str, form: Format) -> list[Leaf]:
    """The values of ``text``. Raises DocumentError where it is not valid in its format."""
    try:
        return list(_READERS[form](text))
    except DocumentError:
        raise
    except (ValueError, RecursionError, yaml.YAMLError, configparser.Error) as error:
        raise DocumentError(1, f"it is not valid {form} ({type(error).__name__})") from None


def _json(text: str) -> Iterator[Leaf]:
    return _flat(json.loads(plain_json(text), object_pairs_hook=_Pairs), "")


def _toml(text: str) -> Iterator[Leaf]:
    return _flat(tomli.loads(text), "")


class _Pairs(list[tuple[str, object]]):
    """A mapping as its pairs, so that a key that occurs twice does."""


def _flat(value: object, path: str) -> Iterator[Leaf]:
    if isinstance(value, dict):
        value = _Pairs(value.items())
    if isinstance(value, _Pairs):
        yield path, "{}"
        for key, inner in value:
            yield from _flat(inner, f"{path}/{key}")
    elif isinstance(value, list):
        yield path, "[]"
        for index, inner in enumerate(value):
            yield from _flat(inner, f"{path}/{index}")
    else:
        yield f"{path} {type(value).__name__}", value if isinstance(value, str) else repr(value)


def _yaml(text: str) -> Iterator[Leaf]:
    for event in yaml.parse(text, Loader=LOADER):
        kind = type(event).__name__
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        style, value = getattr(event, "style", None), getattr(event, "value", "")
        yield f"{kind} {anchor} {tag} {style}", value


def _ini(text: str) -> Iterator[Leaf]:
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(text)
    for section in [parser.default_section, *parser.sections()]:
        yield section, "[]"
        for option, value in parser[section].items():
            yield f"{section}/{option}", value or ""


def _env(text: str) -> Iterator[Leaf]:
    for one in environment_assignments(text):
        yield f"{one.name} {one.quote} {one.exported}", one.value


_READERS = {"json": _json, "toml": _toml, "yaml": _yaml, "ini": _ini, "env": _env}
