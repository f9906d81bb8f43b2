"""How many files a scan loads because they mention a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from migrate.catalog import load
from migrate.program.inventory import scan
from migrate.program.linking.pulling import Pulling
from migrate.program.solving.budget import TOO_FAR
from migrate.settings import Settings

LLM = """from openai import OpenAI

client = OpenAI()


def ask(question, model="gpt-4o"):
    return client.chat.completions.create(model=model, messages=[{"role": "user", "content": question}])
"""
USER = 'from llm import ask\n\n\ndef run(text):\n    return ask(text, model="o3")\n'


MOST_CALLS = 20


def scanned(folder: Path, users: int) -> tuple[int, tuple[object, ...], tuple[str, ...]]:
    """How many files a scan with so many users of one request reads, the model and why it is not complete."""
    (folder / "llm.py").write_text(LLM, encoding="utf-8")
    for n in range(users):
        (folder / f"user_{n}.py").write_text(USER if n < MOST_CALLS else USER[:21], encoding="utf-8")
    found = scan([folder], Settings(cache=False), load())
    request = next(site for site in found.call_sites if site.kind != "constructor")
    return len(found.sources), request.model.values, request.model.why


def test_callers_of_a_few_files_are_all_seen(tmp_path: Path) -> None:
    files, values, why = scanned(tmp_path, 60)
    assert (files, set(values), why) == (61, {"gpt-4o", "o3"}, ())


def test_a_name_that_too_many_files_mention_is_said_to_be_too_far(tmp_path: Path) -> None:
    files, values, why = scanned(tmp_path, 400)
    assert (files, set(values), why) == (200, {"gpt-4o", "o3"}, (TOO_FAR,))


def test_a_list_of_models_says_too_little_where_the_sdk_is_not_imported(tmp_path: Path) -> None:
    listing = "\n\ndef check(client):  # openai\n    return client.models.list()\n"
    (tmp_path / "ours.py").write_text(f"import openai{listing}", encoding="utf-8")
    (tmp_path / "other.py").write_text(f"import anthropic{listing}", encoding="utf-8")
    imports = "from ours import check\nfrom other import check as look\n"
    user = f"{imports}import openai\n\nhere = openai.OpenAI()\ncheck(here.models)\nlook(here.models)\n"
    (tmp_path / "user.py").write_text(user, encoding="utf-8")
    for n in range(600):
        (tmp_path / f"user_{n}.py").write_text(imports, encoding="utf-8")
    found = scan([tmp_path], Settings(cache=False), load()).call_sites
    assert [site.place.path for site in found if site.kind != "constructor"] == ["ours.py"]


def mentioning(name: str, definer: str) -> Iterator[str]:
    """``name`` says how many files mention it."""
    return (f"{name}_{n}.py" for n in range(int(name)))


def test_a_question_gets_its_share() -> None:
    pulling = Pulling(mentioning, matching=20)  # 600 files, 300 of them a question
    assert len(pulling.files("160", "a.py", ())) == 160
    assert pulling.files("160", "a.py", ()) == []
    assert pulling.files("150", "a.py", ()) == []
    assert not pulling.is_cut("160", "a.py")
    assert pulling.is_cut("150", "a.py")
    assert len(pulling.files("140", "a.py", ())) == 140
    pulling.begin()
    assert len(pulling.files("130", "a.py", {"130_1.py"})) == 129
    assert pulling.asked() == {(name, "a.py") for name in ("160", "150", "140", "130")}


def test_no_more_files_than_there_is_room_for() -> None:
    pulling, count = Pulling(mentioning, matching=0), 0
    for n in range(1, 200):
        pulling.begin()
        count += len(pulling.files(str(n), "a.py", ()))
    assert 300 < count <= 500
