"""The masked corpus: every text as long as it was, but without a letter or digit; nothing of it is ever shipped.

Reader, charts and notebooks of the edition without texts are made from it, because it has all columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from aussage.corpus.manifest import FULL, TEXT_FREE
from aussage.release.editions.reading import REGISTRIES, EditionFolder
from aussage.release.editions.shape import figures_with_texts, quoting_columns, with_columns
from aussage.release.editions.text_free import require_edition
from aussage.release.editions.withheld import Withheld
from aussage.release.editions.writing import CODEBOOK_FILE, EditionWriter, edition_manifest, new_folder
from aussage.tables.columns import FIGURES
from aussage.tables.definitions import TABLES

MASK = "░"
WORDS = r"[\p{L}\p{N}\p{M}]"


def make_masked(corpus: Path, target: Path, *, progress: Callable[[list[int]], Iterable[int]] = iter) -> None:
    """Write the masked corpus of the full corpus folder `corpus` into the folder `target`; `load` reads it.

    Its texts have the same length and punctuation, with ░ for letters, digits and marks; free cells have markers
    for passages of articles, as in the edition without texts.

    Raises:
        CorpusError: `corpus` is no full edition or is damaged, a cell cannot be elided, or `target` cannot be written.
    """
    with EditionFolder(corpus) as given, new_folder(target) as folder:
        require_edition(given, FULL, "a masked corpus is made from the full edition")
        withheld = Withheld(given)
        schemas = {name: given.schema(name) for name in TABLES}
        writer = EditionWriter(folder, schemas, given.content_hash)
        try:
            for name in REGISTRIES:
                for rows in given.groups(name):
                    writer.write(name, withheld.elided(name, rows))
            steps = iter(progress(list(range(given.count_groups("documents")))))
            for part in given.parts():
                next(steps, None)
                for name, rows in part.items():
                    writer.write(name, masked(name, withheld.elided(name, rows, writer.rows[name])))
            manifest = edition_manifest(given.manifest, TEXT_FREE) | {"masked": True}
            writer.finish(manifest, {CODEBOOK_FILE: (corpus / CODEBOOK_FILE).read_bytes()})
        finally:
            writer.abandon()


def masked(name: str, rows: pa.Table) -> pa.Table:
    """The rows of a table with ░ for every letter, digit and mark of a quotation."""
    new = {}
    for column in quoting_columns(name):
        values = rows.column(column.name)
        if column.kind == FIGURES:
            texts = values.combine_chunks().values.field("text")
            new[column.name] = figures_with_texts(values, _masked(texts))
        else:
            new[column.name] = _masked(values)
    return with_columns(rows, rows.schema, new)


def _masked(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return pc.replace_substring_regex(texts, WORDS, MASK)
