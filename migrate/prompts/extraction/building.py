"""Turns what an expression can be into drafts of text: literals read from their source, fields by their code.

Whatever is not one known text stays a field. It reads source, and knows nothing of roles and calls.
"""

from __future__ import annotations

import re

from migrate.facts.expressions import CallReference, Constant, Expression, Operation, Text
from migrate.program.solving.values import Built, FileOption, LiteralOption, Located, Option, Value
from migrate.prompts.extraction.literals import UnreadableError, parts_of
from migrate.prompts.extraction.methods import Methods
from migrate.prompts.extraction.parts import MOST_DRAFTS, Draft, Part, crossed, field, text_of
from migrate.prompts.extraction.reading import PromptEvaluator
from migrate.prompts.extraction.telling import is_prose
from migrate.prompts.extraction.texts import Texts
from migrate.sources.place import Span

UNSEEN = "..."
_STRING = re.compile(r"[A-Za-z]{0,2}[\"']")
_PASSED = ("argument", "parameter-default", "env-default", "cli-default")
_MOST_INSIDE = 4
_MOST_PROSE = 12
_DEEPEST = 25


class Builder:
    """Builds the drafts of one program's prompts."""

    def __init__(self, evaluator: PromptEvaluator, texts: Texts) -> None:
        self._evaluator = evaluator
        self._texts = texts
        self._methods = Methods(evaluator, self)
        self._depth = 0
        self._known: dict[tuple[str, int], list[Draft]] = {}

    def of_value(self, value: Value, reader: str) -> list[Draft]:
        """One draft for each text that ``value``, which file ``reader`` uses, can be."""
        found: list[Draft] = []
        for option in value.options:
            found += self.of_option(option, reader)
        return list(dict.fromkeys(found))[:MOST_DRAFTS]

    def of_option(self, option: Option, reader: str) -> list[Draft]:
        """The drafts of one option that file ``reader`` uses; none where it is no text."""
        if isinstance(option, LiteralOption):
            return self._literal(option)
        if isinstance(option, FileOption):
            draft = self._texts.file(option, reader)
            return [draft] if draft else []
        return self.built(option.at) if isinstance(option, Built) else []

    def inside(self, at: Located) -> list[Draft]:
        """The drafts of an expression that stands within a text: itself as a field where it can be anything
        but a few known texts, none of them prose."""
        value = self._evaluator.evaluate(at)
        columns = [self.of_option(one, at.path) for one in value.options[: _MOST_PROSE + 1]]
        found = [draft for column in columns for draft in column]
        few = len(value.options) <= _MOST_INSIDE and not any(map(_is_open, value.options))
        if value.complete and few and all(columns):
            return found
        prose = [one for one in found if is_prose(text_of(one))] if len(columns) <= _MOST_PROSE else []
        return list(dict.fromkeys(prose)) or [(self.field(at),)]

    def field(self, at: Located) -> Part:
        """``at`` as a placeholder."""
        lines = self._texts.lines(at.path)
        start, end = lines.offsets(at.expression.span)
        code = lines.text[start:end]
        if _STRING.match(code) and not isinstance(at.expression, Constant):
            code = UNSEEN  # a part of an f-string: the facts know only where the whole of it stands
        return field(code, at.path, start, end)

    def built(self, at: Located) -> list[Draft]:
        """The drafts of a text that is put together at ``at``."""
        key = (at.path, id(at.expression))
        if key in self._known:
            return self._known[key]
        if self._depth > _DEEPEST:
            return [(self.field(at),)]
        self._known[key] = [(self.field(_begun(at)),)]  # what comes back to itself, as in a loop, is a field
        self._depth += 1
        try:
            found = self._made(at)
        finally:
            self._depth -= 1
        self._known[key] = list(dict.fromkeys(found))[:MOST_DRAFTS]
        return self._known[key]

    def _made(self, at: Located) -> list[Draft]:
        node = at.expression
        if isinstance(node, Text):
            return self._f_string(at, node)
        if isinstance(node, Constant):
            written = self._written(at.path, node.span)
            return [written] if written is not None else [(self.field(at),)]
        if isinstance(node, Operation) and node.operator == "+":
            return crossed([self.side(at.other(node.left)), self.side(at.other(node.right))])
        if isinstance(node, Operation):
            return self._methods.percent(at, node)
        if isinstance(node, CallReference):
            return self._methods.call(at, node)
        return [(self.field(at),)]

    def side(self, at: Located) -> list[Draft]:
        """The drafts of an operand: all texts that it can be, or itself as a field."""
        value = self._evaluator.evaluate(at)
        return self.of_value(value, at.path) or [(self.field(at),)]

    def _f_string(self, at: Located, node: Text) -> list[Draft]:
        """The parts as they are written, the fields with what fills them where that is known."""
        written = self._written(at.path, node.span)
        if written is None:
            return [(self.field(at),)]
        columns: list[list[Draft]] = []
        inner = iter(_matched(written, node.parts) or ())
        if len(written) == len(node.parts) == 1:  # f"{text}" is that text
            known = next(inner, None)
            return [(written[0],)] if known is None else self._alone(written[0], at.other(known))
        for part in written:
            known = next(inner, None) if part.kind == "field" else None
            columns.append([(part,)] if known is None else self._filled(part, at.other(known)))
        return crossed(columns)

    def _alone(self, part: Part, at: Located) -> list[Draft]:
        """All texts that the only field of an f-string can be."""
        found = (
            []
            if isinstance(at.expression, Constant)
            else self.of_value(self._evaluator.evaluate(at), at.path)
        )
        return found or [(part,)]

    def _filled(self, part: Part, at: Located) -> list[Draft]:
        """What fills a field, where it is one known text; else the field as it is written in its literal."""
        if isinstance(at.expression, Constant):
            return [(part,)]
        found = self.inside(at)
        return found if len(found) > 1 or (found[0] and found[0][0].literal is not None) else [(part,)]

    def _literal(self, option: LiteralOption) -> list[Draft]:
        if not isinstance(option.value, str) or len(option.origins) != 1:
            return []
        origin = option.origins[0]
        document = self._texts.document(origin.place, option.value)
        if document is not None:
            return [document]
        written = self._written(origin.place.path, origin.place.span)
        if written is not None and text_of(written) == option.value:
            return [written]
        return []

    def _written(self, path: str, span: Span) -> Draft | None:
        lines = self._texts.lines(path)
        try:
            return parts_of(path, lines, *lines.offsets(span))
        except UnreadableError:
            return None


def _begun(at: Located) -> Located:
    """The text that an addition adds to; anything else itself."""
    node = at.expression
    return _begun(at.other(node.left)) if isinstance(node, Operation) else at


def _matched(written: Draft, parts: tuple[Expression, ...]) -> list[Expression] | None:
    """The expression of each field of an f-string, in order; None where the facts count others."""
    expected: list[str] = []
    for part in written:
        kind = "field" if part.kind == "field" else "text"
        if part.text and (kind == "field" or expected[-1:] != ["text"]):
            expected.append(kind)
    if len(expected) != len(parts):
        return None
    return [one for kind, one in zip(expected, parts, strict=True) if kind == "field"]


def _is_open(option: Option) -> bool:
    """Whether the option is what one caller passes, or a default: another caller may pass something else."""
    return isinstance(option, LiteralOption) and any(one.role in _PASSED for one in option.origins)
