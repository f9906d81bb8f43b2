"""Lines that are added to a file of settings: afterwards it says what it said, and what was added."""

from __future__ import annotations

import pytest

from migrate.errors import ProofError
from migrate.findings.edits import ReplaceSpan
from migrate.rewrite.proof.documents import prove_document
from migrate.sources.place import Span

URL = "https://api.evolink.ai/v1"
TEXTS = {
    "a.yaml": ("env:\n  KEY: ${X}\n", f"  URL: {URL}\n"),
    "b.yaml": ("env:\n  - name: KEY\n", f"  - name: URL\n    value: {URL}\n"),
    "a.toml": ("[env]\nKEY = ''\n", f'URL = "{URL}"\n'),
    "a.json": ('{\n "KEY": "x"\n}\n', f' "URL": "{URL}",\n'),
    "run.sh": ("#!/bin/sh\nexport KEY=x\n", f"export URL={URL}\n"),
}


@pytest.mark.parametrize("path", TEXTS)
def test_what_is_added_is_there_and_nothing_else(path: str) -> None:
    text, line = TEXTS[path]
    edit = ReplaceSpan(Span(2, 1, 2, 1), "", line)
    first, rest = text.split("\n", 1)
    prove_document(path, text, [edit], f"{first}\n{line}{rest}")
    for wrong in (
        f"{first}\n{line}{line}{rest}",
        f"{first}\n{line}{rest.replace('KEY', 'OTHER')}",
        f"{first}\n[{rest}",
    ):
        with pytest.raises(ProofError):
            prove_document(path, text, [edit], wrong)
