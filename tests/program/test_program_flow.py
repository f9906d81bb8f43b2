"""Which assignments of x reach the call of use(x): each is named by the text that it assigns."""

from __future__ import annotations

import pytest
from program_facts import facts_of

from migrate.facts.expressions import Constant
from migrate.facts.records import Scope
from migrate.program.names.flow import Flow

CASES = {
    "straight": ('x = "a"\nuse(x)\nx = "b"', "a", True),
    "the last one counts": ('x = "a"\nx = "b"\nuse(x)', "b", True),
    "if without else": ('x = "a"\nif c:\n    x = "b"\nuse(x)', "a b", True),
    "if with else": ('x = "a"\nif c:\n    x = "b"\nelse:\n    x = "c"\nuse(x)', "b c", True),
    "elif without else": ('x = "a"\nif c:\n    x = "b"\nelif d:\n    x = "c"\nuse(x)', "a b c", True),
    "inside its own branch": ('x = "a"\nif c:\n    x = "b"\n    use(x)\nelse:\n    x = "c"', "b", True),
    "before it in the branch": ('x = "a"\nif c:\n    use(x)\n    x = "b"', "a", True),
    "a branch that returns": ('x = "a"\nif c:\n    x = "b"\n    return\nuse(x)', "a", True),
    "a branch that raises": ('if c:\n    x = "a"\nelse:\n    raise E\nuse(x)', "a", True),
    "a branch that ends inside": (
        'if c:\n    if d:\n        return\n    else:\n        raise E\nelse:\n    x = "a"\nuse(x)',
        "a",
        True,
    ),
    "after others that bind nothing": (
        'x = "a"\nif c:\n    if d:\n        return\nfor y in z:\n    c()\nuse(x)',
        "a",
        True,
    ),
    "only under a condition": ('if c:\n    x = "a"\nuse(x)', "a", False),
    "loop body": ('x = "a"\nfor y in z:\n    use(x)\n    x = "b"', "a b", True),
    "after a loop": ('x = "a"\nwhile c:\n    x = "b"\nuse(x)', "a b", True),
    "try": ('x = "a"\ntry:\n    x = "b"\nexcept E:\n    pass\nuse(x)', "a b", True),
    "try with all handlers": ('try:\n    x = "a"\nexcept E:\n    x = "b"\nuse(x)', "a b", True),
    "handler sees the body": ('x = "a"\ntry:\n    x = "b"\n    c()\nexcept E:\n    use(x)', "a b", True),
    "finally": ('try:\n    c()\nfinally:\n    x = "a"\nuse(x)', "a", True),
    "with": ('with c:\n    x = "a"\nuse(x)', "a", True),
    "match with default": (
        'match c:\n    case 1:\n        x = "a"\n    case _:\n        x = "b"\nuse(x)',
        "a b",
        True,
    ),
    "match without default": ('x = "a"\nmatch c:\n    case 1:\n        x = "b"\nuse(x)', "a b", True),
    "walrus in a test": ('if (x := "a"):\n    use(x)', "a", True),
    "declaration": ('x = "a"\nx: str\nuse(x)', "a", True),
    "comprehension": ('x = "a"\n[1 for x in ("b",)]\nuse(x)', "a", True),
    "nothing before": ('use(x)\nx = "a"', "", False),
}


@pytest.mark.parametrize(("text", "values", "whole"), CASES.values(), ids=CASES.keys())
def test_reaching(text: str, values: str, whole: bool) -> None:
    indented = "".join(f"    {line}\n" for line in text.splitlines())
    facts = facts_of(f"def f():\n{indented}")
    home = 1
    call = next(one for one in facts.calls if getattr(one.function, "id", "") == "use")
    scope: Scope = facts.scopes[home]
    position = (call.span.line, call.span.column)
    found, always = Flow(facts).reaching(scope.bindings["x"], home, call.block, position)
    texts = sorted(one.value.value for one in found if isinstance(one.value, Constant))  # type: ignore[type-var]
    assert (" ".join(map(str, texts)), always) == (values, whole)
