"""What is asked before anything else: what calls are made on. A question about what they pass may use up what
questions may take, and whether a call is one of the SDK's must not hang on that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute
from migrate.facts.records import Call
from migrate.program.solving.values import Located

if TYPE_CHECKING:
    from migrate.program.calls.matching import Matcher
    from migrate.program.solving.evaluate import Evaluator


def receive(evaluator: Evaluator, matcher: Matcher, paths: Sequence[str]) -> None:
    """Asks what is called in some files wherever that is written like a call of the SDK, or is handed a
    method of it, which may stand in a file that names nothing of it; and what methods are that get a name."""
    for path in paths:
        for at, call in _called(evaluator, path):
            if matcher.looks_known(at) or _hands_on(evaluator, path, call):
                evaluator.ask(at)
        for at in _named(evaluator, path):
            if matcher.looks_known(at):
                evaluator.ask(at)
    evaluator.restore()


def _called(evaluator: Evaluator, path: str) -> Iterator[tuple[Located, Call]]:
    for call in evaluator.program.facts(path).calls:
        yield Located(path, call.scope, call.block, call.function), call


def _named(evaluator: Evaluator, path: str) -> Iterator[Located]:
    """The attributes of something that a file gives a name: ``ask = client.responses.create``."""
    for scope in evaluator.program.facts(path).scopes:
        for bindings in scope.bindings.values():
            for one in bindings:
                if isinstance(one.value, Attribute):
                    yield Located(path, one.scope, one.block, one.value)


def _hands_on(evaluator: Evaluator, path: str, call: Call) -> bool:
    """Whether a call may pass on a method of the SDK."""
    suspects = evaluator.program.suspects
    return any(suspects.may_be(path, call.scope, one.value) for one in call.arguments)
