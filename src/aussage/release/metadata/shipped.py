"""A file that ships: where it lies, how large it is, its digest, its media type, and what it is."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PARQUET = "application/vnd.apache.parquet"
MEDIA_TYPES = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".parquet": PARQUET,
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
}
DESCRIPTIONS = {
    "manifest.json": "Name, version, content hash, tables and digests of the corpus.",
    "codebook.json": "The codebook as data: every variable and category with its definition.",
    "codebook.yaml": "The codebook as it is written.",
    "CODEBOOK.md": "The codebook for readers: every variable and category with definition, rules and examples.",
    "TABLES.md": "Every table and column.",
    "DATASHEET.md": "The datasheet: how and why the corpus was made, what is delicate about it.",
    "LICENSE-DATA.md": "The licence of the annotations, and what is known of the rights in the texts.",
    "reader.html": "The annotated articles to read in a browser.",
    "CITATION.cff": "How to cite the corpus (Citation File Format).",
    ".zenodo.json": "The metadata of a deposit at Zenodo.",
    "datacite.json": "The metadata as DataCite JSON.",
    "datacite.xml": "The metadata as DataCite XML.",
    "croissant.json": "Tables, columns and categories as schema.org/Croissant.",
    "datapackage.json": "Tables and columns as a Frictionless data package.",
    "prov.json": "Where the corpus comes from: sources, tool, activities (PROV-JSON).",
    "README.md": "What the corpus is and how to load it; also the dataset card for Hugging Face.",
    "restoration.parquet": "What rehydration needs besides the reader's own copies of the articles.",
    "agreement.json": "Agreement between the coders, as data.",
    "agreement.html": "Agreement between the coders.",
    "RULES.md": "The rules that the corpus was checked against.",
    "rules.json": "The rules that the corpus was checked against, as data.",
    "results.json": "What the check found, as data.",
    "results.html": "What the check found.",
}
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """A file of the folder that metadata describes; `path` is relative to it, with slashes."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    description: str = ""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.path).name


def shipped_files(folder: Path, paths: Iterable[str]) -> list[ShippedFile]:
    """The files at `paths` below `folder`, each read once, in the order of their paths.

    Raises:
        OSError: one cannot be read.
    """
    return [shipped_file(folder, path) for path in sorted(paths)]


def shipped_file(folder: Path, path: str) -> ShippedFile:
    """The file at `path` below `folder`, with its digest.

    Raises:
        OSError: it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    with (folder / path).open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return ShippedFile(path, size, digest.hexdigest(), media_type(path), described(path))


def media_type(path: str) -> str:
    """The media type of a file by the end of its name; `application/octet-stream` if it is not known."""
    return MEDIA_TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def described(path: str) -> str:
    """One sentence on what the file is; empty if its name does not say."""
    from aussage.tables import TABLES

    file = PurePosixPath(path)
    if file.name in DESCRIPTIONS:
        return DESCRIPTIONS[file.name]
    if file.stem in TABLES and file.suffix in {".parquet", ".csv"}:
        return f"The table {file.stem}: one row is {TABLES[file.stem].row}."
    return "A notebook, executed." if file.suffix == ".ipynb" else ""
