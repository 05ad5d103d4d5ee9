"""Where the words of quotations and mentions stand in their article, and which sentences they touch."""

from __future__ import annotations

import numpy as np
import pandas as pd
from compile_frames import Given
from compile_problems import Problems

FAR = 1 << 32
"""More than an article has code points: document times this plus offset orders places across documents."""


def resolve(given: Given) -> None:
    """Add to sentences, claims, pieces, mentions and relations the rows of the things that they belong to."""
    sentences, claims, pieces, mentions = given.sentences, given.claims, given.pieces, given.mentions
    frozen = given.frozen.drop_duplicates(["doc", "id"])
    known = pd.MultiIndex.from_frame(frozen[["doc", "id"]])
    rows = np.append(frozen.index.to_numpy(), -1)
    sentences["doc"] = given.layers["doc"].to_numpy()[sentences["layer"]]
    sentences["frozen"] = rows[known.get_indexer(pd.MultiIndex.from_frame(sentences[["doc", "id"]]))]
    for things in (claims, mentions):
        for column in ("layer", "doc", "frozen"):
            things[column] = sentences[column].to_numpy()[things["sentence"]]
    for column in ("layer", "doc", "frozen"):
        pieces[column] = claims[column].to_numpy()[pieces["claim"]]
    elsewhere = pieces.index[pieces["sentence"].notna()]
    if len(elsewhere):
        named = pd.MultiIndex.from_frame(pieces.loc[elsewhere, ["doc", "sentence"]])
        pieces.loc[elsewhere, "frozen"] = rows[known.get_indexer(named)]


def place(things: pd.DataFrame, given: Given, problems: Problems) -> None:
    """Add `start` and `end` of the words in the article; -1 and a problem where they cannot be placed."""
    texts = given.documents["text"].tolist()
    bounds = given.frozen[["start", "end"]].to_numpy(dtype=np.int64)
    frozen = things["frozen"].to_numpy()
    words = things["text"].fillna("").tolist()
    starts = np.full(len(things), -1)
    problems.add("unknown-sentence", things["id"][frozen < 0])
    problems.add("empty-quote", things["id"][[not word or word != word.strip() for word in words]])
    counts = np.zeros(len(things), dtype=np.int64)
    wanted = things["occurrence"].fillna(0).to_numpy(dtype=np.int64)
    columns = zip(words, things["doc"].tolist(), frozen.tolist(), wanted.tolist(), strict=True)
    for row, (word, doc, sentence, occurrence) in enumerate(columns):
        if sentence >= 0 and word:
            found = _occurrences(texts[doc], word, *bounds[sentence])
            counts[row] = len(found)
            if found and occurrence <= len(found):
                starts[row] = found[max(occurrence, 1) - 1]
    problems.add("quote-not-found", things["id"][(counts == 0) & (frozen >= 0)])
    problems.add("ambiguous-quote", things["id"][(counts > 1) & (wanted == 0)])
    problems.add("no-such-occurrence", things["id"][(counts > 0) & (wanted > counts)])
    things["start"] = starts
    things["end"] = starts + np.array([len(word) for word in words], dtype=np.int64)


def _occurrences(text: str, words: str, start: int, end: int) -> list[int]:
    found, at = [], text.find(words, start, end + len(words))
    while 0 <= at < end:
        found.append(at)
        at = text.find(words, at + 1, end + len(words))
    return found


def touched(spans: pd.DataFrame, given: Given) -> pd.DataFrame:
    """A row for each span and each frozen sentence that it touches, the sentence in `frozen`."""
    frozen = given.frozen
    starts = frozen["doc"].to_numpy() * FAR + frozen["start"].to_numpy(dtype=np.int64)
    base = spans["doc"].to_numpy() * FAR
    first = np.searchsorted(starts, base + spans["start"].to_numpy(), "right") - 1
    last = np.searchsorted(starts, base + spans["end"].to_numpy(), "left") - 1
    count = last - first + 1
    within = np.arange(count.sum()) - np.repeat(count.cumsum() - count, count)
    found = spans.iloc[np.repeat(np.arange(len(spans)), count)].assign(frozen=np.repeat(first, count) + within)
    return found[frozen["end"].to_numpy(dtype=np.int64)[found["frozen"]] > found["start"]]
