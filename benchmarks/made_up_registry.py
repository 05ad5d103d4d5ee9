"""Made-up words, actors, locations and issues for a corpus of the size of a newspaper archive."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from aussage.codebook import Codebook
from aussage.records.codebook import Agreement, Issue
from aussage.records.fields import OutsideId
from aussage.records.sources import Actor, Coder, Coordinates, Location
from aussage.registry import Registry
from aussage.registry.registry import Entry

ACTORS, LOCATIONS, ISSUES = 2_000, 1_000, 40
CODERS = ("coder-a", "coder-b")
FIRST = (
    "Ader Biber Birken Bogen Brücken Brunnen Dach Damm Deich Eichen Fähren Feld Fluss Forst Garten Glas Hafen Hallen "
    "Holz Hügel Kanal Kern Kies Korn Küsten Lager Licht Linden Mauer Moor Mühlen Netz Ofen Pflaster Quell Rahmen Ring "
    "Sand Schienen Schleusen See Speicher Stein Straßen Tal Teich Turm Ufer Wald Wasser Weide Werft Wiesen Zaun Ziegel"
).split()
LAST = (
    "der-plan der-bau der-rat der-streit der-markt der-bericht der-preis der-beirat der-fonds der-verein der-vertrag "
    "die-frage die-gruppe die-ordnung die-reform die-kasse die-leitung die-prüfung die-steuer die-wacht die-zählung "
    "das-amt das-gesetz das-lager das-projekt das-netz das-werk das-verfahren das-gutachten das-treffen das-angebot"
).split()
ADJECTIVES = (
    "alte neue geplante lange umstrittene gemeinsame letzte nächste teure offene kleine große frühere späte örtliche "
    "vorläufige zweite dritte leere strenge"
).split()
VERBS = (
    "verzögert bremst ersetzt stützt berührt verteuert beendet eröffnet verschiebt ordnet verbindet sichert belastet "
    "erweitert spaltet prüft trägt ändert lähmt begleitet"
).split()
ADVERBS = (
    "seit Wochen;vorerst;im Frühjahr;nach langem Zögern;bis zum Herbst;am Montag;am Mittwoch;zum dritten Mal;kaum noch;"
    "in jedem Fall;ohne Aufsehen;vor aller Augen;in den kommenden Monaten;trotz der Kosten"
).split(";")
PREPOSITIONS = ("für", "ohne", "gegen", "um", "durch")
GIVEN = "Ada Arno Berta Bruno Clara Curt Dora Egon Elsa Emil Frieda Georg Hanna Hugo Ilse Jakob Karla Kurt Lena Ludwig"
GIVEN_NAMES = f"{GIVEN} Marta Max Nora Otto Paula Paul Rosa Rudi Selma Theo Ulla Viktor Wanda Willi".split()
STEMS = (
    "Alt Berg Birk Brand Busch Dorn Eber Esch Falk Frost Grau Gries Hart Heid Holl Kalt Klein Lang Lauen Mohr".split()
)
STEMS += "Neu Nord Ober Pohl Quer Rab Reh Roth Sand Schar Schwarz Sieden Stein Süd Tann Ulm Unter Wald Weiß Win".split()
SURNAMES = "acker bach baum beck berger bruck eder feld gruber haus hofer huber kamp lehner maier reiter rich stetter"
SETTLEMENTS = "au bach bruck burg dorf feld furt hafen hagen hausen heim hofen ingen kirchen rode stedt tal wang werder"
COUNTRIES = ("DE", "AT", "CH", "FR", "PL", "CZ", "DK", "NL", "BE", "LU")


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or location as sentences name it."""

    id: str
    name: str


def noun(chance: random.Random) -> tuple[str, str]:
    """A compound with its article."""
    article, last = chance.choice(LAST).split("-")
    return article, chance.choice(FIRST) + last


def phrase(chance: random.Random) -> str:
    """A noun with article and adjective."""
    article, word = noun(chance)
    return f"{article} {chance.choice(ADJECTIVES)} {word}"


def clause(chance: random.Random) -> str:
    """A main clause of about a dozen words, without a full stop, its first word in small letters."""
    verb, adverb, preposition = chance.choice(VERBS), chance.choice(ADVERBS), chance.choice(PREPOSITIONS)
    return f"{phrase(chance)} {verb} {adverb} {phrase(chance)} {preposition} {phrase(chance)}"


def slug(name: str) -> str:
    """The id of a name."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def made_up_registry(chance: random.Random) -> Registry:
    """Actors, locations and coders; parents, outside ids and coordinates as registries have them."""
    locations = _locations(chance)
    return Registry(
        actors=_entries(_actors(chance, [place.label["de"] for place in locations])),
        locations=_entries(locations),
        coders=_entries([Coder(id=coder, kind="program", name=f"Coder {coder[-1].upper()}") for coder in CODERS]),
    )


def _entries(records: list) -> dict[str, Entry]:
    return {record.id: Entry(record, None, ()) for record in records}


def _names(chance: random.Random, wanted: int, taken: set[str], make: object) -> list[str]:
    found: list[str] = []
    while len(found) < wanted:
        name = make()
        if slug(name) not in taken:
            taken.add(slug(name))
            found.append(name)
    return found


def _outside(chance: random.Random, prefix: str) -> OutsideId:
    status = chance.choice(("verified", "recalled", "empty"))
    against = "a package 1.0" if status == "verified" else None
    return OutsideId(
        status=status, id=None if status == "empty" else f"{prefix}{chance.randrange(1, 10**7)}", against=against
    )


def _actors(chance: random.Random, places: list[str]) -> list[Actor]:
    taken: set[str] = set()
    bodies = _names(chance, ACTORS * 2 // 5, taken, lambda: f"{noun(chance)[1]} {chance.choice(places)}")
    surnames = SURNAMES.split()
    persons = _names(
        chance,
        ACTORS - len(bodies),
        taken,
        lambda: f"{chance.choice(GIVEN_NAMES)} {chance.choice(STEMS)}{chance.choice(surnames)}",
    )
    found = []
    for number, name in enumerate((*bodies, *persons)):
        person = number >= len(bodies)
        parent = slug(chance.choice(bodies[: max(number, 1)])) if number and chance.random() < 0.4 else None
        label = {"de": name} if person else {"de": name, "en": f"{name} office"}
        kind = "person" if person else chance.choice(("gov_body", "media", "alliance", "officials"))
        ids = {"wikidata": _outside(chance, "Q")}
        found.append(
            Actor(id=slug(name), type=kind, label=label, parent=parent, country=chance.choice(COUNTRIES), ids=ids)
        )
    return found


def _locations(chance: random.Random) -> list[Location]:
    taken: set[str] = set()
    endings = SETTLEMENTS.split()
    names = _names(
        chance,
        LOCATIONS,
        taken,
        lambda: f"{chance.choice(STEMS)}{chance.choice(STEMS).lower()}{chance.choice(endings)}",
    )
    found = []
    for number, name in enumerate(names):
        kind = "country" if number < len(COUNTRIES) else "region" if number < 100 else "settlement"
        above = {"country": [], "region": names[: len(COUNTRIES)], "settlement": names[len(COUNTRIES) : 100]}[kind]
        ids = {"wikidata": _outside(chance, "Q"), "geonames": _outside(chance, "")}
        if kind == "country":
            ids["iso_3166_1"] = OutsideId(status="recalled", id=COUNTRIES[number])
        point = Coordinates(
            latitude=round(chance.uniform(47, 55), 4),
            longitude=round(chance.uniform(6, 15), 4),
            precision=kind,
            status="recalled",
        )
        parent = slug(chance.choice(above)) if above else None
        found.append(Location(id=slug(name), type=kind, label={"de": name}, parent=parent, ids=ids, coordinates=point))
    return found


def made_up_issues(chance: random.Random, codebook: Codebook) -> list[Issue]:
    """Propositions, each in a frame of the codebook."""
    frames = codebook.enumerations["frame"]
    found = []
    for number in range(ISSUES):
        text = clause(chance)
        proposition = {"de": f"{text[0].upper()}{text[1:]}.", "en": f"Proposition {number + 1} holds."}
        agreement = Agreement(plus="it holds", minus="it does not")
        found.append(
            Issue(
                id=f"issue-{number + 1:02}",
                proposition=proposition,
                frame=frames[number % len(frames)],
                agreement=agreement,
            )
        )
    return found
