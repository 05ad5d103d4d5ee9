"""The rows that a corpus shows: one layer, all documents or some of them, as frames, Arrow tables and other handles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, overload

import numpy as np
import pandas as pd
import pyarrow as pa

from aussage.corpus import frames
from aussage.corpus.errors import CorpusError, unknown
from aussage.corpus.selection import Selection
from aussage.corpus.store import ALL, GOLD, LAYERED, Store

if TYPE_CHECKING:
    import duckdb
    import polars
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    from aussage.corpus.choosing import Condition


class View:
    """The tables of a corpus, of one layer, and of all documents or some. Tables are read when they are asked for.

    Each access gives a frame of its own: adding columns to it or changing values does not change the corpus. `claims`,
    `mentions` and `relations` show one layer (gold, unless the corpus was made by `layer`); `documents`, `sentences`
    and `flat` are always of the gold layer. After `documents_where`, `sample` or in `batches` the tables of documents
    hold the rows of these documents; actors, locations, issues, coders and withdrawn are always whole.

    Every access to a table raises CorpusError if its file is missing, damaged, or of another build.
    """

    def __init__(self, store: Store, layer: str = GOLD, selection: Selection | None = None) -> None:
        self._store, self._layer, self._selection = store, layer, selection

    @property
    def documents(self) -> pd.DataFrame:
        """The articles: document_id, language, title, date, …, rights_status, n_claims, layers, text."""
        return self["documents"]

    @property
    def sentences(self) -> pd.DataFrame:
        """The sentences, with the view derived from the gold claims: sentence_id, text, voice, claim_type and more."""
        return self["sentences"]

    @property
    def claims(self) -> pd.DataFrame:
        """The claims of this layer: claim_id, content_text, content_spans, voice, claimant_ids, claim_type and more."""
        return self["claims"]

    @property
    def mentions(self) -> pd.DataFrame:
        """The mentions of this layer: mention_id, kind, text, actor_id, location_id, role and more."""
        return self["mentions"]

    @property
    def relations(self) -> pd.DataFrame:
        """The relations between claims of this layer: relation, source_claim_id, target_claim_id and more."""
        return self["relations"]

    @property
    def adjudications(self) -> pd.DataFrame:
        """The differences between coders and their decisions: subject, variable, coders, said, decision, reason."""
        return self["adjudications"]

    @property
    def actors(self) -> pd.DataFrame:
        """The actors: actor_id, label, actor_type, parent_id, country, wikidata_id with its status and more."""
        return self["actors"]

    @property
    def locations(self) -> pd.DataFrame:
        """The locations: location_id, label, location_type, outside ids with status, latitude, longitude and more."""
        return self["locations"]

    @property
    def issues(self) -> pd.DataFrame:
        """The issues: issue_id, label (the proposition), frame, plus, minus and more."""
        return self["issues"]

    @property
    def coders(self) -> pd.DataFrame:
        """The coders: coder_id, kind (person, language-model, program), name, saw, note."""
        return self["coders"]

    @property
    def withdrawn(self) -> pd.DataFrame:
        """The rows that were taken out, whose ids are never used again: withdrawn_id, table, reason, version."""
        return self["withdrawn"]

    @property
    def flat(self) -> pd.DataFrame:
        """One sheet: every gold claim with all that is around it, lists written as one text."""
        return self["flat"]

    def __getitem__(self, table: str) -> pd.DataFrame:
        """A table by its name, as a frame.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        selected = self._selection if self._store.is_local(table) else None
        kept = self._store.frames if selected is None else selected.frames
        key = (table, self._layer if table in LAYERED else ALL)
        if key not in kept:
            kept[key] = self._framed(table, self._store.read(*key, selection=selected))
        return kept[key].copy(deep=False)

    def _ipython_key_completions_(self) -> list[str]:
        return self.tables

    def frame(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table as a frame, of which only some columns are read: `corpus.frame("claims", ["claim_type"])`.

        Args:
            name: The table.
            columns: The columns, in the order wanted; None for all.

        Returns:
            A frame with the types of the attribute of that name. Frames of some columns are not kept.

        Raises:
            CorpusError: the corpus has no such table or column, or its file cannot be used.
        """
        return self[name] if columns is None else self._framed(name, self.table(name, columns))

    def _framed(self, name: str, rows: pa.Table) -> pd.DataFrame:
        frame = frames.frame_of(rows)
        frame.attrs = {"corpus": self._store.manifest.name, "version": self._store.manifest.version, "table": name}
        return frame

    def table(self, name: str, columns: Sequence[str] | None = None, layer: str | None = None) -> pa.Table:
        """A table as a pyarrow Table, read anew each time: `corpus.table("claims", columns=["claim_id", "voice"])`.

        Args:
            name: The table.
            columns: The columns to read, in the order wanted; None for all.
            layer: The layer of claims, mentions and relations, "all" for all; None for the one that is shown.

        Raises:
            CorpusError: the corpus has no such table, column or layer, or its file cannot be used.
        """
        return self._store.read(name, self._named_layer(layer), columns, self._selection)

    def columns(self, table: str) -> pd.DataFrame:
        """What the columns of a table hold.

        Returns:
            A row a column: name, type, empty (whether a value may be missing), description, values (a list in
            decision order; empty if the column is free).

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        return frames.columns_of(self._store.schema(table))

    @property
    def tables(self) -> list[str]:
        """The names of the tables."""
        return list(self._store.manifest.tables)

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has, of all layers; of a view of some documents they are counted in the files."""
        rows = {name: table.rows for name, table in self._store.manifest.tables.items()}
        if self._selection is None:
            return rows
        counted = {
            name: self._store.read(name, columns=["document_id"], selection=self._selection).num_rows
            for name in rows
            if self._store.is_local(name)
        }
        return rows | counted

    @property
    def files(self) -> dict[str, Path]:
        """The Parquet file of each table, for DuckDB, Polars, R and others; all layers and documents are in it.

        A table of documents of a corpus in parts is a folder of files, which pandas reads like a file; for DuckDB write
        `FOLDER/*.parquet`.
        """
        return {name: self._store.path(name) for name in self.tables}

    @property
    def layers(self) -> list[str]:
        """The layers of the corpus: gold, then the coders' by name."""
        return list(self._store.layers)

    def layer(self, name: str) -> Self:
        """The same documents with the claims, mentions and relations of another layer; "all" for all layers at once.

        Raises:
            CorpusError: there is no such layer.
        """
        return type(self)(self._store, self._named_layer(name), self._selection)

    def _named_layer(self, name: str | None) -> str:
        if name is None:
            return self._layer
        if name not in (ALL, GOLD) and name not in self._store.layers:
            raise unknown("layer", name, self._store.layers, f"; the layers are {', '.join(self._store.layers)}")
        return name

    @property
    def shown_layer(self) -> str:
        """The layer whose claims, mentions and relations are shown: gold, a coder's, or all."""
        return self._layer

    def documents_where(self, where: pc.Expression | None = None, /, **conditions: Condition) -> Self:
        """The same corpus with only the documents that answer to all conditions; of the others no rows are kept.

        A condition is named after

        - a column of `documents`: a value (None for a missing one), several values of which one must be there (a
          list), a range (low, high) with both ends in it and None for an open one, or a function that is given the
          column as a Series and says true or false for each document. Of `layers` one value must be in the list. A
          `date` is as exact as it is known: it must lie wholly in the year, month or days that are named.
        - `actor` (who claims or is mentioned), `location` (mentioned), `issue` (of a claim): an id, or several. Claims
          and mentions are those of the layer that is shown.
        - a table of documents: a pyarrow expression that is true for one of the document's rows (of that layer).

        Only the columns are read that a condition names; then of each table only the row groups in which the documents
        stand.

        >>> import aussage
        >>> corpus = aussage.load()
        >>> german = corpus.documents_where(language="de", date=("2024-01", "2024-12"))
        >>> len(german.documents)
        1
        >>> import pyarrow.compute as pc
        >>> denied = corpus.documents_where(claims=pc.field("claim_type") == "DENIAL")
        >>> long = corpus.documents_where(pc.field("n_sentences") > 20, publisher=lambda names: names.notna())

        Args:
            where: A pyarrow expression over the columns of `documents`.
            conditions: The conditions; a document has to answer to all.

        Raises:
            CorpusError: there is no such condition, value or id, or a condition does not fit its column.
        """
        from aussage.corpus.choosing import choose

        return self._with(choose(self._store, self._layer, self._selection, where, conditions))

    def _with(self, selection: Selection) -> Self:
        return type(self)(self._store, self._layer, selection)

    def _positions(self) -> Any:
        if self._selection is not None:
            return self._selection.positions
        return np.arange(self._store.manifest.tables["documents"].rows)

    def _part(self, positions: Any, said: str) -> Self:
        before = () if self._selection is None else self._selection.said
        return self._with(Selection(self._store.row_groups, positions, (*before, said)))

    def batches(self, documents: int = 1000, tables: Collection[str] = ()) -> Iterator[Self]:
        """The corpus in parts of so many whole documents, in its order, so that memory stays flat.

        Each row group is read once for each table that is asked for: `for part in corpus.batches(): part.claims`.

        Args:
            documents: How many documents a part has; the last may have fewer.
            tables: Tables that are read with the part; others are read when they are asked for.

        Raises:
            CorpusError: there is no such table, or parts of no documents are asked for; while parts are given out, a
                file cannot be used.
        """
        if documents < 1:
            raise CorpusError(f"a part has at least one document, not {documents}")
        for name in tables:
            self._store.path(name)
        return self._parts(documents, tuple(tables))

    def _parts(self, documents: int, tables: tuple[str, ...]) -> Iterator[Self]:
        positions = self._positions()
        for start in range(0, len(positions), documents):
            end = min(start + documents, len(positions))
            part = self._part(positions[start:end], f"documents {start + 1:,} to {end:,}")
            for name in tables:
                part[name]
            yield part

    @overload
    def sample(self, n: int, seed: int = 0, *, of: Literal["documents"] = "documents") -> Self: ...

    @overload
    def sample(self, n: int, seed: int = 0, *, of: Literal["sentences"]) -> pd.DataFrame: ...

    def sample(self, n: int, seed: int = 0, *, of: str = "documents") -> Self | pd.DataFrame:
        """Documents or sentences drawn at random, each with the same chance; all, if there are no more than `n`.

        The same seed draws the same from the same documents, on every machine and however the files are laid out.
        Only the row groups are read in which the drawn ones stand.

        Args:
            n: How many.
            seed: Where the drawing begins.
            of: "documents" or "sentences".

        Returns:
            Of documents: a corpus of these. Of sentences: their rows as a frame, in the order of the corpus.

        Raises:
            CorpusError: `n` is negative, `of` is neither, or a file cannot be used.
        """
        from aussage.corpus.sampling import drawn, drawn_sentences

        if of == "sentences":
            return self._framed("sentences", drawn_sentences(self._store, self._selection, n, seed))
        if of != "documents":
            raise unknown("kind of sample", of, ["documents", "sentences"])
        positions = self._positions()
        return self._part(positions[drawn(n, len(positions), seed)], f"{n:,} drawn with the seed {seed}")

    def arrow(self, name: str) -> ds.Dataset:
        """A table as a pyarrow dataset over its file: the rows of this layer and these documents, read when needed.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        from aussage.corpus.handles import dataset_of

        return dataset_of(self._store, name, self._layer, self._selection)

    def polars(self, name: str) -> polars.LazyFrame:
        """A table as a LazyFrame of Polars over its file: the rows of this layer and these documents.

        Raises:
            CorpusError: the corpus has no such table, its file cannot be used, or Polars is not installed.
        """
        from aussage.corpus.handles import lazy_frame

        return lazy_frame(self._store, name, self._layer, self._selection)

    def duckdb(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB database in memory with a view for each table: the rows of this layer and these documents.

        The views are over the files and cannot be written to; nothing is read over a network. Rows of some documents
        come in any order.

        >>> import aussage
        >>> counted = "SELECT claim_type, count(*) FROM claims GROUP BY ALL ORDER BY 2 DESC"
        >>> aussage.load().duckdb().sql(counted).df()  # doctest: +SKIP

        Raises:
            CorpusError: a file cannot be used, or DuckDB is not installed.
        """
        from aussage.corpus.handles import connection

        return connection(self._store, self._layer, self._selection)
