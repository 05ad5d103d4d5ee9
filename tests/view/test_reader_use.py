"""The reader in use: clicked through, walked through by keyboard, in both languages, on any screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import Chromium
from made_up_reader import STORY, story, write_page

TEXT = "document.getElementById('text').textContent"
SHOWN = "document.querySelector('#record:not([hidden]) h2')?.textContent"
FOCUSED = "document.activeElement.dataset.id || document.activeElement.id"


def test_the_record_names_every_value_with_its_definition(browser: Chromium, page: Path) -> None:
    browser.open(write_page(page, [story()]), "#bridge/s02.c1")
    record = browser.run("document.getElementById('record').textContent")
    for expected in (
        "Anna Beispiel (en)",
        "Zurückweisung (en)",
        "DENIAL",
        "What DENIAL means.",
        "What CT- means.",
        "−1",
    ):
        assert expected in record
    browser.click("[data-language=de]")
    record = browser.run("document.getElementById('record').textContent")
    assert "Aussage 3" in record
    assert "Zurückweisung" in record
    assert "(en)" not in record
    assert browser.run("document.documentElement.lang") == "de"
    assert browser.run("document.querySelector('#filters summary').textContent").startswith("Auswahl")


def test_a_click_on_words_goes_from_the_inside_out(browser: Chromium, page: Path) -> None:
    browser.open(write_page(page, [story()]))
    browser.run("[...document.querySelectorAll('#text .mention')].at(-1).classList.add('here')")
    browser.click("#text .here")
    assert browser.until(SHOWN) == "Anna Beispiel (en)"
    browser.run("[...document.querySelectorAll('#text .mention')].at(-1).classList.add('here')")
    browser.click("#text .here")
    assert browser.until(f"{SHOWN} === 'Claim 2'")
    assert browser.run("location.hash") == "#bridge/s02.c2"
    assert browser.run("document.querySelectorAll('#text .chosen').length") >= 2


def test_coders_stand_side_by_side_where_they_differ(browser: Chromium, page: Path) -> None:
    browser.open(write_page(page, [story()]), "#bridge/s01.c1")
    cells = (
        "[...document.querySelectorAll('.coders tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert browser.run(cells) == [["≠ Type", "Bericht (en) (REPORT)", "Vorhersage (en) (FORECAST)"]]
    browser.click("#every-variable")
    assert len(browser.until(f"{cells}.length > 1 && {cells}")) > 10
    assert browser.run("document.getElementById('missing-list').textContent").startswith("In Altdorf wird gebaut")
    browser.click("#missing-list a")
    browser.until(f"{SHOWN} && document.getElementById('filter-layer').value === 'coder-a'")
    assert browser.run("location.hash") == "#bridge/coder-a/s03.c1"


def test_filters_leave_what_fits_and_say_how_much(browser: Chromium, page: Path) -> None:
    browser.open(write_page(page, [story()]))
    browser.press("f")
    assert browser.run(FOCUSED) == "filter-layer"

    def choose(name: str, value: str) -> str:
        browser.run(
            f"(() => {{ const select = document.getElementById('filter-{name}'); select.value = '{value}';"
            "select.dispatchEvent(new Event('change')); })()"
        )
        return str(browser.run("document.getElementById('filter-count').textContent"))

    assert choose("actor", "=mayor") == "2 of 3 claims"
    assert choose("type", "=DENIAL") == "1 of 3 claims"
    assert browser.run("[...document.querySelectorAll('#text a.number')].map(one => one.dataset.number)") == ["B3≠"]
    assert browser.run(TEXT) == STORY
    assert browser.run("document.querySelectorAll('#list tbody tr').length") == 1
    forecast = "document.querySelector('#filter-type option[value=\"=FORECAST\"]').textContent"
    assert browser.run(forecast) == "Vorhersage (en) (1)"
    browser.click("#reset")
    for name, value, expected in [
        ("claimant", "=", "1 of 3 claims"),
        ("claimant", "", "3 of 3 claims"),
        ("modality", "=PS+", "1 of 3 claims"),
        ("modality", "", "3 of 3 claims"),
        ("stance", "=-1", "1 of 3 claims"),
        ("stance", "", "3 of 3 claims"),
        ("agreement", "=differ_yes", "3 of 3 claims"),
        ("layer", "coder-a", None),
    ]:
        found = choose(name, value)
        assert expected in (None, found), (name, value)
    browser.until("document.getElementById('filter-count').textContent === '2 of 2 claims'")


def test_the_keyboard_reaches_everything(browser: Chromium, page: Path) -> None:
    browser.open(write_page(page, [story()]))
    reached = []
    for _ in range(40):
        browser.press("Tab")
        reached.append(browser.run(FOCUSED))
    for wanted in ("skip", "theme", "help", "bridge/s01", "bridge/gold/s01.c1", "bridge/gold/s02.c1"):
        assert wanted in reached
    browser.run("document.querySelector('a.number').focus()")
    browser.press("Enter")
    browser.until(f"{SHOWN} === 'Claim 1'")
    browser.until(f"({FOCUSED}) === 'record-title'")
    browser.press("ArrowRight")
    browser.until(f"{SHOWN} === 'Claim 2'")
    browser.press("Escape")
    browser.until("document.getElementById('record').hidden")
    assert browser.run(FOCUSED) == "bridge/gold/s02.c2"
    browser.press("ArrowLeft")
    browser.until(f"{SHOWN} === 'Claim 1' && ({FOCUSED}) === 'bridge/gold/s01.c1'")
    browser.press("?")
    assert browser.run("document.getElementById('keys').open")
    browser.press("Escape")
    browser.until("!document.getElementById('keys').open")
    assert browser.run(SHOWN) == "Claim 1"


def test_every_sentence_and_claim_has_an_address(browser: Chromium, page: Path) -> None:
    file = write_page(page, [story(), story("other")])
    for fragment, title in [
        ("#bridge/s01", "Sentence 1"),
        ("#other/s03", "Sentence 3"),
        ("#bridge/s02.c1", "Claim 3"),
        ("#bridge/gold/s02.c1", "Claim 3"),
        ("#other/coder-a/s03.c1", "Claim 2"),
    ]:
        browser.open(file, fragment)
        assert browser.until(SHOWN) == title
    hrefs = browser.run("[...document.querySelectorAll('#text a')].map(link => link.getAttribute('href'))")
    assert {"#other/s01", "#other/coder-a/s01.c1", "#other/coder-a/s03.c1"} <= set(hrefs)
    browser.open(file, "#bridge/s99.c1")
    assert "s99.c1" in browser.run("document.getElementById('notice').textContent")
    browser.open(file, "#nothing")
    assert browser.run("!document.getElementById('index').hidden && !document.getElementById('notice').hidden")


@pytest.mark.parametrize("width", [320, 390, 800, 1360])
def test_no_screen_is_too_narrow(browser: Chromium, page: Path, width: int) -> None:
    browser.resize(width, 800, phone=width < 700)
    browser.open(write_page(page, [story()]), "#bridge/s02.c1")
    assert browser.run("document.documentElement.scrollWidth") <= width
    place = "document.getElementById('record').getBoundingClientRect()"
    assert browser.run(f"{place}.top < innerHeight && {place}.height > 100")
    border = f"{place}.top" if width < 900 else "innerHeight"
    chosen = "document.querySelector('#text .chosen').getBoundingClientRect()"
    assert browser.run(f"{chosen}.top >= 0 && {chosen}.bottom <= {border}")


def test_dark_and_paper(browser: Chromium, page: Path) -> None:
    file = write_page(page, [story()])
    paper = "getComputedStyle(document.body).backgroundColor"
    browser.media("dark")
    browser.open(file, "#bridge/s02.c1")
    dark = browser.run(paper)
    browser.click("#theme")
    light = browser.run(paper)
    assert dark != light
    browser.click("#theme")
    assert browser.run(paper) == dark
    browser.media("dark", "print")
    assert browser.run(paper) == "rgb(255, 255, 255)"
    seen = "getComputedStyle(document.querySelector('{}')).display !== 'none'"
    shown = {
        name: browser.run(seen.format(name))
        for name in ("#text", "#list", "#legend", "#record", ".masthead", "#filters")
    }
    assert [name for name, is_shown in shown.items() if is_shown] == ["#text", "#list", "#legend"]


def test_everything_has_a_name(browser: Chromium, page: Path) -> None:
    browser.open(write_page(page, [story()]), "#bridge/s01.c1")
    browser.run("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    nodes = browser.send("Accessibility.getFullAXTree")["nodes"]
    acting = ("button", "link", "combobox", "checkbox", "heading", "searchbox", "complementary", "dialog")
    nameless = [
        node["role"]["value"]
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in acting and not node["name"]["value"]
    ]
    assert nameless == []
    ids = browser.run("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
    references = browser.run(
        "[...document.querySelectorAll('[aria-labelledby]')].map(one => one.getAttribute('aria-labelledby'))"
    )
    assert set(references) <= set(ids) | {"legend-title", "record-title"}
