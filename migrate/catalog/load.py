"""The catalog: every fact under rules/, read when first asked for. Nothing here decides or edits."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from migrate import resources

# Each part is imported where it is first needed: a run that only asks for needles pays for nothing else, and
# one without files of the team's own not for what reads them.
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from migrate.catalog.azure import AzureWay
    from migrate.catalog.checklist import Checklist
    from migrate.catalog.configuration import Configuration
    from migrate.catalog.costs import Costs
    from migrate.catalog.extra import Extra
    from migrate.catalog.framework import Frameworks
    from migrate.catalog.functions import FunctionsWay
    from migrate.catalog.gateways import Gateway
    from migrate.catalog.literal_words import LiteralWords
    from migrate.catalog.models import Models, ModelTable
    from migrate.catalog.pages import Rule
    from migrate.catalog.parameters import Parameters
    from migrate.catalog.passing import Passing
    from migrate.catalog.policy import Policy
    from migrate.catalog.responses import ResponsesWay
    from migrate.catalog.risks import RiskWords
    from migrate.catalog.routing import Routing
    from migrate.catalog.sdk import Sdk
    from migrate.catalog.sources import Source
    from migrate.catalog.techniques import Techniques
    from migrate.catalog.usecases import LatencySigns, UseCases

T = TypeVar("T")


class Catalog:
    """Typed view of a rules folder and of a team's own files. Every part raises CatalogError when read."""

    def __init__(self, folder: Path, extra: tuple[Path, ...] = ()) -> None:
        self.folder = folder
        self.extra_paths = extra

    @cached_property
    def models(self) -> Models:
        """Every known model."""
        from migrate.catalog.models import Models, ModelTable

        if self.extra_paths:
            return Models(self._built_models())
        return Models(self._compiled("models", ModelTable, self._built_models))

    @cached_property
    def gateways(self) -> Mapping[str, Gateway]:
        """Gateways by name."""
        from migrate.catalog.gateways import read_gateways

        return read_gateways(self._files("gateways"), self.extra.gateways() if self.extra_paths else ())

    @cached_property
    def sdk(self) -> Sdk:
        """The openai package, 0.x and 1.x to 3.x."""
        from migrate.catalog.sdk import Sdk

        return self._compiled("sdks", Sdk, self._built_sdk)

    @cached_property
    def configuration(self) -> Configuration:
        """Where programs take their configuration from."""
        from migrate.catalog.configuration import Configuration
        from migrate.catalog.configurationfile import read_configuration

        files = self._files("configuration")
        return self._compiled("configuration", Configuration, lambda: read_configuration(files))

    @cached_property
    def frameworks(self) -> Frameworks:
        """Frameworks and HTTP libraries that reach a model in other ways."""
        from migrate.catalog.framework import Frameworks

        return self._compiled("sdks/frameworks", Frameworks, self._built_frameworks)

    @cached_property
    def passing(self) -> Passing:
        """Functions outside the program that call a function they are given."""
        from migrate.catalog.passing import Passing

        return self._compiled("passing", Passing, self._built_passing)

    @property
    def needles(self) -> tuple[bytes, ...]:
        """A Python file that holds none of these has nothing to say of the SDK by itself."""
        return self.sdk.needles

    @cached_property
    def routing(self) -> Routing:
        """Roles, their default models, and how effort carries over."""
        from migrate.catalog.routing import read_routing

        return read_routing(self.folder / "routing.toml")

    @cached_property
    def costs(self) -> Costs:
        """What costs rest on where nothing was measured."""
        from migrate.catalog.costs import read_costs

        return read_costs(self.folder / "costs.toml")

    @cached_property
    def literal_words(self) -> LiteralWords:
        """What the role of a model id is told by."""
        from migrate.catalog.literal_words import read_literal_words

        return read_literal_words(self.folder / "literals.toml")

    @cached_property
    def policy(self) -> Policy:
        """Where a call belongs by what it is for."""
        from migrate.catalog.policy import read_policy

        return read_policy(self.folder / "policy.toml")

    @cached_property
    def azure(self) -> AzureWay:
        """How Azure clients become OpenAI's."""
        from migrate.catalog.azure import read_azure

        return read_azure(self.folder / "azure.toml")

    @cached_property
    def responses(self) -> ResponsesWay:
        """How Chat Completions are said in Responses."""
        from migrate.catalog.responses import read_responses

        return read_responses(self.folder / "responses.toml")

    @cached_property
    def functions(self) -> FunctionsWay:
        """How functions of Chat Completions are said with tools."""
        from migrate.catalog.functions import read_functions

        return read_functions(self.folder / "functions.toml")

    @cached_property
    def risks(self) -> RiskWords:
        """What tells the risks that are no errors."""
        from migrate.catalog.risks import read_risks

        return read_risks(self.folder / "risks.toml")

    @cached_property
    def use_cases(self) -> UseCases:
        """What calls are for, and what that is told by."""
        from migrate.catalog.usecases import read_use_cases

        return read_use_cases(self.folder / "usecases.toml")

    @cached_property
    def latency(self) -> LatencySigns:
        """What says how long an answer may take."""
        from migrate.catalog.usecases import read_latency

        return read_latency(self.folder / "latency.toml")

    @cached_property
    def parameters(self) -> Parameters:
        """What becomes of a parameter on its new model."""
        from migrate.catalog.parameters import read_parameters

        return read_parameters(self._files("parameters"), self.extra.parameters() if self.extra_paths else ())

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Rule pages by id."""
        from migrate.catalog.pages import read_rules

        return read_rules(self._files("findings"), self.extra.rules() if self.extra_paths else ())

    @cached_property
    def checklist(self) -> Checklist:
        """What the readiness report asks, and what each answer is worth."""
        from migrate.catalog.checklist import read_checklist

        return read_checklist(self.folder / "checklist.toml", self.rules)

    @cached_property
    def techniques(self) -> Techniques:
        """Prompting techniques, and the wording of each language."""
        from migrate.catalog.techniquefile import read_techniques

        extra = self.extra.tables("technique") if self.extra_paths else ()
        return read_techniques(self._files("techniques"), self._files("wording"), extra)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Documents by the key that entries name."""
        from migrate.catalog.sources import read_sources

        return read_sources(self.folder / "sources.toml")

    @cached_property
    def extra(self) -> Extra:
        """The team's own files, in the order given."""
        from migrate.catalog.extra import read_extra

        return read_extra(self.extra_paths)

    def _built_models(self) -> ModelTable:
        from migrate.catalog.modelfile import read_models

        return read_models(self._files("models"), self.extra.models() if self.extra_paths else ())

    def _built_sdk(self) -> Sdk:
        from migrate.catalog.sdkfile import read_sdk

        return read_sdk(self._files("sdks"))

    def _built_frameworks(self) -> Frameworks:
        from migrate.catalog.frameworkfile import read_frameworks

        return read_frameworks(self._files("sdks/frameworks"))

    def _built_passing(self) -> Passing:
        from migrate.catalog.passing import read_passing

        return read_passing(self._files("passing"))

    def _compiled(self, name: str, kind: type[T], build: Callable[[], T]) -> T:
        """The parts that every run needs are kept compiled."""
        from migrate.catalog.compiled import compiled

        return compiled(name.replace("/", "-"), kind, self._files(name), build)

    def _files(self, name: str) -> list[Path]:
        return sorted((self.folder / name).glob("*.toml"))


@lru_cache(maxsize=8)
def load(extra: tuple[Path, ...] = ()) -> Catalog:
    """The catalog of this installation, with a team's own ``extra`` files. Reads nothing yet."""
    return Catalog(resources.folder("rules"), extra)
