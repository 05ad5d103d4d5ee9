"""A corpus that has been loaded."""

from collections.abc import Iterable
from html import escape
from os import PathLike
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd

from aussage.corpus.definitions import Definition, define
from aussage.corpus.errors import CorpusError, how_to_put_back, unknown
from aussage.corpus.flat_csv import write_csv
from aussage.corpus.manifest import FULL
from aussage.corpus.marking import STYLE
from aussage.corpus.passages import Document, Sentence
from aussage.corpus.summary import facts_of, rights_note, summary_text, written
from aussage.corpus.view import View

COMPARED = 20_000  # so many ids are compared to find the nearest to a wrong one
WIDTH = 100


class Corpus(View):
    """The tables of a corpus, one of its layers, and what it says of itself. Made by `aussage.load`.

    A notebook shows the corpus, its articles and its sentences. All of `View` holds: tables are read when they are
    asked for, and every access raises CorpusError if a file is missing, damaged, or of another build.
    """

    def write_csv(self, path: str | PathLike[str], table: str = "flat") -> Path:
        """Write a table without lists as CSV; `aussage.corpus.read_csv` reads it back with its types.

        See `aussage.corpus.write_csv` for the form of the file, and for what is raised.
        """
        return write_csv(self[table], path)

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
                f"{self.name} {self.version}; {how_to_put_back(self.folder)}"
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

    @property
    def is_parted(self) -> bool:
        """Whether each table of documents is a folder of part files, which a large corpus is written in."""
        return bool(self._store.manifest.parts)

    @property
    def set_aside(self) -> int:
        """How many records had errors and were left out when the corpus was built."""
        return self._store.manifest.set_aside

    def summary(self) -> str:
        """What is in the corpus, how far it can be used, and how to load it, as text for a terminal."""
        return summary_text(facts_of(self, written(self.folder)))

    def sentence(self, sentence_id: str) -> Sentence:
        """A sentence with its claims and mentions of this layer; a notebook shows them marked in the text.

        Of each table only the row group of its document is read.

        Raises:
            CorpusError: there is no such sentence (in this view), or its text is not in this edition.
        """
        self.require_texts("a sentence")
        document_id, _, rest = str(sentence_id).partition("/")
        sentences = self._of("sentences", document_id)
        found = sentences.loc[sentences["sentence_id"] == sentence_id]
        if found.empty:
            near = sentences["sentence_id"].tolist() or [f"{name}/{rest}" for name in self._known_documents()]
            raise unknown("sentence", sentence_id, near)
        row, claims, mentions = found.iloc[0], self._of("claims", document_id), self._of("mentions", document_id)
        inside = [number for number, ids in enumerate(claims["sentence_ids"]) if sentence_id in ids]
        claims, mentions = claims.iloc[inside], mentions[mentions["sentence_id"] == sentence_id]
        return Sentence(
            sentence_id, row["text"], int(row["char_start"]), int(row["char_end"]), self._layer,
            self._coders_of([claims, mentions]), claims.reset_index(drop=True), mentions.reset_index(drop=True),
        )  # fmt: skip

    def document(self, document_id: str) -> Document:
        """An article with its claims and mentions of this layer; a notebook shows them marked in the text.

        Of each table only the row group of the article is read.

        Raises:
            CorpusError: there is no such document (in this view), or its text is not in this edition.
        """
        self.require_texts("an article")
        found = self._of("documents", str(document_id))
        if found.empty:
            raise unknown("document", document_id, self._known_documents())
        text, claims, mentions = (
            found["text"].iloc[0],
            self._of("claims", document_id),
            self._of("mentions", document_id),
        )
        return Document(
            document_id, text, 0, len(text), self._layer, self._coders_of([claims, mentions]), claims, mentions
        )

    def _of(self, table: str, document_id: str) -> pd.DataFrame:
        """The rows of one document, none if this view does not have it; a table in one row group is read whole."""
        if self._store.is_small(table):
            frame = self[table]
            return frame[frame["document_id"] == document_id].reset_index(drop=True)
        if self._selection is not None and not self._selection.holds(document_id):
            return self._framed(table, self._store.schema(table).empty_table())
        return self._framed(table, self._store.read_document(table, document_id, self._layer))

    def _known_documents(self) -> list[str]:
        ids = self._store.row_groups.ids if self._selection is None else self._selection.ids
        known: list[str] = ids[:COMPARED].to_pylist()
        return known

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
            self._about_rows(),
            ("licences", licences or "none given"),
            ("rights", rights_note(self)),
        ]

    def _about_rows(self) -> tuple[str, str]:
        counted = {name: table.rows for name, table in self._store.manifest.tables.items()}
        if self._selection is None:
            return "rows", ", ".join(f"{name} {rows:,}" for name, rows in counted.items()) + " (of all layers)"
        chosen = "; ".join(self._selection.said)
        return "documents", f"{len(self._selection):,} of {counted['documents']:,} ({chosen})"

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
