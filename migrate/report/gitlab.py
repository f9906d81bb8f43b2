"""Findings in the form of GitLab's code quality reports: https://docs.gitlab.com/ci/testing/code_quality/."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from migrate.program.calls.identity import fingerprint
from migrate.report.json_bytes import indented
from migrate.report.masking import mask

if TYPE_CHECKING:
    from migrate.findings.finding import Finding
    from migrate.findings.fingerprint import Fingerprints


def code_quality(findings: Iterable[Finding], fingerprints: Fingerprints) -> bytes:
    """The report as JSON: one object a finding, notes as ``info``."""
    rows = [
        {
            "description": mask(f"{one.message}; {one.cure}" if one.cure else one.message),
            "check_name": one.rule,
            "fingerprint": fingerprint("\0".join((*msgspec.structs.astuple(key), str(before)))),
            "severity": "info" if one.note else "major",
            "location": {"path": one.place.path, "lines": {"begin": one.place.span.line}},
        }
        for one, key, before in fingerprints.numbered(findings)
    ]
    return indented(rows)
