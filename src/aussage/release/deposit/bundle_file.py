"""A bundle made ready for a deposit, or all reasons why it must not be deposited; nothing here uses the network.

Deposited are the zip and, beside it, README.md and CITATION.cff out of it, so that the page of the record can show
what is in the zip before anybody loads it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from aussage.corpus.errors import CorpusError
from aussage.corpus.manifest import FULL, TEXT_FREE
from aussage.release.deposit.errors import Refused
from aussage.release.deposit.metadata_fields import metadata_problems
from aussage.release.deposit.plan import LocalFile, Plan
from aussage.release.deposit.rights import rights_problems, text_problems

BESIDE = ("README.md", "CITATION.cff")
METADATA = ".zenodo.json"
LARGEST = 10 << 20  # bytes of a file beside the corpus that is read into memory


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is read from a bundle: its plan, or what speaks against it; name and version if they could be read."""

    plan: Plan | None
    problems: tuple[str, ...]
    name: str = ""
    version: str = ""


def read_bundle(bundle: Path, today: date) -> Bundle:
    """Prove a bundle, and see whether its text may be published on that day.

    Refused are: what is no zip of a bundle, or is not whole; a full edition of which a document's rights are not
    cleared or under embargo; a text-free one with columns of text; metadata that are missing or not fit for Zenodo.
    """
    from aussage.release.opening.zip_bundle import is_zip, unpack_corpus

    if not is_zip(bundle):
        return Bundle(None, (f"{bundle} is no zip: name a file that `aussage release` has written to dist/",))
    with tempfile.TemporaryDirectory(prefix="aussage-") as place:
        corpus = Path(place) / "corpus"
        try:
            unpack_corpus(bundle, corpus)
            manifest = json.loads((corpus / "manifest.json").read_bytes())
            problems = list(_corpus_problems(corpus, manifest, today))
        except CorpusError as error:
            return Bundle(None, (str(error),))
    with ZipFile(bundle) as packed:
        metadata, found = _metadata(packed, str(manifest["version"]), today)
        problems += found
        files = [*_beside(packed, problems)]
    name, version = manifest["name"], manifest["version"]
    if problems:
        return Bundle(None, tuple(problems), name, version)
    files.insert(0, LocalFile.of(bundle.name, bundle))
    edition = manifest.get("edition", FULL)
    return Bundle(Plan(name, version, edition, metadata, tuple(files)), (), name, version)


def require(bundle: Bundle, others: list[str]) -> Plan:
    """The plan of a bundle; all problems at once if there are any.

    Raises:
        Refused: there are.
    """
    problems = [*bundle.problems, *others]
    if bundle.plan is None or problems:
        raise Refused(problems)
    return bundle.plan


def _corpus_problems(corpus: Path, manifest: dict[str, Any], today: date) -> Iterator[str]:
    edition = manifest.get("edition", FULL)
    if edition == FULL:
        yield from rights_problems(corpus / "documents.parquet", today)
    elif edition == TEXT_FREE:
        yield from text_problems(corpus)
    else:
        yield f"it is of the edition »{edition}«; only the editions full and text-free are deposited"


def _metadata(packed: ZipFile, version: str, today: date) -> tuple[dict[str, Any], list[str]]:
    data = _read(packed, METADATA)
    if data is None:
        return {}, [
            f"it has no data/{METADATA}, or one that is too large; make the bundle again with `aussage release`"
        ]
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return {}, [f"data/{METADATA} is no JSON; make the bundle again with `aussage release`"]
    problems = [f"data/{METADATA}: {problem}" for problem in metadata_problems(record, version)]
    if problems:
        return {}, problems
    # Zenodo takes the current day if there is none; a draft that is resumed tomorrow would keep that of today.
    return {**record, "publication_date": record.get("publication_date") or today.isoformat()}, []


def _beside(packed: ZipFile, problems: list[str]) -> Iterator[LocalFile]:
    for name in BESIDE:
        data = _read(packed, name)
        if data is None:
            problems.append(f"it has no data/{name}, or one that is too large; make the bundle again")
        else:
            yield LocalFile.of(name, data)


def _read(packed: ZipFile, name: str) -> bytes | None:
    """A file out of `data/` of a bundle that was proved before; nothing if it is missing or too large."""
    top = packed.namelist()[0].split("/")[0]
    try:
        info = packed.getinfo(f"{top}/data/{name}")
    except KeyError:
        return None
    return packed.read(info) if info.file_size <= LARGEST else None
