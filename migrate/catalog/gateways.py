"""Gateways as records: where they are, how they name models, what they serve. It sends no request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from migrate.catalog.documents import Origin, convert, origin, read, unique
from migrate.catalog.models import Endpoint
from migrate.errors import CatalogError

Naming: TypeAlias = Literal["bare", "prefixed", "deployment", "alias"]

# What it takes to be a model name there: OpenAI's own id, the id behind its maker's name, or a name that the
# team's gateway or Azure resource defines and that no rule can know.
_PREFIX = "openai/"


class Gateway(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One gateway. A ``base_url`` with a ``{placeholder}`` has to be given by the user.

    ``endpoints`` are known to work, ``endpoints_unverified`` are named by no source either way or only in
    part; everything else is not served. ``models`` are the ids it documents; empty means it lists none.
    """

    name: str
    title: str
    base_url: str
    key_env: str
    base_url_env: str
    naming: Naming
    hosts: tuple[str, ...]
    endpoints: tuple[Endpoint, ...]
    endpoints_unverified: tuple[Endpoint, ...] = ()
    alternatives: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    fallback: str = ""
    notes: str = ""
    source: str = ""
    checked: date = date.min

    @property
    def incomplete(self) -> bool:
        """Whether ``base_url`` holds a placeholder, so that it cannot be written as it is."""
        return "{" in self.base_url

    def model_name(self, id: str) -> str:  # noqa: A002 - the word of the API it describes
        """How a request through this gateway names OpenAI's model ``id``."""
        if self.naming == "prefixed" and not id.startswith(_PREFIX):
            return _PREFIX + id
        return id

    def lists(self, id: str) -> bool | None:  # noqa: A002
        """Whether the gateway documents that model; None where it publishes no list."""
        if not self.models:
            return None
        return id.removeprefix(_PREFIX) in self.models

    def serves(self, endpoint: str) -> bool | None:
        """Whether it is known to serve that endpoint; None where no source says it does or does not."""
        if endpoint in self.endpoints:
            return True
        return None if endpoint in self.endpoints_unverified else False

    def owns(self, host: str) -> bool:
        """Whether requests to that host go through this gateway."""
        return any(host == known or host.endswith("." + known) for known in self.hosts)


def read_gateways(
    paths: Sequence[Path], extra: Iterable[tuple[str, Gateway, Path]] = ()
) -> Mapping[str, Gateway]:
    """Gateways by name, one a file, and a team's own. Raises CatalogError."""
    return unique([*(located(read(path), Origin(), path) for path in paths), *extra], "gateway")


def located(raw: object, defaults: Origin, path: Path, at: str = "") -> tuple[str, Gateway, Path]:
    """One gateway's table as a record, with the file it stands in."""
    gateway = convert(raw, Gateway, path, at)
    undated = Origin(gateway.source or None, None if gateway.checked == date.min else gateway.checked)
    source, checked = origin(undated, defaults, path, f"gateway {gateway.name}")
    if not gateway.base_url.startswith(("https://", "http://")):
        raise CatalogError(
            f"{path}: gateway {gateway.name}: base_url = {gateway.base_url!r} is no http(s) URL"
        )
    return gateway.name, msgspec.structs.replace(gateway, source=source, checked=checked), path
