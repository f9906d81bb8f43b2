"""Templates: a team's own go first, in a sandbox; what cannot be rendered is named with its line."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from migrate.errors import SettingsError
from migrate.report.html.bars import bars
from migrate.report.html.gauge import gauge
from migrate.report.html.timeline import timeline
from migrate.report.report_shapes import Dollars, Life, ModelLife, ReportCosts
from migrate.report.templating import Templates

TODAY = datetime.date(2026, 11, 23)


def own(folder: Path, text: str, name: str = "report/report.md.j2") -> Templates:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return Templates(folder)


def test_a_team_s_own_template_goes_first(tmp_path: Path) -> None:
    assert own(tmp_path, "{{ name }}!").render("report/report.md.j2", name="x") == "x!"


def test_the_others_stay(tmp_path: Path) -> None:
    assert "Content-Security-Policy" in own(tmp_path, "").text("report/page.html.j2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n{{ nothing_so_called }}", "is undefined"),
        ("a\n{% for %}", "report.md.j2:2"),
        ("{{ name.__class__.__mro__ }}", "unsafe"),
        ("{{ name + 1 }}", "TypeError"),
        ("{% include 'none.j2' %}", "none.j2"),
    ],
)
def test_what_cannot_be_rendered_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match="correct it") as caught:
        own(tmp_path, text).render("report/report.md.j2", name="x")
    assert said in str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no folder"):
        Templates(tmp_path / "none")


def test_html_is_escaped_and_markdown_is_plain(tmp_path: Path) -> None:
    page = own(tmp_path, "{{ name }}", "x.html.j2").render("x.html.j2", name="<b>")
    text = own(tmp_path, "{{ name | md }} {{ name | code }}", "x.md.j2").render("x.md.j2", name="<b>|`*")
    assert page == "&lt;b&gt;"
    assert text == r"\<b\>\|\`\* <code>&lt;b&gt;&#124;`*</code>"


@pytest.mark.parametrize(
    ("score", "level", "end"),
    [(100.0, "good", "180.00 105.00"), (50.0, "half", "100.00 25.00"), (10.0, "bad", "23.92 80.28")],
)
def test_the_arc_ends_where_the_score_is(score: float, level: str, end: str) -> None:
    found = gauge(score)
    assert found is not None
    assert (found.level, found.path.endswith(end)) == (level, True)


@pytest.mark.parametrize("score", [None, 0.0])
def test_nothing_to_draw(score: float | None) -> None:
    assert gauge(score) is None


def costs(before: Dollars, after: Dollars) -> ReportCosts:
    return ReportCosts("", (), False, before, after, ())


def test_bars_share_one_scale() -> None:
    before, after = bars(costs(Dollars(1, 0, 3, 0), Dollars(0.5, 0, 0.5, 1)))
    assert [part.name for part in before.parts] == ["input", "output"]
    assert [part.name for part in after.parts] == ["input", "output", "reasoning"]
    assert sum(part.width for part in before.parts) == pytest.approx(
        2 * sum(part.width for part in after.parts), abs=0.3
    )
    assert before.parts[0].width == pytest.approx(2 * after.parts[0].width, abs=0.1)


def test_nothing_that_costs_has_no_bars() -> None:
    assert bars(costs(Dollars(0, 0, 0, 0), Dollars(0, 0, 0, 0))) == ()


def life(name: str, shutdown: datetime.date | None, stands: Life) -> ModelLife:
    return ModelLife(name, shutdown, stands, 1, ())


def test_a_bar_ends_at_its_shutdown() -> None:
    ended = datetime.date(2026, 10, 23)
    found = timeline([life("old", ended, "retired"), life("new", None, "living")], TODAY)
    assert found is not None
    old, new = found.bars
    assert found.left < old.x < found.today < new.x <= found.width
    assert (old.ends, new.ends) == (True, False)
    assert len(found.ticks) <= 16


def test_models_without_a_known_life_have_no_bar() -> None:
    assert timeline([life("mystery", None, "unknown")], TODAY) is None
