"""One Source to its FileFacts: parse once, walk once. A file that does not parse is a failed Outcome."""

from __future__ import annotations

import ast
import sys
import warnings

from migrate.facts.builder import Builder
from migrate.facts.expression_facts import expression
from migrate.facts.expressions import Constant
from migrate.facts.records import FileFacts
from migrate.facts.statement_facts import statements
from migrate.sources.lines import Lines
from migrate.sources.place import Span
from migrate.sources.source import Outcome

# What a text that docopt reads says of an option.
_USAGE = "[default:"


def extract(path: str, text: str) -> FileFacts | Outcome:
    """The facts of ``text``, the content of the Python file ``path`` without its BOM."""
    tree = _parse(path, text)
    if isinstance(tree, Outcome):
        return tree
    try:
        return _walk(tree, text)
    except RecursionError:
        return Outcome(path, "failed", "nested too deeply to be read")


def _walk(tree: ast.Module, text: str) -> FileFacts:
    lines = Lines(text)
    build = Builder(lines, expression, statements)
    end = lines.position(len(text))
    with build.within(build.open_scope(Span(1, 1, *end), "module", "")):
        _describe_usage(build, tree)
        build.statements(tree.body)
    return build.finish()


def _describe_usage(build: Builder, tree: ast.Module) -> None:
    """``__doc__``, where it describes a command line."""
    first = tree.body[0] if tree.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        text, span = first.value.value, build.span(first.value)
        if isinstance(text, str) and _USAGE in text:
            build.bind("__doc__", span, Constant(span, text), (span.end_line, span.end_column))


def _parse(path: str, text: str) -> ast.Module | Outcome:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a scanned file's invalid escapes are not our user's business
        try:
            return ast.parse(text)
        except SyntaxError as error:
            return Outcome(path, "failed", _syntax_message(error, text), error.lineno)
        except (ValueError, RecursionError, MemoryError) as error:
            return Outcome(path, "failed", f"cannot be parsed: {error}")


def _syntax_message(error: SyntaxError, text: str) -> str:
    """What is wrong, and which Python would read the file where that can be told."""
    running = ".".join(map(str, sys.version_info[:2]))
    if _python_2(error, text):
        return "Python 2 syntax: convert the file to Python 3 first (for example with 2to3)"
    newer = _newer_version(error, text)
    if newer:
        return f"syntax of Python {newer}: run repoint with Python {newer} or newer (this is {running})"
    return f"syntax error: {error.msg} (read with Python {running})"


def _python_2(error: SyntaxError, text: str) -> bool:
    message = error.msg
    line = (error.text or "").strip()
    return (
        "Missing parentheses in call to 'print'" in message
        or "Missing parentheses in call to 'exec'" in message
        or "multiple exception types must be parenthesized" in message
        or "leading zeros in decimal integer literals" in message
        or (line.startswith("raise ") and "," in line)
        or (line.startswith("except ") and "," in line and "(" not in line)
    )


def _newer_version(error: SyntaxError, text: str) -> str:
    """The lowest Python, newer than this one, whose grammar the offending line seems to need."""
    line = (error.text or "").strip()
    signs = (
        (line.startswith("except*"), (3, 11)),
        (line.startswith("type ") and "=" in line, (3, 12)),
        (line.startswith(("def ", "async def ", "class ")) and "[" in line.partition("(")[0], (3, 12)),
        ("f-string" in error.msg, (3, 12)),
        (any(quote in line for quote in ("t'", 't"')), (3, 14)),
    )
    needed = min(
        (version for seen, version in signs if seen and version > sys.version_info[:2]), default=None
    )
    return ".".join(map(str, needed)) if needed else ""
