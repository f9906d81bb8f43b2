"""What ``repoint check`` prints, a function a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrate.catalog import Catalog
    from migrate.cli.output import Output
    from migrate.cli.run import Run
    from migrate.findings.finding import Finding

FORMATS = ("text", "json", "jsonl", "github", "gitlab", "sarif", "markdown")


def rendered(this: Run, catalog: Catalog, output: Output) -> str | bytes:
    """``this`` run in the format that ``output`` asks for."""
    if output.format in ("json", "jsonl"):
        return _documents(this, output)
    if output.format == "sarif":
        return _sarif(this, catalog)
    if output.format == "gitlab":
        from migrate.findings.fingerprint import Fingerprints
        from migrate.report.gitlab import code_quality

        return code_quality(_on_disk(_shown(this.left, output), this), Fingerprints(this.inventory.file))
    if output.format == "markdown":
        from migrate.report.markdown import comment

        return comment(_shown(this.left, output), this.outcomes, this.counts, catalog.rules)
    return _github(this, output) if output.format == "github" else _text(this, output)


def _documents(this: Run, output: Output) -> bytes:
    from migrate.report import documents
    from migrate.report.document_shapes import Check
    from migrate.report.json_bytes import indented, lines

    cured = set(map(id, this.cured))
    rows = tuple(documents.finding(one, applied=id(one) in cured) for one in this.proposal.findings)
    if output.format == "jsonl":
        return lines(rows)
    root = this.inventory.root.as_posix()
    return indented(Check(root=root, findings=rows, outcomes=this.outcomes, summary=this.counts))


def _sarif(this: Run, catalog: Catalog) -> bytes:
    from migrate.findings.fingerprint import Fingerprints
    from migrate.report.sarif import SarifLog
    from migrate.rewrite.alone import alone

    file = this.inventory.file
    fixes = alone(this.left, file)
    ignored, known = (tuple(_on_disk(some, this)) for some in (this.proposal.ignored, this.proposal.known))
    proposal = msgspec.structs.replace(this.proposal, ignored=ignored, known=known)
    return SarifLog(catalog.rules, catalog.sources, Fingerprints(file), fixes).encoded(
        _on_disk(this.left, this), proposal, this.outcomes
    )


def _text(this: Run, output: Output) -> str:
    from migrate.cli.colour import paint_for
    from migrate.report.finding_lines import text_line

    paint, more = paint_for(output), output.verbosity > 0
    lines = [f"{paint('fixed', 'green')} {text_line(one, paint=paint)}" for one in this.cured]
    lines += [text_line(one, cure=more, paint=paint) for one in _shown(this.left, output)]
    return "".join(line + "\n" for line in lines)


def _github(this: Run, output: Output) -> str:
    from migrate.report.finding_lines import github_failure, github_line

    lines = [github_line(one) for one in _on_disk(_shown(this.left, output), this)]
    lines += [github_failure(one) for one in this.outcomes if one.state == "failed"]
    return "".join(line + "\n" for line in lines)


def _on_disk(findings: Iterable[Finding], this: Run) -> list[Finding]:
    """``findings`` for programs that know nothing of cells."""
    from migrate.findings.cells import on_disk

    return [on_disk(one, this.inventory.file(one.place.path)) for one in findings]


def _shown(findings: Iterable[Finding], output: Output) -> list[Finding]:
    return [one for one in findings if output.verbosity > 0 or not one.note]
