"""Frameworks and HTTP libraries as data: the calls that reach a model without the SDK's own methods."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from migrate.catalog.sdk import ClientTarget


class Editing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a call of a framework is changed; what it does not state is changed by hand.

    ``url``: the first of the call's own arguments for endpoint and key can be written at it. ``key_code``
    gives the key in a form of its own ({key_env}), for which ``key_import`` is imported; ``client_code`` an
    object ({url}, {key}) for the first ``client`` argument where the class takes no URL. ``prefix`` begins
    ids. ``knows`` are patterns of the ids it accepts, empty for all. ``adapts`` are parameters of the API
    that it renames or drops itself, ``forces`` what it sends instead of some; ``inside`` arguments whose
    dicts are sent as they are. ``effort`` is the argument for the effort, which has to be stated for those
    of ``effort_for`` to be sent; ``effort_since`` is the requirement of a release that takes it, ``since``
    that of one which suits the models that a pattern names. ``tools``: every request carries tools. ``later``
    are parameters that it sends as they are from where its model is used; ``loses`` arguments that count no
    more beside a ``client_code``. ``adds`` are arguments that an id it does not know needs; ``limits`` those
    that it refuses to send to models of ``limited`` otherwise. ``advice`` says what to write by hand
    ({url}, {key_env}, {model}).
    """

    url: bool = False
    key_code: str = ""
    key_import: str = ""
    client_code: str = ""
    client_import: str = ""
    prefix: str = ""
    knows: tuple[str, ...] = ()
    adapts: tuple[str, ...] = ()
    forces: Mapping[str, str] = {}
    inside: tuple[str, ...] = ()
    effort: str = ""
    effort_for: tuple[str, ...] = ()
    effort_since: str = ""
    since: Mapping[str, str] = {}
    tools: bool = False
    later: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    adds: Mapping[str, str] = {}
    limits: Mapping[str, float] = {}
    limited: tuple[str, ...] = ()
    advice: str = ""

    def advise(self, url: str, key_env: str, model: str = '"..."') -> str:
        """``advice`` with the gateway's URL, the variable of its key and the code of the model's id."""
        return self.advice.format(url=url, key_env=key_env, model=model)


class CallFields(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry of the rules states of a class or function of a framework, under each of its names.

    ``endpoint`` is a word of ``Model.endpoints``, ``""`` where no request is made (a tokenizer). The tuples
    ``model``, ``base_url`` and ``api_key`` hold the places where each may be given, as paths: ``model``, an
    entry ``client_args.base_url`` of a dict argument, ``llm_config.config_list[].model`` of every dict in a
    list. ``client`` are arguments that carry an SDK client or a ``carrier``: an object that holds endpoint
    and key for others and is no call itself. Where the call says nothing, what was set for all of them
    counts: ``default_client`` is a function that takes their client, ``default_url`` an attribute of the
    package. ``vendor`` are arguments that name the vendor; where ``any_vendor`` is set, that or the model id
    decides whose model it is, by a text that there is no call without where it ``needs_model``. What is given
    one of ``instead`` takes its model from there, a call of its own; what ``named_by`` holds may name
    one, out of sight. ``prompts`` maps an argument to what its text is.
    ``implicit`` is the model of a call that names none, in the newest release, unless a variable of
    ``implicit_env`` says otherwise; ``implicit_note`` says what other releases do. ``edit`` says how the call
    is changed, None where only a person changes it.
    """

    endpoint: str = "chat"
    target: ClientTarget = "openai"
    any_vendor: bool = False
    needs_model: bool = False
    asynchronous: bool = False
    carrier: bool = False
    positional: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    base_url: tuple[str, ...] = ()
    api_key: tuple[str, ...] = ()
    client: tuple[str, ...] = ()
    default_client: str = ""
    default_url: str = ""
    vendor: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    prompts: Mapping[str, str] = {}
    implicit: str = ""
    implicit_env: tuple[str, ...] = ()
    implicit_note: str = ""
    key_env: str = ""
    edit: Editing | None = None


class FrameworkCall(CallFields, frozen=True, kw_only=True):
    """One class or function of a framework under one of its names; ``canonical`` is the name to report.
    ``parameters`` maps an argument to the API's name for it."""

    symbol: str
    canonical: str
    framework: str
    parameters: Mapping[str, str] = {}


class HttpCall(msgspec.Struct, frozen=True):
    """A function that sends one HTTP request, or (``requests.Session.post``) a method of an ``HttpClient``.

    ``body`` are the arguments that carry the request's content, as a dict or as JSON text, ``query`` those
    that carry the URL's query as a dict.
    """

    symbol: str
    library: str
    positional: tuple[str, ...]
    url: str = "url"
    body: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    asynchronous: bool = False


class Frameworks(msgspec.Struct, frozen=True):
    """Everything known of them.

    ``packages`` are top-level names of installed packages; ``imports`` are what stands behind ``from`` or
    ``import`` in files that may use one without naming OpenAI. ``re_exports`` maps a module that hands on
    the openai package to it; ``passes`` are functions that give back the client that is their first
    argument. ``openai_vendors`` and ``azure_vendors`` are the words for a vendor, alone or before an id;
    ``openai_beginnings`` start ids without one. ``encoders`` turn a dict into JSON text. ``http_clients``
    maps a class to the argument that holds the start of its URLs, ``http_aliases`` another name of one to it;
    ``http_paths`` maps the end of a URL to a word of ``Model.endpoints``; those of ``http_telling`` say by
    themselves whose API it is. ``http_queries`` are the words for the model in the query of a URL.
    """

    calls: Mapping[str, FrameworkCall]
    packages: frozenset[str]
    imports: tuple[bytes, ...]
    re_exports: Mapping[str, str]
    passes: frozenset[str]
    openai_vendors: frozenset[str]
    azure_vendors: frozenset[str]
    openai_beginnings: tuple[str, ...]
    http: Mapping[str, HttpCall]
    http_clients: Mapping[str, str]
    http_aliases: Mapping[str, str]
    http_paths: Mapping[str, str]
    http_telling: tuple[str, ...]
    http_queries: tuple[str, ...]
    http_prompts: Mapping[str, str]
    encoders: frozenset[str]

    @property
    def floored(self) -> frozenset[str]:
        """The packages that edits of calls need a release of."""
        edits = [call.edit for call in self.calls.values() if call.edit is not None]
        needs = (need for edit in edits for need in (*edit.since.values(), edit.effort_since) if need)
        return frozenset(need.partition(">=")[0] for need in needs)

    def vendor_target(self, word: str) -> ClientTarget:
        """Where requests to the vendor called ``word`` go."""
        if word.lower() in self.openai_vendors:
            return "openai"
        return "azure" if word.lower() in self.azure_vendors else "other"
