"""Requests to OpenAI in JavaScript and TypeScript, as CallSites: the ``openai`` package and the AI SDK.

It reads one file at a time through ast-grep, an optional package, and follows constants of that file alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.program.calls.callsite import CallSite, Client, Prompt, Setting
from migrate.program.calls.identity import Identities
from migrate.program.calls.targets import hosts_of
from migrate.program.javascript.syntax import File

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from migrate.catalog import Catalog
    from migrate.program.calls.callsite import Target


class JavaScriptCalls:
    """Finds them in one file after another."""

    def __init__(self, catalog: Catalog) -> None:
        self._sdk = catalog.sdk
        self._packages = catalog.configuration.javascript
        self._hosts = hosts_of(catalog)
        self._key_env = catalog.gateways["openai"].key_env
        self._identities = Identities()

    def of(self, path: str, text: str) -> Iterator[CallSite]:
        """The calls of the file ``path``."""
        file = File(path, text, self._packages)
        if not file.imported:
            return
        clients = {name: self._client(file, made) for name, made in file.clients()}
        for call in file.calls():
            name = file.called(call)
            site = self._of_sdk(file, call, name, clients) or self._of_functions(file, call, name)
            if site is not None:
                yield site

    def _client(self, file: File, made: SgNode) -> Client:
        package, name = file.known(file.constructor(made))
        azure = name in self._packages[package].azure
        return self._made(file, made, package, file.constructor(made), azure=azure)

    def _made(self, file: File, made: SgNode, package: str, name: str, *, azure: bool) -> Client:
        """The client that ``made`` makes with its options."""
        options = file.options(made)
        url, key = file.value(options.get("baseURL")), file.value(options.get("apiKey"))
        target: Target = "azure" if azure else self._target(url) if "baseURL" in options else "openai"
        env = key.environment[0] if key.environment else None if "apiKey" in options else self._key_env
        given = url if "baseURL" in options else Setting()
        return Client(f"{package}.{name}", file.place(made), target, given, Setting(), env)

    def _target(self, url: Setting) -> Target:
        if not url.values:
            return "user"
        if not all(self._hosts.is_openai(str(one)) for one in url.values):
            return "other"
        return "openai" if url.complete else "configurable"

    def _of_sdk(self, file: File, call: SgNode, name: str, clients: dict[str, Client]) -> CallSite | None:
        """``client.chat.completions.create({...})``; only likely where the client is not one of the file."""
        for known, client in clients.items():
            if known and name.startswith(f"{known}."):
                method = self._sdk.method(name[len(known) + 1 :])
                return (
                    None if method is None else self._site(file, call, method.path, method.endpoint, client)
                )
        parts = name.split(".")
        for start in range(1, len(parts) - 1):
            method = self._sdk.method(".".join(parts[start:]))
            if method is not None and method.endpoint:
                return self._site(file, call, method.path, method.endpoint, None)
        return None

    def _of_functions(self, file: File, call: SgNode, name: str) -> CallSite | None:
        """``generateText({model: openai("gpt-4o")})`` of the AI SDK."""
        package, exported = file.known(name)
        known = self._packages.get(package)
        endpoint = known.functions.get(exported) if known is not None and "." not in name else None
        model = self._unwrapped(file, file.seen(file.options(call).get("model"))) if endpoint else None
        client = self._provider(file, model) if model is not None else None
        if model is None or client is None or endpoint is None:
            return None
        first = file.arguments(model)[:1]
        return self._site(file, call, exported, endpoint, client, file.value(first[0] if first else None))

    def _unwrapped(self, file: File, model: SgNode | None) -> SgNode | None:
        """The call that names a model, out of those that put something around it."""
        while model is not None and model.kind() == "call_expression":
            package, exported = file.known(file.called(model))
            if package not in self._packages or exported not in self._packages[package].wrappers:
                return model
            model = file.seen(file.options(model).get("model"))
        return None

    def _provider(self, file: File, model: SgNode) -> Client | None:
        """What ``openai("gpt-4o")`` goes through: the package's own provider, or one that the file makes."""
        name = file.called(model)
        package, exported = file.known(name)
        if package in self._packages and exported in self._packages[package].providers:
            target, place = self._packages[package].target, file.place(model)
            return Client(f"{package}.{exported}", place, target, Setting(), Setting(), self._key_env)
        made = file.kept(name.partition(".")[0])
        if made is None or made.kind() != "call_expression":
            return None
        package, exported = file.known(file.called(made))
        if package not in self._packages or exported not in self._packages[package].makers:
            return None
        return self._made(file, made, package, exported, azure=self._packages[package].target == "azure")

    def _site(
        self,
        file: File,
        call: SgNode,
        method: str,
        endpoint: str,
        client: Client | None,
        model: Setting | None = None,
    ) -> CallSite:
        options = file.options(call)
        asks = model is not None or "model" in options
        sdk = client.symbol.rpartition(".")[0] if client is not None else "openai"
        return CallSite(
            id=self._identities.next(file.path, "", method),
            place=file.place(call),
            function="",
            kind="http",
            sdk=f"{sdk} (npm)",
            symbol=f"{sdk}.{method}",
            method=method,
            certainty="proved" if client is not None else "likely",
            target=client.target if client is not None else "unknown",
            asynchronous=True,
            stream=file.value(options.get("stream")).values == (True,) or method.startswith("stream"),
            endpoint=endpoint,
            model=model or (file.value(options.get("model")) if asks else Setting()),
            model_parameter="model" if asks else None,
            parameters=(),
            hidden=(),
            clients=(client,) if client is not None else (),
            seen_prompts=tuple(_prompts(file, options)),
        )


_TEXTS = {"system": "system", "instructions": "system", "prompt": "user", "input": "user"}


def _prompts(file: File, options: dict[str, SgNode]) -> Iterator[Prompt]:
    for name, role in _TEXTS.items():
        if name in options and options[name].kind() in ("string", "template_string"):
            yield Prompt(file.place(options[name]), role)
    for message in file.items(options.get("messages")):
        entries = file.entries(message)
        if "content" in entries and "role" in entries:
            yield Prompt(file.place(entries["content"]), entries["role"].text().strip("'\"`"))
