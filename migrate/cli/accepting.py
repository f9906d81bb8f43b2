"""The baseline of a check: read before it, compared and written after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.errors import UsageError
from migrate.report.counts import number

if TYPE_CHECKING:
    from migrate.cli.output import Output
    from migrate.cli.run import Run
    from migrate.findings.baseline import Baseline
    from migrate.settings import Settings


class Accepted:
    """What ``settings`` accept. Raises UsageError where the baseline cannot be read."""

    def __init__(self, settings: Settings, *, update: bool) -> None:
        self._file = settings.baseline
        self._update = update
        self.baseline: Baseline | None = None
        if self._file is None:
            if update:
                raise UsageError("--update-baseline: no baseline to update; name one with --baseline FILE")
            return
        from migrate.findings.baseline import read_baseline

        if self._file.exists() or not update:
            self.baseline = read_baseline(self._file)

    def write_first(self, this: Run, output: Output) -> None:
        """Accepts everything that was found. Raises UsageError where the file cannot be written."""
        from collections import Counter

        from migrate.findings.baseline import Baseline, write_baseline
        from migrate.findings.fingerprint import Fingerprints

        assert self._file is not None, "a baseline is only written where one is named"
        seen = this.inventory
        empty = Baseline(self._file, Counter())
        counts = empty.of(this.proposal.findings, Fingerprints(seen.source), seen.root)
        write_baseline(Baseline(self._file, counts))
        output.talk(f"{self._file.name}: {number(counts.total(), 'finding')} accepted")

    def settle(self, this: Run, output: Output) -> None:
        """Says how much of the baseline is gone, and takes it out where that was asked for."""
        if self.baseline is None:
            return
        from migrate.findings.baseline import Baseline, write_baseline
        from migrate.findings.fingerprint import Fingerprints

        seen = this.inventory
        now = self.baseline.of(this.proposal.known, Fingerprints(seen.source), seen.root)
        gone = self.baseline.gone(now, seen.selected, seen.root)
        if not gone:
            return
        amount = number(gone.total(), "finding")
        if self._update:
            write_baseline(Baseline(self.baseline.file, self.baseline.counts - gone))
            output.talk(f"{self.baseline.file.name}: {amount} cured and taken out")
        else:
            output.talk(f"{self.baseline.file.name}: {amount} cured; --update-baseline takes them out")
