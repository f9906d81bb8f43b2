"""The plan file that a run follows, read and held against what was scanned."""

from __future__ import annotations

from migrate.catalog import Catalog
from migrate.catalog.lives import lives_of
from migrate.plan.planfile.overruling import Overruling, overruling
from migrate.plan.planfile.reading import plan_path, read_plan
from migrate.program.inventory import Inventory
from migrate.program.linking.code import SourceTexts
from migrate.settings import Settings


def followed(inventory: Inventory, settings: Settings, catalog: Catalog) -> Overruling | None:
    """The plan file of this run, ready to be asked; None where it follows none. Raises PlanError."""
    file = plan_path(settings, inventory.root)
    if file is None:
        return None
    texts = SourceTexts(lambda path: inventory.sources[path].text)
    about = (catalog, inventory.root, lives_of(catalog, settings))
    return overruling(file, read_plan(file), inventory.call_sites, texts.code, about)
