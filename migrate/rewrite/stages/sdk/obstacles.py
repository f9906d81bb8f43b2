"""Why calls of 0.x stay for reasons of their own, whatever becomes of their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.rewrite.stages.sdk.handlers import Handlers
from migrate.rewrite.stages.sdk.old_variables import OldVariables
from migrate.rewrite.stages.sdk.reads import Obstacle
from migrate.rewrite.stages.sdk.settings_of import set_elsewhere
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog.sdk import Sdk
    from migrate.program.inventory import Inventory
    from migrate.rewrite.stages.sdk.calls import OldCall
    from migrate.rewrite.stages.sdk.old_program import OldProgram


def own_obstacles(program: OldProgram, inventory: Inventory, sdk: Sdk) -> dict[Place, Obstacle]:
    """The calls of ``program`` that cannot be changed, by their places."""
    found: dict[Place, Obstacle] = {}
    given = {one.new for settings in program.settings.values() for one in settings}
    variables = OldVariables(sdk.old, inventory.assigned, given) if program.calls else None
    callers = {call.file.path: call.file for call in program.calls}
    handlers = {path: Handlers(file, program.names[path], sdk.old) for path, file in callers.items()}
    for call in program.calls:
        why = _own(call, program, handlers[call.file.path]) or (
            variables.why(call.options) if variables is not None else ""
        )
        why = why or set_elsewhere(call.file, program.setting_reads(call.file.path), sdk.old.settings)
        if call.site.certainty != "proved":
            why = why or "nothing says what the receiver is"
        if why:
            found[call.site.place] = Obstacle(call.site.place, why, frozenset((call.site.place,)))
    return found


def _own(call: OldCall, program: OldProgram, handlers: Handlers) -> str:
    path = call.file.path
    node = call.file.calls.get(call.site.place.span)  # None inside f-strings, before Python 3.12
    guarded = program.checks[path].why(node) if node is not None else ""
    why = guarded or call.why or program.clients[path].why(call)
    return why or handlers.torn_around(node)
