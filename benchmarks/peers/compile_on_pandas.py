"""The peer of a build: datasets reads JSON Lines, pandas checks and derives, Parquet is written batch by batch."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from compile_checks import check_claims, check_layers, check_places, check_records, check_relations, check_scheme
from compile_derived import document_rows, flat_rows, paragraph_starts, sentence_rows
from compile_frames import ANNOTATIONS, RECORDS, Given, as_lists, given
from compile_known import Known, read_known
from compile_places import place, resolve, touched
from compile_problems import Problems
from compile_rows import contradictions, fill_defaults, gold_first, gold_of, layer_rows, sort_claims
from datasets import Dataset, load_dataset

DOCUMENTS_AT_ONCE = 500
HELPERS = {"doc", "layer_row", "frozen", "start", "length", "part"}
Tables = dict[str, pd.DataFrame]


class Writer:
    """Writes batches of each table as row groups of one file; the first batch says the types."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rows, self.writers = folder, {}, {}

    def add(self, tables: Tables) -> None:
        """Write one batch of every table."""
        for name, frame in tables.items():
            frame = frame.drop(columns=HELPERS & set(frame.columns))
            if name not in self.writers:
                schema = pa.Schema.from_pandas(frame, preserve_index=False)
                self.writers[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", schema, compression="zstd")
                self.rows[name] = 0
            writer = self.writers[name]
            writer.write_table(pa.Table.from_pandas(frame, writer.schema, preserve_index=False))
            self.rows[name] += len(frame)

    def close(self) -> None:
        """Finish the files."""
        for writer in self.writers.values():
            writer.close()


def batches(records: Dataset, annotations: Dataset, problems: Problems) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Records in the order of their ids, so many at a time, each time with the annotations of these documents."""
    ids = pd.Series(records["id"][:])
    problems.add("duplicate-id", ids[ids.duplicated()])
    layers = pd.DataFrame({"document": annotations["document"][:], "coder": annotations["coder"][:]})
    problems.add("unknown-document", layers["document"][~layers["document"].isin(ids)])
    problems.add("no-annotation", ids[~ids.isin(layers["document"])])
    ids = ids.drop_duplicates().sort_values()
    layers = layers[layers["document"].isin(ids)].sort_values(["document", "coder"])
    for start in range(0, len(ids), DOCUMENTS_AT_ONCE):
        some = ids.iloc[start : start + DOCUMENTS_AT_ONCE]
        left = layers["document"].searchsorted(some.iloc[0], "left")
        right = layers["document"].searchsorted(some.iloc[-1], "right")
        yield records.select(some.index)[:], annotations.select(layers.index[left:right])[:]


def compiled(batch: Given, known: Known, problems: Problems) -> Tables | None:
    """The rows of some documents by table; nothing if there are problems."""
    check_records(batch, known, problems)
    resolve(batch)
    check_layers(batch, known, problems)
    check_claims(batch, known, problems)
    batch.pieces["id"] = batch.claims["id"].take(batch.pieces["claim"]).array
    place(batch.pieces, batch, problems)
    place(batch.mentions, batch, problems)
    fill_defaults(batch, known)
    check_scheme(batch, known, problems)
    check_relations(batch, known, problems)
    batch.pieces = batch.pieces.sort_values(["claim", "field", "start"], ignore_index=True)
    touches = touched(batch.pieces[batch.pieces["start"] >= 0], batch)
    check_places(batch, touches, problems)
    return None if problems.counts else derived(batch, sort_claims(batch, touches), known)


def derived(batch: Given, touches: pd.DataFrame, known: Known) -> Tables:
    """The rows of documents that have no problems."""
    layers = layer_rows(batch, known, touches)
    first = ~batch.layers["doc"].duplicated().to_numpy()
    gold, mentions, relations = (gold_of(rows, first) for rows in (layers.claims, layers.mentions, layers.relations))
    gold_ids = gold["claim_id"]
    paragraphs = [paragraph_starts(text) for text in batch.documents["text"].tolist()]
    documents = document_rows(batch, gold, paragraphs)
    sentences = sentence_rows(batch, gold, mentions, touches, known, paragraphs)
    flat = flat_rows(gold, documents, sentences, mentions, layers.contained, batch, known)
    inside = layers.contained[layers.contained["mention"].isin(mentions.index)]
    position = pd.Series(np.arange(len(mentions)), index=mentions.index)
    return {
        "documents": documents,
        "sentences": sentences,
        "claims": gold_first(gold, layers.claims),
        "mentions": gold_first(with_claims(mentions, inside, gold_ids, position), layers.mentions),
        "relations": gold_first(pd.concat([relations, contradictions(gold)]), layers.relations),
        "flat": flat,
    }


def with_claims(mentions: pd.DataFrame, inside: pd.DataFrame, gold_ids: pd.Series, position: pd.Series) -> pd.DataFrame:
    """Gold mentions with the gold ids of the claims that contain them."""
    lists = as_lists(position.loc[inside["mention"]], gold_ids.loc[inside["claim"]], len(mentions))
    return mentions.assign(claim_ids=lists.array)


def read(project: Path, folder: str, features: object, cache: Path) -> Dataset:
    """All JSON Lines of a folder as one dataset of Arrow tables on disk."""
    files = [str(path) for path in sorted((project / folder).rglob("*.jsonl"))]
    found = load_dataset("json", data_files=files, features=features, split="train", cache_dir=str(cache))
    return found.with_format("arrow")


def main(project: Path, out: Path) -> None:
    """Compile; prints the rows by table as JSON, or ends with the problems."""
    known, problems, writer = read_known(project), Problems(), Writer(out)
    records = read(project, "seeds", RECORDS, out / "cache")
    annotations = read(project, "dataset/annotations", ANNOTATIONS, out / "cache")
    for some, of_them in batches(records, annotations, problems):
        tables = compiled(given(some, of_them), known, problems)
        if tables is not None:
            writer.add(tables)
    writer.close()
    if problems.counts:
        sys.exit(str(problems))
    sys.stdout.write(json.dumps(writer.rows) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
