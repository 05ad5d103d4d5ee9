"""The edition without texts: spans as offsets, a salted digest for each sentence, no words of any article.

Every text is withheld, whatever is known of its rights: a rule that asked for each document would make an edition that
changes its shape with each permission, and a gate that has to know which text it may let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa

from aussage.corpus.errors import CorpusError
from aussage.corpus.manifest import FULL, TEXT_FREE
from aussage.release.editions.folding import fold
from aussage.release.editions.reading import REGISTRIES, EditionFolder, Part
from aussage.release.editions.restoration import RESTORATION_SCHEMA, digest_of, restoration_rows, salt_of
from aussage.release.editions.shape import (
    TEXT_DIGEST,
    places_of_figures,
    quoting_columns,
    text_free_schema,
    with_columns,
)
from aussage.release.editions.withheld import Withheld
from aussage.release.editions.writing import CODEBOOK_FILE, RESTORATION, EditionWriter, edition_manifest, new_folder
from aussage.tables.columns import FIGURES
from aussage.tables.definitions import TABLES


def make_text_free(corpus: Path, target: Path, *, progress: Callable[[list[int]], Iterable[int]] = iter) -> None:
    """Write the edition without texts of the full corpus folder `corpus` into the folder `target`.

    `progress` may wrap the numbers of the row groups to show how far the work is.

    Raises:
        CorpusError: `corpus` is no full edition or is damaged, a cell repeats an article in a way that cannot be
            taken out, or `target` cannot be written.
    """
    with EditionFolder(corpus) as given, new_folder(target) as folder:
        require_edition(given, FULL, "an edition without texts is made from the full one")
        withheld, salt = Withheld(given), salt_of(given.content_hash)
        schemas = {name: text_free_schema(name, given.schema(name)) for name in TABLES}
        metadata = {**(given.schema("documents").metadata or {}), b"aussage.table": RESTORATION.encode()}
        metadata[b"aussage.description"] = b"what putting the text of one document back needs besides a copy"
        schemas[RESTORATION] = RESTORATION_SCHEMA.with_metadata(metadata)
        writer = EditionWriter(folder, schemas, given.content_hash)
        try:
            for name in REGISTRIES:
                for rows in given.groups(name):
                    writer.write(name, withheld.elided(name, rows))
            steps = iter(progress(list(range(given.count_groups("documents")))))
            for part in given.parts():
                next(steps, None)
                _write_part(part, withheld, salt, writer, schemas)
            manifest = edition_manifest(given.manifest, TEXT_FREE, salt=salt)
            writer.finish(manifest, {CODEBOOK_FILE: (corpus / CODEBOOK_FILE).read_bytes()})
        finally:
            writer.abandon()


def require_edition(given: EditionFolder, edition: str, why: str) -> None:
    """Raise CorpusError if the folder holds another edition, or a masked one."""
    if given.edition != edition or given.manifest.get("masked"):
        found = "masked" if given.manifest.get("masked") else given.edition
        raise CorpusError(f"{given.folder} holds the {found} edition of the corpus; {why}")


def _write_part(
    part: Part, withheld: Withheld, salt: str, writer: EditionWriter, schemas: dict[str, pa.Schema]
) -> None:
    for name, rows in part.items():
        kept = withheld.elided(name, rows, writer.rows[name])
        writer.write(name, without_passages(name, kept, schemas[name], salt))
    writer.write(RESTORATION, restoration_rows(part, salt).cast(schemas[RESTORATION]))


def without_passages(name: str, rows: pa.Table, schema: pa.Schema, salt: str) -> pa.Table:
    """The rows of a table without what quotes the article; sentences get their digests."""
    new = {
        column.name: places_of_figures(rows.column(column.name))
        for column in quoting_columns(name)
        if column.kind == FIGURES
    }
    if name == "sentences":
        digests = [digest_of(salt, fold(text)) for text in rows.column("text").to_pylist()]
        new[TEXT_DIGEST] = pa.array(digests, pa.string())
    return with_columns(rows, schema, new)
