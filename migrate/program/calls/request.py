"""What one call passes, by parameter: as it is written, and as what it can be."""

from __future__ import annotations

import msgspec

from migrate.program.calls.callsite import Parameter, Setting
from migrate.program.solving.combining import only, union
from migrate.program.solving.values import LiteralOption, Located, Value


class Request:
    """What one call passes, evaluated. ``values`` keeps each parameter's Value for later questions, ``at``
    the expression that gave it last, ``every`` all that do; ``optional`` names those that some of the
    mappings it is given do not hold."""

    def __init__(self) -> None:
        self.parameters: list[Parameter] = []
        self.values: dict[str, Value] = {}
        self.at: dict[str, Located] = {}
        self.every: dict[str, dict[Located, None]] = {}
        self.hidden: list[str] = []
        self.optional: set[str] = set()

    def add(self, parameter: Parameter, at: Located, value: Value) -> None:
        """Adds a parameter; one that is there already can be either."""
        before = self.values.get(parameter.name)
        if parameter not in self.parameters:
            self.parameters.append(parameter)
        self.values[parameter.name] = value if before is None else union([before, value])
        self.at[parameter.name] = at
        self.every.setdefault(parameter.name, {})[at] = None

    def passed(self) -> tuple[Parameter, ...]:
        """The parameters; those that some mapping leaves out can be None, which is "not given"."""
        return tuple(
            msgspec.structs.replace(one, setting=msgspec.structs.replace(one.setting, optional=True))
            if one.name in self.optional
            else one
            for one in self.parameters
        )

    def value(self, name: str) -> Value | None:
        """What parameter ``name`` can be, None among it where it may be absent, and for all that is known
        something hidden in its place; None where it is."""
        found = self.values.get(name)
        if found is None or name not in self.optional:
            return found
        return union([found, only(LiteralOption(None, ())), Value((), tuple(self.hidden))])

    def setting(self, name: str) -> Setting:
        """The Setting of a parameter; where it is absent an empty one, complete if nothing is hidden."""
        found = [one.setting for one in self.parameters if one.name == name]
        if found:
            return _all_of(found) if len(found) > 1 else found[0]
        return Setting((), not self.hidden, (), (), tuple(self.hidden))


def _all_of(found: list[Setting]) -> Setting:
    return Setting(
        tuple(dict.fromkeys(value for one in found for value in one.values)),
        all(one.complete for one in found),
        tuple(dict.fromkeys(origin for one in found for origin in one.origins)),
        tuple(dict.fromkeys(name for one in found for name in one.environment)),
        tuple(dict.fromkeys(why for one in found for why in one.why)),
        tuple(dict.fromkeys(place for one in found for place in one.reads)),
        any(one.optional for one in found),
    )
