"""A verdict on one parameter of a call in words, with the edits that carry it out. Decides no verdict."""

from __future__ import annotations

from collections.abc import Callable

from migrate.catalog import UNKNOWN, Verdict
from migrate.findings.finding import FileEdit, Finding, worst
from migrate.plan.literals import is_literal, literal_value
from migrate.program.calls.callsite import CallSite, Parameter
from migrate.rewrite.stages.params.holders import removed, renamed, replaced
from migrate.rewrite.stages.params.late_parameters import LateParameters
from migrate.sources.place import Place

_EFFORTS = ("reasoning_effort", "reasoning")


class ParameterFindings:
    """Writes the findings of one call, whose requests go to ``targets``."""

    def __init__(
        self, site: CallSite, targets: str, late: LateParameters, code: Callable[[Place], str]
    ) -> None:
        self._site = site
        self._targets = targets
        self._late = late
        self._code = code

    def rename(self, parameter: Parameter, verdict: Verdict, *, named: bool) -> Finding:
        message = f"{parameter.name} is rejected by {self._targets}: {verdict.reason}"
        cure = f"{parameter.name} becomes {verdict.to}"
        if named and self._late.is_late(verdict.to):
            edits = removed(parameter) if self._movable(parameter) else ()
            if parameter.form == "file":
                edits, cure = (
                    (),
                    f"{cure}; first raise the declared openai version, which has no such argument",
                )
            if edits:
                self._late.add(verdict.to, parameter.code)
                cure += ", inside extra_body: the declared openai version has no such argument"
        elif (other := self._site.parameter(verdict.to)) is not None:
            edits, cure = (), f"{verdict.to} is passed too: keep one of them"
            if other.place == parameter.place:
                cure = f"the program chooses between this name and {verdict.to}: let it be the second here"
        else:
            edits = renamed(parameter, verdict.to, self._code)
        return self._finding("renamed-parameter", parameter, message, cure, verdict, edits)

    def drop(self, parameter: Parameter, verdict: Verdict) -> Finding:
        message = f"{parameter.name} is rejected by {self._targets}: {verdict.reason}"
        edits = removed(parameter)
        return self._finding(
            "rejected-parameter", parameter, message, f"{parameter.name} goes", verdict, edits
        )

    def set(self, parameter: Parameter, verdict: Verdict) -> Finding:
        message = (
            f"{parameter.name}={parameter.code} would not do the same on {self._targets}: {verdict.reason}"
        )
        cure = f"{parameter.name} becomes {verdict.to}"
        rule = "rejected-effort" if parameter.name in _EFFORTS else "rejected-parameter"
        return self._finding(rule, parameter, message, cure, verdict, replaced(parameter, verdict.to))

    def ask(self, parameter: Parameter, verdict: Verdict) -> Finding:
        rule = "rejected-effort" if parameter.name in _EFFORTS else "rejected-parameter"
        return self._manual(rule, parameter, f"{parameter.name}: {verdict.reason}")

    def is_unseen_effort(self, parameter: Parameter) -> bool:
        """Whether it is an effort of which nothing is known: that of a call whose model stays is its own."""
        return parameter.name in _EFFORTS and literal_value(parameter) is UNKNOWN

    def disagreeing(self, parameter: Parameter, verdicts: list[Verdict]) -> Finding:
        said = "; ".join(dict.fromkeys(f"{one.action} ({one.reason})" for one in verdicts))
        message = f"{parameter.name} depends on which of its models and efforts a request has: {said}"
        return self._manual("rejected-parameter", parameter, message)

    def hidden(self) -> Finding:
        """The note that more may be passed than is visible."""
        message = f"more parameters than are visible may be passed here: {self._site.hidden[0]}"
        cure = f"look whether one of them is rejected by {self._targets} (max_tokens, stop, temperature ...)"
        place, calls = self._site.place, (self._site.id,)
        return Finding("hidden-parameters", "params", place, message, cure, "manual", (), calls, "", True)

    def _movable(self, parameter: Parameter) -> bool:
        """Whether the value can be written at the call: its names may mean nothing there."""
        return parameter.holder == self._site.place or is_literal(parameter.code)

    def _finding(
        self,
        rule: str,
        parameter: Parameter,
        message: str,
        cure: str,
        verdict: Verdict,
        edits: tuple[FileEdit, ...],
    ) -> Finding:
        if not edits or self._site.closed:
            why = f" ({self._site.closed})" if self._site.closed else ""
            return self._manual(rule, parameter, f"{message}; {cure}, by hand{why}")
        # What a statement puts into a dict somebody should see: it may go elsewhere unseen. So may a file.
        safety = worst([verdict.safety, "review"]) if parameter.form in ("store", "file") else verdict.safety
        return Finding(rule, "params", parameter.place, message, cure, safety, edits, (self._site.id,))

    def _manual(self, rule: str, parameter: Parameter, message: str) -> Finding:
        cure = "change it by hand"
        return Finding(rule, "params", parameter.place, message, cure, "manual", (), (self._site.id,))
