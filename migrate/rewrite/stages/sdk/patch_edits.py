"""Patches of 0.x methods in tests move to the class that holds the method in 1.x, together with the calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.findings.edits import AddImport, Edit, ReplaceExpression, ReplaceText, SetArgument
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.sdk.fakes import Edits, Fakes
from migrate.rewrite.stages.sdk.patches import Patch, patches_in

if TYPE_CHECKING:
    from migrate.catalog.sdk import Sdk
    from migrate.rewrite.stages.sdk.calls import OldCall
    from migrate.rewrite.stages.sdk.code_file import CodeFile
    from migrate.rewrite.stages.sdk.old_program import OldProgram
    from migrate.sources.place import Span

_LOOKS_AT_ARGUMENTS = ("call_args", "call_args_list", "mock_calls")


def patches_of(program: OldProgram, path: str, sdk: Sdk) -> Iterator[tuple[Patch, Finding]]:
    """Every patch of a method of 0.x in a file, with what is to be done about it."""
    file = program.files[path]
    for patch in patches_in(file, sdk.legacy):
        place = file.place(patch.named[0])
        message = f"{patch.symbol} is patched, and exists only in openai before 1.0"
        target, kind = _new_names(patch, sdk)
        calls = [one for one in program.calls if one.site.symbol == patch.symbol]
        why = _obstacle(program, file, patch, calls) if target else "1.x has no such method"
        edits = _edits(file, patch, target, kind) if not why else None
        if edits is None:
            why = why or "what it gives is not seen through"
            cure = f"patch {_by_hand(target, kind)}, by hand: {why}"
            yield patch, Finding("old-sdk-patch", "sdk", place, message, cure, "manual")
            continue
        change = "|".join(sorted({f"sdk {path}", *(f"sdk {one.file.path}" for one in calls)}))
        cure = f"it becomes {target}, and gives what 1.x returns"
        made_edits = tuple(FileEdit(path, one) for one in edits)
        ids = tuple(one.site.id for one in calls)
        yield patch, Finding("old-sdk-patch", "sdk", place, message, cure, "review", made_edits, ids, change)


def _by_hand(target: str, kind: str) -> str:
    made = f", and let it give {kind}.construct(**{{...}})" if kind else ""
    return f"{target or 'what the tested code uses'}{made}"


def _new_names(patch: Patch, sdk: Sdk) -> tuple[str, str]:
    """The name to patch, and the class of what it gives; empty where they are not known."""
    method = sdk.legacy[patch.symbol]
    answer = sdk.old.answers.get(method.answer)
    return sdk.old.holder(method), answer.type if answer is not None else ""


def _obstacle(program: OldProgram, file: CodeFile, patch: Patch, calls: list[OldCall]) -> str:
    """Why the patch stays as it is; empty where nothing is known against it."""
    stays = next((one for one in calls if one.site.place in program.blocked), None)
    changed = any(one.edits or one.options for one in calls)
    if not calls:
        return "no call that it stands in for is in sight"
    if stays is not None:
        return f"the call at {stays.site.place} stays"
    if patch.odd:
        return "it says more than what stands in for the method"
    if changed and _looks_at_arguments(file):
        return "the call gets other arguments, and the test looks at them"
    return ""


def _looks_at_arguments(file: CodeFile) -> bool:
    attributes = (one.attr for one in ast.walk(file.tree) if isinstance(one, ast.Attribute))
    return any(one in _LOOKS_AT_ARGUMENTS or one.startswith("assert_") for one in attributes)


def _edits(file: CodeFile, patch: Patch, target: str, kind: str) -> list[Edit | AddImport] | None:
    module, _, name = kind.rpartition(".")
    fakes = Fakes(file, name).edits(patch)
    moved = _moved(file, patch, target, fakes) if fakes is not None else None
    if fakes is None or moved is None:
        return None
    found: list[Edit | AddImport] = [*moved]
    if any(".construct(" in one.code for one in fakes):
        if _binds(file, name) and not _imports(file, module, name):
            return None
        found.append(AddImport(module, name))
    if any(isinstance(one, SetArgument) for one in moved):
        found.append(AddImport("unittest.mock", "AsyncMock"))
    return found


def _binds(file: CodeFile, name: str) -> bool:
    """Whether the file has something of that name."""
    own = (
        getattr(one, field, None) for one in ast.walk(file.tree) for field in ("id", "arg", "asname", "name")
    )
    return name in own


def _imports(file: CodeFile, module: str, name: str) -> bool:
    froms = (one for one in file.tree.body if isinstance(one, ast.ImportFrom))
    return any(one.module == module and any(alias.name == name for alias in one.names) for one in froms)


def _moved(file: CodeFile, patch: Patch, target: str, fakes: Edits) -> list[Edit] | None:
    """The edits that name ``target`` in place of the old method, with those of the ``fakes``."""
    # The methods of 1.x are no coroutine functions to look at, so that a patch would not make an AsyncMock.
    waits = patch.fake is None and ".Async" in target
    if patch.literal is None:
        return None if waits else _by_name(file, patch, target, fakes)
    text = ReplaceText(file.span(patch.literal), str(patch.literal.value), target)
    if not waits:
        return [text, *fakes]
    known = not _binds(file, "AsyncMock") or _imports(file, "unittest.mock", "AsyncMock")
    return [text, SetArgument(file.span(patch.call), "new_callable", "AsyncMock"), *fakes] if known else None


def _by_name(file: CodeFile, patch: Patch, target: str, fakes: Edits) -> list[Edit] | None:
    """``patch.object(openai.ChatCompletion, "create", fake)`` becomes ``patch("...", fake)``."""
    func, given = patch.call.func, patch.fake or patch.returned or patch.effect
    owner = file.code(func if patch.is_attribute or not isinstance(func, ast.Attribute) else func.value)
    if given is None or len(patch.call.keywords) > 1:
        return None
    span, place = file.span(patch.call), file.span(given)
    inside = [one for one in fakes if _is_within(one.span, span)]
    if any(one.span != place for one in inside):
        return None
    code = inside[0].code if inside else file.code(given)
    name = next((f"{one.arg}=" for one in patch.call.keywords if one.value is given), "")
    rest = [one for one in fakes if one not in inside]
    return [ReplaceExpression(span, f'{owner}("{target}", {name}{code})'), *rest]


def _is_within(inner: Span, outer: Span) -> bool:
    start, end = (outer.line, outer.column), (outer.end_line, outer.end_column)
    return start <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= end
