"""The scan: discovered files in, an Inventory of call sites and outcomes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from migrate.catalog import Catalog
from migrate.facts.documents.reading import LIMIT as LARGEST
from migrate.program.calls.callsite import CallSite, Prompt
from migrate.program.calls.callsites import Finder
from migrate.program.calls.declared import Declared, read_requirements
from migrate.program.calls.prompt_places import PromptPlaces
from migrate.program.calls.readers import Readers
from migrate.program.calls.surroundings import Surroundings, surroundings
from migrate.program.contexts.finding import Contexts
from migrate.program.functions.calling import Calling
from migrate.program.http.languages import of_other_languages
from migrate.program.libraries.library import SdkLibrary
from migrate.program.linking.code import SourceTexts
from migrate.program.linking.program import Program
from migrate.program.linking.repository import Repository
from migrate.program.literals.finding import Literals
from migrate.program.outside.assigned import Assigned
from migrate.program.solving.evaluate import Evaluator
from migrate.program.suspects.reaching import reaching
from migrate.settings import Settings
from migrate.sources.discovery import Discovery, discover, parted
from migrate.sources.kinds import KINDS, SETTING, kind_of
from migrate.sources.known import KnownFiles
from migrate.sources.place import Place
from migrate.sources.reading import holds, load, peek, read
from migrate.sources.rooting import package_at, place_of
from migrate.sources.source import Outcome, Source


class Inventory(msgspec.Struct, frozen=True):
    """What a scan found. ``sources`` are the files that were read, by path; ``selected`` the files that the
    user asked about; ``outcomes`` those that could not be used, and why. ``declared`` gives, for a file, the
    oldest openai version that its project allows, None where it says none. ``readers`` answers who else reads
    a value, ``literals`` where model ids are written, ``contexts`` where a call stands and who calls its
    function; ``calling`` which function a call runs; ``prompts`` where those of a call are written;
    ``surroundings`` says what moving a client could upset; ``environment`` holds the repository's environment
    files, where the settings are about them; ``texts`` are the other files that were read and are not Python,
    ``beside`` those that the user asked about with the Python ones; ``remember`` keeps what was read for the
    next run, once no more is asked; ``covers`` says whether a path lies below what the user asked about;
    ``assigned`` where an environment variable is set."""

    root: Path
    selected: frozenset[str]
    call_sites: tuple[CallSite, ...]
    outcomes: tuple[Outcome, ...]
    sources: dict[str, Source]
    declared: Callable[[str], str | None]
    readers: Readers
    literals: Literals
    contexts: Contexts
    calling: Calling
    prompts: Callable[[CallSite], tuple[Prompt, ...]]
    surroundings: Surroundings = Surroundings()
    environment: tuple[Source, ...] = ()
    texts: Mapping[str, Source] = msgspec.field(default_factory=dict)
    beside: frozenset[str] = frozenset()
    remember: Callable[[], None] = lambda: None
    covers: Callable[[str], bool] = lambda _: False
    assigned: Callable[[str], tuple[Place, ...]] = lambda _: ()

    def source(self, path: str) -> Source | None:
        """The file at ``path``, where it was read; of a notebook the Python in it."""
        found = self.sources.get(path) or self.texts.get(path)
        return found or next((one for one in self.environment if one.path == path), None)

    def file(self, path: str) -> Source | None:
        """The file at ``path`` as it is on disk, where it was read."""
        return self.texts.get(path) or self.source(path)

    @property
    def editable(self) -> frozenset[str]:
        """Every file that may be changed: what the user asked about, and the environment files."""
        plain = {path for path in self.texts if kind_of(path) is None and self.covers(path)}
        return frozenset(plain) | self.selected | self.beside | {one.path for one in self.environment}


def scan(paths: Sequence[Path], settings: Settings, catalog: Catalog) -> Inventory:
    """Finds every call to a model under ``paths``, resolving across the whole repository.

    Never raises for what is on disk: a file that cannot be used becomes an Outcome.
    """
    everything = discover(paths, exclude=settings.exclude, kinds=KINDS)
    chosen, beside = parted(everything, settings.include_docs)
    repository = _repository(paths, chosen, settings, catalog)
    imports = catalog.frameworks.imports
    for result in load(chosen, catalog.needles, settings.max_file_size, repository.known, imports):
        repository.keep(result)
    program = _program(repository, catalog)
    evaluator = Evaluator(program, SdkLibrary(catalog))
    finder = Finder(evaluator, catalog, SourceTexts(repository.text))
    sites = _sites(program, finder, sorted(repository.sources), frozenset(chosen.files))
    # Documents are among the chosen files where they are asked for; else nothing in them is a call.
    others = [path for path in (*beside, *chosen.files) if (kind_of(path) == "prose") == (path not in beside)]
    sites += of_other_languages(repository, catalog, others)
    if "dependencies" in settings.stages:
        read_requirements(repository, catalog.frameworks.floored, beside)
    return Inventory(
        chosen.root,
        frozenset(chosen.files),
        tuple(sites),
        _outcomes(everything, repository, settings),
        repository.sources,
        Declared(chosen.root).openai,
        Readers(program, evaluator),
        Literals(program, catalog, repository),
        Contexts(program, evaluator),
        Calling(program, evaluator),
        PromptPlaces(evaluator).of,
        surroundings(program, catalog.gateways["openai"].hosts, _key_variables(catalog)),
        _environment(chosen, settings, _variables(catalog)),
        repository.texts,
        beside,
        lambda: repository.known.save({*repository.paths(), *everything.files}),
        lambda path: _is_asked(path, chosen.root, paths, settings),
        Assigned(program, repository).places,
    )


def _program(repository: Repository, catalog: Catalog) -> Program:
    vendors = catalog.sdk.modules | catalog.frameworks.packages
    package = package_at(repository.root)
    return Program(repository, vendors, reaching(catalog), len(repository.sources), package)


def _is_asked(path: str, root: Path, paths: Sequence[Path], settings: Settings) -> bool:
    """Whether ``path``, a file of no kind that is looked for, lies below what the user asked about."""
    from migrate.sources.patterns import matcher

    places = [place_of(one) for one in paths or (Path(),)]
    inside = any((root / path).is_relative_to(place) for place in places)
    return inside and not (settings.exclude and matcher(settings.exclude)(path))


def _repository(paths: Sequence[Path], chosen: Discovery, settings: Settings, catalog: Catalog) -> Repository:
    reading = (settings.max_file_size, catalog.needles, catalog.frameworks.imports, settings.rules)
    known = KnownFiles(chosen.root, reading, settings.cache)
    universe = tuple(path for path in _universe(paths, chosen, settings) if kind_of(path) in ("python", None))
    return Repository(chosen.root, universe, chosen.named, settings.max_file_size, known, settings.cache)


def _key_variables(catalog: Catalog) -> frozenset[str]:
    return frozenset(client.key_env for client in catalog.sdk.clients.values() if client.target == "openai")


def _universe(paths: Sequence[Path], chosen: Discovery, settings: Settings) -> tuple[str, ...]:
    """Every Python file of the repository, the chosen ones included, ignored or not."""
    if {place_of(path) for path in paths or (Path(),)} == {str(chosen.root)}:
        return chosen.files
    everything = discover((chosen.root,), exclude=settings.exclude)
    if everything.root != chosen.root:
        return chosen.files
    return tuple(sorted({*everything.files, *chosen.files}))


def _variables(catalog: Catalog) -> tuple[bytes, ...]:
    """The variables that tell clients their key and address."""
    names = {name for urls in catalog.configuration.variables.values() for name in urls}
    return tuple(name.encode() for name in {*names, *_key_variables(catalog)})


def _environment(chosen: Discovery, settings: Settings, names: tuple[bytes, ...]) -> tuple[Source, ...]:
    if settings.style != "environment":
        return ()
    found = discover((chosen.root,), exclude=settings.exclude, kinds=SETTING)
    wanted = [path for path in found.files if holds(peek(found.root, path, LARGEST), names)]
    sources = (read(found.root, path, settings.max_file_size) for path in wanted)
    return tuple(one for one in sources if isinstance(one, Source))


def _sites(
    program: Program, finder: Finder, matching: Sequence[str], selected: Collection[str]
) -> list[CallSite]:
    """The call sites of all matching files, and of selected ones that questions led to."""
    done: set[str] = set()
    found: list[CallSite] = []
    queue = [path for path in matching if program.load(path) is not None]
    while queue:
        finder.receive(queue)
        for path in queue:
            found += finder.in_file(path)
        done.update(queue)
        queue = sorted(path for path in program.loaded() if path in selected and path not in done)
    return sorted(found, key=lambda site: site.place)


def _outcomes(everything: Discovery, repository: Repository, settings: Settings) -> tuple[Outcome, ...]:
    unusable = [*repository.outcomes.values(), *repository.notes]
    named = () if settings.include_docs else everything.named
    prose = [path for path in named if kind_of(path) == "prose"]
    passed = [Outcome(path, "skipped", "prose; --include docs changes its Python blocks") for path in prose]
    return tuple(sorted({*everything.outcomes, *unusable, *passed}))
