"""What the compiler checks of records and annotations, as masks over frames."""

from __future__ import annotations

import hashlib
import unicodedata

import numpy as np
import pandas as pd
from compile_frames import Given
from compile_known import Known
from compile_problems import Problems

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
DAY = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?[?~%]?"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]+)*"
CONTROLS = r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\x{fffe}\x{ffff}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
CATEGORIES = (
    "type modality time voice form alignment evidence stance agreement doubt event_type event_mode".split()
)  # fmt: skip
REQUIRED = ("type", "modality", "time")
MOST_CLAIMANTS = 2


def check_records(given: Given, known: Known, problems: Problems) -> None:
    """Records and their frozen sentences."""
    documents, frozen = given.documents, given.frozen
    ids = documents["id"]
    problems.add("bad-id", ids[~ids.str.fullmatch(SLUG)])
    problems.add("bad-language", ids[~documents["language"].str.fullmatch(LANGUAGE)])
    problems.add("bad-date", ids[~documents["date.value"].str.fullmatch(f"{DAY}(/{DAY})?").fillna(True)])
    for column, variable in (("date.status", "date_status"), ("rights.status", "rights_status")):
        problems.add("unknown-value", ids[_outside(documents[column], known.values[variable])])
    texts = documents["text"].fillna("").tolist()
    problems.add("empty-article", ids[[not text.strip() for text in texts]])
    problems.add("decomposed-unicode", ids[[not unicodedata.is_normalized("NFC", text) for text in texts]])
    problems.add("control-character", ids[documents["text"].str.contains(CONTROLS)])
    hashes = pd.Series([hashlib.sha256(text.encode()).hexdigest() for text in texts], dtype=ids.dtype)
    problems.add("article-changed", ids[(documents["sha256"] != hashes).fillna(False)])
    documents["sha256"] = hashes
    problems.add("duplicate-id", frozen["id"][frozen.duplicated(["doc", "id"])])
    problems.add("bad-id", frozen["id"][~frozen["id"].str.fullmatch("s[0-9]+")])
    problems.add("no-sentences", ids[~pd.Series(range(len(ids))).isin(frozen["doc"])])
    _check_bounds(frozen, texts, problems)


def _check_bounds(frozen: pd.DataFrame, texts: list[str], problems: Problems) -> None:
    """Sentences are in order, inside the article, begin and end with words, and leave no words out."""
    docs, starts, ends = (frozen[name].to_numpy(dtype=np.int64) for name in ("doc", "start", "end"))
    before = np.where(np.diff(docs, prepend=-1) == 0, np.roll(ends, 1), 0)
    words = [texts[doc][start:end] for doc, start, end in zip(docs, starts, ends, strict=True)]
    frozen["text"] = pd.Series(words, dtype=frozen["id"].dtype)
    lengths = np.array([len(text) for text in texts])
    stripped = np.array([bool(word) and word == word.strip() for word in words])
    problems.add("sentence-bounds", frozen["id"][(starts < before) | (ends > lengths[docs]) | ~stripped])
    gaps = [bool(texts[doc][end:start].strip()) for doc, end, start in zip(docs, before, starts, strict=True)]
    problems.add("sentence-gap", frozen["id"][gaps])
    last = frozen.groupby("doc")["end"].max()
    problems.add("sentence-gap", pd.Series([texts[doc][:9] for doc, end in last.items() if texts[doc][end:].strip()]))


def check_layers(given: Given, known: Known, problems: Problems) -> None:
    """Annotations as wholes, and their sentences beside those of the article."""
    layers, sentences, frozen = given.layers, given.sentences, given.frozen
    problems.add("unknown-document", layers["document"][layers["doc"] < 0])
    problems.add("unknown-coder", layers["coder"][~layers["coder"].isin(known.coders.index)])
    problems.add("old-codebook", layers["document"][layers["codebook"] != known.version])
    problems.add("duplicate-id", layers["document"][layers.duplicated(["document", "coder"])])
    place = sentences["frozen"].to_numpy()
    problems.add("unknown-sentence", sentences["id"][place < 0])
    problems.add("duplicate-id", sentences["id"][sentences.duplicated(["layer", "id"])])
    problems.add("sentence-order", sentences["id"][sentences.groupby("layer")["frozen"].diff() < 0])
    known_text = frozen["text"].take(np.maximum(place, 0)).array
    problems.add("sentence-text", sentences["id"][(sentences["text"] != known_text).fillna(True) & (place >= 0)])
    counts = sentences.groupby("layer")["frozen"].nunique().reindex(range(len(layers)), fill_value=0)
    there = frozen["doc"].value_counts().reindex(layers["doc"], fill_value=0)
    problems.add("missing-sentence", layers["document"][counts.to_numpy() < there.to_numpy()])


def check_claims(given: Given, known: Known, problems: Problems) -> None:
    """Ids, categories and references of claims and mentions."""
    claims, mentions, pieces = given.claims, given.mentions, given.pieces
    for things, pattern in ((claims, r"s[0-9]+\.c[0-9]+"), (mentions, r"s[0-9]+\.[al][0-9]+")):
        problems.add("bad-id", things["id"][~things["id"].str.fullmatch(pattern).fillna(False)])
        problems.add("duplicate-id", things["id"][things.duplicated(["layer", "id"])])
        sentence = given.sentences["id"].take(things["sentence"]).array
        problems.add("bad-id", things["id"][(things["id"].str.partition(".")[0] != sentence).fillna(True)])
    for name in CATEGORIES:
        problems.add("unknown-value", claims["id"][_outside(claims[name], known.values[name])])
    for name in REQUIRED:
        problems.add("missing-field", claims["id"][claims[name].isna()])
    problems.add("missing-field", claims["id"][~claims.index.isin(pieces["claim"][pieces["field"] == "content"])])
    problems.add("unknown-value", given.lists["contexts"]["value"][
        _outside(given.lists["contexts"]["value"], known.values["event_context"])])  # fmt: skip
    problems.add("unknown-value", given.effects["effect"][_outside(given.effects["effect"], known.values["effect"])])
    problems.add("unknown-value", mentions["id"][_outside(mentions["role"], known.values["role"])])
    problems.add("unknown-value", mentions["id"][_outside(mentions["doubt"], known.values["doubt"])])
    for name in ("addressee", "event_actor", "event_recipient"):
        problems.add("unknown-actor", claims[name][_outside(claims[name], known.actors.index)])
    for name in ("claimant", "chain"):
        named = given.lists[name]["value"]
        problems.add("unknown-actor", named[_outside(named, known.actors.index)])
    problems.add("unknown-target", claims["target"][_outside(claims["target"], known.targets().index)])
    problems.add("unknown-issue", claims["issue"][_outside(claims["issue"], known.issues.index)])
    for things in (given.effects, mentions):
        problems.add("unknown-actor", things["actor"][_outside(things["actor"], known.actors.index)])
        problems.add("unknown-location", things["location"][_outside(things["location"], known.locations.index)])
    places = mentions["kind"] == "location"
    problems.add("missing-field", mentions["id"][places & mentions["role"].isna()])
    problems.add("missing-field", mentions["id"][~places & mentions["actor"].isna()])
    problems.add("role-without-place", mentions["id"][places & mentions["location"].isna()])


def _outside(values: pd.Series, known: object) -> pd.Series:
    return values.notna() & ~values.isin(known)


def check_scheme(given: Given, known: Known, problems: Problems) -> None:
    """What may not stand together in a claim; the columns have their defaults already."""
    claims, lists = given.claims, given.lists
    ids, narrator = claims["id"], claims["voice"] == "narrator"
    claimants = lists["claimant"].groupby("claim").size().reindex(claims.index, fill_value=0)
    has = {
        "claimant": claimants > 0,
        "chain": claims.index.isin(lists["chain"]["claim"]),
        **{name: claims.index.isin(given.pieces["claim"][given.pieces["field"] == name]) for name in ("source", "cue")},
    }
    for there in has.values():
        problems.add("narrator-with-attribution", ids[narrator & there])
    problems.add("attributed-without-claimant", ids[~narrator & ~has["claimant"]])
    problems.add("missing-field", ids[claims["form"].isna()])
    problems.add("form-and-voice", ids[((claims["form"] == "none") != narrator).fillna(False)])
    problems.add("alignment-and-voice", ids[(claims["alignment"] == "na") != narrator])
    problems.add("several-claimants", ids[claimants > MOST_CLAIMANTS])
    problems.add("several-claimants", lists["claimant"]["value"][lists["claimant"].duplicated(["claim", "value"])])
    both = lists["chain"].merge(lists["claimant"], on=["claim", "value"])
    problems.add("claimant-in-chain", both["value"])
    problems.add("stance-and-target", ids[(claims["stance"] != 0) != claims["target"].notna()])
    problems.add("issue-and-agreement", ids[claims["issue"].notna() != claims["agreement"].notna()])
    modes = claims[claims["event_mode"].notna()]
    pairs = modes["event_type"] + "/" + modes["event_mode"]
    problems.add("event-mode", modes["id"][~pairs.isin(known.modes)])
    effects = given.effects
    problems.add("effect-target", effects["effect"][effects["actor"].isna() == effects["location"].isna()])


def check_places(given: Given, touches: pd.DataFrame, problems: Problems) -> None:
    """Pieces of a quotation do not overlap; content touches its sentence, the condition a sentence of the content.

    `touches` has a row for each piece that could be placed and each sentence that it touches; pieces are sorted.
    """
    pieces, claims = given.pieces, given.claims
    same = (pieces[["claim", "field"]] == pieces[["claim", "field"]].shift()).all(axis=1)
    overlap = same & (pieces["start"] >= 0) & (pieces["start"] < pieces["end"].shift())
    problems.add("overlapping-pieces", pieces["text"][overlap])
    figures = pieces[pieces["field"] == "figures"]
    problems.add("figure-without-digit", figures["text"][~figures["text"].str.contains(r"\d")])
    content, condition = (touches[touches["field"] == field] for field in ("content", "condition"))
    own = content[content["frozen"] == claims["frozen"].to_numpy()[content["claim"]]]
    problems.add("content-outside-sentence", content["text"][~content["claim"].isin(own["claim"])])
    condition = condition[condition["claim"].isin(content["claim"])]
    merged = condition.merge(content[["claim", "frozen"]].drop_duplicates(), how="left", indicator=True)
    problems.add("condition-outside-sentence", merged["text"][merged["_merge"] == "left_only"])


def check_relations(given: Given, known: Known, problems: Problems) -> None:
    """Relations lead from a claim of the layer to another one, each once."""
    relations, claims = given.relations, given.claims
    problems.add("bad-id", relations["id"][~relations["id"].str.fullmatch("r[0-9]+")])
    problems.add("duplicate-id", relations["id"][relations.duplicated(["layer", "id"])])
    problems.add("unknown-value", relations["id"][_outside(relations["relation"], known.values["relation"])])
    there = pd.MultiIndex.from_frame(claims[["layer", "id"]].drop_duplicates())
    for end in ("from", "to"):
        lost = there.get_indexer(pd.MultiIndex.from_frame(relations[["layer", end]])) < 0
        problems.add("unknown-claim", relations["id"][lost])
    problems.add("self-relation", relations["id"][relations["from"] == relations["to"]])
    problems.add("repeated-relation", relations["id"][relations.duplicated(["layer", "from", "to", "relation"])])
