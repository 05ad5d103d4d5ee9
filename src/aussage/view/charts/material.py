"""What charts are drawn from: the tables of one layer, with labels in the language of the chart and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from aussage.discourse.analyses.frames import Source, frames_of
from aussage.discourse.analyses.rollup import BEYOND, Groups, groups_of_actors
from aussage.discourse.analyses.speakers import statements_of
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

OF_CLAIMS = ("claim_id", "document_id", "sentence_id", "content_text", "voice", "claimant_ids")
ACTORS = ("actor_id", "label", "actor_type", "parent_id", "country")
Tables = dict[str, pd.DataFrame]


class Analysis(Protocol):
    """An analysis of discourse whose rows have a speaker."""

    def __call__(self, corpus: Tables, /, *, level: str, up_to: str | Sequence[str] | None) -> pd.DataFrame:
        """Its table, of frames by the names of tables."""
        ...


def tables(corpus: Corpus | Source, layer: str | None, words: Words, needed: Mapping[str, Sequence[str]]) -> Tables:
    """The needed tables with their needed columns.

    Labels are those of the language where a table has them (label_de). The tables of actors and issues come with all
    columns that analyses take.

    Args:
        corpus: A Corpus, or a dict of frames by the names of tables.
        layer: The layer, if the frames have several.
        words: The language.
        needed: Columns by table.

    Raises:
        ValueError: a table or column is missing, or the layer is not clear.
    """
    localised = {name: _localised(corpus, name, words) for name in needed if name in ("actors", "locations", "issues")}
    found = frames_of(corpus, layer, localised, needed)
    return dict(zip(needed, found, strict=True))


def _localised(corpus: Corpus | Source, name: str, words: Words) -> pd.DataFrame:
    try:
        frame = corpus[name]
    except KeyError:
        raise ValueError(f"the frame {name} is needed, and is not among those given") from None
    column = f"label_{words.language}"
    if column not in frame.columns or "label" not in frame.columns:
        return frame
    own = frame[column].astype("str")
    return frame.assign(label=own.where(own.notna() & (own != ""), frame["label"]))


def speakers_of(claims: pd.DataFrame, groups: Groups, words: Words) -> pd.DataFrame:
    """The claims, a row for each different speaker of each: the columns, and claim, speaker, speaker_label."""
    pairs = statements_of(claims, groups)[["claim", "speaker"]].drop_duplicates(ignore_index=True)
    rows = claims.take(pairs["claim"].to_numpy()).reset_index(drop=True)
    return rows.assign(
        claim=pairs["claim"], speaker=pairs["speaker"], speaker_label=labels(pairs["speaker"], groups, words)
    )


def analysed(
    analysis: Analysis,
    corpus: Corpus | Source,
    words: Words,
    needed: Mapping[str, Sequence[str]],
    *,
    level: str,
    up_to: str | Sequence[str] | None,
    layer: str | None,
) -> tuple[Tables, Groups, pd.DataFrame]:
    """The needed tables, the groups of the actors, and what an analysis gives, with the labels of speakers in words.

    Raises:
        ValueError: a table or column is missing, or an option is none.
    """
    found = tables(corpus, layer, words, needed)
    of_actors = groups(found, level, up_to)
    table = analysis(found, level=level, up_to=up_to)
    return found, of_actors, table.assign(speaker_label=labels(table["speaker"], of_actors, words))


def groups(found: Tables, level: str, up_to: str | Sequence[str] | None) -> Groups:
    """The groups of the actors; see `aussage.discourse.voices`."""
    return groups_of_actors(found["actors"], level, up_to)


def labels(ids: pd.Series[Any], groups: Groups, words: Words) -> pd.Series[str]:
    """The labels of speakers; the narrator and the unnamed are called so in the language."""
    return groups.label(ids).mask(ids.isin(BEYOND), ids.map({name: words(name) for name in BEYOND}).astype("str"))


def with_sentences(rows: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The rows with the text of their sentence in the column sentence, empty where it is not known."""
    texts = sentences.drop_duplicates("sentence_id").set_index("sentence_id")["text"]
    return rows.assign(sentence=rows["sentence_id"].map(texts).astype("str").fillna(""))


def scope(words: Words, documents: pd.Series[Any], counted: str) -> list[str]:
    """The lines that say how many articles and rows were counted."""
    n_documents = documents.nunique()
    if n_documents == 1:
        return [f"{words('one_article', n=counted)}. {words('one_article_warning')}"]
    return [words("articles", articles=words.count(n_documents, "article"), n=counted) + "."]


def records(rows: pd.DataFrame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Rows as plain values: text, numbers, and None for what is missing."""
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in rows[list(columns)].itertuples(index=False)]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
