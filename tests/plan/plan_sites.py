"""Call sites for the tables of tests/plan, made from one line: model ids, endpoint and arguments."""

from __future__ import annotations

import ast
from pathlib import Path

from migrate.program.calls.callsite import CallSite, Parameter, Setting
from migrate.sources.place import Place, Span

TABLES = Path(__file__).parents[2] / "fixtures" / "plan"
NONE = "-"
_PLACE = Place("app.py", Span(1, 1, 1, 2))


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table under fixtures/plan; lines that start with # are comments."""
    lines = (TABLES / name).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]


def parts(text: str) -> tuple[str, ...]:
    """The words of a ;-separated field; none for -."""
    return () if text == NONE else tuple(text.split(";"))


def site(models: tuple[str, ...], endpoint: str, arguments: str) -> CallSite:
    """A call to ``endpoint`` with these models; ``arguments`` are keywords as written, ``**x`` unseen."""
    keywords = _keywords(arguments)
    return CallSite(
        id="site",
        place=_PLACE,
        function="",
        kind=endpoint,
        sdk="openai",
        symbol="openai.OpenAI.chat.completions.create",
        method="chat.completions.create",
        certainty="proved",
        target="openai",
        asynchronous=False,
        stream=False,
        endpoint=endpoint,
        model=Setting(models),
        model_parameter="model",
        parameters=tuple(_parameter(one.arg, ast.unparse(one.value)) for one in keywords if one.arg),
        hidden=tuple("unknown keywords" for one in keywords if not one.arg),
        clients=(),
    )


def _keywords(arguments: str) -> list[ast.keyword]:
    if arguments == NONE:
        return []
    call = ast.parse(f"call({arguments})", mode="eval").body
    assert isinstance(call, ast.Call)
    return call.keywords


def _parameter(name: str, code: str) -> Parameter:
    unknown = Setting((), complete=False, why=("not followed",))
    # Unparsed code has single quotes; the arguments of the tables are written with double ones.
    return Parameter(name, code.replace("'", '"'), _PLACE, _PLACE, "argument", unknown)
