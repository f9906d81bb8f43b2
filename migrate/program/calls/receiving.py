"""What is asked before anything else: what calls are made on. A question about what they pass may use up what
questions may take, and whether a call is one of the SDK's must not hang on that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute, CallReference, last_name
from migrate.facts.records import Argument
from migrate.program.solving import located
from migrate.program.solving.values import Located

if TYPE_CHECKING:
    from migrate.program.calls.matching import Matcher
    from migrate.program.solving.evaluate import Evaluator


def receive(evaluator: Evaluator, matcher: Matcher, paths: Sequence[str]) -> None:
    """Asks what is called in some files wherever that is written like a call of the SDK, or is handed a
    method of it, which may stand in a file that names nothing of it; and what methods are that get a name."""
    for path in paths:
        named = [(name, at) for name, at in _named(evaluator, path) if matcher.looks_known(at)]
        methods = frozenset(name for name, _ in named)
        for call in evaluator.program.facts(path).calls:
            at = located.called(path, call)
            if matcher.looks_known(at) or _hands_on(evaluator, matcher, at, call.arguments, methods):
                evaluator.ask(at)
        for _, at in named:
            evaluator.ask(at)
    evaluator.restore()


def _named(evaluator: Evaluator, path: str) -> Iterator[tuple[str, Located]]:
    """The attributes of something that a file gives a name: ``ask = client.responses.create``."""
    facts = evaluator.program.facts(path)
    for scope in facts.scopes:
        for name, bindings in scope.bindings.items():
            for one in bindings:
                if isinstance(one.value, Attribute):
                    yield name, Located(path, one.scope, one.block, one.value)
    for store in facts.stores:
        if isinstance(store.value, Attribute):
            yield store.attribute or "", Located(path, store.scope, store.block, store.value)


def _hands_on(
    evaluator: Evaluator, matcher: Matcher, at: Located, given: Sequence[Argument], methods: frozenset[str]
) -> bool:
    """Whether what the call ``at`` is ``given`` is a method of the SDK: as it stands, by one of the names of
    ``methods``, or in a call of its own (``partial(client.responses.create)``)."""
    for argument in given:
        one = argument.value
        if type(one) is CallReference:
            inner = evaluator.program.facts(at.path).calls[one.index].arguments[:1]
            if inner and _hands_on(evaluator, matcher, at, inner, methods):
                return True
        elif last_name(one) in methods or (type(one) is Attribute and matcher.looks_known(at.other(one))):
            return True
    return False
