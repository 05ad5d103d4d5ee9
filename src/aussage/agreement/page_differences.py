"""The differences of a page: side by side in their sentence, with definitions and, if there is one, the decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from aussage.agreement.differences import EXISTS, SPANS, YES
from aussage.agreement.layers import Frames
from aussage.agreement.printing import records
from aussage.corpus.definitions import define
from aussage.corpus.errors import CorpusError
from aussage.diagnostics.closed_page import words

MOST = 1000  # so many items are shown
ENDINGS = ("_spans", "_text", "_ids", "_id", "s")
Row = dict[str, Any]
GROUP = ["coder_a", "coder_b", "sentence_id", "subject", "id_a", "id_b"]


def difference_blocks(differences: pd.DataFrame, frames: Frames, codebook: Mapping[str, Any]) -> Iterator[str]:
    """A block for each claim or mention on which two coders differ, in the order of the article."""
    items = list(differences.groupby(GROUP, sort=False, dropna=False))
    yield f"<p>{len(differences):,} differences in {len(items):,} claims and mentions.</p>"
    if len(items) > MOST:
        yield f"<p>The first {MOST:,} are shown; <code>aussage agree --json</code> gives all.</p>"
    blocks = _Blocks(frames, codebook, differences)
    for _, rows in items[:MOST]:
        yield from blocks.block(records(rows))


class _Blocks:
    def __init__(self, frames: Frames, codebook: Mapping[str, Any], differences: pd.DataFrame) -> None:
        ids = {*differences["id_a"].dropna(), *differences["id_b"].dropna()}
        claims = frames.claims[frames.claims["claim_id"].isin(ids)]
        mentions = frames.mentions[frames.mentions["mention_id"].isin(ids)]
        self._spans: dict[str, list[tuple[int, int]]] = {
            str(id_): [(piece["start"], piece["end"]) for piece in spans]
            for id_, spans in zip(claims["claim_id"], claims["content_spans"], strict=True)
        }
        places = zip(mentions["mention_id"], mentions["char_start"], mentions["char_end"], strict=True)
        self._spans |= {str(id_): [(int(start), int(end))] for id_, start, end in places}
        self._inside = dict(zip(claims["claim_id"], claims["sentence_ids"], strict=True))
        wanted = {*differences["sentence_id"], *(id_ for inside in self._inside.values() for id_ in inside)}
        sentences = frames.sentences[frames.sentences["sentence_id"].isin(wanted)]
        self._sentences = {row["sentence_id"]: row for row in records(sentences)}
        self._decisions = _by_sentence(frames.adjudications)
        variables = codebook.get("variables", ())
        self._columns = {entry["name"]: entry["column"] for entry in variables if entry.get("column")}
        self._codebook = codebook
        self._about = cache(self._look_up)

    def block(self, rows: list[Row]) -> Iterator[str]:
        first = rows[0]
        names = " / ".join(_local(first[key]) for key in ("id_a", "id_b") if not pd.isna(first[key]))
        subject = str(first["subject"]).capitalize()
        title = words(f"{subject} in {first['sentence_id']}: {names}")
        yield f'<article class="difference">\n<h3>{title}</h3>'
        sentences = self._sentences_of(first)
        yield '<div class="sides">'
        for side in "ab":
            yield from self._side(sentences, first[f"coder_{side}"], first[f"id_{side}"])
        yield "</div>"
        yield f'<div class="scroll" role="region" tabindex="0" aria-label="Choices for {title}"><table><thead><tr>'
        for name in ("variable", first["coder_a"], first["coder_b"], "decision"):
            yield f'<th scope="col">{words(name)}</th>'
        yield "</tr></thead><tbody>"
        for row in rows:
            yield from self._choice(row)
        yield "</tbody></table></div>\n</article>"

    def _sentences_of(self, row: Row) -> list[Row]:
        """The sentences in which the claim of either coder lies, in the order of the article."""
        ids = {row["sentence_id"]}.union(*(self._inside.get(row[f"id_{side}"], ()) for side in "ab"))
        return sorted((self._sentences[id_] for id_ in ids), key=lambda sentence: int(sentence["char_start"]))

    def _side(self, sentences: list[Row], coder: str, id_: Any) -> Iterator[str]:
        spans = [] if pd.isna(id_) else self._spans[id_]
        note = "" if spans else ": nothing here"
        text = " ".join(
            highlighted(row["text"], [(a - row["char_start"], b - row["char_start"]) for a, b in spans])
            for row in sentences
        )
        yield f"<figure><figcaption>{words(coder)}{note}</figcaption><blockquote dir=auto>{text}</blockquote></figure>"

    def _choice(self, row: Row) -> Iterator[str]:
        variable = str(row["variable"])
        yield f'<tr><th scope="row">{words(SPANS.get(variable, variable))}</th>'
        for side in "ab":
            value = str(row[f"value_{side}"])
            exists = "has it" if value == YES else "does not have it"
            shown = exists if variable == EXISTS else value or "none"
            about = self._about(variable, value) if variable != EXISTS else ""
            told = f'<span class="about">{words(about)}</span>' if about else ""
            yield f'<td><span class="choice">{words(shown)}</span>{told}</td>'
        yield f"<td>{self._decision(row)}</td></tr>"

    def _look_up(self, variable: str, value: str) -> str:
        """The codebook's definition of the value; empty if the variable is free."""
        try:
            return define(self._codebook, variable, value).definition
        except CorpusError:
            return ""

    def _decision(self, row: Row) -> str:
        decided = self._decisions.get(_local(row["sentence_id"]), ())
        found = next((decision for decision in decided if self._fits(decision, row)), None)
        if found is None:
            return "undecided"
        parts = [f'<span class="choice">{words(_said(found.get("decision")))}</span>']
        for name, label in (("reason", "Reason"), ("ruling", "Ruling"), ("codebook_change", "Codebook")):
            if told := _said(found.get(name)):
                parts.append(f'<span class="about">{label}: {words(told)}</span>')
        return "".join(parts)

    def _fits(self, decided: Row, row: Row) -> bool:
        """Whether a decision is about this difference: same document, subject and variable, and one of its ids.

        The variable may be named as in the codebook or as the column, an id with or without document and coder. An
        event is decided as a whole, its columns differ one by one.
        """
        variable, document = str(row["variable"]), row["document_id"]
        wanted = {_bare(str(decided["variable"])), _bare(self._columns.get(decided["variable"], ""))}
        same = _bare(variable) in wanted or (decided["variable"] == "event" and variable.startswith("event_"))
        same = same or (decided["variable"] == "text" and variable == "span")
        same &= document == decided["document_id"]
        same &= str(decided["subject"]).replace("-", " ") == row["subject"]
        ids = {str(row[key]) for key in ("id_a", "id_b") if not pd.isna(row[key])}
        pairs = zip(decided["coders"], decided["ids"], strict=False)
        known = {f"{document}/{coder}/{given}" for coder, given in pairs}
        known |= {form for given in decided["ids"] for form in (given, f"{document}/{given}")}
        return same and not ids.isdisjoint(known)


def _bare(variable: str) -> str:
    """A variable without what a column adds to its name: claimant for claimant_ids, main_clause for is_main_clause."""
    stem = variable.removeprefix("is_").removeprefix("claim_")
    return next((stem.removesuffix(end) for end in ENDINGS if stem.endswith(end)), stem)


def highlighted(text: str, pieces: Iterable[tuple[int, int]]) -> str:
    """The text as HTML with the pieces marked; what lies outside of it is cut off."""
    out, place = [], 0
    for start, end in sorted(pieces):
        begin, stop = max(start, place), min(end, len(text))
        if begin < stop:
            out += [words(text[place:begin]), f"<mark>{words(text[begin:stop])}</mark>"]
            place = stop
    return "".join([*out, words(text[place:])])


def _by_sentence(adjudications: pd.DataFrame | None) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in records(adjudications) if adjudications is not None else ():
        found.setdefault(_local(row["sentence_id"]), []).append(row)
    return found


def _local(id_: Any) -> str:
    return str(id_).split("/", 1)[-1]


def _said(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return "" if value is None or pd.isna(value) else str(value)
