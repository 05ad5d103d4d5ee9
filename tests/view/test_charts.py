"""What the charts say, in both languages, and that nothing in the data is run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
import vl_convert
from made_up_charts import ISSUE, actors_frame, claims_frame, frames, sentences_frame, values_of, without_rows

import aussage
from aussage.agreement import compare, frames_of
from aussage.discourse import network
from aussage.view.charts import (
    agreement_chart,
    certainty_chart,
    contradictions_chart,
    course_chart,
    network_chart,
    pictures,
    places_chart,
    positions_chart,
    reader_charts,
    readme_pictures,
    stance_chart,
    svg,
    voices_chart,
)
from aussage.view.charts.phrases import PHRASES
from aussage.view.charts.words import LANGUAGES, Words

CHARTS = {
    "voices": voices_chart, "certainty": certainty_chart, "stance": stance_chart, "positions": positions_chart,
    "places": places_chart, "contradictions": contradictions_chart, "course": course_chart, "network": network_chart,
}  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    "${alert(1)}", "datum.x); alert(1); (", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '"+alert(1)+"', "'];alert(1);['", "{{constructor.constructor('alert(1)')()}}", "javascript:alert(1)",
    "{name} {0}", "a.b[c]\\d",
)  # fmt: skip


@pytest.fixture(scope="module")
def kursk() -> aussage.Corpus:
    return aussage.load(ROOT / "dataset" / "corpus")


def title_of(chart: alt.LayerChart) -> str:
    return " ".join(chart.to_dict()["title"]["text"])


def shown_texts(chart: alt.LayerChart) -> list[str]:
    return texts_of(svg(chart))


def texts_of(picture: bytes) -> list[str]:
    found = ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    return [text.text or "" for text in found]


@pytest.mark.parametrize(
    ("name", "english", "german"),
    [
        ("voices", "The article itself makes 2 of 4 claims. Next: the inspector and the mayor (1 each). "
         "Only spoken of: the council (1 mention).", "2 von 4 Aussagen macht der Artikel selbst."),
        ("certainty", "2 of 4 claims are not put as certain: 1 of 2 by the article itself, 1 of 2 by others",
         "2 von 4 Aussagen werden nicht als sicher hingestellt"),
        ("stance", "1 of 2 evaluations is negative. Most often evaluated: the council (1)",
         "1 von 2 Wertungen ist negativ"),
        ("positions", "1 of 1 issue is both held and rejected: The bridge is safe.", "Die Brücke ist sicher."),
        ("places", "Named most: Neudorf (1) and Town hall (1)", "Am häufigsten genannt: Neudorf (1)"),
        ("contradictions", "Opposed: 1 pair of claims on 1 issue: The bridge is safe.", "1 Paar von Aussagen"),
        ("course", "The article itself makes 1 of 2 claims in the first half, 1 of 2 in the second", "von 2 Aussagen"),
        ("network", "3 nodes with 2 ties; most ties: The bridge is safe. (2)", "3 Knoten mit 2 Verbindungen"),
    ],
)  # fmt: skip
def test_the_title_says_the_finding_in_both_languages(name: str, english: str, german: str) -> None:
    assert title_of(CHARTS[name](frames())) == english
    assert german in title_of(CHARTS[name](frames(), language="de"))


@pytest.mark.parametrize(
    ("number", "whole", "english", "german"),
    [
        (2, 4, "2 of 4 claims are not put as certain", "2 von 4 Aussagen werden nicht als sicher hingestellt"),
        (1, 4, "1 of 4 claims is not put as certain", "1 von 4 Aussagen wird nicht als sicher hingestellt"),
        (1, 1, "1 of 1 claim is not put as certain", "1 von 1 Aussage wird nicht als sicher hingestellt"),
        (0, 1, "0 of 1 claim is not put as certain", "0 von 1 Aussage wird nicht als sicher hingestellt"),
    ],
)
def test_verbs_of_titles_go_with_the_number(number: int, whole: int, english: str, german: str) -> None:
    claims = claims_frame().assign(voice="narrator", modality=["UU"] * number + ["CT+"] * (4 - number)).head(whole)
    assert title_of(certainty_chart(frames(claims=claims))) == english
    assert title_of(certainty_chart(frames(claims=claims), language="de")) == german


@pytest.mark.parametrize("name", ["certainty.title", "stance.title", "positions.contested", "agreement.title"])
def test_titles_on_a_part_have_a_form_for_one(name: str) -> None:
    for language, one, many in zip(LANGUAGES, PHRASES[f"{name}_one"], PHRASES[name], strict=True):
        assert one != many
        values = {"number": 1, "whole": 3, "noun": "claim", "issue": ISSUE}
        assert Words(language).part(name, **values).startswith(("1 of 3 claims", "1 von 3 Aussagen"))


def test_halves_with_one_claim_say_claim() -> None:
    titles = [title_of(course_chart(frames(claims=claims_frame().take([0, 3])), language=code)) for code in LANGUAGES]
    assert titles == [
        "The article itself makes 1 of 1 claim in the first half, 1 of 1 in the second",
        "Der Artikel selbst macht in der ersten Hälfte 1 von 1 Aussage, in der zweiten 1 von 1",
    ]


def test_names_are_in_the_language_and_umlauts_are_in_the_picture() -> None:
    english, german = (shown_texts(voices_chart(frames(), language=language)) for language in ("en", "de"))
    assert "the mayor" in english
    assert {"die Bürgermeisterin", "der Artikel selbst", "the inspector"} <= set(german)


@pytest.mark.parametrize("name", ["voices", "certainty", "stance", "positions", "contradictions", "course", "network"])
def test_the_sentence_stands_in_the_tooltip(name: str) -> None:
    sentences = {str(value) for row in values_of(CHARTS[name](frames()).to_dict()) for value in row.values()}
    assert "Der Prüfer widerspricht: Sie könnte einstürzen." in sentences


def test_one_article_is_called_so() -> None:
    one = voices_chart(frames()).to_dict()["title"]["subtitle"]
    assert one == ["One article, n = 4 claims. It describes this article and stands for no other."]
    documents = ["doc", "doc", "other", "other"]
    two = frames(
        claims=claims_frame().assign(document_id=documents), sentences=sentences_frame().assign(document_id=documents)
    )
    assert voices_chart(two).to_dict()["title"]["subtitle"] == ["2 articles, n = 4 claims."]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(("language", "said"), [("en", "Nothing to show"), ("de", "Nichts zu zeigen")])
def test_nothing_to_show_is_said(name: str, language: str, said: str) -> None:
    rows = values_of(CHARTS[name](without_rows(), language=language).to_dict())
    assert [str(row["text"])[: len(said)] for row in rows] == [said]


def expressions(vega: object, inside: str = "") -> Iterator[str]:
    """Every text of a Vega specification that is run as an expression."""
    runs = {"signal", "expr", "test", "update", "init", "field", "as", "groupby", "fields", "sort", "on"}
    if isinstance(vega, dict):
        for key, value in vega.items():
            if key != "values":
                yield from expressions(value, key)
    elif isinstance(vega, list):
        for value in vega:
            yield from expressions(value, inside)
    elif isinstance(vega, str) and inside in runs:
        yield vega


@pytest.mark.parametrize("name", CHARTS)
def test_hostile_text_is_shown_and_reaches_no_expression(name: str) -> None:
    given = frames(
        actors=actors_frame(mayor=HOSTILE[0], inspector=HOSTILE[1], council=HOSTILE[2]),
        sentences=sentences_frame(HOSTILE[3:7]),
    )
    given["claims"]["content_text"] = HOSTILE[4:8]
    given["locations"]["label"] = HOSTILE[5:7]
    given["issues"]["label"] = HOSTILE[8:9]
    chart = CHARTS[name](given)
    picture = svg(chart)
    assert any(text[:6] == shown[:6] for text in HOSTILE for shown in texts_of(picture))
    assert b"<script" not in picture
    run = list(expressions(vl_convert.vegalite_to_vega(chart.to_dict(), vl_version="6.4")))
    assert len(run) > 5
    assert not [text for text in run if "alert" in text or any(bad in text for bad in HOSTILE)]


def test_marks_that_hide_text_are_written_out() -> None:
    texts = shown_texts(voices_chart(frames(actors=actors_frame(mayor="a\u202eb\u0007\uffff"))))
    assert "a\\u202eb\\u0007\\uffff" in texts


def test_a_character_that_xml_cannot_hold_does_not_end_the_process() -> None:
    own = alt.Chart(alt.InlineData(values=[{"label": "a\u0007"}])).mark_text().encode(text="label:N")
    assert "a\ufffd" in svg(own).decode()


def test_no_field_is_named_by_the_data_and_the_specification_is_plain_json() -> None:
    given = frames(actors=actors_frame(mayor="a.b[0]"))
    for draw in CHARTS.values():
        specification = draw(given).to_dict()
        assert all(name.isidentifier() for row in values_of(specification) for name in row)
        json.dumps(specification, allow_nan=False)


def test_labels_that_are_too_many_are_counted() -> None:
    claims = pd.concat([claims_frame().iloc[[1]].assign(claimant_ids=[[f"speaker-{n:02}"]]) for n in range(25)])
    chart = voices_chart(frames(claims=claims.assign(claim_id=[f"c{n}" for n in range(25)])))
    assert "The first 20 of 26 are shown." in chart.to_dict()["title"]["subtitle"]


def test_a_network_of_ones_own_is_drawn_with_its_signs() -> None:
    statements = pd.DataFrame({"who": ["a", "a", "b"], "what": ["x", "y", "x"], "agrees": [1, -1, 1]})
    made = network(statements, rows="who", columns="what", qualifier="agrees", aggregation="subtract")
    drawn = network_chart(made, labels={"a": "Ada"}).to_dict()
    dashes = [layer["mark"].get("strokeDash") for layer in drawn["layer"] if layer["mark"]["type"] == "rule"]
    assert [1, 0] in dashes
    assert [7, 4] in dashes
    assert title_of(network_chart(made, labels={"a": "Ada"})).endswith("most ties: Ada (2)")


def test_agreement_says_for_what_the_units_are_too_few(kursk: aussage.Corpus) -> None:
    comparison = compare(frames_of(kursk), replicates=200)
    drawn = agreement_chart(comparison).to_dict()
    assert "too few units" in " ".join(drawn["title"]["text"])
    assert "language model" in " ".join(drawn["title"]["subtitle"])
    assert "Sprachmodell" in " ".join(
        agreement_chart(comparison, of="claims", language="de").to_dict()["title"]["subtitle"]
    )


def test_pictures_are_the_same_bytes_and_load_nothing(kursk: aussage.Corpus) -> None:
    pictures = readme_pictures(kursk)
    assert pictures == readme_pictures(kursk)
    assert set(pictures) == {"course.svg", "positions.svg"}
    for picture in pictures.values():
        ElementTree.fromstring(picture)
        assert b"href" not in picture
        assert b"url(" not in picture


def test_the_reader_gets_each_chart_with_its_description(kursk: aussage.Corpus) -> None:
    charts = reader_charts(kursk, "de")
    assert [title for title, _, _ in charts][:2] == ["Wer spricht", "Wie es sich durch den Artikel bewegt"]
    for _, picture, description in charts:
        assert len(description) > 20
        assert ElementTree.fromstring(picture).tag.endswith("svg")


def test_a_chart_that_knows_other_categories_is_left_out_with_a_warning(
    kursk: aussage.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = kursk.claims.assign(modality=kursk.claims["modality"].astype("str").replace("CT+", "not-coded"))

    def certainty_of_other_values(_: aussage.Corpus, language: str) -> alt.LayerChart:
        tables = {"claims": claims, "actors": kursk.actors, "sentences": kursk.sentences}
        return certainty_chart(tables, language=language)

    drawn = {"certainty": certainty_of_other_values, "stance": pictures.READER["stance"]}
    monkeypatch.setattr(pictures, "READER", drawn)
    with pytest.warns(UserWarning, match="left out: modality may be .* not-coded"):
        (stance,) = reader_charts(kursk)
    assert b"<svg" in stance[1]


@pytest.mark.parametrize(("option", "value"), [("language", "fr"), ("of", "nobody")])
def test_an_option_that_is_none_is_refused(option: str, value: str) -> None:
    with pytest.raises(ValueError, match=value):
        course_chart(frames(), **{option: value})
