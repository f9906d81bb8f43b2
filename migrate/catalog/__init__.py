"""Typed, validated view of the facts under rules/. It owns no fact and knows nothing of scanned code."""

from migrate.catalog.load import Catalog, load
from migrate.catalog.verdict import UNKNOWN, Verdict

__all__ = ["UNKNOWN", "Catalog", "Verdict", "load"]
