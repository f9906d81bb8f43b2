"""What an expression can be where texts count, and not what they read: every text that is put together stays
the expression that does it, so that its parts can be told apart later.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.catalog.promptwords import PromptWords
from migrate.facts.expressions import CallReference, Constant, Operation, Text
from migrate.facts.records import Call
from migrate.program.libraries.library import Library
from migrate.program.linking.program import Program
from migrate.program.solving.combining import only, union
from migrate.program.solving.evaluate import Evaluator
from migrate.program.solving.values import (
    Built,
    External,
    FileOption,
    Items,
    LiteralOption,
    Located,
    Made,
    Member,
    Option,
    Series,
    TextMethod,
    Value,
)
from migrate.program.texts.file_paths import appended
from migrate.prompts.extraction.dedenting import DEDENTING
from migrate.prompts.extraction.telling import is_prose, is_text, is_word

METHODS = frozenset(
    {"format", "format_map", "join", "strip", "lstrip", "rstrip", "replace", "removeprefix", "removesuffix"}
    | {"substitute", "safe_substitute", "render", "partial", "dedent"}
)
TEMPLATES = frozenset({"string.Template", "jinja2.Template"})
_MAKING = frozenset({"from_template", "from_messages", "from_prompts"})
_FORMATTING = frozenset({"format", "aformat"})
_FILLING = frozenset({"substitute", "safe_substitute", "render", "render_async"})
_PACKAGE_FILES = frozenset({"importlib.resources.files", "importlib_resources.files"})
_PACKAGE_TEXTS = frozenset({"importlib.resources.read_text", "importlib_resources.read_text"})
_LOADERS = frozenset({"jinja2.FileSystemLoader", "jinja2.loaders.FileSystemLoader"})
_STEPS = 200_000  # one question about prompts can lead through a whole program


class PromptEvaluator(Evaluator):
    """An Evaluator whose answers hold ``Built`` for texts. It shares the program with the one that follows
    models, and none of its answers."""

    def __init__(self, program: Program, library: Library, words: PromptWords) -> None:
        super().__init__(program, library)
        self._words = words
        self._allowance = _STEPS

    def evaluate(self, at: Located) -> Value:
        """As an Evaluator does; prose that is written in code counts as a text from the start."""
        node = at.expression
        if isinstance(node, Constant) and is_prose(node.value) and not self.program.documents.holds(at.path):
            return only(Built(at))
        return super().evaluate(at)

    def _dispatch(self, at: Located) -> Value:
        node = at.expression
        if isinstance(node, Text):
            return self._short(super()._dispatch(at)) or only(Built(at))
        if isinstance(node, Operation) and node.operator in ("+", "%"):
            return self._sum(at, node)
        if isinstance(node, Operation) and node.operator == "|":
            return self._chain(at, node)
        if isinstance(node, CallReference):
            call = self.program.facts(at.path).calls[node.index]
            found = self._text_call(at, call)
            if found is not None:
                return found
        return super()._dispatch(at)

    def _short(self, value: Value) -> Value | None:
        """A value that is a path, or words that something is looked up by."""
        if any(isinstance(one, FileOption) for one in value.options):
            return value
        texts = [one.value for one in value.options if isinstance(one, LiteralOption)]
        plain = value.complete and len(texts) == len(value.options)
        return value if plain and all(is_word(text) for text in texts) else None

    def _sum(self, at: Located, node: Operation) -> Value:
        value = super()._dispatch(at)
        if any(isinstance(one, (Series, Items)) for one in value.options):
            return value
        sides = [self.evaluate(at.other(node.left))]
        if node.operator == "+":
            sides.append(self.evaluate(at.other(node.right)))
        if any(is_text(one) for side in sides for one in side.options):
            return self._short(value) or only(Built(at))
        return value

    def _chain(self, at: Located, node: Operation) -> Value:
        """``prompt | model | parser`` is all of them; mappings are merged as ever."""
        sides = [self.evaluate(at.other(one)) for one in (node.left, node.right)]
        kept = (Made, Built, FileOption)
        made = [one for side in sides for one in side.options if isinstance(one, kept)]
        return (
            union([Value(tuple(made)), *(side.doubt() for side in sides)]) if made else super()._dispatch(at)
        )

    def _text_call(self, at: Located, call: Call) -> Value | None:
        """The text that a call makes of a text; None for any other call."""
        called = self.evaluate(at.other(call.function))
        found: list[Value] = []
        for option in called.options:
            value = self._text_of(option, at, call)
            if value is None:
                return None
            found.append(value)
        return union([*found, called.doubt()]) if found else None

    def _text_of(self, called: Option, at: Located, call: Call) -> Value | None:
        if isinstance(called, TextMethod) and called.name in METHODS:
            base = self.evaluate(called.base).options
            texty = any(is_text(one) or isinstance(one, FileOption) for one in base)
            return only(Built(at)) if texty else None
        if isinstance(called, External):
            return self._of_function(called.symbol, at, call)
        if isinstance(called, Member) and called.owner.symbol in TEMPLATES and called.path in _FILLING:
            return only(Built(at))
        if isinstance(called, Member) and called.path in self._words.same.methods:
            return only(called.owner)
        if isinstance(called, Member) and called.path in self._words.same.templates:
            name = called.owner.symbol.rpartition(".")[2]
            given = self._words.templates.get(name)
            if called.path in _FORMATTING and given is not None and "template" in given:
                return only(Built(at))
            return None if given is None and name not in self._words.messages else only(called.owner)
        if isinstance(called, Member) and called.path in ("get_template", "env.get_template"):
            return self._template(called.owner, at, call)
        return None

    def _of_function(self, symbol: str, at: Located, call: Call) -> Value | None:
        if symbol in DEDENTING and call.arguments:
            return only(Built(at))
        owner, _, method = symbol.rpartition(".")
        if method in self._words.same.functions and call.arguments:
            return self.evaluate(at.other(call.arguments[0].value))
        if method == "from_file" and owner.endswith("Template") and call.arguments:
            return appended([self.evaluate(at.other(call.arguments[0].value))])
        if method in _MAKING and owner.rpartition(".")[2].endswith("Template"):
            return only(Made(owner, at))
        if symbol in _PACKAGE_FILES and call.arguments:
            return self._package(at.other(call.arguments[0].value))
        if symbol in _PACKAGE_TEXTS and len(call.arguments) > 1:
            parts = [at.other(one.value) for one in call.arguments[:2]]
            return appended([self._package(parts[0]), self.evaluate(parts[1])])
        return None

    def _package(self, at: Located) -> Value:
        """The folder of a package that is named as ``importlib.resources`` names it."""
        names = [o.value for o in self.evaluate(at).options if isinstance(o, LiteralOption)]
        paths = [name.replace(".", "/") for name in names if isinstance(name, str)] or [""]
        return Value(tuple(FileOption(one, False) for one in paths))

    def _template(self, environment: Made, at: Located, call: Call) -> Value | None:
        """The file that ``Environment(loader=FileSystemLoader(folder)).get_template(name)`` reads."""
        folders = self._folders(environment)
        if not call.arguments or not folders:
            return None
        name = self.evaluate(at.other(call.arguments[0].value))
        return union([appended([only(folder), name]) for folder in folders])

    def _folders(self, environment: Made) -> Sequence[Option]:
        found: list[Option] = []
        for loader in self._arguments(environment, "loader", 0):
            for one in loader.options:
                if isinstance(one, Made) and one.symbol in _LOADERS:
                    found += [o for value in self._arguments(one, "searchpath", 0) for o in value.options]
        return [one for one in found if isinstance(one, (FileOption, LiteralOption))]

    def _arguments(self, made: Made, name: str, position: int) -> list[Value]:
        call = self.call_at(made.at)
        if made.at is None or call is None:
            return []
        return [
            self.evaluate(made.at.other(one.value))
            for place, one in enumerate(call.arguments)
            if one.name == name or (one.name is None and not one.stars and place == position)
        ]
