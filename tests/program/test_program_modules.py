"""From the name of a module to its file, as different files see it."""

from __future__ import annotations

import pytest

from migrate.program.linking.modules import ModuleIndex

FILES = (
    "app/__init__.py",
    "app/llm.py",
    "app/core/__init__.py",
    "app/core/main.py",
    "app/providers/openai.py",
    "jobs/config.py",
    "jobs/run.py",
    "other/config.py",
    "lib/tools.py",
    "src/pack/__init__.py",
    "src/pack/one.py",
    "space/deep/mod.py",
    "services/billing/bill/__init__.py",
    "services/billing/bill/pay.py",
    "tests/test_app.py",
    "setup.py",
)
INDEX = ModuleIndex(FILES, frozenset({"openai"}))

ABSOLUTE = [
    ("app.llm", "setup.py", "app/llm.py"),
    ("app", "app/core/main.py", "app/__init__.py"),
    ("app.core", "tests/test_app.py", "app/core/__init__.py"),
    ("llm", "app/core/main.py", None),  # inside a package, only through the package
    ("config", "jobs/run.py", "jobs/config.py"),
    ("config", "setup.py", None),
    ("pack.one", "tests/test_app.py", "src/pack/one.py"),
    ("tools", "setup.py", "lib/tools.py"),
    ("space.deep.mod", "setup.py", "space/deep/mod.py"),
    ("bill.pay", "setup.py", "services/billing/bill/pay.py"),
    ("openai", "app/providers/openai.py", None),
    ("openai", "app/llm.py", None),
    ("numpy", "app/llm.py", None),
    ("setup", "setup.py", None),
]


@pytest.mark.parametrize(("name", "importer", "path"), ABSOLUTE)
def test_absolute(name: str, importer: str, path: str | None) -> None:
    assert INDEX.absolute(name, importer) == path


@pytest.mark.parametrize(
    ("name", "importer", "path"),
    [
        ("config", "bot/main.py", "bot/config.py"),
        ("config", "bot/inner/run.py", None),
        ("telegram", "bot/main.py", None),  # it imports the installed telegram, as main.py does
        ("types", "bot/main.py", None),
        ("openai", "bot/main.py", None),
        ("config", "bot/config.py", None),
        ("inner", "bot/main.py", None),
    ],
)
def test_scripts_in_a_folder_with_init(name: str, importer: str, path: str | None) -> None:
    names = ("__init__", "main", "config", "telegram", "types", "openai", "inner/__init__", "inner/run")
    files = tuple(f"bot/{one}.py" for one in names)
    index = ModuleIndex(files, frozenset({"openai"}), lambda one: one == "bot/telegram.py")
    assert index.absolute(name, importer) == path


RELATIVE = [
    ("llm", 2, "app/core/main.py", "app/llm.py"),
    ("", 1, "app/core/main.py", "app/core/__init__.py"),
    ("", 2, "app/core/main.py", "app/__init__.py"),
    ("core.main", 1, "app/llm.py", "app/core/main.py"),
    ("config", 1, "other/config.py", "other/config.py"),
    ("missing", 1, "app/llm.py", None),
]


@pytest.mark.parametrize(("module", "level", "importer", "path"), RELATIVE)
def test_relative(module: str, level: int, importer: str, path: str | None) -> None:
    assert INDEX.relative(module, level, importer)[1] == path


def test_package_without_init() -> None:
    assert INDEX.is_folder("space", "setup.py")
    assert INDEX.is_folder("space.deep", "setup.py")
    assert not INDEX.is_folder("space.nothing", "setup.py")
    assert not INDEX.is_folder("openai", "setup.py")


def test_submodule() -> None:
    assert INDEX.submodule("app/__init__.py", "core") == "app/core/__init__.py"
    assert INDEX.submodule("app/__init__.py", "none") is None


def test_repository_that_is_a_package() -> None:
    index = ModuleIndex(("__init__.py", "llm.py", "sub/__init__.py"))
    assert index.relative("llm", 2, "sub/__init__.py")[1] == "llm.py"
    assert index.submodule("__init__.py", "sub") == "sub/__init__.py"


def test_a_package_goes_by_its_own_name() -> None:
    files = ("__init__.py", "llm.py", "sub/__init__.py", "sub/bot.py", "data/table.py")
    index = ModuleIndex(files, frozenset({"openai"}), package="ours.app")
    assert index.absolute("ours.app.sub.bot", "llm.py") == "sub/bot.py"
    assert index.absolute("ours.app", "llm.py") == "__init__.py"
    assert index.absolute("ours.application.llm", "sub/bot.py") is None
    assert index.is_folder("ours.app.data", "llm.py")
    assert (
        ModuleIndex(files, frozenset({"openai"}), package="openai").absolute("openai.llm", "llm.py") is None
    )
