"""Corpus, bundle and text-free edition of the made-up project."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from click.testing import CliRunner

from aussage.cli.main import cli
from aussage.release.packing import write_bag, write_zip
from aussage.tables import TABLES

NAME = "neudorf-0.1.0-full"


def built(project: Path) -> Path:
    """Build a project, and give its corpus folder."""
    outcome = CliRunner().invoke(cli, ["build", str(project)])
    assert outcome.exit_code == 0, outcome.output
    return project / "dataset" / "corpus"


def bag_of(corpus: Path, folder: Path, name: str = NAME) -> Path:
    """A bundle folder with the corpus and a page beside it."""
    data = folder / name / "data"
    data.mkdir(parents=True)
    shutil.copytree(corpus, data / "corpus")
    (data / "README.md").write_text("# Neudorf\n", encoding="utf-8")
    write_bag(folder / name, {"External-Identifier": name})
    return folder / name


def packed(corpus: Path, folder: Path, name: str = NAME) -> Path:
    """The zip of a bundle with the corpus."""
    bag = bag_of(corpus, folder / "bags", name)
    write_zip(bag.parent, folder / f"{name}.zip")
    return folder / f"{name}.zip"


def read_record(path: Path) -> dict[str, Any]:
    """A JSON file."""
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def seal(corpus: Path, **changes: Any) -> None:
    """Write the manifest of changed files anew, with changed facts."""
    manifest = read_record(corpus / "manifest.json") | changes
    for name, facts in [*manifest["files"].items(), *((f["file"], f) for f in manifest["tables"].values())]:
        data = (corpus / name).read_bytes()
        facts |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (corpus / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def without_texts(corpus: Path, target: Path) -> Path:
    """A text-free edition, as far as opening one needs it."""
    shutil.copytree(corpus, target)
    for name, table in TABLES.items():
        rows = pq.read_table(target / f"{name}.parquet")
        dropped = [column.name for column in table.columns if column.quotes and column.kind == "text"]
        rows = rows.drop_columns(dropped)
        if name == "sentences":
            rows = rows.append_column("text_digest", pa.array(["0" * 64] * len(rows)))
        with pq.ParquetWriter(target / f"{name}.parquet", rows.schema) as writer:
            writer.write_table(rows)
            writer.add_key_value_metadata(
                {"aussage.content_hash": read_record(corpus / "manifest.json")["content_hash"]}
            )
    seal(target, edition="text-free", salt="00")
    return target
