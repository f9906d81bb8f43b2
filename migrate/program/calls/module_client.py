"""The client of the module itself (``openai.ChatCompletion``, ``openai.chat.completions``): its settings
are assigned to the module, so each call has those that can hold where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from migrate.facts.expressions import last_name
from migrate.facts.records import Binding, Call, Store
from migrate.program.calls.callsite import Client, Parameter, Setting, Target
from migrate.program.calls.setting import setting
from migrate.program.calls.targets import hosts_of, target_of
from migrate.program.calls.url_variables import UrlVariables
from migrate.program.functions import callers
from migrate.program.solving.combining import NOTHING, only, union
from migrate.program.solving.values import External, LiteralOption, Located, Value
from migrate.sources.place import Place, Span

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.calls.request import Request
    from migrate.program.linking.code import SourceTexts
    from migrate.program.solving.evaluate import Evaluator

_ABSENT = only(LiteralOption(None, ()))


class Assignment(msgspec.Struct, frozen=True):
    """``openai.name = value``: the module as written there, the statement, and the value."""

    base: Located
    store: Store
    value: Value


class ModuleClients:
    """Describes the module's client as one call after another sees it."""

    def __init__(self, evaluator: Evaluator, catalog: Catalog, texts: SourceTexts) -> None:
        self._evaluator = evaluator
        sdk = catalog.sdk
        self._hosts = hosts_of(catalog)
        names = [catalog.configuration.variables.get(one, ()) for one in ("openai", "openai-legacy")]
        self._variables = [UrlVariables(evaluator, one) for one in names]
        self._key_env = catalog.gateways["openai"].key_env
        self._texts = texts
        self._known: dict[str, tuple[int, list[Assignment]]] = {}
        self._requests = frozenset(name.rpartition(".")[2] for name in (*sdk.legacy, *sdk.methods))

    def of(self, at: Located, call: Call, request: Request, legacy: bool) -> Client:
        """The client of ``call``, standing at ``at``; what 0.x is given with the call itself comes first."""
        url_name = "api_base" if legacy else "base_url"
        urls, url = self._seen(url_name, at, call)
        keys, _ = self._seen("api_key", at, call)
        keys = keys or self._assigned("api_key")
        if legacy and url_name in request.values:
            urls, url = [], request.value(url_name)
        if url is None and not request.hidden:
            url = self._variables[legacy].of(at)
        key = setting(union([one.value for one in keys]) if keys else NOTHING)
        target = target_of(url, legacy and bool(request.hidden), self._hosts)
        if legacy:
            target = self._with_type(target, at, call, request)
        return Client(
            "openai",
            urls[0].base.other(urls[0].store.base).place() if urls else None,
            target,
            setting(url) if url is not None else Setting(),
            key,
            key.environment[0] if key.environment else self._key_env,
            tuple(statement_parameter(self._texts, one.base, one.store, one.value) for one in (*urls, *keys)),
            self._elsewhere(url_name, urls, at),
            alias=self._texts.code(keys[0].base.place()) if keys else "openai",
        )

    def _elsewhere(self, name: str, seen: list[Assignment], at: Located) -> tuple[str, ...]:
        """Assignments to the URL in the same file that the call may or may not come after."""
        others = [one for one in self._assigned(name) if one not in seen and one.base.path == at.path]
        return tuple(str(one.base.other(one.store.base).place()) for one in others)

    def _with_type(self, target: Target, at: Located, call: Call, request: Request) -> Target:
        """``target``, or Azure where ``api_type`` says so: always, or only in some cases."""
        kind = (
            request.value("api_type") if "api_type" in request.values else self._seen("api_type", at, call)[1]
        )
        if kind is None:
            return target
        azure = ["azure" in str(one.value) for one in kind.options if isinstance(one, LiteralOption)]
        if not any(azure):
            return target
        return "azure" if all(azure) and not kind.unknown else "unknown"

    def _seen(self, name: str, at: Located, call: Call) -> tuple[list[Assignment], Value | None]:
        """The assignments to ``openai.name`` that a call may see, and all that the setting can be there."""
        known = self._assigned(name)
        own, whole = self._in_function(known, at, call)
        if not whole:
            around = [one for one in known if one not in own and self._reaches(one, at)]
            whole = any(self._always(one, at) for one in around)
            own = [*own, *around]
        if not own:
            return [], None
        values = [one.value for one in own]
        return own, union(values if whole else [*values, _ABSENT])

    def _in_function(self, known: list[Assignment], at: Located, call: Call) -> tuple[list[Assignment], bool]:
        """Those in the function (or module) that the call stands in, and whether one always holds there."""
        here = [one for one in known if one.base.path == at.path and one.store.scope == at.scope]
        rows = {_as_binding(one.store): one for one in here}
        flow = self._evaluator.program.flow(at.path)
        position = (call.span.line, call.span.column)
        reaching, whole = flow.reaching(tuple(rows), at.scope, at.block, position)
        return [rows[one] for one in reaching], whole

    def _reaches(self, one: Assignment, at: Located) -> bool:
        """Whether an assignment elsewhere can hold at ``at``: on module level or in the same class, or in
        a function that is there to set things up, makes no request itself and is called."""
        path, scope = one.base.path, one.store.scope
        if path != at.path and not self._evaluator.program.together(path, at.path):
            return False
        home = self._home(path, scope)
        if path == at.path and (scope in self._around(at) or (home and home == self._home(path, at.scope))):
            return True
        if self._evaluator.program.scope(path, scope).kind != "function":
            return True
        return not self._makes_requests(path, scope) and bool(callers.calls_of(self._evaluator, path, scope))

    def _always(self, one: Assignment, at: Located) -> bool:
        """Whether an assignment elsewhere has certainly been made: under no condition on module level, in
        the constructor of the same class, or in a function that is called so."""
        path, index = one.base.path, one.store.scope
        scope = self._evaluator.program.scope(path, index)
        if one.store.block != scope.block:
            return False
        if scope.kind != "function":
            return True
        if (
            scope.name == "__init__"
            and path == at.path
            and self._home(path, index) == self._home(path, at.scope)
        ):
            return True
        calls = callers.calls_of(self._evaluator, path, index)
        return any(self._on_module_level(where) for where, _, _ in calls)

    def _on_module_level(self, at: Located) -> bool:
        return at.scope == 0 and at.block == self._evaluator.program.scope(at.path, 0).block

    def _around(self, at: Located) -> set[int]:
        """The scopes that ``at`` stands in, the module not counted."""
        found, scope = set(), at.scope
        while scope > 0:
            found.add(scope)
            scope = self._evaluator.program.scope(at.path, scope).parent
        return found

    def _home(self, path: str, scope: int) -> int:
        """The class that a scope stands in; 0 for none."""
        while scope > 0 and self._evaluator.program.scope(path, scope).kind != "class":
            scope = self._evaluator.program.scope(path, scope).parent
        return scope

    def _makes_requests(self, path: str, scope: int) -> bool:
        calls = self._evaluator.program.facts(path).calls
        return any(one.scope == scope and last_name(one.function) in self._requests for one in calls)

    def _assigned(self, name: str) -> list[Assignment]:
        """Every assignment to ``openai.name`` in loaded files."""
        places = self._evaluator.program.stores_of(name)
        known = self._known.get(name)
        if known is None or known[0] != len(places):
            found = [one for one in map(self._assignment, places) if one is not None]
            known = self._known[name] = (len(places), found)
        return known[1]

    def _assignment(self, place: tuple[str, int]) -> Assignment | None:
        path, index = place
        store = self._evaluator.program.facts(path).stores[index]
        base = Located(path, store.scope, store.block, store.base)
        if External("openai") not in self._evaluator.ask(base).options:
            return None
        return Assignment(base, store, self._evaluator.ask(base.other(store.value)))


def _as_binding(store: Store) -> Binding:
    return Binding(store.span, store.value, None, store.block, store.at, store.scope)


def statement_parameter(texts: SourceTexts, base: Located, store: Store, value: Value) -> Parameter:
    """``base.name = value`` as a Parameter of form ``store``."""
    statement = Span(store.span.line, store.span.column, *store.at)
    written = base.other(store.value).place()
    holder = Place(base.path, statement)
    return Parameter(store.attribute or "", texts.code(written), written, holder, "store", setting(value))
