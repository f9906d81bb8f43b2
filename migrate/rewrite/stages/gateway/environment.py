"""Stage ``gateway`` in style ``environment``: the URL goes into the environment files, the code stays.

A file that holds a key which looks real is left to its owner: OpenAI's key must not travel to a gateway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate.findings.edits import SetVariable
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.sources.environment import EnvAssignment, environment_assignments
from migrate.sources.place import Place, Span
from migrate.sources.source import Source

_PLACEHOLDER = re.compile(
    r"|.*(?:your|xxx|\.\.\.|change|replace|placeholder|<|\$\{|example|dummy).*", re.IGNORECASE
)


def environment_findings(
    files: Sequence[Source], plan: GatewayPlan, urls: Sequence[str]
) -> Iterator[Finding]:
    """One finding for every environment file that configures OpenAI and is not at the gateway; ``urls`` are
    the variables that hold the URL for the clients of this program."""
    for source in files:
        known = {one.name: one for one in environment_assignments(source.text)}
        there = [known[name] for name in urls if name in known]
        anchor = next(iter(there), None) or known.get(plan.openai.key_env)
        if anchor is not None and not (there and all(plan.holds(one.value) for one in there)):
            yield _finding(source, known, anchor, plan, urls)


def is_placeholder(value: str) -> bool:
    """Whether ``value`` stands for a key that is still to be filled in."""
    return _PLACEHOLDER.fullmatch(value) is not None


def _finding(
    source: Source,
    known: dict[str, EnvAssignment],
    anchor: EnvAssignment,
    plan: GatewayPlan,
    urls: Sequence[str],
) -> Finding:
    place = Place(source.path, anchor.line_span)
    message = f"{anchor.name} here sends requests to OpenAI directly, not through {plan.gateway.title}"
    key_name, url_name = plan.openai.key_env, " and ".join(urls)
    key = known.get(key_name)
    if key is None or not is_placeholder(key.value):
        cure = f"put the key of {plan.gateway.title} into {key_name}, and with it {url_name}={plan.base_url}"
        return Finding("direct-client", "gateway", place, message, cure, "manual")
    cure = f"{url_name} becomes {plan.base_url}; {key_name} is where the key of {plan.gateway.title} goes"
    edits = tuple(
        FileEdit(source.path, SetVariable(_line(known.get(name), key), name, plan.base_url)) for name in urls
    )
    return Finding("direct-client", "gateway", place, message, cure, "safe", edits)


def _line(url: EnvAssignment | None, key: EnvAssignment) -> Span:
    """The line of the URL, or the empty span at the start of the line after the key's."""
    if url is not None:
        return url.line_span
    after = key.line_span.end_line + 1
    return Span(after, 1, after, 1)
