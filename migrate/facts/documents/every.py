"""Every document of a configuration file, read leniently: what people wrote there, whoever reads it."""

from __future__ import annotations

from migrate.facts.documents.plain_json import plain_json
from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import Format, document
from migrate.facts.expressions import Expression


def documents(text: str, form: Format) -> tuple[Expression, ...]:
    """The documents of ``text``: several of YAML, JSON with comments. Raises DocumentError."""
    try:
        if form == "yaml":
            from migrate.facts.documents.yaml_values import read_every_yaml

            return read_every_yaml(text)
        return (document(plain_json(text) if form == "json" else text, form),)
    except RecursionError:
        raise DocumentError(1, "it is nested too deeply") from None
