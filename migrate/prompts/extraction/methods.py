"""What methods and functions make of a text: format, ``%``, join, strip, replace, templates.

Each gives drafts; what it cannot do exactly it leaves to the caller as a field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from migrate.facts.expressions import Attribute, CallReference, Operation
from migrate.facts.records import Call
from migrate.program.solving.values import External, Items, LiteralOption, Located, Made, Series
from migrate.prompts.extraction.dedenting import DEDENTING
from migrate.prompts.extraction.joining import items_of
from migrate.prompts.extraction.parts import Draft, Part, cut, replaced, text_of, trimmed
from migrate.prompts.extraction.placeholders import DOLLAR, FORMAT, JINJA, PERCENT, Syntax, filled

if TYPE_CHECKING:
    from migrate.prompts.extraction.building import Builder
    from migrate.prompts.extraction.reading import PromptEvaluator

_STRIPS = {"strip": "lr", "lstrip": "l", "rstrip": "r"}


class Methods:
    """Follows calls that make a text of a text."""

    def __init__(self, evaluator: PromptEvaluator, builder: Builder) -> None:
        self._evaluator = evaluator
        self._builder = builder

    def call(self, at: Located, node: CallReference) -> list[Draft]:
        """The drafts of the text that a call makes."""
        call = self._evaluator.program.facts(at.path).calls[node.index]
        function = call.function
        if isinstance(function, Attribute):
            base = at.other(function.base)
            if function.name in ("format", "aformat", "format_map", "partial"):
                return self._format(base, at, call)
            if function.name == "join" and call.arguments:
                return self._join(base, at.other(call.arguments[0].value), at)
            if function.name in ("substitute", "safe_substitute"):
                return self._template(base, at, call, DOLLAR)
            if function.name in ("render", "render_async"):
                return self._template(base, at, call, JINJA)
            changed = self._changed(function.name, base, at, call)
            if changed is not None:
                return changed
        dedent = DEDENTING.get(self._function(at, call)) if call.arguments else None
        if dedent is not None:
            return [dedent(one) for one in self._builder.side(at.other(call.arguments[0].value))]
        return [(self._builder.field(at),)]

    def percent(self, at: Located, node: Operation) -> list[Draft]:
        """``template % values``."""
        right = at.other(node.right)
        values = self._named_items(right)
        if not values:
            rows = [one for one in self._evaluator.evaluate(right).options if isinstance(one, Series)]
            items = list(rows[0].items) if len(rows) == 1 else [right]
            values = {str(place): one for place, one in enumerate(items)}
        return self._filled(at.other(node.left), values, PERCENT)

    def _filled(self, template: Located, values: Mapping[str, Located], syntax: Syntax) -> list[Draft]:
        def of(name: str) -> list[Draft] | None:
            return self._builder.inside(values[name]) if name in values else None

        return [one for draft in self._builder.side(template) for one in filled(draft, syntax, of)]

    def _format(self, base: Located, at: Located, call: Call) -> list[Draft]:
        return self._template(base, at, call, FORMAT)

    def _template(self, base: Located, at: Located, call: Call, syntax: Syntax) -> list[Draft]:
        """``Template(text).substitute(...)``, ``Template(text).render(...)``, or the same of a file."""
        made = [one for one in self._evaluator.evaluate(base).options if isinstance(one, Made)]
        sources = [source for one in made if (source := self._first_argument(one)) is not None]
        values = self._passed(at, call)
        return [one for source in sources or [base] for one in self._filled(source, values, syntax)]

    def _first_argument(self, made: Made) -> Located | None:
        call = self._evaluator.call_at(made.at)
        if made.at is None or call is None:
            return None
        named = [one for one in call.arguments if one.name == "template"]
        return made.at.other((*named, *call.arguments)[0].value) if call.arguments else None

    def _passed(self, at: Located, call: Call) -> dict[str, Located]:
        """The arguments by name and position."""
        found: dict[str, Located] = {}
        position = 0
        for one in call.arguments:
            if one.name is not None:
                found[one.name] = at.other(one.value)
            elif one.stars == 2 or getattr(call.function, "name", "") == "format_map":
                found.update(self._named_items(at.other(one.value)))
            elif not one.stars:
                found[str(position)] = at.other(one.value)
                position += 1
                found.update(self._named_items(at.other(one.value)))
        return found

    def _named_items(self, at: Located) -> dict[str, Located]:
        """The entries of the one dict that ``at`` is; nothing where it is another thing."""
        value = self._evaluator.evaluate(at)
        if len(value.options) != 1 or not isinstance(value.options[0], Items):
            return {}
        whole = self._evaluator.seen(value.options[0], at)
        return {entry.key: entry.value for entry in whole.entries if isinstance(entry.key, str)}

    def _join(self, separator: Located, listed: Located, at: Located) -> list[Draft]:
        rows = items_of(self._evaluator, listed)
        if not rows:
            return [(self._builder.field(at),)]
        found: list[Draft] = []
        for between in self._builder.side(separator)[:1]:
            for row in rows:
                found.append(_joined([self._builder.side(item)[0] for item in row], between))
        return found

    def _changed(self, name: str, base: Located, at: Located, call: Call) -> list[Draft] | None:
        """``strip``, ``replace`` and the like, with arguments that are written out."""
        given = [self._evaluator.evaluate(at.other(one.value)).options for one in call.arguments]
        texts = [o[0].value if len(o) == 1 and isinstance(o[0], LiteralOption) else None for o in given]
        first = texts[0] if texts else None
        sources = self._builder.side(base)
        if name in _STRIPS and (isinstance(first, str) or not call.arguments):
            return [trimmed(one, _STRIPS[name], first if isinstance(first, str) else None) for one in sources]
        if name == "replace" and len(call.arguments) == 2 and isinstance(first, str):
            news = self._builder.inside(at.other(call.arguments[1].value))
            return [replaced(one, first, new) for one in sources for new in news]
        if name in ("removeprefix", "removesuffix") and isinstance(first, str):
            return [_without_end(one, first, name == "removeprefix") for one in sources]
        return None

    def _function(self, at: Located, call: Call) -> str:
        """The function of a library that a call runs, by its name; empty for none."""
        called = self._evaluator.evaluate(at.other(call.function)).options
        return next((one.symbol for one in called if isinstance(one, External)), "")


def _joined(items: list[Draft], separator: Draft) -> Draft:
    between = [msgspec.structs.replace(part, between=True) for part in separator]
    found: list[Part] = []
    for place, item in enumerate(items):
        found += [*(between if place else ()), *item]
    return tuple(found)


def _without_end(draft: Draft, words: str, front: bool) -> Draft:
    whole = text_of(draft)
    if front:
        return cut(draft, len(words), len(whole)) if whole.startswith(words) else draft
    return cut(draft, 0, len(whole) - len(words)) if whole.endswith(words) else draft
