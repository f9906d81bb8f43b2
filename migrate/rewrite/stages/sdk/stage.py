"""Stage ``sdk``: one finding for every call, setting, error class and name of openai 0.x, with the edits that
bring it to 1.0 and newer, or the reason why a person has to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.findings.edits import Edit, Recast, RemoveStatement, ReplaceExpression
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.sdk.calls import OldCall
from migrate.rewrite.stages.sdk.client_edits import own_clients, renamed_settings
from migrate.rewrite.stages.sdk.errors import ErrorClasses
from migrate.rewrite.stages.sdk.imports_of import OldImports
from migrate.rewrite.stages.sdk.leftovers import dropped, leftovers
from migrate.rewrite.stages.sdk.old_program import OldProgram
from migrate.rewrite.stages.sdk.old_words import spells_old
from migrate.rewrite.stages.sdk.plain_answers import dump
from migrate.sources.place import Place

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.inventory import Inventory
    from migrate.rewrite.stages.sdk.client_plan import FileClients


def sdk_findings(inventory: Inventory, catalog: Catalog) -> Iterator[Finding]:
    """Everything that stage ``sdk`` has to say of the files that were asked about."""
    if not spells_old(inventory, catalog.sdk):
        return
    found = _Stage(OldProgram(inventory, catalog.sdk), catalog).findings()
    yield from (one for one in found if one.place.path in inventory.selected)


class _Stage:
    def __init__(self, program: OldProgram, catalog: Catalog) -> None:
        self._program = program
        self._sdk = catalog.sdk
        self._changed = program.changed()
        self._default = catalog.gateways["openai"].base_url

    def findings(self) -> Iterator[Finding]:
        for call in self._program.calls:
            yield self._of_call(call)
        for path in sorted(self._program.files):
            yield from self._of_settings(path)
            yield from self._of_names(path)

    def _of_call(self, call: OldCall) -> Finding:
        site = call.site
        stopped = self._program.blocked.get(site.place)
        message = f"{site.symbol} exists only in openai before 1.0"
        if stopped is not None:
            at = "" if stopped.place == site.place else f" ({stopped.place})"
            new = call.method.replacement
            cure = f"move it to client.{new} by hand: {stopped.why}{at}" if new else f"{stopped.why}, by hand"
            return Finding("old-sdk", "sdk", site.place, message, cure, "manual", (), (site.id,))
        clients = self._program.clients[call.file.path]
        new = f"{clients.receiver(call)}.{call.method.replacement}"
        edits = [*call.edits, *self._function(call, new), *self._reads(call)]
        answer = self._sdk.old.answers.get(call.method.answer)
        made_plain = site.place in self._program.plain
        if answer is not None and (answer.read or made_plain):
            edits.append(self._read(call, dump(answer) if made_plain else answer.read))
        cure = f"it becomes {new}" + (", and its answer the dict that it was" if made_plain else "")
        if site.hidden:
            cure += f"; look first: more arguments may be passed ({site.hidden[0]})"
        cure += "".join(f"; {one}" for one in call.gone)
        change = "|".join(sorted({f"sdk {one.path}" for one in edits}))
        return Finding(
            "old-sdk", "sdk", site.place, message, cure, "review", tuple(edits), (site.id,), change
        )

    def _function(self, call: OldCall, new: str) -> list[FileEdit]:
        assert call.function is not None
        edit = ReplaceExpression(call.file.span(call.function), new)
        return [FileEdit(call.file.path, edit)]

    def _read(self, call: OldCall, code: str) -> FileEdit:
        node = call.file.calls[call.site.place.span]
        whole = call.file.parent(node) if call.method.asynchronous else node
        span = call.file.span(whole)  # type: ignore[arg-type]
        return FileEdit(call.file.path, Recast(span, span, code))

    def _reads(self, call: OldCall) -> list[FileEdit]:
        """The reads of the answer; one that several calls share is made with the first of them."""
        found = [FileEdit(file.path, edit) for file, edit in self._program.text_reads(call.site.place)]
        for one in self._program.reads_of(call.site.place):
            edit = Recast(one.file.span(one.node), one.file.span(one.keep), one.code)
            found.append(FileEdit(one.file.path, edit))
        return found

    def _of_settings(self, path: str) -> Iterator[Finding]:
        file, settings = self._program.files[path], self._program.settings[path]
        plan = self._program.clients.get(path)
        edits: list[Edit] = []
        if plan is not None and path in self._changed:
            if plan.own and any(plan.names):
                edits += own_clients(file, plan, settings, self._program.first_line(path))
                place = Place(path, edits[0].span)  # type: ignore[union-attr]
                made = " and ".join(plan.made(bool(mode), {}) for mode, name in enumerate(plan.names) if name)
                message = "the settings of the module openai belong to a client from 1.0 on"
                yield self._finding("old-sdk-setting", path, place, (message, f"{made} is made here"), edits)
            elif not plan.own:
                edits += renamed_settings(file, plan, settings, self._default)
        else:
            others = [one for other, one in self._through_module() if plan is None or other in self._changed]
            edits += renamed_settings(file, others[0], settings, self._default) if others else []
        if edits and not (plan is not None and plan.own):
            place = Place(path, edits[0].span)  # type: ignore[union-attr]
            message = "openai.api_base has another name from 1.0 on"
            yield self._finding("old-sdk-setting", path, place, (message, "it gets the new name"), edits)
        changed = {one.span for one in edits if isinstance(one, RemoveStatement)}
        for one in settings:
            if file.span(one.statement) not in changed and (not one.new or one.new != one.name):
                cure = self._sdk.old.cures.get(one.name, f"give it to the client as {one.new}")
                message = f"openai.{one.name} has no effect from 1.0 on"
                place = file.place(one.statement)
                yield Finding("old-sdk-setting", "sdk", place, message, f"{cure}, by hand", "manual")

    def _through_module(self) -> list[tuple[str, FileClients]]:
        """The files whose calls go through the module, and so by the settings that any file makes."""
        return [(path, one) for path, one in self._program.clients.items() if not one.own]

    def _of_names(self, path: str) -> Iterator[Finding]:
        file, names = self._program.files[path], self._program.names[path]
        checks = self._program.checks[path]
        imports = OldImports(file, names, self._sdk.old, dropped(self._program, path, self._sdk), checks)
        for one in ErrorClasses(file, names, self._sdk.old, imports, self._program.texts).uses():
            message = f"{one.old} is of openai before 1.0"
            place = file.place(one.node)
            why = checks.why(one.node) or (one.why if one.edit is None else "") or self._waits(path)
            if why or one.edit is None:
                cure = "change it by hand"
                yield Finding("old-sdk-error", "sdk", place, f"{message}: {why}", cure, "manual")
            else:
                yield self._finding(
                    "old-sdk-error", path, place, (message, f"it gets its new name{one.note}"), [one.edit]
                )
        for change in imports.changes():
            place = file.place(change.statement)
            message = "the import brings names of openai before 1.0"
            if change.edits and not self._waits(path):
                texts = (message, "it brings those of 1.x")
                yield self._finding("old-sdk-import", path, place, texts, change.edits)
            else:
                cure = f"{change.why or self._waits(path)}, by hand"
                yield Finding("old-sdk-import", "sdk", place, message, cure, "manual")
        yield from leftovers(self._program, path, self._sdk)

    def _waits(self, path: str) -> str:
        """Why names of 0.x stay in a file whose calls stay, all of them: no release has both; else empty."""
        mine = path in self._program.clients or not self._changed
        stays = bool(self._program.calls) and mine and path not in self._changed
        return "change it together with the calls, which stay" if stays else ""

    def _finding(
        self, rule: str, path: str, place: Place, texts: tuple[str, str], edits: Sequence[Edit]
    ) -> Finding:
        made = tuple(FileEdit(path, one) for one in edits)
        return Finding(rule, "sdk", place, *texts, "review", made, (), f"sdk {path}")
