"""Stage ``gateway`` in style ``environment``, beyond ``.env`` files: deployments, workflows and scripts that
give a program OpenAI's key give it the gateway's URL too. A key in plain text is left to its owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate.findings.edits import ReplaceSpan
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.stages.gateway.environment import is_placeholder
from migrate.rewrite.stages.gateway.gateway_plan import GatewayPlan
from migrate.sources.assignments import assignments
from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span
from migrate.sources.source import Source

_COMMENT = re.compile(r"[ \t]*(?:#|//)")
_HEAD = r"""(?P<head>[ \t]*(?:-[ \t]+)?(?:export[ \t]+|ENV[ \t]+|ARG[ \t]+|Environment=)?(?P<quote>["']?))"""
_REST = r"""(?P<mid>["']?[ \t]*(?::=|=|:)[ \t]*)(?P<value>[^\r\n]*?)(?P<end>[ \t]*\\?)\Z"""
_PAIR = r"""(?P<indent>[ \t]*)-[ \t]+name:[ \t]*["']?%s["']?[ \t]*\Z"""
_OUTSIDE = re.compile(r"\$|\{\{|valueFrom|secret", re.IGNORECASE)


def deployment_findings(files: Sequence[Source], plan: GatewayPlan, urls: Sequence[str]) -> Iterator[Finding]:
    """One finding for every line that gives OpenAI's key without the gateway's URL, and for every URL of
    OpenAI's; ``urls`` are the variables that hold it for the clients of this program."""
    for source in files:
        lines = Lines(source.text)
        known = [one for one in assignments(source.path, source.text) if one.name in urls]
        for one in known:
            if plan.is_openai(one.value):
                yield _moved(source.path, one.span, one.name, one.value, plan, _real_key(lines, plan))
        if not known:
            yield from _added(source.path, lines, plan, urls)


def _moved(path: str, span: Span, name: str, value: str, plan: GatewayPlan, real: bool) -> Finding:
    message = f"{name} here sends requests to OpenAI directly, not through {plan.gateway.title}"
    key = plan.openai.key_env
    if real:
        cure = f"it becomes {plan.base_url}, by hand, and the key in {key} the one of {plan.gateway.title}"
        return Finding("direct-client", "gateway", Place(path, span), message, cure, "manual")
    cure = f"it becomes {plan.base_url}; look first: {key} has to hold the key of {plan.gateway.title} then"
    edit = FileEdit(path, ReplaceSpan(span, value, plan.base_url))
    return Finding("direct-client", "gateway", Place(path, span), message, cure, "review", (edit,))


def _added(path: str, lines: Lines, plan: GatewayPlan, urls: Sequence[str]) -> Iterator[Finding]:
    key = plan.openai.key_env
    for number in range(1, len(lines) + 1):
        text = lines.line(number)
        if key not in text or _COMMENT.match(text) or not _gives(text, key):
            continue
        place = Place(path, Span(number, 1, number, len(text) + 1))
        message = (
            f"{key} is given here without an address: requests go to OpenAI, not to {plan.gateway.title}"
        )
        continued = number > 1 and lines.line(number - 1).rstrip().endswith("\\")
        new = _before(text, key, urls, plan.base_url, _line_end(lines, number), continued=continued)
        cure = (
            f"{' and '.join(urls)} = {plan.base_url} beside it, and the key of {plan.gateway.title} in {key}"
        )
        if not new or _is_real(text, key):
            yield Finding("direct-client", "gateway", place, message, f"{cure}, by hand", "manual")
            continue
        edit = FileEdit(path, ReplaceSpan(Span(number, 1, number, 1), "", new))
        cure += f"; look first: whether {key} will hold that key"
        yield Finding("direct-client", "gateway", place, message, cure, "review", (edit,))


def _gives(text: str, key: str) -> bool:
    return bool(re.search(rf"(?<![\w$.{{-]){key}[\"']?[ \t]*[:=](?!=)", text) or re.match(_PAIR % key, text))


def _before(text: str, key: str, urls: Sequence[str], url: str, end: str, *, continued: bool) -> str:
    """The lines that give the URL, in the manner in which ``text`` gives the key; empty where that is not
    plain. ``continued`` says that a line before ``text`` goes on in it."""
    pair = re.match(_PAIR % key, text)
    if pair is not None:
        indent = pair["indent"]
        return "".join(f"{indent}- name: {name}{end}{indent}  value: {url}{end}" for name in urls)
    match = re.match(f"{_HEAD}{key}{_REST}", text)
    if match is None:
        return ""
    value = f'"{url}"' if match["value"][:1] in "\"'" and match["value"] else url
    if match["quote"] and "=" in match["mid"] and not match["mid"].startswith(("'", '"')):
        value = url + match["quote"]  # - "NAME=value"
    comma = "," if match["value"].endswith(",") else ""
    # An instruction of its own ends with its line, even where the next one goes on.
    more = " \\" if continued else ""
    return "".join(f"{match['head']}{name}{match['mid']}{value}{comma}{more}{end}" for name in urls)


def _real_key(lines: Lines, plan: GatewayPlan) -> bool:
    key = plan.openai.key_env
    texts = (lines.line(number) for number in range(1, len(lines) + 1))
    return any(_gives(text, key) and _is_real(text, key) for text in texts if key in text)


def _is_real(text: str, key: str) -> bool:
    """Whether the line holds a key in plain text, rather than a placeholder or a reference to a secret."""
    match = re.search(rf"{key}[\"']?[ \t]*(?::=|=|:)[ \t]*[\"']?(?P<value>[^\"'\s,#]*)", text)
    value = match["value"] if match else ""
    return bool(value) and not _OUTSIDE.search(text[text.index(key) :]) and not is_placeholder(value)


def _line_end(lines: Lines, number: int) -> str:
    start, after = lines.offset(number, 1), number + 1
    stop = lines.offset(after, 1) if after <= len(lines) else len(lines.text)
    return "\r\n" if lines.text[start:stop].endswith("\r\n") else "\n"
