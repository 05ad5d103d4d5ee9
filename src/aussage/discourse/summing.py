"""Analyses of a corpus part by part, here or on a Dask cluster: what they count in each part is added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from aussage.discourse.analyses import certainty, contradictions, course, places, positions, stance, voices
from aussage.discourse.analyses.frames import share

if TYPE_CHECKING:
    from distributed import Client

    from aussage.corpus import Corpus

Analysis = Callable[..., pd.DataFrame]
Positions = npt.NDArray[np.int64]
DOCUMENTS = 1000  # at a time, of a corpus that is not stored in parts
SIGNS = (*certainty.DEGREES.values(), "hedged", "negated", *certainty.EVIDENCE, *certainty.ALIGNMENTS.values())


@dataclass(frozen=True, slots=True)
class Sum:
    """How the tables of parts are added up: columns that are sums, that follow from the keys, and that follow at last.

    All other columns are the keys. `ascending` has the columns by which rows are sorted; without it they stand in the
    order of the keys, or of the parts if they are `as_found`.
    """

    counts: Sequence[str]
    labels: Sequence[str] = ()
    derived: Callable[[pd.DataFrame, int], Mapping[str, Any]] = lambda table, claims: {}
    ascending: Mapping[str, bool] | None = None
    as_found: bool = False


def _shares(table: pd.DataFrame, claims: int) -> Mapping[str, Any]:
    return {name: share(table[part], table["claims"]) for part, name in certainty.SHARES.items()}


SUMS: dict[Analysis, Sum] = {
    certainty.certainty: Sum(("claims", *SIGNS), ("speaker_label",), _shares),
    certainty.hedging: Sum(
        ("claims", "total"), (), lambda table, claims: {"share": share(table["claims"], table["total"])}, as_found=True
    ),
    places.places: Sum(("mentions", "claims", "documents"), places.ABOUT),
    positions.positions: Sum(
        ("claims", *positions.SIGNS),
        ("issue_label", "frame", "speaker_label"),
        lambda table, claims: positions.judged(table),
        {"issue_id": True, "claims": False, "speaker": True},
    ),
    stance.stance: Sum(
        ("claims", *stance.SIGNS, "balance"),
        ("speaker_label", "target_label"),
        ascending={"claims": False} | dict.fromkeys(stance.KEYS, True),
    ),
    voices.voices: Sum(
        voices.COUNTS,
        ("speaker_label", "actor_type"),
        lambda table, claims: voices.judged(table, claims),
        {"claims": False, "mentions": False, "speaker": True},
    ),
    voices.spoken_of: Sum(
        ("mentions", "claims"),
        ("speaker_label", "actor_label"),
        ascending={"mentions": False, "speaker": True, "actor_id": True},
    ),
    voices.attribution_chains: Sum(
        ("claims", "documents"), ("path_labels",), ascending={"depth": False, "claims": False, "path": True}
    ),
}
"""The analyses that count what stands in documents: claims and mentions belong to one document, so counts add up."""
ROWS: set[Analysis] = {course.article_positions, course.course, contradictions.contradictions}
"""The analyses that give rows of their own for each document, which only have to be put one after another."""
NOT_BY_PARTS = {
    ("course", "per_document", False): "shares and cumulative shares are of all articles together",
    ("contradictions", "across", True): "claims of different documents are paired",
}


def over_parts(corpus: Corpus, analysis: Analysis, *, client: Client | None = None, **options: Any) -> pd.DataFrame:
    """An analysis of a corpus of any size: the documents are gone through part by part, and what is counted is added.

    Memory holds one part at a time, here or in each worker of a Dask cluster, and the table that comes out. That grows
    with the documents only for `article_positions`, `course`, `contradictions` and what is asked for by document.

    Args:
        corpus: A corpus, or some documents of it, as `documents_where` gives them.
        analysis: An analysis of `aussage.discourse`, as `aussage.discourse.voices`. Networks and what is made of them
            cannot be gone through in parts, because ties and their backbone are of the corpus as a whole.
        client: A client of a Dask cluster whose workers see the folder of the corpus under the same path.
        options: What the analysis takes besides; frames cannot be given.

    Returns:
        What `analysis(corpus, **options)` returns.

    Raises:
        ValueError: the analysis, or what is asked of it, is none that can be had part by part, with the reason; or
            what the analysis raises.
        ClusterUnusable, WorkersLost: of the cluster.
        CorpusError: a file of the corpus cannot be used.
    """
    _require_parts(analysis, options)
    named = corpus if options.get("layer") is None else corpus.layer(options["layer"])
    found = _here(named, analysis, options) if client is None else _on(client, named, analysis, options)
    tables, claims = [], 0
    for table, more in found:
        tables.append(table)
        claims += more
        if analysis in SUMS and len(tables) > 1:
            tables = [_added(tables, SUMS[analysis])]
    filled = [table for table in tables if len(table)] or tables[:1]
    if analysis not in SUMS:
        return pd.concat(_alike(filled), ignore_index=True)
    return _finished(filled[0], SUMS[analysis], claims)


def _require_parts(analysis: Analysis, options: Mapping[str, Any]) -> None:
    name = getattr(analysis, "__name__", str(analysis))
    if analysis not in SUMS and analysis not in ROWS:
        known = ", ".join(sorted(one.__name__ for one in (*SUMS, *ROWS)))
        raise ValueError(f"{name} is of a corpus as a whole and cannot be had part by part; {known} can")
    for (of, option, value), reason in NOT_BY_PARTS.items():
        if of == name and options.get(option) is value:
            raise ValueError(f"{name} with {option}={value} cannot be had part by part: {reason}")
    given = [option for option, value in options.items() if isinstance(value, pd.DataFrame)]
    if given:
        raise ValueError(f"frames cannot be given to an analysis of a corpus in parts: {', '.join(given)}")


def _places(corpus: Corpus) -> list[Positions]:
    """The documents of each part, by their positions in the corpus; at least one part."""
    chosen: Positions = corpus._positions()
    parts = corpus._store.manifest.parts
    if parts and corpus._selection is None:
        return list(np.split(chosen, np.cumsum([part.documents for part in parts])[:-1]))
    return list(np.split(chosen, range(DOCUMENTS, len(chosen), DOCUMENTS)))


def _analysed(
    corpus: Corpus, analysis: Analysis, options: Mapping[str, Any], at: Positions
) -> tuple[pd.DataFrame, int]:
    """What an analysis gives of some documents, and how many claims these have."""
    part = corpus._part(at, "a part")
    needs_claims = analysis is voices.voices
    return analysis(part, **options), len(part.frame("claims", ["claim_id"])) if needs_claims else 0


def _here(corpus: Corpus, analysis: Analysis, options: Mapping[str, Any]) -> Iterator[tuple[pd.DataFrame, int]]:
    for at in _places(corpus):
        yield _analysed(corpus, analysis, options, at)


@dataclass(frozen=True, slots=True)
class _Order:
    folder: Path
    layer: str
    analysis: Analysis
    options: Mapping[str, Any]


def _on(
    client: Client, corpus: Corpus, analysis: Analysis, options: Mapping[str, Any]
) -> Iterator[tuple[pd.DataFrame, int]]:
    """What an analysis gives of each part, in their order."""
    from aussage.cluster.fitness import fitness_of
    from aussage.cluster.spreading import Work, spread
    from aussage.tables.writer import MANIFEST

    order = _Order(corpus.folder, corpus.shown_layer, analysis, dict(options))
    work = Work(_open, _look, order, fitness_of([corpus.folder / MANIFEST]))
    waiting: dict[int, tuple[pd.DataFrame, int]] = {}
    due = 0
    for (number, _), found in spread(client, work, list(enumerate(_places(corpus)))):
        waiting[number] = found
        while due in waiting:
            yield waiting.pop(due)
            due += 1


def _open(order: _Order) -> tuple[_Order, Corpus]:
    from aussage.corpus.corpus import Corpus
    from aussage.corpus.store import Store

    return order, Corpus(Store(order.folder), order.layer)


def _look(opened: tuple[_Order, Corpus], numbered: tuple[int, Positions]) -> tuple[pd.DataFrame, int]:
    order, corpus = opened
    return _analysed(corpus, order.analysis, order.options, numbered[1])


def _alike(tables: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """The tables with the same categories: in one part a value may be missing somewhere, in another not."""
    columns = [str(name) for name, column in tables[0].items() if isinstance(column.dtype, pd.CategoricalDtype)]
    known = {name: max((table[name].cat.categories for table in tables), key=len) for name in columns}
    return [
        table.assign(**{name: table[name].cat.set_categories(categories) for name, categories in known.items()})
        for table in tables
    ]


def _added(tables: Sequence[pd.DataFrame], how: Sum) -> pd.DataFrame:
    """Tables of parts as one, with the columns that follow at last left as they are."""
    counts = list(how.counts)
    rows = pd.concat(_alike([table for table in tables if len(table)] or tables[:1]), ignore_index=True)
    keys = _keys(rows, how)
    if not keys:
        return rows.sum().to_frame().T.astype(tables[0].dtypes.to_dict())
    groups = rows.groupby(keys, observed=True, dropna=False, sort=not how.as_found)
    numbers = groups.ngroup().to_numpy()
    _, first = np.unique(numbers, return_index=True)  # of each group the first row, in the order of the groups
    return rows.iloc[first].reset_index(drop=True).assign(**groups[counts].sum().reset_index(drop=True))


def _keys(table: pd.DataFrame, how: Sum) -> list[str]:
    told = {*how.counts, *how.labels, *how.derived(table, 1)}
    return [name for name in table.columns if name not in told]


def _finished(table: pd.DataFrame, how: Sum, claims: int) -> pd.DataFrame:
    """The whole with what follows from its sums, in its order."""
    whole = table.assign(**how.derived(table, claims))
    if how.ascending is None:
        return whole
    return whole.sort_values(list(how.ascending), ascending=list(how.ascending.values()), ignore_index=True)
