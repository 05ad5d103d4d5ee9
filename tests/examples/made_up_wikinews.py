"""Made-up documents in the format of the German news quotation attribution corpus, without a word of it."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

Json = dict[str, Any]
TOKEN = re.compile(r"\w+|[^\w\s]")


def role(text: str, *pieces: str | tuple[str, int], unit: int = 1) -> Json:
    """A role by its words; a pair also says at which occurrence, from 1, they stand."""
    spans = []
    for piece in pieces:
        words, number = (piece, 1) if isinstance(piece, str) else piece
        at = -1
        for _ in range(number):
            at = text.index(words, at + 1)
        spans.append((at, at + len(words)))
    return placed(text, spans, unit)


def placed(text: str, spans: list[tuple[int, int]], unit: int = 1) -> Json:
    """A role by its places in code points; with `unit` 2 it is written down in UTF-16 code units."""
    tokens = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
    written, ids = [], []
    for start, end in spans:
        inside = [n for n, (s, e) in enumerate(tokens) if s < end and e > start]
        ids += inside
        first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
        place = {"charBegin": counted(text, start, unit), "charEnd": counted(text, end, unit)}
        written.append({"begin": first, **place, "end": last})
    return {"spans": written, "text": " ".join(text[s:e] for s, e in spans), "tokenIds": ids}


def counted(text: str, at: int, unit: int) -> int:
    """An offset in the unit that is asked for."""
    return at if unit == 1 else len(text[:at].encode("utf-16-le")) // 2


def quote(text: str, content: Json, kind: str | None = "Indirect", medium: str | None = "Speech", **more: Any) -> Json:
    """An annotation; roles that are not named are empty."""
    empty: Json = {"spans": [], "text": "", "tokenIds": []}
    roles = {name: more.get(name, empty) for name in ("addressee", "cue", "frame", "speaker")}
    nested = {"hasNested": more.get("has_nested", False), "isNested": more.get("is_nested", False)}
    return roles | nested | {"id": more.get("id", 0), "medium": medium, "quote": content, "type": kind}


def document(name: str, text: str, quotes: list[Json], unit: int = 1, ends: str = r"[.!?“]+\s*|\n+") -> Json:
    """A document; sentences end, as far as this format's do, at full stops, closing marks and line ends."""
    tokens = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
    cuts = [0, *(m.end() for m in re.finditer(ends, text))]
    cuts += [len(text)] if cuts[-1] < len(text) else []
    sentences = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        ids = [n for n, (s, _) in enumerate(tokens) if start <= s < end]
        words = [text[slice(*tokens[n])] for n in ids]
        place = {"charBegin": counted(text, start, unit), "charEnd": counted(text, len(text[:end].rstrip()), unit)}
        place["charEnd"] = max(place["charEnd"], place["charBegin"])
        first = {"begin": ids[0] if ids else 0, "end": ids[-1] + 1 if ids else 0}
        sentences.append(place | first | {"id": number, "text": text[start:end], "tokenIds": ids, "tokens": words})
    listed = [
        {
            "charBegin": counted(text, s, unit),
            "charEnd": counted(text, e, unit),
            "id": n,
            "sentence": 1,
            "text": text[s:e],
            "word": n + 1,
        }
        for n, (s, e) in enumerate(tokens)
    ]
    return {
        "annotations": [q | {"id": n} if q["id"] == 0 else q for n, q in enumerate(quotes)],
        "documentName": name,
        "originalText": text,
        "sentences": sentences,
        "tokens": listed,
    }


def documents() -> dict[str, Json]:
    """The fixture: one document a trait or two, by the name of its file."""
    found: dict[str, Json] = {}
    for split, made in (("dev", plain()), ("train", awkward()), ("test", spoiled_texts())):
        for made_up in made:
            found[f"data/{split}/{made_up['documentName']}.pretty.json"] = made_up
    found["data/test/101 - Stadtrat sperrt Brücken (2024-03-01).pretty.json"] = found[
        "data/dev/101 - Stadtrat sperrt Brücken (2024-03-01).pretty.json"
    ]
    return found


def plain() -> list[Json]:
    """Roles in pieces, quotes over several sentences, nested ones, speakers elsewhere, no speaker, addressees."""
    pieces = "Die Brücken, so die Bürgermeisterin, bleiben gesperrt. Der Rat kündigte am Abend den Neubau an."
    several = "Die Ärztin Öztürk sagte: „Wir öffnen früh. Wir schließen spät. Niemand wird abgewiesen.“ Mehr nicht."
    nested = "Der Kapitän sagte, der Trainer habe behauptet, das Spiel sei verkauft. Die Rundschau zitiert ihn: „Nie!“"
    before = "Der Wirt trat vor die Tür. Er war müde.\n\nDas Lokal sei geschlossen. Er wolle schlafen. Er gehe."
    told = "Dem Amt teilte gestern der Verein in Hollerau schriftlich mit, dem Bauamt zumal, dass die Fähre fährt."
    return [
        document(
            "101 - Stadtrat sperrt Brücken (2024-03-01)",
            pieces,
            [
                quote(
                    pieces,
                    role(pieces, "Die Brücken", "bleiben gesperrt"),
                    speaker=role(pieces, "die Bürgermeisterin"),
                    cue=role(pieces, "so"),
                    frame=role(pieces, ", so die Bürgermeisterin,"),
                ),
                quote(
                    pieces,
                    role(pieces, "den Neubau"),
                    "Reported",
                    speaker=role(pieces, "Der Rat"),
                    cue=role(pieces, "kündigte", "an"),
                ),
            ],
        ),
        document(
            "102 - Praxis öffnet (2024-03-02)",
            several,
            [
                quote(
                    several,
                    role(several, "„Wir öffnen früh. Wir schließen spät. Niemand wird abgewiesen.“"),
                    "Direct",
                    speaker=role(several, "Die Ärztin Öztürk"),
                    cue=role(several, "sagte"),
                    frame=role(several, "Die Ärztin Öztürk sagte:"),
                )
            ],
        ),
        document("103 - Spiel verkauft? (2024-03-03)", nested, nested_quotes(nested)),
        document(
            "104 - Lokal (geschlossen) (2024-03-04)",
            before,
            [
                quote(
                    before,
                    role(before, "Das Lokal sei geschlossen."),
                    "IndirectFreeIndirect",
                    speaker=role(before, "Der Wirt"),
                ),
                quote(before, role(before, "Er wolle schlafen."), "FreeIndirect", speaker=role(before, ("Er", 2))),
                quote(before, role(before, "Er gehe."), "FreeIndirect", "none", speaker=role(before, ("Er", 3))),
                quote(before, role(before, "Er war müde."), "Reported", "Thought", speaker=role(before, ("Er", 1))),
            ],
        ),
        document(
            "105 - Fähre fährt (2024-03-05)",
            told,
            [
                quote(
                    told,
                    role(told, "dass die Fähre fährt"),
                    "Indirect",
                    "Writing",
                    addressee=role(told, "Dem Amt", "dem Bauamt zumal"),
                    speaker=role(told, "der Verein", "in Hollerau"),
                    cue=role(told, "teilte", "mit"),
                    frame=role(told, "Dem Amt teilte", "der Verein in Hollerau", "mit,"),
                ),
                quote(told, role(told, "dass die Fähre fährt"), None, None),
            ],
        ),
    ]


def nested_quotes(text: str) -> list[Json]:
    """One quote inside another, and two of which each is marked as inside the other."""
    both = {"is_nested": True, "has_nested": True}
    return [
        quote(
            text,
            role(text, "der Trainer habe behauptet, das Spiel sei verkauft"),
            speaker=role(text, "Der Kapitän"),
            cue=role(text, "sagte"),
            has_nested=True,
        ),
        quote(
            text,
            role(text, "das Spiel sei verkauft"),
            medium="SW",
            speaker=role(text, "der Trainer"),
            cue=role(text, "behauptet"),
            is_nested=True,
        ),
        quote(text, role(text, "„Nie!“"), "Direct", "Writing", speaker=role(text, "Die Rundschau"), id=7, **both),
        quote(text, role(text, "„Nie!“"), "Direct", "Speech", speaker=role(text, "ihn"), id=7, **both),
    ]


def awkward() -> list[Json]:
    """No words, no quotes, the whole text, spans out of order, overlapping, empty, with white space; odd sentences."""
    whole = "„Halt!“, rief sie, „Halt!“"
    messy = "Laut dem Bericht  der  Polizei, der Polizei von Merenburg, fehlt Geld. Es fehlt seit Mai."
    cut = "Er nannte u.a. Dr. Meier und sagte, es sei genug.\n \nUnd es sei gut."
    odd = document("206 - Sätze (2024-04-06)", cut, [quote(cut, role(cut, "es sei genug.\n \nUnd es sei gut"))])
    odd["sentences"] = [
        {"charBegin": 0, "charEnd": 14, "id": 0},
        {"charBegin": 10, "charEnd": 18, "id": 1},
        {"charBegin": 49, "charEnd": 52, "id": 2},
        {"charBegin": 25, "charEnd": 49, "id": 3},
    ]
    readme = document("207 - Ohne Sätze (2024-04-07)", messy, [quote(messy, role(messy, "Es fehlt seit Mai."))])
    del readme["sentences"], readme["tokens"]
    readme["annotations"][0]["addressee"] = []
    return [
        document("201 - Leer (2024-04-01)", "", []),
        document("202 - Nur Leerraum (2024-04-02)", " \n\n ", [quote(" \n\n ", placed(" \n\n ", [(0, 1)]))]),
        document("203 - Ohne Zitat (2024-04-03)", "Heute regnet es in Neudorf.", []),
        document("Ganz ohne Nummer", whole, [quote(whole, placed(whole, [(0, len(whole))]), "Direct")]),
        document(
            "205 - Spannen (2024-04-05)",
            messy,
            [
                quote(
                    messy,
                    placed(messy, [(59, 70), (0, 0), (71, 89)]),
                    speaker=placed(messy, [(17, 30), (5, 22)]),
                    cue=role(messy, "Laut"),
                    frame=placed(messy, [(0, 31)]),
                ),
                quote(messy, placed(messy, [(16, 18)]), "Reported", speaker=role(messy, "dem Bericht")),
            ],
        ),
        odd,
        readme,
    ]


def spoiled_texts() -> list[Json]:
    """Astral characters counted in code points and in UTF-16, decomposed letters, carriage returns, bidi controls."""
    astral = "🚒🚒 Die Wehr: „🔥 Wir löschen 🔥“, meldete sie 𝕏. Die Übung endete."
    decomposed = unicodedata.normalize("NFD", "Übermäßig laut, sagte Jörg,\r\nsei der Bär. \u202aSo\u202c schloss er.")
    made = [
        document(
            f"{number} - Brand 🔥 (2024-05-01)",
            astral,
            [
                quote(
                    astral,
                    role(astral, "„🔥 Wir löschen 🔥“", unit=unit),
                    "Direct",
                    "SW",
                    speaker=role(astral, "Die Wehr", unit=unit),
                    cue=role(astral, "meldete", unit=unit),
                ),
                quote(astral, role(astral, "Die Übung endete.", unit=unit), "Reported", "TW"),
            ],
            unit,
        )
        for number, unit in ((301, 1), (302, 2))
    ]
    letters = unicodedata.normalize("NFD", "Jörg")
    content = decomposed.index("sei der"), decomposed.index(". \u202a")
    first = decomposed.index(",")
    made.append(
        document(
            "303 - Zerlegt (2024-05-03)",
            decomposed,
            [
                quote(
                    decomposed,
                    placed(decomposed, [(0, first), content]),
                    speaker=role(decomposed, letters),
                    cue=role(decomposed, "sagte"),
                ),
                quote(decomposed, role(decomposed, "\u202aSo\u202c"), "Reported", "ST"),
            ],
        )
    )
    odd = "\ufeffHallo, sagte er.\n\u0301 Und\t\u0308 schwieg."
    made.append(document("304 - Zeichen (2024-05-04)", odd, [quote(odd, role(odd, "Hallo"), cue=role(odd, "sagte"))]))
    return made


def hostile(seed: int, number: int) -> dict[str, Json]:
    """Documents of random signs, among them such as Aussage refuses, with random spans and sentences."""
    chance, found = random.Random(seed), dict[str, Json]()
    signs = [*'aab äöß.,„“!?\n\n  |"\\<😀', "\r", "\r\n", "\t"]
    signs += [chr(code) for code in (0x00, 0x1C, 0x7F, 0x85, 0xA0, 0xAD, 0x308, 0x344, 0x1100, 0x1161, 0x200B, 0x200F)]
    signs += [chr(code) for code in (0x2028, 0x202E, 0x2126, 0x3000, 0xFB1D, 0xFEFF)]
    for n in range(number):
        text = "".join(chance.choice(signs) for _ in range(chance.choice([1, 5, 40, 200])))

        def spans(most: int, text: str = text) -> list[tuple[int, int]]:
            starts = [chance.randint(0, len(text)) for _ in range(chance.randint(0, most))]
            made = [(start, min(len(text), start + chance.choice([0, 1, 3, 10, 60]))) for start in starts]
            return made if chance.random() < 0.4 else sorted(made)

        quotes = []
        for _ in range(chance.randint(0, 5)):
            roles: Json = {name: placed(text, spans(2)) for name in ("speaker", "cue", "frame", "addressee")}
            flags: Json = {name: chance.random() < 0.5 for name in ("is_nested", "has_nested")}
            kind = chance.choice(["Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect", None])
            medium = chance.choice(["Speech", "ST", "none", None])
            quotes.append(quote(text, placed(text, spans(4)), kind, medium, id=chance.randint(1, 3), **roles, **flags))
        name = chance.choice([f"{n} - {n} (2024-01-01)", f"{n} - {text[:10]} (2024-01-01)", text[:8], ""])
        found[f"data/{n}.json"] = document(name, text, quotes)
        if chance.random() < 0.3:
            places = [{"charBegin": start, "charEnd": end} for start, end in spans(6)]
            found[f"data/{n}.json"]["sentences"] = places
    return found


def many(number: int) -> dict[str, Json]:
    """Documents of about the size and density of the corpus: 250 tokens and four quotes each, always the same."""
    chance, found = random.Random(7), dict[str, Json]()
    names = ["Die Bürgermeisterin", "Der Verein", "Das Bauamt", "Ein Sprecher der Feuerwehr", "Sie"]
    things = ["die Brücke", "das Stadion", "die Fähre", "der Deich", "die Halle", "das Freibad"]
    states = ["gesperrt", "zu teuer", "fast fertig", "gut für Hollerau", "noch nicht geprüft"]
    for n in range(number):
        sentences, said = [], []
        for _ in range(18):
            name, thing, state = chance.choice(names), chance.choice(things), chance.choice(states)
            if len(said) < 4 and chance.random() < 0.3:
                said.append((name, f"{thing} sei {state}"))
                sentences.append(f"{name} sagte am Abend dem Rat im alten Saal, {thing} sei {state}.")
            else:
                sentences.append(f"In Neudorf sprachen am {chance.randint(1, 28)}. Mai viele: {thing} ist {state}.")
        text = "\n\n".join(" ".join(sentences[at : at + 6]) for at in range(0, 18, 6))
        quotes = [
            quote(text, role(text, words), speaker=role(text, name), cue=role(text, "sagte"), frame=role(text, name))
            for name, words in said
        ]
        file = f"{10_000 + n} - Neues aus Neudorf (2024-06-01)"
        found[f"data/train/{file}.pretty.json"] = document(file, text, quotes)
    return found


def write(folder: Path, made: dict[str, Json] | None = None) -> Path:
    """The fixture as files, as the corpus has them: indented, sorted, not escaped."""
    for name, content in (documents() if made is None else made).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=4, sort_keys=True), encoding="utf-8")
    hidden = folder / ".vscode"
    hidden.mkdir(parents=True, exist_ok=True)
    (hidden / "launch.json").write_text("{\n // not of the corpus\n}", encoding="utf-8")
    return folder
