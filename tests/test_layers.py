"""The house in order: imports go one way, heavy packages have one home, files and functions stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "migrate"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A module may import only what stands above it here, and its own part.
LAYERS = (
    "errors",
    "resources",
    "settings",
    "catalog",
    "sources",
    "facts",
    "program",
    "findings",
    "prompts",
    "plan",
    "rewrite",
    "review",
    "report",
    "live",
    "fleet",
    "pipeline",
    "cli",
    "__main__",
)
# Which parts may import a package at all; elsewhere it would creep into start-up, or into the pure centre.
HOMES = {
    "ast_grep_py": {"program"},
    "click": {"cli"},
    "genai_prices": {"plan"},
    "httpx": {"live"},
    "jinja2": {"report", "plan"},
    "libcst": {"rewrite"},
    "pathspec": {"sources"},
    "rich": {"cli", "report", "review"},
    "socket": set(),
    "tomlkit": {"plan"},
    "unidiff": {"review"},
    "yaml": {"cli", "facts"},
    "urllib.request": set(),
}
# Scanned code is data: nothing may run it or unpickle what it left.
NEVER_CALLED = frozenset(("eval", "exec", "__import__"))
NEVER_IMPORTED = frozenset(("pickle", "shelve", "marshal"))
FILE_LINES = 200
FUNCTION_LINES = 40
# Files that are longer for a reason; the number is their own ceiling, so that they do not grow unseen.
LONG_FILES: dict[str, tuple[int, str]] = {
    "catalog/load.py": (250, "one property a part of the catalog"),
    "settings.py": (215, "two lines a key"),
    "program/solving/evaluate.py": (
        220,
        "one method an expression, and the doors between modules",
    ),
    "program/solving/values.py": (263, "the whole vocabulary of values, one record each"),
}


def part_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of every import of a file, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            module = node.module or ""
            yield node.lineno, module
            if module == "migrate":
                yield from ((node.lineno, f"migrate.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_up(path: Path) -> None:
    part = part_of(path)
    if part == "__init__":
        assert not list(imported(path)), "the package itself imports nothing"
        return
    assert part in LAYERS, f"{part} has no place in LAYERS"
    wrong = [
        f"{path}:{line}: {part} imports {module}"
        for line, module in imported(path)
        if module.startswith("migrate.")
        and (target := module.split(".")[1]) != part
        and not target.startswith("__")
        and LAYERS.index(target) > LAYERS.index(part)
    ]
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_packages_stay_in_their_homes(path: Path) -> None:
    for line, module in imported(path):
        for package, homes in HOMES.items():
            if module == package or module.startswith(package + "."):
                assert part_of(path) in homes, f"{path}:{line}: {module} belongs to {sorted(homes)}"
        assert module.partition(".")[0] not in NEVER_IMPORTED, f"{path}:{line}: {module}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_executed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in NEVER_CALLED, f"{path}:{node.lineno}: {node.func.id}"


def test_parts_do_not_import_in_circles() -> None:
    """Module by module: what is imported at the top of a file never leads back to it."""
    graph = {dotted(path): top_level(path) for path in MODULES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module not in done:
            for other in graph.get(module, ()):
                visit(other, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def dotted(path: Path) -> str:
    words = ("migrate", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(words).removesuffix(".__init__")


def top_level(path: Path) -> set[str]:
    """The modules of the package that importing this file imports."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    nodes = [node for node in body if isinstance(node, ast.ImportFrom)]
    known = {dotted(one) for one in MODULES}
    found: set[str] = set()
    for node in nodes:
        found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return (found & known) - {"migrate", dotted(path)}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{path}:{node.lineno}: {node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_short(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    allowed, _ = LONG_FILES.get(name_of(path), (FILE_LINES, ""))
    assert length <= allowed, f"{path} has {length} lines; divide it, or say in LONG_FILES why not"


def test_exceptions_are_still_needed() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not [name for name in LONG_FILES if lengths.get(name, 0) <= FILE_LINES], (
        "remove it from LONG_FILES"
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_say_what_they_own(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"
