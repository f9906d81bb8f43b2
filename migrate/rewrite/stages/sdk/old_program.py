"""All of a program's code for openai 0.x, seen together: calls, their answers, settings and clients."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from migrate.findings.edits import Edit, ReplaceExpression
from migrate.findings.finding import Finding
from migrate.rewrite.stages.params.shared_holders import without_shared
from migrate.rewrite.stages.sdk import f_strings
from migrate.rewrite.stages.sdk.azure_choice import undecided
from migrate.rewrite.stages.sdk.calls import OldCall, held_by, old_call
from migrate.rewrite.stages.sdk.client_plan import FileClients, file_clients, vendor_of
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.following import blocked, follow
from migrate.rewrite.stages.sdk.obstacles import own_obstacles
from migrate.rewrite.stages.sdk.old_names import OldNames
from migrate.rewrite.stages.sdk.reads import Recasting
from migrate.rewrite.stages.sdk.settings_of import reads_of, settings_in
from migrate.rewrite.stages.sdk.version_checks import VersionChecks
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog.sdk import Sdk
    from migrate.program.inventory import Inventory


class OldProgram:
    """``files``, their ``names``, ``settings`` and ``checks`` of the version by path; ``calls`` of 0.x, those
    that stay ``blocked`` with the reason, those whose answers are made ``plain`` dicts, and the ``clients``
    of the files that have calls."""

    def __init__(self, inventory: Inventory, sdk: Sdk) -> None:
        self._inventory = inventory
        self._sdk = sdk
        self.files: dict[str, CodeFile] = {}
        for path in sorted(inventory.sources):
            if path.endswith((".py", ".pyw", ".ipynb")) and b"openai" in inventory.sources[path].raw:
                self._load(path)
        self.names = {path: OldNames(file) for path, file in self.files.items()}
        known = sdk.old.settings
        self.checks = {
            path: VersionChecks(file, self.names[path], sdk.old.version_readers)
            for path, file in self.files.items()
        }
        self.settings = {path: settings_in(self.files[path], self.names[path], known) for path in self.files}
        self.calls = self._calls()
        self.clients = self._clients()
        self._known = own_obstacles(self, inventory, sdk)
        self._asking = {call.site.place: held_by(call, sdk) for call in self.calls}
        self.plain: frozenset[Place] = frozenset()
        self._follow()
        self._make_plain()

    def changed(self) -> frozenset[str]:
        """The files in which a call changes."""
        return frozenset(call.file.path for call in self.calls if call.site.place not in self.blocked)

    def first_line(self, path: str) -> int:
        """The line of the first call that runs when the module is imported; 0 where there is none."""
        lines = [
            call.site.place.span.line
            for call in self.calls
            if call.file.path == path
            and call.function is not None
            and call.file.function(call.function) is None
        ]
        return min(lines, default=0)

    def reads_of(self, source: Place) -> Iterator[Recasting]:
        """The reads outside f-strings that are made with the call at ``source``."""
        for one in self._reads.recastings.values():
            if min(one.sources) == source and one.file.in_f_string(one.node) is None:
                yield one

    @property
    def texts(self) -> frozenset[ast.JoinedStr]:
        """The f-strings that are written anew for what they read of answers."""
        return frozenset(node for _, node, _, _ in self._texts)

    def text_reads(self, source: Place) -> Iterator[tuple[CodeFile, Edit]]:
        """The f-strings that are written anew with the call at ``source``."""
        for file, node, code, sources in self._texts:
            if min(sources) == source:
                yield file, ReplaceExpression(file.span(node), code)

    def _load(self, path: str) -> CodeFile | None:
        file = self._other(path)
        if file is not None:
            self.files[path] = file
        return file

    def _other(self, path: str) -> CodeFile | None:
        source = self._inventory.source(path)
        try:
            return CodeFile(path, source.text) if source is not None else None
        except (SyntaxError, ValueError, RecursionError):
            return None

    def _users(self, path: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """Every file that was read, those that may use ``names`` of ``path`` among them, with its text."""
        self._inventory.calling.read_users(names, path)
        return [(other, one.text) for other, one in self._inventory.sources.items()]

    def _calls(self) -> list[OldCall]:
        sites = [one for one in self._inventory.call_sites if one.kind.startswith("legacy-")]
        found = []
        for site in sites:
            file = self.files.get(site.place.path)
            if file is not None:
                found.append(old_call(site, file, self.names[file.path], self._sdk))
        findings = [
            Finding("old-sdk", "sdk", one.site.place, "", "", "review", tuple(one.edits), (one.site.id,))
            for one in found
        ]
        every = self._inventory.call_sites
        for call, finding in zip(
            found, without_shared(findings, every, self._inventory.readers), strict=True
        ):
            if call.edits and not finding.edits:
                call.why = call.why or finding.cure
        return found

    def _follow(self) -> None:
        """Follows the answers, those at ``plain`` as dicts, and sees which calls that blocks."""
        asking = {
            place: msgspec.structs.replace(held, plain=place in self.plain)
            for place, held in self._asking.items()
        }
        self._reads = follow(
            dict(self.files), asking, self._inventory.calling, self._other, self._sdk.old, self._users
        )
        self._texts = f_strings.all_rewritten(self._reads)
        self.blocked = blocked(self._reads, self._known)

    def _make_plain(self) -> None:
        """Calls that are blocked by what becomes of their answers may still change if these are made dicts
        where they are given: as long as nothing blocks them then, either."""
        objects = dict(self.blocked)
        left = frozenset(call.site.place for call in self.calls if self._can_be_plain(call))
        while left:
            self.plain = left
            self._follow()
            left -= self.blocked.keys()
            if left == self.plain:
                break
        self.plain = left
        if not left:
            self._follow()
        # What is said of a call is what stops it as an object, as people would read it.
        self.blocked = {place: objects.get(place, one) for place, one in self.blocked.items()}

    def _can_be_plain(self, call: OldCall) -> bool:
        place = call.site.place
        held, node = self._asking[place], call.file.calls.get(place.span)
        waited = not held.waits or (node is not None and isinstance(call.file.parent(node), ast.Await))
        return held.kind == "answer" and waited and place in self.blocked and place not in self._known

    def setting_reads(self, path: str) -> Iterator[tuple[ast.expr, str]]:
        """Where the file ``path`` reads a setting of the module, with its name."""
        modules = {call.module for call in self.calls if call.module and call.file.path == path}
        return reads_of(self.files[path], self.names[path], self._sdk.old.settings, modules)

    def _clients(self) -> dict[str, FileClients]:
        reads = {name for path in self.files for _, name in self.setting_reads(path)}
        callers = frozenset(call.file.path for call in self.calls)
        every = [one for found in self.settings.values() for one in found]
        late = undecided(self.files, self.settings, vendor_of(every), reads)
        return {
            path: file_clients(
                self.files[path],
                self.names[path],
                [call for call in self.calls if call.file.path == path],
                self.settings,
                bool(reads),
                callers,
            ).apart(late)
            for path in sorted(callers)
        }
