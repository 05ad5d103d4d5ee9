"""A corpus with one file a table, as it ships: a copy of one in single files, or of the same rows of one in parts."""

from __future__ import annotations

import shutil
from pathlib import Path

from aussage.corpus.manifest import read_manifest
from aussage.release.editions.reading import EditionFolder
from aussage.release.editions.writing import ABOUT_FILES, EditionWriter, new_folder
from aussage.tables.definitions import TABLES
from aussage.tables.parts import WHOLE_FORMAT


def copy_in_single_files(corpus: Path, target: Path) -> None:
    """Copy the corpus folder `corpus` into the new folder `target`, with one file a table.

    The rows of a corpus in parts are written row group by row group, so that the files are those of the same corpus
    in single files if its row groups are.

    Raises:
        CorpusError: `corpus` is damaged, or `target` cannot be written.
    """
    manifest = read_manifest(corpus)
    if not manifest.parts:
        shutil.copytree(corpus, target)
        return
    with EditionFolder(corpus) as given, new_folder(target) as folder:
        writer = EditionWriter(folder, {name: given.schema(name) for name in TABLES}, given.content_hash)
        try:
            for name in TABLES:
                for rows in given.groups(name):
                    writer.write(name, rows)
            kept = {name: value for name, value in given.manifest.items() if name not in ABOUT_FILES}
            others = {name: (corpus / name).read_bytes() for name in manifest.files}
            writer.finish(kept | {"format_version": WHOLE_FORMAT}, others)
        finally:
            writer.abandon()
