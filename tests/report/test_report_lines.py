"""Findings and outcomes as lines: for people, for GitHub, in numbers."""

from __future__ import annotations

from migrate.catalog import load
from migrate.findings.finding import Finding, Safety
from migrate.report.columns import aligned
from migrate.report.counts import Counts, count, files_line, final, findings_line, number, sites_line
from migrate.report.finding_lines import by_rule, github_failure, github_line, text_line
from migrate.sources.place import Place, Span
from migrate.sources.source import Outcome


def finding(
    rule: str = "direct-client", safety: Safety = "safe", *, note: bool = False, line: int = 1
) -> Finding:
    place = Place("app/a, b:c.py", Span(line, 2, line, 5))
    return Finding(
        rule, "gateway", place, "100% wrong,\nreally: sk-0123456789abcd", "mend it", safety, note=note
    )


def test_text() -> None:
    assert text_line(finding()) == ("app/a, b:c.py:1:2: direct-client 100% wrong, really: sk-…abcd [safe]")
    assert text_line(finding(note=True), cure=True).endswith("[note]\n    mend it")


def test_github_escapes_what_would_end_a_property() -> None:
    assert github_line(finding()) == (
        "::error file=app/a%2C b%3Ac.py,line=1,endLine=1,col=2,endColumn=5,title=direct-client"
        "::100%25 wrong,%0Areally: sk-…abcd mend it"
    )
    assert github_line(finding(note=True)).startswith("::notice ")


def test_github_takes_columns_within_one_line_only() -> None:
    several = Finding("r", "model", Place("a.py", Span(1, 2, 3, 4)), "m", "c", "safe")
    assert github_line(several) == "::error file=a.py,line=1,endLine=3,title=r::m c"


def test_github_failure() -> None:
    assert github_failure(Outcome("a.py", "failed", "syntax error", 3)) == (
        "::error file=a.py,line=3,title=not checked::syntax error"
    )
    assert ",line=1," in github_failure(Outcome("a.py", "failed", "no permission"))


def test_by_rule() -> None:
    findings = [finding(line=2), finding("leaking-key", "manual"), finding(line=1)]
    rules = load().rules
    assert by_rule(findings, rules) == [
        f"direct-client (gateway): {rules['direct-client'].title}",
        "  app/a, b:c.py:2:2: 100% wrong, really: sk-…abcd [safe]",
        "      mend it",
        "  app/a, b:c.py:1:2: 100% wrong, really: sk-…abcd [safe]",
        "      mend it",
        f"leaking-key (gateway): {rules['leaking-key'].title}",
        "  app/a, b:c.py:1:2: 100% wrong, really: sk-…abcd [manual]",
        "      mend it",
    ]


def test_columns() -> None:
    assert aligned([]) == ""
    assert aligned([("a", "bb", ""), ("ccc", "d", "e")]) == "a    bb\nccc  d   e\n"


def test_every_file_ends_in_one_state() -> None:
    outcomes = (Outcome("a", "changed"), Outcome("b", "failed", "x"), Outcome("folder", "skipped", "y"))
    counts = count(
        {"a", "b", "c", "d"}, (), outcomes, [finding(), finding(safety="manual"), finding(note=True)]
    )
    assert counts == Counts(scanned=4, changed=1, unchanged=2, skipped=1, failed=1, safe=1, manual=1, notes=1)
    assert files_line(counts) == "4 files scanned: 1 changed, 2 unchanged, 1 skipped, 1 failed"
    assert files_line(counts, "would change").startswith("4 files scanned: 1 would change, ")
    assert findings_line(counts) == "2 findings: 1 safe, 1 manual; 1 note"


def test_what_is_said_last_of_a_file_holds() -> None:
    first = (Outcome("a", "skipped", "x"), Outcome("b", "failed", "y"))
    assert final(first, (Outcome("b", "changed"),)) == (first[0], Outcome("b", "changed"))
    twice = (Outcome("a", "failed", "x"), Outcome("a", "skipped", "y"))
    assert final(twice) == (twice[0],)


def test_words() -> None:
    assert [number(amount, "file") for amount in (0, 1, 2, 12345)] == [
        "0 files",
        "1 file",
        "2 files",
        "12,345 files",
    ]
    assert findings_line(Counts()) == "0 findings"
    assert sites_line(Counts(calls=2, clients=1, likely=1)) == "2 calls (1 of them only likely), 1 client"


def test_files_beside_those_asked_about_count_where_they_change() -> None:
    ended = (
        Outcome("app.py", "changed"),
        Outcome("requirements.txt", "changed"),
        Outcome("vendor", "skipped"),
    )
    counts = count({"app.py", "more.py"}, (), ended)
    assert files_line(counts) == "3 files scanned: 2 changed, 1 unchanged, 1 skipped"
