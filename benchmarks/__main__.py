"""Runs every benchmark and prints its ratio against a yardstick measured in the same run."""

from __future__ import annotations

from benchmarks import big_repository, precommit


def main() -> None:
    for title, rows in (("pre-commit", precommit.rows()), ("a big repository", big_repository.rows())):
        print(title)
        for row in rows:
            print(f"  {row}")


main()
