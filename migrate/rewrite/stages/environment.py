"""Stage ``gateway`` in style ``environment``: the URL goes into the environment files, the code stays.

A file that holds a key which looks real is left to its owner: OpenAI's key must not travel to a gateway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate.findings.edits import SetVariable
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.gateway_plan import GatewayPlan
from migrate.sources.environment import EnvAssignment, environment_assignments
from migrate.sources.place import Place, Span
from migrate.sources.source import Source

_PLACEHOLDER = re.compile(
    r"|.*(?:your|xxx|\.\.\.|change|replace|placeholder|<|\$\{|example|dummy).*", re.IGNORECASE
)


def environment_findings(files: Sequence[Source], plan: GatewayPlan) -> Iterator[Finding]:
    """One finding for every environment file that configures OpenAI and is not at the gateway."""
    for source in files:
        known = {one.name: one for one in environment_assignments(source.text)}
        url, key = plan.openai.base_url_env, plan.openai.key_env
        anchor = known.get(url) or known.get(key)
        if anchor is not None and not (url in known and plan.holds(known[url].value)):
            yield _finding(source, known, anchor, plan)


def _finding(
    source: Source, known: dict[str, EnvAssignment], anchor: EnvAssignment, plan: GatewayPlan
) -> Finding:
    place = Place(source.path, anchor.line_span)
    message = f"{anchor.name} here sends requests to OpenAI directly, not through {plan.gateway.title}"
    url_name, key_name = plan.openai.base_url_env, plan.openai.key_env
    key = known.get(key_name)
    if key is None or not _PLACEHOLDER.fullmatch(key.value):
        cure = f"put the key of {plan.gateway.title} into {key_name}, and with it {url_name}={plan.base_url}"
        return Finding("direct-client", "gateway", place, message, cure, "manual")
    cure = f"{url_name} becomes {plan.base_url}; {key_name} is where the key of {plan.gateway.title} goes"
    edit = SetVariable(_line(known.get(url_name), key), url_name, plan.base_url)
    return Finding("direct-client", "gateway", place, message, cure, "safe", (FileEdit(source.path, edit),))


def _line(url: EnvAssignment | None, key: EnvAssignment) -> Span:
    """The line of the URL, or the empty span at the start of the line after the key's."""
    if url is not None:
        return url.line_span
    after = key.line_span.end_line + 1
    return Span(after, 1, after, 1)
