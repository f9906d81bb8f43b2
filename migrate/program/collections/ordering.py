"""A mapping as one place sees it: of the statements that change it, those that reach the place.

Only statements of the same scope that write the mapping in the same words are put in order; what other
statements add counts wherever they stand.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.facts.expressions import Expression, Name, dotted, last_name
from migrate.facts.records import Binding, Position
from migrate.program.solving.values import Entry, Items, Located, Step

if TYPE_CHECKING:
    from migrate.facts.expressions import Scalar
    from migrate.program.solving.evaluate import Evaluator


def as_seen(evaluator: Evaluator, items: Items, use: Located) -> Items:
    """``items`` as the expression ``use`` finds it."""
    if not any(one.step for one in items.entries) and not items.removed and not items.clouds:
        return items
    words = dotted(use.expression)
    return _Seen(evaluator, items, use, words).items() if words else _unordered(items)


def finished(evaluator: Evaluator, items: Items, use: Located) -> Items:
    """``items`` as a function gives it back that made it: a dict of its own, which nothing done inside the
    function can change any more. One that other code may reach stays what it is."""
    inside = use.path == items.home.path and _fresh(evaluator, items, use)
    whole = evaluator.seen(items, use) if inside else items
    steps = [*(one.step for one in whole.entries), *(step for _, step in whole.removed), *whole.clouds]
    if not inside or any(one and (one.base.path, one.base.scope) != (use.path, use.scope) for one in steps):
        return items
    entries = tuple(replace(one, step=None) for one in whole.entries)
    if items.home in evaluator.factories:
        evaluator.factories[use.place()] = evaluator.factories[items.home]
    return replace(whole, home=use.place(), entries=entries, removed=(), clouds=())


def _unordered(items: Items) -> Items:
    """Without an order, what a statement adds may not be there yet, and what one removes may still be."""
    removed = {key for key, _ in items.removed}
    return replace(items, entries=tuple(_maybe(one, one.key in removed) for one in items.entries))


def _maybe(entry: Entry, removed: bool) -> Entry:
    return replace(entry, maybe=True) if removed or entry.step else entry


class _Seen:
    """One mapping at one place."""

    def __init__(self, evaluator: Evaluator, items: Items, use: Located, words: str) -> None:
        self._items = items
        self._use = use
        self._words = words
        self._position = (use.expression.span.line, use.expression.span.column)
        self._flow = evaluator.program.flow(use.path)
        self._bindings = _rebindings(evaluator, use)
        self._fresh = _fresh(evaluator, items, use)
        self._entries: dict[Scalar, list[Entry]] = {}
        for one in items.entries:
            self._entries.setdefault(one.key, []).append(one)
        self._removed: dict[Scalar, list[Step]] = {}
        for key, step in items.removed:
            self._removed.setdefault(key, []).append(step)

    def items(self) -> Items:
        kept: dict[Hashable, Entry] = {}
        settled = set(self._items.settled)
        for key in dict.fromkeys((*self._entries, *self._removed)):
            found, alone = self._under(key)
            kept.update((_identity(one), one) for one in found)
            if alone:
                settled.add(key)
        entries = [kept[_identity(one)] for one in self._items.entries if _identity(one) in kept]
        return replace(self._items, entries=tuple(entries), settled=frozenset(settled))

    def _under(self, key: Scalar) -> tuple[list[Entry], bool]:
        """The entries under ``key`` that can be there, and whether nothing unseen can have written it."""
        entries = self._entries.get(key, [])
        local = [one for one in entries if one.step and self._is_local(one.step)]
        writes = [one for one in local if one.form != "default" and not one.maybe]
        takes = [step for step in self._removed.get(key, ()) if self._is_local(step)]
        events = [*(one.step for one in writes if one.step), *takes]
        reaching, whole = self._reaching(events)
        kept = [one for one in entries if one not in local and not whole]
        kept += [one for one in writes if one.step in reaching]
        kept += [
            one for one in local if one.maybe and one.form != "default" and self._after(one, whole, reaching)
        ]
        gone = any(step in reaching for step in takes) or self._taken_elsewhere(key, whole)
        certain = not gone and (whole or any(not one.step and not one.maybe for one in kept))
        if not certain:
            defaults = [one for one in local if one.form == "default"]
            kept += defaults
            certain = self._reaching([one.step for one in defaults if one.step])[1]
        return [replace(one, maybe=not certain) for one in kept], whole and self._clear(reaching)

    def _taken_elsewhere(self, key: Scalar, whole: bool) -> bool:
        """Whether a statement whose order is not known removes the key."""
        return not whole and not all(map(self._is_local, self._removed.get(key, ())))

    def _after(self, entry: Entry, whole: bool, reaching: list[Step]) -> bool:
        """Whether a write that may not happen stands behind the ones that do."""
        assert entry.step is not None
        if not whole:
            return True
        return any(entry.step.at > step.at for step in reaching)

    def _clear(self, reaching: list[Step]) -> bool:
        """Whether everything unseen was added before the writes that reach the place."""
        if not reaching:  # a place that control never comes to
            return False
        first = min(step.at for step in reaching)
        return all(self._is_local(cloud) and cloud.at < first for cloud in self._items.clouds)

    def _reaching(self, steps: list[Step]) -> tuple[list[Step], bool]:
        """The steps that the place may see the work of, and whether it always sees that of one."""
        if not steps:
            return self._reaching_nothing
        scope, block, position = self._use.scope, self._use.block, self._position
        strange = [step for step in steps if self._rebound(step.at, position)]
        events = {_event(step, scope): step for step in steps if step not in strange}
        found, whole = self._flow.reaching(tuple(events), scope, block, position)
        reached = [events[one] for one in found]
        if not whole:
            later = [step for step in steps if step.at > position and not self._fresh]
            reached += [step for step in dict.fromkeys((*strange, *later)) if step not in reached]
        return reached, whole

    @cached_property
    def _reaching_nothing(self) -> tuple[list[Step], bool]:
        """The same of no steps: most keys of a large dict are written once, where it is."""
        return [], self._flow.reaching((), self._use.scope, self._use.block, self._position)[1]

    def _rebound(self, since: Position, until: Position) -> bool:
        """Whether the name gets another value in between: the step may have changed another dict."""
        return any(since < one <= until for one in self._bindings)

    def _is_local(self, step: Step) -> bool:
        base = step.base
        same = base.path == self._use.path and base.scope == self._use.scope
        return same and dotted(base.expression) == self._words


def _event(step: Step, scope: int) -> Binding:
    """A step as the binding of a name, so that it flows as one."""
    written: Expression = step.base.expression
    return Binding(written.span, written, None, step.base.block, step.at, scope)


def _identity(entry: Entry) -> Hashable:
    return entry.key, entry.value, entry.holder, entry.step


def _rebindings(evaluator: Evaluator, use: Located) -> list[Position]:
    """Where the scope of ``use`` gives its name or attribute another value."""
    written = use.expression
    if isinstance(written, Name):
        bound = evaluator.program.scope(use.path, use.scope).bindings.get(written.id, ())
        position = (written.span.line, written.span.column)
        # What another branch binds the name to is not what is used here.
        found, _ = evaluator.program.flow(use.path).reaching(bound, use.scope, use.block, position)
        return [one.at for one in found]
    facts = evaluator.program.facts(use.path)
    rows = evaluator.program.stores_of(last_name(written))
    stores = [facts.stores[index] for path, index in rows if path == use.path]
    return [one.at for one in stores if one.scope == use.scope]


def _fresh(evaluator: Evaluator, items: Items, use: Located) -> bool:
    """Whether the mapping is made anew each time the place is come by: by a statement of the same scope,
    or by the ``**`` of the function that the place stands in."""
    if not isinstance(use.expression, Name):
        return False
    here = evaluator.program.scope(use.path, use.scope)
    if any(one.name == use.expression.id and one.kind == "**" for one in here.parameters):
        return True
    bound = [one for one in here.bindings.get(use.expression.id, ()) if one.value is not None]
    made = [one for one in bound if one.value is not None and one.value.span == items.home.span]
    return use.path == items.home.path and bool(made) and all(one.scope == use.scope for one in bound)
