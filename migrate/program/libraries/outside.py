"""What calls of libraries that configure a program give: the environment, files, the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.records import Call
from migrate.program.classes import attached, named_tuples
from migrate.program.collections import shared_state
from migrate.program.functions import iteration
from migrate.program.outside import (
    command_contexts,
    commands,
    config_files,
    declarations,
    environment_reads,
    usage_texts,
)
from migrate.program.solving.values import Located, Made, Value
from migrate.program.texts import file_paths

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


_BY_FUNCTION = (
    environment_reads.by_function,
    config_files.parsed,
    config_files.put_together,
    file_paths.by_function,
    commands.run,
    named_tuples.defined,
    usage_texts.read,
    declarations.by_function,
    command_contexts.by_function,
    shared_state.read,
    attached.read_by_function,
)

_BY_OBJECT = (
    environment_reads.by_object,
    config_files.option,
    iteration.by_stack,
    named_tuples.made,
    command_contexts.by_object,
    attached.read_by_object,
)


def by_function(evaluator: Evaluator, symbol: str, at: Located, call: Call) -> Value | None:
    """What function ``symbol`` gives; None where it is none of these."""
    for answer in _BY_FUNCTION:
        found = answer(evaluator, symbol, at, call)
        if found is not None:
            return found
    return None


def by_object(evaluator: Evaluator, owner: Made, method: str, at: Located, call: Call) -> Value | None:
    """What ``owner.method(...)`` gives, ``__call__`` for ``owner(...)``; None where it is none of these."""
    for answer in _BY_OBJECT:
        found = answer(evaluator, owner, method, at, call)
        if found is not None:
            return found
    return config_files.parsed(evaluator, f"{owner.symbol}.{method}", at, call)
