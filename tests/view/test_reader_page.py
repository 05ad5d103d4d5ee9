"""The text of the reader in a browser: whole, harmless, and from one file."""

from __future__ import annotations

import json
import random
from pathlib import Path

from chromium import Chromium
from made_up_reader import STORY, Row, claim, made_up, mention, story, write_page

from aussage.view.reader import Chart

CHOSEN = "[...document.querySelectorAll('#text .chosen')].map(words => words.textContent).join('')"
TEXT = "document.getElementById('text').textContent"
SIGNS = "abc äß“„ 😀𝔸\n\n e\u0308\u200d🏽‏א<&>\"'\t\r\u00ad"
RUN = "window.__ran = (window.__ran || 0) + 1"
HOSTILE = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"<svg onload='{RUN}'>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin='{RUN}' attributeName=x dur=1s>",
    f"<body onload='{RUN}'>",
    f"--><script>{RUN}</script>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>">',
    f'<iframe src="javascript:{RUN}">',
    f"javascript:{RUN}",
    f'<a href="javascript:{RUN}">x</a>',
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus='",
    f"<details open ontoggle='{RUN}'>",
    f"<video><source onerror='{RUN}'>",
    f"<input autofocus onfocus='{RUN}'>",
    f"${{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"<%= {RUN} %>",
    f"`+({RUN})+`",
    f"\\u003cscript>{RUN}",
    f"datum['x']; {RUN}",
    f'{{"signal": "{RUN}"}}',
    f'{{"expr": "event.view.eval(\'{RUN}\')"}}',
    "__proto__",
    f"<math><mtext></mtext><script>{RUN}</script>",
    f"<template><script>{RUN}</script></template>",
    "constructor",
    f"<style>@import 'http://127.0.0.1:9/x';</style><link rel=stylesheet href='http://127.0.0.1:9/{RUN}'>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
    "<base href='http://127.0.0.1:9/'>",
)


def show(browser: Chromium, fragment: str) -> None:
    """Follow an address within the page."""
    browser.run(f"location.hash = {json.dumps(fragment)}")


def random_article(number: int, chance: random.Random) -> Row:
    """An article whose claims and mentions nest, cross, touch and coincide, some of them in pieces."""
    name = f"a{number}"
    text = "".join(chance.choice(SIGNS) for _ in range(chance.choice((1, 5, 40, 400))))

    def span() -> tuple[int, int]:
        start = chance.randrange(len(text))
        return start, chance.randint(start + 1, len(text))

    spans = [[span()] for _ in range(chance.randrange(14))]
    spans += [chance.choice(spans) for _ in range(3) if spans]  # identical ones
    middle = len(text) // 2
    spans += [[(0, middle), (middle, len(text))]] if middle else []
    claims = [claim(name, text, f"s01.c{n}", pieces) for n, pieces in enumerate(spans)]
    mentions = [mention(name, text, f"s01.a{n}", span()) for n in range(chance.randrange(6))]
    border = chance.randint(0, len(text))
    return made_up(name, text, claims, mentions, [(0, border), (border, len(text))])


def test_the_text_of_the_page_is_the_article(browser: Chromium, page: Path) -> None:
    chance = random.Random(1)
    articles = [random_article(number, chance) for number in range(40)]
    browser.open(write_page(page, articles))
    for number, article in enumerate(articles):
        show(browser, f"a{number}")
        browser.until(f"document.getElementById('article-origin').textContent.includes('a{number}')")
        assert browser.run(TEXT) == article["text"]
        show(browser, f"a{number}/s01.c0")  # marks of the chosen claim cut the text once more
        browser.until("!document.getElementById('record').hidden || !document.getElementById('notice').hidden")
        assert browser.run(TEXT) == article["text"]
        if claims := article["layers"][0]["claims"]:
            words = claims[0]["content_text"] if len(claims[0]["content_spans"]) == 1 else article["text"]
            assert browser.run(CHOSEN) == words
    assert browser.faults() == []


def test_every_claim_lies_under_its_own_words(browser: Chromium, page: Path) -> None:
    text = "eins zwei drei vier fünf sechs"
    claims = [claim("five", text, f"s01.c{n}", [(n, len(text) - n)]) for n in range(5)]
    browser.open(write_page(page, [made_up("five", text, claims)]))
    lines = "getComputedStyle([...document.querySelectorAll('.segment')].find(s => s.textContent.includes('drei')))"
    heights = browser.run(f"{lines}.backgroundPosition.split(', ')")
    assert len(set(heights)) == 5
    assert browser.run(f"parseFloat({lines}.paddingBottom)") >= 25


def test_hostile_text_is_shown_and_never_run(browser: Chromium, page: Path) -> None:
    articles = []
    for number, payload in enumerate(HOSTILE):
        name, text = f"h{number}", f"{payload} und {payload}"
        told = {
            "claimant_ids": [payload],
            "note": payload,
            "cue_text": payload,
            "claim_type": payload,
            "modality": payload,
        }
        claims = [claim(name, text, "s01.c1", [(0, len(payload))], **told)]
        mentions = [mention(name, text, "s01.a1", (0, len(payload)), actor_id=payload)]
        about = {"title": payload, "publisher": payload, "url": payload, "origin_note": payload, "language": payload}
        articles.append(made_up(name, text, claims, mentions, [(0, len(text))], **about))
    actors = {
        payload: {"label": payload, "labels": [{"language": "de", "label": payload}], "note": payload}
        for payload in HOSTILE
    }
    browser.open(write_page(page, articles, [Chart(HOSTILE[0], HOSTILE[4].encode(), HOSTILE[3])], actors=actors))
    for number, article in enumerate(articles):
        show(browser, f"h{number}/s01.c1")
        browser.until(f"document.getElementById('record').textContent.includes('h{number}/gold/s01.c1')")
        assert browser.run(TEXT) == article["text"]
        browser.run("document.querySelectorAll('#record .go').forEach(button => button.click())")
        browser.run("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert len(HOSTILE) >= 30
    assert browser.run("window.__ran") is None
    assert browser.requests() == []
    assert (
        browser.run("document.querySelectorAll('iframe, script:not([id]), img, svg, a[href^=javascript]').length") == 2
    )


def test_nothing_is_asked_for(browser: Chromium, page: Path) -> None:
    chart = Chart(
        "Eine Linie", b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="9"><path d="M0 0h40"/></svg>', "x"
    )
    browser.open(write_page(page, [story()], [chart]), "#bridge/s01.c1")
    browser.until("document.querySelector('.chart img').naturalWidth === 40")
    assert browser.requests() == []
    assert browser.faults() == []


def test_what_is_copied_is_the_article(browser: Chromium, page: Path) -> None:
    browser.open(write_page(page, [story()]))
    copied = browser.run(
        "(() => { getSelection().selectAllChildren(document.getElementById('text'));"
        "const data = new DataTransfer();"
        "document.querySelector('#text p').dispatchEvent("
        "new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));"
        "return data.getData('text/plain'); })()"
    )
    assert copied == STORY


def test_five_hundred_articles_open_at_once(browser: Chromium, page: Path) -> None:
    text = "Der Fluss steigt seit Montag. " * 40
    claims = [claim("x", text, f"s01.c{n}", [(n * 30, n * 30 + 16)]) for n in range(20)]
    articles = [
        made_up(f"n{number}", f"Nummer {number}. {text}", claims, title=f"Titel {number}") for number in range(500)
    ]
    browser.open(write_page(page, articles))
    assert browser.run("performance.now()") < 5000
    assert browser.run("document.querySelectorAll('#articles li').length") == 500
    browser.run("document.getElementById('search').value = 'titel 49'")
    browser.run("document.getElementById('search').dispatchEvent(new Event('input'))")
    assert browser.run("document.getElementById('index-count').textContent") == "15 of 500 articles"  # and 149, 249 …
    browser.click("#articles a")
    browser.until("!document.getElementById('reading').hidden")
    assert browser.run(TEXT).startswith("Nummer 49.")
    browser.click("#home")
    browser.until("!document.getElementById('index').hidden")
