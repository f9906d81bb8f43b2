"""The role of a model id by the syntax and the names around it, whether or not it reaches a call."""

from __future__ import annotations

from collections.abc import Callable

from migrate.catalog.literal_words import LiteralWords, names
from migrate.facts.expressions import last_name
from migrate.facts.records import Scope
from migrate.program.literals import displays
from migrate.program.literals.records import LiteralRole
from migrate.program.literals.surrounding import Mentioned

_ENUMS = ("Enum", "StrEnum", "IntEnum")


class Roles:
    """Judges mentions by ``words``."""

    def __init__(self, words: LiteralWords, is_id: Callable[[str], bool]) -> None:
        self._words = words
        self._is_id = is_id

    def of(self, one: Mentioned) -> LiteralRole:
        """What the mention is there for."""
        asked = self._asked(one)
        if asked is not None:
            return asked
        context = one.mention.context
        if context == "key":
            return displays.of_key(one, self._words)
        if context == "value":
            return displays.of_value(one, self._words, self._is_id)
        if context == "item":
            return displays.of_item(one, self._words)
        if context == "argument":
            return self._of_argument(one)
        if context == "assignment":
            return _of_assignment(one)
        return _PLAIN.get(context, "other")

    def loose(self, one: Mentioned) -> bool:
        """Whether the id is an item of a plain list, from which a call may take one after the other."""
        return one.mention.context == "item" and not (self._offered(one) or self._registered(one))

    def _offered(self, one: Mentioned) -> bool:
        """Whether people may choose the id: ``choices=[...]``, ``selectbox("Model", [...])``."""
        call = one.call
        keywords = {holder.detail.partition(".")[2] for holder in one.holders}
        keywords.add(one.mention.detail.partition(".")[2])
        return (call is not None and names(self._words.choosing, call.name)) or not keywords.isdisjoint(
            self._words.choosing
        )

    def _registered(self, one: Mentioned) -> bool:
        return any(names(self._words.registering, holder.name) for holder in one.holders)

    def _asked(self, one: Mentioned) -> LiteralRole | None:
        """The role of an id that something is compared with or looked up by; None for any other."""
        mention = one.mention
        if mention.context == "comparison":
            return "comparison"
        if mention.context == "subscript":
            return self._subscript(mention.detail)
        display = displays.home(one) if mention.context == "item" else None
        if display is not None and display.context == "subscript":
            return self._subscript(display.detail)  # table["gpt-4o", "in"]
        call = one.call if mention.context in ("argument", "item") else None
        if call is not None and names(self._words.comparing, call.name):
            return "comparison"
        return None

    def _subscript(self, name: str) -> LiteralRole:
        """``Literal["gpt-4o"]`` says what there is, ``table["gpt-4o"]`` asks for it."""
        return displays.LIST if names(self._words.choosing, name) else "comparison"

    def _of_argument(self, one: Mentioned) -> LiteralRole:
        call, words = one.holders[0].name, self._words
        position = one.mention.detail.partition(".")[2]
        keyword = "" if position.isdigit() else position
        if names(words.logging, call) and not keyword:
            return "log-text"
        if names(words.environment, call):
            return "env-default"
        if self._offered(one) or self._registered(one):
            return displays.LIST
        if names(words.command_line, call):
            return "cli-default"
        if names(words.fields, call) and one.scope.kind == "class":
            return "settings-field"
        if names(words.test_cases, call):
            return "test-data"
        if names(words.looking_up, call):
            return "dict-entry" if position else "comparison"
        return displays.LIST if _registers(one, keyword) else "argument"


def _registers(one: Mentioned, keyword: str) -> bool:
    """Whether the call, one of many, makes an entry of what there is: it stands in a list or in another call,
    or does not say that it takes a model."""
    return one.registered and (len(one.holders) > 1 or "model" not in keyword)


def _of_assignment(one: Mentioned) -> LiteralRole:
    scope = one.scope
    if scope.kind != "class":
        return "constant"
    if any(last_name(base) in _ENUMS or last_name(base).endswith("Enum") for base in scope.bases):
        return "enum-member"
    return "settings-field" if _is_field(scope, one.mention.detail) else "class-attribute"


def _is_field(scope: Scope, name: str) -> bool:
    """Whether a name in a class body is declared with its type, as fields are."""
    return any(one.annotation is not None for one in scope.bindings.get(name, ()))


_PLAIN: dict[str, LiteralRole] = {
    "default": "parameter-default",
    "return": "constant",
    "annotation": displays.LIST,
}
