"""The HTML report in a real headless Chromium: it opens without an error, filters, sorts, unfolds, and
nothing of what was scanned acts in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

from migrate import pipeline
from migrate.report.counts import count
from migrate.report.html.page import page
from migrate.report.readiness.costs import costs_of
from migrate.report.readiness.judging import judge, subject_of
from migrate.report.readiness.view import report
from migrate.report.templating import Templates
from migrate.settings import load_settings

ROOT = Path(__file__).parents[2]
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(DRIVER is None, reason="needs Debian's chromium and chromium-driver")

# A model, a prompt, a function's string and file names that try to be markup, script and template.
EVIL = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
HOSTILE = f"""\
from openai import OpenAI

client = OpenAI(api_key="sk-abcdefghijklmnopqrstuvwx1234")


def ask(question: str) -> str:
    response = client.chat.completions.create(
        model={EVIL!r},
        messages=[{{"role": "system", "content": {EVIL!r}}}, {{"role": "user", "content": "{{{{ 7*7 }}}}"}}],
        max_tokens=5,
    )
    return response.choices[0].message.content or {EVIL!r}


def other() -> None:
    client.chat.completions.create(model="gpt-4o", messages=[], max_tokens=5)
"""
PUT_IN = """
const one = document.createElement("script");
one.textContent = "document.title = 1";
document.body.append(one);
"""
NAMES = ("a<img src=x onerror=alert(1)>.py", "b\"'&amp;{{7*7}}.py", "c d;é.py")
CALL = 'client.chat.completions.create(model="{model}", messages=[], temperature=0)\n'


def write_page(folder: Path) -> Path:
    """The report of the code in ``folder``, as a file beside it."""
    settings = load_settings(folder, {"include_review": True, "today": "2026-11-23", "cache": False})
    inventory, proposal = pipeline.proposal([folder], settings)
    catalog = pipeline.checked_catalog(settings)
    subject = subject_of([folder], inventory, proposal.findings, settings, catalog)
    counts = count(inventory.selected, inventory.call_sites, proposal.outcomes, proposal.findings)
    found = report(subject, judge(subject), (None, costs_of(subject, None)), proposal.outcomes, counts)
    file = folder.parent / "report.html"
    file.write_text(page(found, subject, proposal.changes, Templates()), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    options = ChromeOptions()
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
        "--window-size=1200,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "code"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(HOSTILE, encoding="utf-8")
    return write_page(folder)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "code"
    folder.mkdir()
    for at in range(100):
        calls = "".join(CALL.format(model=("gpt-4o", "gpt-4.1-mini")[at % 2]) for _ in range(20))
        (folder / f"m{at}.py").write_text(f"from openai import OpenAI\nclient = OpenAI()\n{calls}")
    return write_page(folder)


def opened(browser: Chrome, file: Path) -> Chrome:
    errors(browser)
    browser.get(file.as_uri())
    return browser


def errors(browser: Chrome) -> list[str]:
    """What the console has said since the last time it was asked."""
    entries: list[dict[str, str]] = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in entries]


def visible_rows(browser: Chrome) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, "#call-table tbody tr:not([hidden])")


def test_it_opens_without_an_error_and_loads_nothing(browser: Chrome, hostile: Path) -> None:
    opened(browser, hostile)
    assert errors(browser) == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_nothing_scanned_acts(browser: Chrome, hostile: Path) -> None:
    opened(browser, hostile)
    browser.execute_script("document.querySelectorAll('details').forEach((one) => { one.open = true; });")
    assert browser.title == "Readiness of code"
    assert not browser.find_elements(By.CSS_SELECTOR, "img, iframe, object, embed, link, main script")
    text = browser.find_element(By.TAG_NAME, "body").text
    for name in NAMES:
        assert name in text
    assert EVIL in text
    assert "sk-abcdefghijklmnop" not in browser.page_source
    assert errors(browser) == []


def test_the_policy_stops_what_is_put_in(browser: Chrome, hostile: Path) -> None:
    opened(browser, hostile)
    browser.execute_script(PUT_IN)
    assert browser.title == "Readiness of code"
    assert any("Content Security Policy" in one for one in errors(browser))


def test_search_filter_and_sort(browser: Chrome, many: Path) -> None:
    opened(browser, many)
    assert len(visible_rows(browser)) == 2000
    browser.find_element(By.ID, "search").send_keys("M17.PY")
    assert len(visible_rows(browser)) == 20
    assert browser.find_element(By.ID, "shown").text == "20 of 2000 calls"
    browser.find_element(By.ID, "search").clear()
    model = Select(browser.find_element(By.CSS_SELECTOR, "[data-filter=model]"))
    model.select_by_visible_text("gpt-4.1-mini")
    assert len(visible_rows(browser)) == 1000
    where = browser.find_element(By.CSS_SELECTOR, "#call-table th button")
    where.click()
    assert visible_rows(browser)[0].text.startswith("m1.py:3")
    where.click()
    assert visible_rows(browser)[0].text.startswith("m99.py:22")
    assert browser.find_element(By.CSS_SELECTOR, "#call-table th").get_attribute("aria-sort") == "descending"
    browser.find_elements(By.CSS_SELECTOR, "#call-table th button")[-1].click()
    assert " fail 10: use-known" in visible_rows(browser)[0].text
    assert errors(browser) == []


def test_unfolding_and_colours(browser: Chrome, many: Path) -> None:
    opened(browser, many)
    browser.find_element(By.CSS_SELECTOR, "a[href='#item-models']").click()
    item = browser.find_element(By.ID, "item-models")
    assert item.get_attribute("open") is not None
    item.find_element(By.CSS_SELECTOR, "details.check > summary").click()
    assert item.find_element(By.CSS_SELECTOR, ".evidence li").is_displayed()
    paper = "return getComputedStyle(document.body).backgroundColor"
    before = browser.execute_script(paper)
    Select(browser.find_element(By.ID, "theme")).select_by_value("dark")
    assert browser.execute_script(paper) != before
    assert errors(browser) == []
