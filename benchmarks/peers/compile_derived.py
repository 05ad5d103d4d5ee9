"""What is derived from gold: documents, the view of sentences, and the flat table."""

from __future__ import annotations

from bisect import bisect_right

import pandas as pd
from compile_frames import Given, as_lists, joined
from compile_known import TEXT, Known, looked_up

SEPARATOR = "; "
OF_PRIMARY = "claim_type modality target_id target_label issue_id issue_label agreement frame".split()
LISTED = (
    "sentence_ids claimant_ids claimant_labels chain event_contexts event_actor_ids event_recipient_ids".split()
)  # fmt: skip


def document_rows(given: Given, gold: pd.DataFrame, paragraphs: list[list[int]]) -> pd.DataFrame:
    """The rows of documents."""
    documents, layers = given.documents, given.layers
    rows = documents.rename(columns={"id": "document_id", "origin.note": "origin_note"})
    rows.columns = [_column(name) for name in rows.columns]
    rows["date_status"] = rows["date_status"].fillna("unknown")
    rows["rights_status"] = rows["rights_status"].fillna("unverified")
    rows["n_characters"] = documents["text"].str.len()
    rows["n_paragraphs"] = [len(starts) for starts in paragraphs]
    rows["n_sentences"] = given.frozen["doc"].value_counts().reindex(rows.index, fill_value=0)
    rows["n_claims"] = gold["doc"].value_counts().reindex(rows.index, fill_value=0)
    named = pd.concat([layers[["doc", "coder"]].drop_duplicates("doc").assign(coder="gold"), layers[["doc", "coder"]]])
    named = named.sort_values("doc", kind="stable")
    rows["layers"] = as_lists(named["doc"], named["coder"].astype(TEXT), len(rows))
    return rows.assign(is_adjudicated=False)


def _column(name: str) -> str:
    group, _, part = name.partition(".")
    if not part:
        return name
    return "date" if name == "date.value" else part if group == "origin" else f"{group}_{part}"


def paragraph_starts(text: str) -> list[int]:
    """Where the paragraphs of an article begin: lines that hold more than white space."""
    starts, at = [], 0
    for line in text.split("\n"):
        if stripped := line.lstrip():
            starts.append(at + len(line) - len(stripped))
        at += len(line) + 1
    return starts


def sentence_rows(
    given: Given, gold: pd.DataFrame, mentions: pd.DataFrame, touches: pd.DataFrame, known: Known,
    paragraphs: list[list[int]],
) -> pd.DataFrame:  # fmt: skip
    """The rows of sentences with their view; `gold` and `mentions` are gold rows under the numbers of their layer."""
    frozen, length = given.frozen, len(given.frozen)
    rows = pd.DataFrame({"document_id": given.documents["id"].take(frozen["doc"]).reset_index(drop=True)})
    rows["sentence_id"] = rows["document_id"] + "/" + frozen["id"]
    starts = zip(frozen["doc"].tolist(), frozen["start"].tolist(), strict=True)
    rows["paragraph"] = [max(bisect_right(paragraphs[doc], start), 1) for doc, start in starts]
    rows["position"] = frozen.groupby("doc").cumcount() + 1
    rows["char_start"], rows["char_end"], rows["text"] = frozen["start"], frozen["end"], frozen["text"]
    inside = touches.loc[touches["field"] == "content", ["claim", "frozen"]].drop_duplicates()
    inside = inside[inside["claim"].isin(gold.index)].sort_values(["frozen", "claim"], ignore_index=True)
    inside = inside.join(gold.drop(columns="frozen"), on="claim")
    _add_claims(rows, inside, known, length)
    _add_mentions(rows, mentions, known, length)
    noted = given.sentences.loc[given.sentences["note"].notna(), ["frozen", "layer", "note"]]
    first = noted[noted["layer"].isin(gold["layer_row"].unique())].set_index("frozen")["note"]
    rows["note"] = first.reindex(rows.index)
    return rows


def _add_claims(rows: pd.DataFrame, inside: pd.DataFrame, known: Known, length: int) -> None:
    by_sentence = inside.groupby("frozen")
    rows["n_claims"] = by_sentence.size().reindex(rows.index, fill_value=0)
    voice = by_sentence["voice"].first().where(by_sentence["voice"].nunique() == 1, "both")
    rows["voice"] = voice.reindex(rows.index)
    weighed = inside.assign(
        other=inside["voice"] != "attributed", aside=~inside["is_main_clause"].astype(bool), short=-inside["length"]
    )
    weighed = weighed.sort_values(["frozen", "other", "aside", "start", "short", "claim_id"])
    primary = weighed.drop_duplicates("frozen").set_index("frozen").reindex(rows.index)
    rows["primary_claim_id"] = primary["claim_id"]
    for name in OF_PRIMARY:
        rows[name] = primary[name]
    rows["stance"] = primary["stance"].fillna(0)
    claimants = inside[["frozen", "claimant_ids"]].explode("claimant_ids").dropna()
    claimants["claimant_ids"] = claimants["claimant_ids"].astype(TEXT)
    claimants = claimants.drop_duplicates()
    rows["claimant_ids"] = as_lists(claimants["frozen"], claimants["claimant_ids"], length)
    rows["claimant_id"] = _first(primary["claimant_ids"])
    rows["claimant_label"] = looked_up(rows["claimant_id"], known.actors["label"])
    order = {name: number for number, name in enumerate(known.values["type"])}
    types = inside[["frozen", "claim_type"]].drop_duplicates()
    types = types.assign(rank=types["claim_type"].map(order)).sort_values(["frozen", "rank"])
    rows["claim_types"] = as_lists(types["frozen"], types["claim_type"], length)


def _first(lists: pd.Series) -> pd.Series:
    return pd.Series([None if items is pd.NA or not len(items) else items[0] for items in lists], dtype=TEXT)


def _add_mentions(rows: pd.DataFrame, mentions: pd.DataFrame, known: Known, length: int) -> None:
    for kind in ("actor", "location"):
        named = mentions[["frozen", f"{kind}_id"]].dropna().drop_duplicates().sort_values("frozen", kind="stable")
        rows[f"{kind}_ids"] = as_lists(named["frozen"], named[f"{kind}_id"], length)
        labels = looked_up(named[f"{kind}_id"], getattr(known, f"{kind}s")["label"])
        rows[f"{kind}_labels"] = as_lists(named["frozen"], labels, length)
    main = main_locations(mentions, "frozen", known).reindex(rows.index)
    rows["main_location_id"], rows["main_location_role"] = main["location_id"], main["role"]
    rows["main_location_label"] = looked_up(main["location_id"], known.locations["label"])


def main_locations(mentions: pd.DataFrame, by: str, known: Known) -> pd.DataFrame:
    """The location mention with the finest role, then the leftmost, by sentence or by claim."""
    order = {name: number for number, name in enumerate(known.values["role"])}
    places = mentions[mentions["kind"] == "location"]
    places = places.assign(rank=places["role"].map(order))
    places = places.sort_values([by, "rank", "char_start", "char_end", "mention_id"])
    return places.drop_duplicates(by).set_index(by)


def flat_rows(
    gold: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame,
    contained: pd.DataFrame, given: Given, known: Known,
) -> pd.DataFrame:  # fmt: skip
    """The rows of the flat table: gold claims without lists, with what is around them."""
    length = len(given.claims)
    rows = gold.copy()
    for name in LISTED:
        longer = gold[name].explode().dropna()
        rows[name] = joined(longer.index, longer.astype(TEXT), length, SEPARATOR)
    for field in ("content", "source", "cue", "condition"):
        pieces = given.pieces[given.pieces["field"] == field]
        spans = pieces["start"].astype(TEXT) + "-" + pieces["end"].astype(TEXT)
        rows[f"{field}_spans"] = joined(pieces["claim"], spans, length, SEPARATOR)
    figures, effects = given.pieces[given.pieces["field"] == "figures"], given.effects
    rows["figures"] = joined(figures["claim"], figures["text"], length, SEPARATOR)
    whom = effects["effect"] + ":" + effects["actor"].fillna(effects["location"])
    rows["affected"] = joined(effects["claim"], whom, length, SEPARATOR)
    for name in ("language", "title", "date", "date_status", "rights_status"):
        rows[f"document_{name}"] = documents[name].take(rows["doc"]).array
    for name in ("paragraph", "position", "char_start", "char_end", "text"):
        rows[f"sentence_{name}"] = sentences[name].take(rows["frozen"]).array
    claimant = _first(gold["claimant_ids"]).set_axis(rows.index)
    for name in ("actor_type", "country", "wikidata_id"):
        rows[f"claimant_{name}"] = looked_up(claimant, known.actors[name])
    for name in ("actor_type", "country"):
        rows[f"target_{name}"] = looked_up(gold["target_id"], known.actors[name])
    _add_places(rows, contained.join(mentions, on="mention", how="inner"), known, length)
    return rows


def _add_places(rows: pd.DataFrame, inside: pd.DataFrame, known: Known, length: int) -> None:
    inside = inside.sort_values(["claim", "mention"], kind="stable")
    actors = inside.dropna(subset="actor_id").drop_duplicates(["claim", "actor_id"])
    places = inside[inside["kind"] == "location"]
    rows["actor_ids"] = joined(actors["claim"], actors["actor_id"], length, SEPARATOR)
    rows["location_ids"] = joined(places["claim"], places["location_id"], length, SEPARATOR)
    rows["location_labels"] = joined(places["claim"], places["label"], length, SEPARATOR)
    rows["location_roles"] = joined(places["claim"], places["role"], length, SEPARATOR)
    main = main_locations(inside, "claim", known)["location_id"].reindex(rows.index)
    rows["main_location_id"] = main
    for name in ("label", "latitude", "longitude", "iso_3166_1_id"):
        rows[f"main_location_{name}"] = looked_up(main, known.locations[name])
