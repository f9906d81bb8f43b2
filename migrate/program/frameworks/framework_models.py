"""The model that a framework's call asks for, whose it is, and what is asked for where none is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from migrate.catalog.framework import FrameworkCall
from migrate.program.calls.callsite import Setting, Target
from migrate.program.calls.request import Request
from migrate.program.calls.setting import implied, only_texts, setting
from migrate.program.frameworks import argument_paths
from migrate.program.frameworks.vendors import Vendors, words
from migrate.program.solving.combining import union
from migrate.program.solving.values import Environment, LiteralOption, Located, Value

if TYPE_CHECKING:
    from migrate.catalog import Catalog
    from migrate.program.solving.evaluate import Evaluator


_ONLY_NONE = "nothing but None is visible for it"
_NOT_PASSED = "the call passes none"


class ModelGiven(msgspec.Struct, frozen=True):
    """``name`` is the argument that names the model; where the call has none, the one to name it with."""

    name: str | None
    setting: Setting


class FrameworkModels:
    """Reads models off calls."""

    def __init__(self, evaluator: Evaluator, catalog: Catalog) -> None:
        self._evaluator = evaluator
        self._vendors = Vendors(catalog)

    def of(self, entry: FrameworkCall, request: Request, at: Located) -> ModelGiven | None:
        """The model of a call that stands at ``at``. None where it is given an object that names it, which
        is a call of its own, or where it names none and needs none."""
        found = argument_paths.given(self._evaluator, request, entry.model)
        found = [(path, value) for path, value in found if not _only_none(value)]
        if entry.target == "azure":
            found = found[:1]  # the id for the tokenizer, or the deployment: either says it
        if not found:
            return self._absent(entry, request, at)
        value = union([one for _, one in found])
        plain = tuple(one for one in value.options if isinstance(one, (LiteralOption, Environment)))
        if not plain and value.options and not entry.needs_model:
            return None
        whole = only_texts(setting(Value(plain or value.options, value.unknown)))
        # The request knows which of them stand in a dict that is spread.
        roles = {one.place: one.role for path, _ in found for one in request.setting(path).origins}
        origins = tuple(replace(one, role=roles.get(one.place, one.role)) for one in whole.origins)
        return ModelGiven(found[0][0], replace(whole, origins=origins))

    def _absent(self, entry: FrameworkCall, request: Request, at: Located) -> ModelGiven | None:
        """What a call asks for that names no model."""
        name = next(iter((*entry.model, *entry.instead)), None)
        named = (f"{one} may name one" for one in entry.named_by if one in request.values)
        hidden = tuple(dict.fromkeys((*named, *request.hidden)))
        set_outside = tuple(f"environment variable {one} sets it" for one in entry.implicit_env)
        if entry.implicit and hidden:
            unless = f"without one it asks for {entry.implicit}"
            return ModelGiven(
                name, Setting((), False, (), entry.implicit_env, (*hidden[:1], unless, *hidden[1:]))
            )
        if entry.implicit:
            return ModelGiven(name, implied(entry.implicit, at.place(), entry.implicit_env))
        if hidden and not (entry.any_vendor and name and "[]" in name):
            return ModelGiven(name, Setting((), False, (), entry.implicit_env, (*hidden, *set_outside)))
        if entry.any_vendor:
            why = (_ONLY_NONE if name in request.values else _NOT_PASSED,)
            return ModelGiven(name, Setting((), False, (), (), why)) if entry.needs_model else None
        return ModelGiven(name, Setting((), not set_outside, (), entry.implicit_env, set_outside))

    def target(
        self, entry: FrameworkCall, request: Request, model: ModelGiven, by_url: Target
    ) -> Target | None:
        """Where the requests of a call go, ``by_url`` as far as URL and client tell; None where they have
        nothing to do with OpenAI."""
        said = [value for _, value in argument_paths.given(self._evaluator, request, entry.vendor)]
        vendors = {self._vendors.of_word(one) for one in words(said)}
        partly = any(
            isinstance(one, LiteralOption) and one.value is None for row in said for one in row.options
        )
        if vendors == {"other"} and not partly:
            return None if entry.any_vendor else "other"
        if vendors == {"azure"}:
            return "azure"
        if not entry.any_vendor or vendors == {"openai"}:
            return by_url
        texts = [one for one in model.setting.values if isinstance(one, str)]
        if not texts:
            return "unknown" if by_url in ("openai", "configurable") else by_url
        return _of_models({self._vendors.of_model(one) for one in texts}, model.setting, by_url)


def _of_models(vendors: set[str], given: Setting, by_url: Target) -> Target | None:
    if "openai" not in vendors:
        return "azure" if "azure" in vendors else None
    mixed = len(vendors) > 1 or not given.complete
    return "configurable" if mixed and by_url == "openai" else by_url


def _only_none(value: Value) -> bool:
    """Whether nothing is given: None, False, or an empty text."""
    if value.unknown:
        return False
    return all(isinstance(one, LiteralOption) and not one.value for one in value.options)
