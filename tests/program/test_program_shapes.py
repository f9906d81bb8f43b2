"""Which calls can run a function, by the number and the names of what they pass alone."""

from __future__ import annotations

import pytest
from program_facts import facts_of

from migrate.program.functions.shapes import may_do, may_take, shape_of


@pytest.mark.parametrize(
    ("function", "call", "runs"),
    [
        ("def f(self, *, key, model=None): ...", "f(1, model=2)", False),
        ("def f(self, *, key, model=None): ...", "f(key=1)", True),
        ("def f(self, key, model): ...", "f(1)", False),
        ("def f(self, key, model): ...", "f(1, 2)", True),
        ("def f(self, key, model): ...", "f(1, model=2)", True),
        ("def f(self, key, model): ...", "f(*rest)", True),
        ("def f(self, key, model): ...", "f(**rest)", True),
        ("def f(self, key, model=1): ...", "f()", False),
        ("def f(self, **more): ...", "f()", True),
        ("@task\ndef f(self, key, model): ...", "f()", True),
        ("def f(key): ...", "f(1, 2)", False),
        ("def f(key): ...", "f(name=1)", False),
    ],
)
def test_a_call_can_run_what_its_arguments_fit(function: str, call: str, runs: bool) -> None:
    facts = facts_of(f"{function}\n{call}\n")
    scope = next(one for one in facts.scopes if one.name == "f")
    shape = shape_of(facts.calls[-1])
    assert (may_take(scope, shape) and may_do(scope, shape)) == runs
