"""Findings as a SARIF 2.1.0 log: rules with their pages, places, fingerprints, fixes and suppressions.

Written after the OASIS standard (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) and what GitHub's code
scanning reads of it. Columns count code points, as in every other format of repoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from migrate import __version__
from migrate.report.json_bytes import indented
from migrate.report.masking import mask
from migrate.report.replacements import replacements

if TYPE_CHECKING:
    from migrate.catalog.pages import Rule
    from migrate.catalog.sources import Source as Document
    from migrate.findings.finding import Finding
    from migrate.findings.fingerprint import Fingerprints
    from migrate.rewrite.proposal import FileChange, Proposal
    from migrate.sources.place import Place, Span
    from migrate.sources.source import Outcome

Part: TypeAlias = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "SRCROOT"
_TITLE = "repoint"


class SarifLog:
    """One run as a log. ``fixes`` maps the id of a change to the files it would change, alone."""

    def __init__(
        self,
        rules: Mapping[str, Rule],
        sources: Mapping[str, Document],
        fingerprints: Fingerprints,
        fixes: Mapping[str, Sequence[FileChange]],
    ) -> None:
        self._rules = [rules[name] for name in sorted(rules)]
        self._indexes = {rule.id: index for index, rule in enumerate(self._rules)}
        self._sources = sources
        self._fingerprints = fingerprints
        self._fixes = fixes

    def encoded(self, findings: Iterable[Finding], proposal: Proposal, outcomes: Iterable[Outcome]) -> bytes:
        """The log as JSON: ``findings``, and those of ``proposal`` that comments or the baseline take out."""
        results = self._results(findings)
        results += self._results(proposal.ignored, "inSource")
        results += self._results(proposal.known, "external")
        failed = [_notification(one) for one in outcomes if one.state == "failed"]
        run = {
            "tool": {"driver": self._driver()},
            "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": failed}],
            "originalUriBaseIds": {_BASE: {"description": {"text": "the folder that was scanned"}}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }
        return indented({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})

    def _driver(self) -> Part:
        return {
            "name": _TITLE,
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [self._rule(one) for one in self._rules],
        }

    def _rule(self, rule: Rule) -> Part:
        from migrate.report.rule_pages import page

        return {
            "id": rule.id,
            "name": "".join(word.capitalize() for word in rule.id.split("-")),
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": " ".join(rule.why.split())},
            "help": {"text": page(rule, self._sources)},
            "defaultConfiguration": {"level": "error"},
            "properties": {"tags": [rule.stage], "safety": rule.safety, "checked": rule.checked},
        }

    def _results(self, findings: Iterable[Finding], suppressed: str = "") -> list[Part]:
        numbered = self._fingerprints.numbered(findings)
        return [
            self._result(one, ":".join((*msgspec.structs.astuple(key), str(before))), suppressed)
            for one, key, before in numbered
        ]

    def _result(self, one: Finding, fingerprint: str, suppressed: str) -> Part:
        result: Part = {
            "ruleId": one.rule,
            "ruleIndex": self._indexes[one.rule],
            "level": "note" if one.note else "error",
            "message": {"text": mask(f"{one.message}. {one.cure}." if one.cure else f"{one.message}.")},
            "locations": [{"physicalLocation": _location(one.place)}],
            "partialFingerprints": {"repoint/v1": fingerprint},
            "properties": {"safety": one.safety, "stage": one.stage, "change": one.change},
        }
        changes = self._fixes.get(one.change, ())
        if changes:
            words = {"text": mask(one.cure or one.message)}
            result["fixes"] = [{"description": words, "artifactChanges": [_change(file) for file in changes]}]
        if suppressed:
            result["suppressions"] = [{"kind": suppressed}]
        return result


def _change(change: FileChange) -> Part:
    return {
        "artifactLocation": _artifact(change.path),
        "replacements": [
            {"deletedRegion": _region(span), "insertedContent": {"text": text}}
            for span, text in replacements(change.source.text, change.new_text)
        ],
    }


def _notification(outcome: Outcome) -> Part:
    place = {"artifactLocation": _artifact(outcome.path)}
    if outcome.line:
        place["region"] = {"startLine": outcome.line}
    return {
        "level": "error",
        "message": {"text": mask(outcome.reason)},
        "locations": [{"physicalLocation": place}],
    }


def _location(place: Place) -> Part:
    return {"artifactLocation": _artifact(place.path), "region": _region(place.span)}


def _region(span: Span) -> Part:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _artifact(path: str) -> Part:
    from urllib.parse import quote

    uri = quote(PurePosixPath(path).as_posix().encode("utf-8", "surrogateescape"))
    return {"uri": uri, "uriBaseId": _BASE}
