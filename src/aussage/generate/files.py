"""Which files follow from codebook, registries and table definitions."""

import json
from pathlib import Path
from typing import Any

from aussage.check.page import rules_data, rules_page
from aussage.codebook import Codebook
from aussage.expectations import suite_files
from aussage.generate.codebook_page import codebook_page
from aussage.generate.tables_page import tables_page
from aussage.records import json_schema
from aussage.records.annotation import Annotation
from aussage.records.codebook import CodebookFile
from aussage.records.fields import Record
from aussage.records.sources import Actors, Coders, Document, Locations, WithdrawnRows
from aussage.registry import Registry

FOLDER, RULES_FOLDER = "schema", "validation"
RECORDS: dict[str, tuple[type[Record], str]] = {
    "annotation": (Annotation, "Annotation file: dataset/annotations/<document>/<coder>.yaml"),
    "document": (Document, "Record of a document: seeds/<document>.yaml"),
    "actors": (Actors, "Registry of actors: dataset/registry/actors.yaml"),
    "locations": (Locations, "Registry of locations: dataset/registry/locations.yaml"),
    "coders": (Coders, "Registry of coders: dataset/registry/coders.yaml"),
    "withdrawn": (WithdrawnRows, "Withdrawn rows: dataset/withdrawn.yaml"),
    "codebook": (CodebookFile, "Codebook: schema/codebook.yaml"),
}


def schema_files(root: Path, codebook: Codebook, registry: Registry) -> dict[Path, bytes]:
    """Path and content of what is generated in `schema/`, and in `validation/` where a project has it."""
    known = {
        "actors": list(registry.actors),
        "locations": list(registry.locations),
        "coders": list(registry.coders),
        "issues": list(codebook.issues),
        "targets": [*registry.actors, *codebook.issues],
    }
    folder = root / FOLDER
    files = {
        folder / f"{name}.schema.json": _json(json_schema(record, codebook.choices, known, title))
        for name, (record, title) in RECORDS.items()
    }
    files[folder / "CODEBOOK.md"] = codebook_page(codebook).encode()
    files[folder / "TABLES.md"] = tables_page(codebook).encode()
    if (root / RULES_FOLDER).is_dir():
        files[root / RULES_FOLDER / "RULES.md"] = rules_page().encode()
        files[root / RULES_FOLDER / "rules.json"] = rules_data()
        files |= {root / name: data for name, data in suite_files(codebook).items()}
    return files


def write_files(files: dict[Path, bytes], check: bool = False) -> list[Path]:
    """Write those files whose content differs, each whole or not at all; with `check` only say which."""
    stale = [path for path, data in files.items() if not path.is_file() or path.read_bytes() != data]
    for path in () if check else stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(files[path])
        beside.replace(path)
    return stale


def _json(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
