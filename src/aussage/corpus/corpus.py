"""A corpus that has been loaded."""

from collections.abc import Iterable
from html import escape
from os import PathLike
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd
import pyarrow as pa

from aussage.corpus import frames
from aussage.corpus.definitions import Definition, define
from aussage.corpus.errors import PUT_BACK, CorpusError, unknown
from aussage.corpus.flat_csv import write_csv
from aussage.corpus.manifest import FULL
from aussage.corpus.marking import STYLE
from aussage.corpus.passages import Document, Sentence
from aussage.corpus.store import ALL, GOLD, LAYERED, Store
from aussage.corpus.summary import facts_of, rights_note, summary_text, written

COMPARED = 20_000  # so many ids are compared to find the nearest to a wrong one
WIDTH = 100


class Corpus:
    """The tables of a corpus, one of its layers, and what it says of itself. Made by `aussage.load`.

    Tables are read when they are asked for, and kept. Each access gives a frame of its own: adding columns to it or
    changing values does not change the corpus. `claims`, `mentions` and `relations` show one layer (gold, unless the
    corpus was made by `layer`); `documents`, `sentences` and `flat` are always of the gold layer.

    Every access to a table raises CorpusError if its file is missing, damaged, or of another build.
    """

    def __init__(self, store: Store, layer: str = GOLD) -> None:
        self._store, self._layer = store, layer

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
        key = (table, self._layer if table in LAYERED else ALL)
        if key not in self._store.frames:
            frame = frames.frame_of(self._store.read(*key))
            frame.attrs = {"corpus": self.name, "version": self.version, "table": table}
            self._store.frames[key] = frame
        return self._store.frames[key].copy(deep=False)

    def _ipython_key_completions_(self) -> list[str]:
        return self.tables

    def table(self, name: str) -> pa.Table:
        """A table as a pyarrow Table; like the attribute of that name it shows one layer. It is read anew each time.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        return self._store.read(name, self._layer)

    def write_csv(self, path: str | PathLike[str], table: str = "flat") -> Path:
        """Write a table without lists as CSV; `aussage.corpus.read_csv` reads it back with its types.

        See `aussage.corpus.write_csv` for the form of the file, and for what is raised.
        """
        return write_csv(self[table], path)

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
        """How many rows each table has, of all layers."""
        return {name: table.rows for name, table in self._store.manifest.tables.items()}

    @property
    def files(self) -> dict[str, Path]:
        """The Parquet file of each table, for DuckDB, Polars, R and others; all layers are in it."""
        return {name: self._store.path(name) for name in self.tables}

    @property
    def layers(self) -> list[str]:
        """The layers: gold, then the coders' by name."""
        return list(self._store.layers)

    def layer(self, name: str) -> "Corpus":
        """The same corpus with the claims, mentions and relations of another layer; "all" for all layers at once.

        Raises:
            CorpusError: there is no such layer.
        """
        if name not in (ALL, *self._store.layers):
            raise unknown("layer", name, self._store.layers, f"; the layers are {', '.join(self._store.layers)}")
        return Corpus(self._store, name)

    @property
    def shown_layer(self) -> str:
        """The layer whose claims, mentions and relations are shown: gold, a coder's, or all."""
        return self._layer

    @property
    def codebook(self) -> dict[str, Any]:
        """The codebook under which the corpus was coded: variables with their categories, rulings, issues.

        Raises:
            CorpusError: the corpus came without it, or it is damaged.
        """
        return self._store.codebook

    def define(self, variable: str, value: str | int | None = None) -> Definition:
        """What a variable (or column) means, or one of its categories: `corpus.define("claim_type", "DENIAL")`.

        Raises:
            CorpusError: the codebook has no such variable or category.
        """
        return define(self.codebook, variable, value)

    @property
    def name(self) -> str:
        """The short name of the corpus."""
        return self._store.manifest.name

    @property
    def title(self) -> str:
        """The title of the corpus."""
        return self._store.manifest.title

    @property
    def version(self) -> str:
        """The version of the corpus."""
        return self._store.manifest.version

    @property
    def content_hash(self) -> str:
        """SHA-256 over all rows in canonical form; equal hashes mean equal contents, whatever wrote the files."""
        return self._store.manifest.content_hash

    @property
    def edition(self) -> str:
        """Whether the texts of the articles are in it: "full", or "text-free"."""
        return self._store.manifest.edition

    def require_texts(self, what: str) -> None:
        """Raise CorpusError if the texts of the articles, which `what` needs, are not in this edition."""
        if not self._store.manifest.has_texts:
            raise CorpusError(
                f"{what} needs the texts of the articles, and {self.folder} is the text-free edition of "
                f"{self.name} {self.version}; {PUT_BACK}"
            )

    @property
    def languages(self) -> list[str]:
        """The languages of the articles (ISO 639)."""
        return list(self._store.manifest.languages)

    @property
    def licences(self) -> dict[str, str]:
        """What may be done with the annotations and the code, and what is known of the texts."""
        return {name: text for name, text in self._store.manifest.licences.items() if text}

    @property
    def folder(self) -> Path:
        """The folder of the corpus."""
        return self._store.folder

    @property
    def citation(self) -> str:
        """How to cite this version of the corpus."""
        manifest = self._store.manifest
        creators = "; ".join(creator.name for creator in manifest.creators)
        parts = (creators, manifest.title, f"Version {manifest.version}", f"Content hash {self.content_hash[:16]}")
        return ". ".join(part for part in (*parts, manifest.url or "") if part)

    def summary(self) -> str:
        """What is in the corpus, how far it can be used, and how to load it, as text for a terminal."""
        return summary_text(facts_of(self, written(self.folder)))

    def sentence(self, sentence_id: str) -> Sentence:
        """A sentence with its claims and mentions of this layer; a notebook shows them marked in the text.

        Raises:
            CorpusError: there is no such sentence, or its text is not in this edition.
        """
        self.require_texts("a sentence")
        row = self._row("sentences", "sentence_id", sentence_id)
        claims = self._of("claims", row["document_id"])
        mentions = self._of("mentions", row["document_id"])
        inside = [number for number, ids in enumerate(claims["sentence_ids"]) if sentence_id in ids]
        claims, mentions = claims.iloc[inside], mentions[mentions["sentence_id"] == sentence_id]
        return Sentence(
            sentence_id, row["text"], int(row["char_start"]), int(row["char_end"]), self._layer,
            self._coders_of([claims, mentions]), claims.reset_index(drop=True), mentions.reset_index(drop=True),
        )  # fmt: skip

    def document(self, document_id: str) -> Document:
        """An article with its claims and mentions of this layer; a notebook shows them marked in the text.

        Raises:
            CorpusError: there is no such document, or its text is not in this edition.
        """
        self.require_texts("an article")
        row = self._row("documents", "document_id", document_id)
        claims, mentions = self._of("claims", document_id), self._of("mentions", document_id)
        return Document(
            document_id, row["text"], 0, len(row["text"]), self._layer,
            self._coders_of([claims, mentions]), claims.reset_index(drop=True), mentions.reset_index(drop=True),
        )  # fmt: skip

    def _row(self, table: str, key: str, wanted: str) -> dict[str, Any]:
        frame = self[table]
        found = frame.loc[frame[key] == wanted]
        if found.empty:
            same = frame.loc[frame["document_id"] == str(wanted).split("/")[0], key]
            near = (same if len(same) else frame[key]).iloc[:COMPARED]
            raise unknown(table.removesuffix("s"), wanted, near.tolist())
        return {str(name): value for name, value in found.iloc[0].items()}

    def _of(self, table: str, document_id: str) -> pd.DataFrame:
        frame = self[table]
        return frame[frame["document_id"] == document_id]

    def _coders_of(self, rows: Iterable[pd.DataFrame]) -> tuple[str, ...]:
        """The coders of the rows, each with its kind, so that nobody takes a program's work for a person's."""
        ids = dict.fromkeys(name for frame in rows for name in frame["coder_id"].dropna())
        kinds = dict(zip(self.coders["coder_id"], self.coders["kind"], strict=True))
        return tuple(f"{name} ({str(kinds.get(name, 'of unknown kind')).replace('-', ' ')})" for name in ids)

    def _about(self) -> list[tuple[str, str]]:
        licences = "; ".join(f"{name}: {text}" for name, text in self.licences.items())
        edition = [] if self.edition == FULL else [("edition", f"{self.edition}: without the texts of the articles")]
        return [
            *edition,
            ("layers", f"{', '.join(self.layers)} (shown: {self._layer})"),
            ("rows", ", ".join(f"{name} {rows:,}" for name, rows in self.rows.items()) + " (of all layers)"),
            ("licences", licences or "none given"),
            ("rights", rights_note(self)),
        ]

    def __repr__(self) -> str:
        lines = [f"Corpus {self.name} {self.version}: {self.title}"]
        lines += [fill(f"  {name:<9} {text}", WIDTH, subsequent_indent=" " * 12) for name, text in self._about()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = f"<strong>{escape(self.title)}</strong> version {escape(self.version)}"
        rows = "".join(
            f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in self._about()
        )
        return f'{STYLE}<div class="aussage-view"><div>{head}</div><table><tbody>{rows}</tbody></table></div>'
