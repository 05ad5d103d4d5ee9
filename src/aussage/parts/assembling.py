"""Parts become a corpus: registries and manifest are written, and what was set aside is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aussage.compile.build import CODEBOOK_FILE, BuildResult, codebook_bytes
from aussage.compile.entities import registry_batches
from aussage.parts.part import PartResult, write_documents
from aussage.parts.workshop import Workshop
from aussage.remote import is_remote, remote
from aussage.remote.copying import carrying
from aussage.tables import TABLES
from aussage.tables.flat import DERIVED
from aussage.tables.parted_writer import PartedCorpusWriter
from aussage.tables.parts import part_file
from aussage.tables.sending import make_room
from aussage.tables.writer import SET_ASIDE, CorpusWriter


def write_parted(workshop: Workshop, parts: Sequence[PartResult], folder: Path, out: Path, result: BuildResult) -> None:
    """Write a corpus from its parts, which are in the order of documents, into a folder that becomes `out`.

    If that is a remote one the files of parts go there at once.
    """
    about, place = workshop.order.about, out if is_remote(out) else folder
    if is_remote(out):
        make_room(remote(out), [f"{name}.parquet/{part_file(0)}" for name, table in TABLES.items() if table.local])
    with carrying() as carry:
        writer = PartedCorpusWriter(folder, workshop.codebook.enumerations, about, place, carry)
        try:
            writer.add_registries(registry_batches(workshop.codebook, workshop.registry))
            with (folder / SET_ASIDE).open("wb") as aside:
                for part in parts:
                    stands = workshop.cache.path(f"parts/{part.key}")
                    if part.facts is not None and part.facts.documents:
                        writer.add_part(part.facts, stands)
                    if part.set_aside:
                        aside.write((stands / SET_ASIDE).read_bytes())
            result.set_aside = sum(part.set_aside for part in parts)
            files = {CODEBOOK_FILE: codebook_bytes(workshop.codebook)}
            result.content_hash = writer.finish(files, _told(folder, result))
            result.rows = writer.rows
        finally:
            writer.abandon()


def write_whole(workshop: Workshop, folder: Path, part: PartResult, result: BuildResult) -> None:
    """Write a corpus of a single part, whose tables are a file each."""
    writer = CorpusWriter(folder, workshop.codebook.enumerations, workshop.order.about, DERIVED)
    try:
        writer.add_registries(registry_batches(workshop.codebook, workshop.registry))
        for planned in workshop.plan.parts():
            write_documents(workshop, workshop.plan.records(planned.number), writer, part)
        result.set_aside = part.set_aside
        files = {CODEBOOK_FILE: codebook_bytes(workshop.codebook)}
        result.content_hash = writer.finish(files, _told(folder, result))
        result.rows = writer.rows
    finally:
        writer.abandon()


def _told(folder: Path, result: BuildResult) -> dict[str, int]:
    """What the manifest says of documents that were set aside; nothing if there are none."""
    if result.set_aside:
        return {"set_aside": result.set_aside}
    (folder / SET_ASIDE).unlink(missing_ok=True)
    return {}
