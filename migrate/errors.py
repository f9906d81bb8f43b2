"""Every error the program raises on purpose. Messages name the file, the key or line, and the cure.

RepointError
├── UsageError            wrong use or wrong configuration: exit code 2
│   ├── SettingsError     [tool.repoint] or a flag
│   ├── CatalogError      a file under rules/ or a team's own rules file
│   └── PlanError         the plan file, or what it says of the code as it is now
└── ProofError            an edit that could not be proved: the file keeps its text
"""

from __future__ import annotations


class RepointError(Exception):
    """Root of the tree. ``str(error)`` is one line that can be shown to a user as it is."""

    exit_code = 1


class UsageError(RepointError):
    """The command line or the configuration is wrong."""

    exit_code = 2


class SettingsError(UsageError):
    """A key of ``[tool.repoint]`` or a flag has a value the program cannot use."""


class CatalogError(UsageError):
    """A rules file does not load: unknown key, duplicate id, bad date, missing source."""


class PlanError(UsageError):
    """The plan file is broken, contradicts itself, or speaks of code that has changed."""


class ProofError(RepointError):
    """The edits of one file could not be proved correct; nothing of it may be written."""

    exit_code = 3

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
