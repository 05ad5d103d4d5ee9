"""Where sentences begin and end. The tables hold made-up sentences, divided as a news reader would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aussage.text.sentences import split_sentences
from aussage.text.spans import Span, paragraphs

# One case a line: the expected sentences, divided by "|". The text under test joins them with a space.
GERMAN = """
Der Rat tagt heute.|Die Brücke bleibt zu.
Kommt der Zug?|Ja!|Gut so.
Die Ärzte streiken.|Ältere Patienten warten.|Über die Löhne wird gestritten.
Der Rat tagt heute ohne Schlusspunkt
Das Urteil fiel knapp aus.|10.000 Menschen gingen auf die Straße.
Der Streik endete am Abend.|2024 soll es keinen geben.
Das gilt für alle.|§ 5 regelt die Ausnahmen.
Viele Städte, z. B. Köln und Bonn, sind dabei.|Andere nicht.
Viele Städte, z.B. Köln und Bonn, sind dabei.|Andere nicht.
Die Linke, d. h. Partei und Fraktion, stimmt zu.|Das überrascht.
Beteiligt sind u. a. Siemens und Bosch.|Weitere folgen.
Beteiligt sind u.a. Siemens und Bosch.|Weitere folgen.
Gegen den Entwurf sind kleine Parteien, z. B. Die Partei aus Bonn.
Das trifft v. a. Kinder.|Es trifft z. T. Rentner.
Das gilt i. d. R. Montag und Dienstag.|Sonst nicht.
Herr Dr. Maier kam zu spät.|Er entschuldigte sich.
Frau Prof. Dr. med. Schulz leitet die Klinik.|Sie ist neu.
Der Architekt Dipl.-Ing. Kern plant den Turm.
Die Stadt zahlte 3 Mio. Euro.|Das Land zahlte 2 Mrd. Euro.
Der Schaden liegt bei 3 Mio.|Die Polizei ermittelt.
Laut Nr. 5 der Liste und Nr. Sieben ist das so.|Mehr nicht.
Nach Art. 5 Abs. 2 des Gesetzes ist das verboten.|Die Opposition klagt.
Der Verein aus St. Pauli gewann.|In St. Gallen wurde gefeiert.
Es kamen ca. 300 Leute bzw. Paare.|Evtl. Nachzügler wurden ggf. Stunden später gezählt.
Es gab Brot, Käse, Wein usw.|Danach wurde getanzt.
Es gab Brot, Käse usw. für alle.|Niemand zahlte.
Sie lasen Zeitungen, Hefte etc.|Der Abend war lang.
Die Firma Kern & Co. KG ist pleite.|Sie hatte 40 Leute.
Bundesminister a. D. Paul Kern spricht heute.
Die Burg wurde 44 v. Chr. Ziel eines Angriffs.
Die Burg brannte 44 v. Chr.|Danach stand sie leer.
Sie wohnt in der Königstr. 5 in Bonn.|Er auch.
Der ehem. Minister und der stellv. Vorsitzende schweigen.|Der sog. Experte redet.
Lt. Polizei war es Mord.|Lt. Zeugen nicht.
Anna Kern, geb. Schmidt, kandidiert.|Ihr Mann nicht.
Er kam am 3. Oktober nach Berlin.|Am 4. Oktober fuhr er ab.
Im 19. Jahrhundert war das anders.|Das 20. Jahrhundert änderte alles.
Papst Johannes Paul II. sagte nichts.|Er schwieg.
Papst Johannes Pauls II. Pontifikat war lang.
Das Gemälde zeigt König Ludwig XIV.|Der Maler ist unbekannt.
Der II. Weltkrieg endete 1945.|Danach begann der Aufbau.
Der 1. FC Köln verlor.|Beim 1. FC Nürnberg war man froh.
1. FC Köln verliert in Bonn.|Die Fans pfeifen.
Zum 100. Geburtstag kam der Präsident.|Er blieb bis zum 3. Tag.
Sie stieg in die 2. Bundesliga auf.|Ihr 3. Tor war das schönste.
Die Läufer auf dem 3. und 4. Platz sind jung.|Der 5. Läufer ist alt.
Er kam am 3. über die Grenze.|Am 4. überquerte er den Rhein.
Das geschah im Jahr 1990.|Köln war damals kleiner.
Sie starb 1989.|Die Mauer fiel im Herbst.
Deutschland liegt auf Platz 3.|Frankreich ist Zweiter.
Im Saal saßen nur 12.|Der Redner begann trotzdem.
Der Termin ist am 14.10.2024 um 18.30 Uhr.|Er dauert lange.
Vom 3.10. bis 5.10. ist geschlossen.|Danach ist offen.
Das Stück dauert 3.14 Minuten und kostet 10.000 Euro.|Es ist neu.
Das Treffen beginnt um 9.30 Uhr.|Es endet um 12 Uhr.
Das Programm läuft mit Version 2.0.|Danach folgt Version 3.0.
„Wir kommen.“, sagte er.
„Wir kommen“, sagte er.|„Wir bleiben.“
„Wir kommen!“, rief Anna.|Dann ging sie.
„Kommen Sie?“, fragte er.|„Ja“, sagte sie.
„Kommen Sie?“ fragte er.|Sie nickte.
„Das ist so.“|Er ging.
„Das ist so“.|Er ging.
»Das ist so.«|Er ging.
»Das ist so.«, sagte er.|Er ging.
«Das ist so.»|Er ging.
"Das ist so."|Er ging.
"Wir kommen.", sagte er.|"Wir bleiben", sagte sie.
"Kommen Sie?", fragte er.|"Ja", sagte sie.
“Das ist so.”|Er ging.
„Das ist so“, sagte Dr. Kern.|„Das gilt z. B. Montag nicht.“|Dann ging er.
Er sagte: „Wir kommen.“|Dann ging er.
Er sagte: „Wir kommen.“|„Ich auch“, rief Anna.
Er ging.|„Wir kommen“, sagte sie.
Die Frage „Warum?“ bleibt offen.|Das Motto „Jetzt!“ auch.
„Er sagte: ‚Ich komme.‘ Dann ging er“, berichtet Anna.|Alle nickten.
„Wir kommen.|Er ging.
Wir gehen.“|Er blieb.
Hans' Auto steht hier.|Peters' Rad auch.
Hans’ Auto steht hier.|Peters’ Rad auch.
Er liebt Rock 'n' Roll.|Sie hasst Rock 'n' Roll.
Er kam … und ging.|Sie blieb.
Er kam ... und ging.|Sie blieb.
Er kam …|Dann ging er.
Er kam…|Dann ging er.
Er kam...|Dann ging er.
…und dann ging er.|Sie blieb.
„Ach so …“|Er schwieg.
„Ach so …“, sagte er.|Sie schwieg.
Er kam.|[…] Dann ging er.
Wirklich?!|Ja, wirklich!!!|Na gut.
Er kam – endlich! – nach Hause.|Sie schlief.
Er kam (endlich!) nach Hause.|Sie schlief.
Er kam (wie immer zu spät).|Sie ging.
Er kam.|(Sie war schon da.)|Dann gingen beide.
Er kam (vgl. S. 3).|Sie ging.
Berlin (dpa) – Der Minister kommt.|Er bleibt nicht.
J. R. R. Tolkien schrieb Bücher.|Er lebte in Oxford.
A. Merkel sprach.|George W. Bush hörte zu.
J.R.R. Tolkien schrieb Bücher.|Er lebte in Oxford.
Das Gericht verurteilte Hans M.|Der Mann schwieg.
Die Polizei nahm Hans M. fest.|Er schwieg.
Es gibt keinen Plan B.|Der Minister bleibt dabei.
Mehr steht auf www.beispiel.de.|Dort ist auch ein Bild.
Mehr steht unter https://beispiel.de/a.html?b=1&c=2.|Dort ist auch ein Bild.
Schreiben Sie an anna.kern@beispiel.de.|Sie antwortet schnell.
Das Gerät ist neu.|iPhones bleiben teuer.
Der Film „Was nun, Herr Kern?“ läuft heute.|Er ist lang.
Er fragte: Warum?|Und wieso?
1. Der Minister tritt zurück.
Der Erlös geht an Ärzte e. V. Köln.|Er ist klein.
Die Firma Kern Inc. Berlin wächst.|Sie stellt ein.
Die US-Regierung plant das.|U.S. Army und NATO schweigen.
Am 3.\u00a0Oktober kam Dr.\u00a0Maier, z.\u202fB. Hans.|Er blieb.
Die Zahl stieg um 3,5 Proz.|Das ist viel.
Sie kamen um 14 Uhr.|15 Uhr war zu spät.
Die Tür ging auf.|😀 Alle lachten.
Es ist heiß: 40 °C.|Es regnet nicht.
Am Dienstag, 5. November, wird gewählt.|Das Ergebnis kommt spät.
Die Kanzlerin a. D. Angela Kern reist ab.|Ihr Nachfolger bleibt.
Rund 2,5 Mio. Menschen leben hier.|Vor 50 Jahren waren es 1 Mio.|Das ist viel.
Das Verfahren (Az. 3 K 12/24) läuft.|Ein Urteil steht aus.
Er sagte, man werde „alles tun“.|Mehr sagte er nicht.
„Das ist falsch“, so Kern.|Die Partei widersprach: „Das ist richtig!“
„Wir haben gewonnen.|Morgen feiern wir.
Auf die Frage „Und jetzt?“ schwieg der Minister.|Dann lachte er.
Die Zeitung „Neue Post“ meldet das.|„Bild“ nicht.
Das Buch heißt „Was tun?“.|Es ist teuer.
Das Buch heißt „Was tun?“|Es ist teuer.
„Ich komme morgen“, sagte er, „wenn es geht.“|Sie nickte.
Sie sprach vom „Ende aller Tage“ (S. 3 ff.).|Das war neu.
Das Spiel endete 2:1 (1:0).|Trainer Kern war froh.
Das Team steht auf dem 1. Tabellenplatz.|Es bleibt dort.
Die 3. Liga startet am 1. August.|Der 2. Spieltag folgt am 8. August.
König Charles III. besucht Berlin.|Charles III. Besuch dauert 3 Tage.
Unter Wilhelm II. wuchs die Flotte.
Kaiser Wilhelm II. dankte ab.|Im November 1918 floh er.
Der Konflikt dauerte von 1914 bis 1918.|Millionen starben.
Die Temperatur fiel auf -3,5 Grad.|Schnee liegt bis 400 m.|Die Straßen sind glatt.
Der Kurs stieg um 2,3 %.|20 Firmen verloren.
Das Geld floss an die Kern GmbH & Co. KG.|Diese bestreitet das.
Der Fall kam vor den EuGH.|Das Gericht vertagte sich.
Sie fuhr mit 120 PS.|Das Auto war neu.
Die ARD zeigt das um 20.15 Uhr.|ZDF und RTL nicht.
Prof. Dr. Dr. h. c. Anna Kern forscht.|Sie lehrt in Frankfurt a. M. und Köln.
Dr. Kern wohnt in Frankfurt a. M.|Er arbeitet in Bonn.
Hr. Kern und Fr. Schmidt kamen.|Frl. Maier blieb.
Das Angebot gilt inkl. Versand zzgl. Steuer.|Es endet am So.
Nach §§ 3 f. BGB ist das klar.|Abs. 2 regelt mehr.
Die Tel.-Nr. lautet 0221 3456.|Rufen Sie an!
Das ist seine Art.|Er meint es nicht böse.
Er ist der Mann, den sie mag.|Sie sagt es nicht.
Das sagt Jan.|Er muss es wissen.
Die Preise stiegen: Brot, Milch, Butter u. v. m.|Viele klagen.
Die Sitzung dauerte bis 3 Uhr.|Um 4 Uhr ging das Licht aus.
Was?|Wer?|Wo?|Niemand weiß es!
So ist es nun mal …|Das Leben geht weiter.
Er zögerte … vielleicht zu lange.|Niemand half.
Der Bericht („Lage 2024“) liegt vor.|Er umfasst 300 Seiten.
Er sagte (auf Nachfrage): „Ja.“|Sie sagte: „Nein.“
Minister Kern (SPD), Abg. Schmidt (CDU) u. a. stimmten zu.|Der Rest nicht.
Der CO2-Preis steigt auf 55 Euro/t.|Die Industrie warnt.
Die Nato-Staaten, d.h. Deutschland u.a. Länder, zahlen.|Die USA auch.
Sie twitterte: „Danke! #Köln“.|Das Netz lachte.
Die Datei heißt bericht.pdf.|Sie ist groß.
Die App von t-online.de ist gratis.|Sie ist beliebt.
Laut Art. 20 Abs. 3 GG gilt das.|Art. 5 GG auch.
Der 24. Februar 2022 änderte alles.|Seit dem 24. ist Krieg.
Die USS Kern (3. Flotte) liegt im Hafen.|Sie bleibt.
„Wo ist Anna?“|„Weg.“|„Und Hans?“
‚Nein‘, sagte er.|‚Doch‘, sagte sie.
'Nein', sagte er.|'Doch', sagte sie.
Er las den „Spiegel“.|Sie las die „Zeit“.
Die Bahn (Deutsche Bahn AG) streikt.|Fahrgäste warten.
Am 7. und 8. Mai wird gefeiert.|Am 9. Mai nicht.
Er war von 2010 bis 2014 Minister.|2015 trat er aus.
Es ist 12 Uhr.|Mittags ruht die Stadt.
Er ist Vors. der Partei.|Sie ist stv. Vors.|Beide schweigen.
Mehr steht auf www.Beispiel.de im Netz.|Dort ist auch ein Bild.
Er fuhr 50 km/h.|Die Polizei hielt ihn an.
Er ging.|‚Ich komme‘, sagte er.|‚Halt.‘|Sie blieb.
Er war Nr. 1.|Sie war Nr. 2.
Der Papst sprach vor 20.000 Gläubigen.|Präs. Müller war verhindert.
Laut Gen. Kern fielen 300 Soldaten.|Oberst Schmidt sprach von 200.
Das sagte Sprecher Kern am Dienstag (5.11.).|Moskau wies das zurück.
Kursk wurde am 6. August angegriffen.|Kiews 80. Brigade rückte vor.
Die 95. Luftlandebrigade meldet Verluste.|Ihr Chef schweigt.
Die Russen hätten „den Krieg begonnen.“|Das sagte Kern.
Fast 40 Prozent stimmten zu, 35 lehnten ab.|25 enthielten sich.
Die Waffen (u. a. Raketen vom Typ S-300) kamen per Schiff.|Experten sind besorgt.
Der Minister, Dr. iur. Anna Kern, MdB, reist am 1. Mai.|Sie bleibt lange.
Sie traf in der 12. und 89. Minute.|Kern sah in der 90. Minute Rot.
Er wurde am 3. 10. 1990 geboren.|Seine Mutter lebt noch.
Ihr Motto: Jetzt erst recht!|Sie gewann.
Er sprach in Washington, D.C.|Der Saal war voll.
Der Rekord liegt bei 25 min.|Er ist alt.
Mehr dazu auf S. 12 ff.|Im Anhang steht alles.
„Wir kommen. Wir bleiben.“|Er ging.
Das ist alles: 1. Steuern senken.|2. Schulden abbauen.
Und dann … Stille.|Niemand sprach.
"""

ENGLISH = """
The council meets today.|The bridge stays closed.
Dr. Kern met Mr. Stone at 3 p.m. on Monday.|They talked.
They left at 3 p.m.|The bus was late.
He works for Stone Inc. in Bonn.|She does not.
J. R. R. Tolkien wrote books.|He lived in Oxford.
The U.S. Army and the U.K. agree.|The U.N. does not.
It cost 3.14 dollars, i.e. little.|It grew by 10.5 percent.
"We will come," he said.|"We will stay."
“We will come.”|He left.
“Will you come?” she asked.|He nodded.
“Stop!” he cried.|Nobody stopped.
He said: “We will come.”|Then he left.
The boys' toys broke.|The girls' did not.
He came (late, as ever).|She left.
He came.|(She was there.)|Both left.
Really?!|Yes!|Fine.
He waited ... and left.|She stayed.
He waited…|Then he left.
See https://example.org/a.html?b=1.|It has a picture.
Items such as e.g. Bonn are listed on p. 5.|Others are not.
On Oct. 3 he came.|On Jan. 4 he left.
The vote was close.|10,000 people came.
Mr. and Mrs. Stone left.|Their son stayed.
It rained in Washington, D.C. on Monday.|It was cold.
Gen. Stone spoke to Sen. Kern.|Nobody else did.
“We will come,” he said.|“And we will stay.”
'We will come,' he said.|'We will stay.'
The firm (Stone & Co.) grew.|It hired ten people.
“Is it true?”|“Yes.”
He lives at 5 Stone St. in Bonn.|She lives at No. 6.
The U.S. is large.|It has 50 states.
Prices rose 3.5 percent vs. last year.|Wages did not.
Is it so?!|It is.
He said … nothing.|She left.
"""

# Of each kind of character that could lead the splitter astray, and the words that its rules look for.
PARTICLES = [
    *"aAzZäÄßéИи1.,:;!?…()[]-–/@§%",
    *" \t\n\r\v\x00\u00a0\u2028\u202f\u200b\u200d\ufeff\u0301\u05d0\u0623。！字😀\ud800",
    *"„“”‚‘’»«›‹\"'",
    *"Der |der |Er kam. |z. B. |Dr. |usw. |1. |XIV. | 3. Mai |www.|a@b.c|str.".split("|"),
]
HOSTILE = st.lists(st.sampled_from(PARTICLES), max_size=60).map("".join) | st.text(max_size=200)
LANGUAGES = st.sampled_from(["de", "de-AT", "en", "fr", "ru", "ar", "he", "zh", "ja", "hi", "xx", "", "no such"])


def assert_sound(text: str, spans: list[Span]) -> None:
    """Assert what holds for every text, whatever it says."""
    covered = 0
    for span in spans:
        sentence = span.text_of(text)
        assert sentence
        assert sentence == sentence.strip()
        assert "\n" not in sentence
        assert covered <= span.start
        assert not text[covered : span.start].strip()
        covered = span.end
    assert not text[covered:].strip()


def sentences(text: str, language: str) -> list[str]:
    return [span.text_of(text) for span in split_sentences(text, language)]


@pytest.mark.parametrize("case", GERMAN.strip().splitlines())
def test_german(case: str) -> None:
    assert sentences(case.replace("|", " "), "de") == case.split("|")


@pytest.mark.parametrize("case", ENGLISH.strip().splitlines())
def test_english(case: str) -> None:
    assert sentences(case.replace("|", " "), "en") == case.split("|")


@pytest.mark.parametrize(
    ("language", "case"),
    [
        ("fr", "Le maire est parti.|« Nous restons », dit-il.|« Oui. »|Elle part."),
        ("es", "¿Quién viene?|Nadie."),
        ("ru", "Он пришёл.|Она ушла."),
        ("he", "הוא בא.|היא הלכה."),
    ],
)
def test_other_languages(language: str, case: str) -> None:
    assert sentences(case.replace("|", " "), language) == case.split("|")


def test_languages_that_write_without_spaces() -> None:
    assert sentences("他来了。她走了！", "zh") == ["他来了。", "她走了！"]


def test_the_whole_table_as_one_article() -> None:
    cases = GERMAN.strip().splitlines()
    assert sentences("\n".join(cases).replace("|", " "), "de") == "|".join(cases).split("|")


def test_an_unknown_language_is_read_as_english() -> None:
    text = ENGLISH.replace("|", " ")
    assert split_sentences(text, "no such") == split_sentences(text, "en")


@pytest.mark.parametrize("tag", ["DE", "de-AT", "de_DE", " de "])
def test_a_language_tag_counts_by_its_first_part(tag: str) -> None:
    text = GERMAN.replace("|", " ")
    assert split_sentences(text, tag) == split_sentences(text, "de")


def test_offsets_count_code_points() -> None:
    text = "😀 Größe zählt.  👩\u200d👧 U\u0308ber alles?\n\n Ja.\t"
    assert split_sentences(text, "de") == [Span(0, 14), Span(16, 32), Span(35, 38)]
    assert sentences(text, "de") == ["😀 Größe zählt.", "👩\u200d👧 U\u0308ber alles?", "Ja."]


def test_only_the_line_feed_ends_a_paragraph() -> None:
    text = "\n Eins\u2028zwei \v drei\r\n\u3000\n\x0c vier"
    assert [span.text_of(text) for span in paragraphs(text)] == ["Eins\u2028zwei \v drei", "vier"]


def test_a_stray_mark_is_no_sentence() -> None:
    assert sentences("Was ? ! Nein ! ! ! * * *", "de") == ["Was ? !", "Nein ! ! ! * * *"]
    assert sentences("* * *", "de") == ["* * *"]


def test_span() -> None:
    span = Span(2, 5)
    assert len(span) == 3
    assert span.text_of("abcdefg") == "cde"
    assert span.contains(Span(3, 5))
    assert not span.contains(Span(3, 6))
    assert span.overlaps(Span(4, 9))
    assert not span.overlaps(Span(5, 9))
    assert sorted([Span(2, 5), Span(2, 3), Span(0, 9)]) == [Span(0, 9), Span(2, 3), Span(2, 5)]


@pytest.mark.parametrize("text", ["", " ", "\n", "\n \t\r\n\u2028\u00a0"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert split_sentences(text, "de") == []
    assert paragraphs(text) == []


@settings(max_examples=500, deadline=None)
@given(text=HOSTILE, language=LANGUAGES)
def test_every_text_is_covered_once_and_in_order(text: str, language: str) -> None:
    assert_sound(text, split_sentences(text, language))


@settings(deadline=None)
@given(text=HOSTILE)
def test_every_sentence_lies_within_one_paragraph(text: str) -> None:
    blocks = paragraphs(text)
    assert_sound(text, blocks)
    for span in split_sentences(text, "de"):
        assert sum(block.contains(span) for block in blocks) == 1


@settings(deadline=None)
@given(first=HOSTILE, second=HOSTILE)
def test_a_paragraph_does_not_depend_on_its_neighbours(first: str, second: str) -> None:
    shift = len(first) + 1
    moved = [Span(span.start + shift, span.end + shift) for span in split_sentences(second, "de")]
    assert split_sentences(f"{first}\n{second}", "de") == split_sentences(first, "de") + moved


def test_a_long_paragraph_is_split_as_its_parts() -> None:
    cases = [case for case in GERMAN.strip().splitlines() if case[-1] == "." and "„" not in case and case[0] in "DE"]
    text = " ".join(cases * 20).replace("|", " ")
    assert len(text) > 50_000
    assert sentences(text, "de") == "|".join(cases * 20).split("|")


REPEATED = "a|.|…|„|\"|'|(|1. |A. |😀|\u0301|\u200b|a\n|usw. |„A. B“ |www.|Der 1. |(. ".split("|")


@pytest.mark.parametrize("length", [20_000, pytest.param(1_000_000, marks=pytest.mark.prove)])
@pytest.mark.parametrize("particle", REPEATED)
def test_a_hostile_text_of_any_length_is_split_soundly(particle: str, length: int) -> None:
    text = (particle * length)[:length]
    assert_sound(text, split_sentences(text, "de"))


def test_a_long_gap_holds_no_sentence() -> None:
    text = ("Der" + " " * 997) * 200 + "a." + " " * 200_000 + "b"
    assert len(split_sentences(text, "de")) <= 2
