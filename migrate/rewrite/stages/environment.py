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

_URL, _KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"
_PLACEHOLDER = re.compile(
    r"|.*(?:your|xxx|\.\.\.|change|replace|placeholder|<|\$\{|example|dummy).*", re.IGNORECASE
)


def environment_findings(files: Sequence[Source], plan: GatewayPlan) -> Iterator[Finding]:
    """One finding for every environment file that configures OpenAI and is not at the gateway."""
    for source in files:
        known = {one.name: one for one in environment_assignments(source.text)}
        anchor = known.get(_URL) or known.get(_KEY)
        if anchor is not None and not (_URL in known and plan.holds(known[_URL].value)):
            yield _finding(source, known, anchor, plan)


def _finding(
    source: Source, known: dict[str, EnvAssignment], anchor: EnvAssignment, plan: GatewayPlan
) -> Finding:
    place = Place(source.path, anchor.line_span)
    message = f"{anchor.name} here sends requests to OpenAI directly, not through {plan.gateway.title}"
    key = known.get(_KEY)
    if key is None or not _PLACEHOLDER.fullmatch(key.value):
        cure = f"put the key of {plan.gateway.title} into {_KEY}, and with it {_URL}={plan.base_url}"
        return Finding("direct-client", "gateway", place, message, cure, "manual")
    cure = f"{_URL} becomes {plan.base_url}; {_KEY} is where the key of {plan.gateway.title} goes"
    edit = SetVariable(_line(known), _URL, plan.base_url)
    return Finding("direct-client", "gateway", place, message, cure, "safe", (FileEdit(source.path, edit),))


def _line(known: dict[str, EnvAssignment]) -> Span:
    """The line of the URL, or the empty span at the start of the line after the key's."""
    if _URL in known:
        return known[_URL].line_span
    after = known[_KEY].line_span.end_line + 1
    return Span(after, 1, after, 1)
