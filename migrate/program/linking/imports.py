"""What import statements bind: modules and names of the program, else what is outside of it by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Imported
from migrate.program.solving.combining import only, unknown
from migrate.program.solving.values import External, ModuleOption, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def imported(evaluator: Evaluator, importer: str, node: Imported) -> Value:
    """What an import statement binds."""
    path = evaluator.program.modules.named(node.module, node.level, importer)
    if node.name is None:
        return _module(evaluator, importer, node.module, path)
    if path is not None and path != importer:
        member = evaluator.member(path, node.name)
        if member is not None:
            return member
        return unknown(f"{path} does not define {node.name}")
    return _from_folder(evaluator, importer, node)


def _module(evaluator: Evaluator, importer: str, name: str, path: str | None) -> Value:
    if path is not None:
        return only(ModuleOption(name, path))
    if evaluator.program.modules.is_folder(name, importer):
        return only(ModuleOption(name, None))
    return only(External(evaluator.library.canonical(name)))


def _from_folder(evaluator: Evaluator, importer: str, node: Imported) -> Value:
    """``from package import name`` where the package has no readable ``__init__``, or is external."""
    assert node.name is not None
    modules = evaluator.program.modules
    if node.level:
        folder, _ = modules.relative(node.module, node.level, importer)
        path = modules.file_of(f"{folder}/{node.name}" if folder else node.name)
        return only(ModuleOption(node.name, path)) if path else unknown(f"{folder} has no {node.name}")
    path = modules.absolute(f"{node.module}.{node.name}", importer)
    if path is not None:
        return only(ModuleOption(node.name, path))
    return only(External(evaluator.library.canonical(f"{node.module}.{node.name}")))


def of_folder(evaluator: Evaluator, folder: str, name: str) -> Value:
    """``folder.name`` where the package ``folder`` has no ``__init__``."""
    path = evaluator.program.modules.absolute(f"{folder}.{name}", "")
    return only(ModuleOption(name, path)) if path else unknown(f"{folder} has no {name}")
