"""Corpora that are hard to describe, made from the made-up project; and a folder like that of a release."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from citation_example import RICH, built, facts_of

from aussage.release.metadata import MetadataFacts, gather_facts, metadata_files, shipped_files
from aussage.release.packing import write_bag, write_csv
from aussage.tables import TABLES

HOSTILE = (
    '=HYPERLINK("https://example.org"); "quoted", |piped|\tand\nbroken',
    "</script><script>alert(1)</script> --- ``` [x](y) {{z}} ${w}",
    "Straße 😀 e\u0301 \u200f\u2028 null NaN '1e5 [] {}",
    " ",
    "-1",
)
Change = Callable[[str, pa.Table], pa.Table]


def rewritten(change: Change, edition: str = "full") -> Path:
    """The corpus folder of the made-up project with changed tables; its manifest fits them."""
    target = Path(tempfile.mkdtemp(prefix="aussage-described-")) / "corpus"
    target.mkdir()
    source = built() / "dataset" / "corpus"
    manifest = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    for name, entry in manifest["tables"].items():
        table = change(name, pq.read_table(source / f"{name}.parquet"))
        pq.write_table(table, target / f"{name}.parquet")
        data = (target / f"{name}.parquet").read_bytes()
        entry |= {"rows": table.num_rows, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    more = {"edition": edition, "released": "2026-11-22"}
    (target / "manifest.json").write_text(json.dumps(manifest | more), encoding="utf-8")
    (target / "codebook.json").write_bytes((source / "codebook.json").read_bytes())
    return target


@cache
def made_up() -> Path:
    """The corpus as it is built, with a day of release."""
    return rewritten(lambda _, table: table)


@cache
def hostile() -> Path:
    """Every free text that may be anything is a hostile one."""

    def change(name: str, table: pa.Table) -> pa.Table:
        for number, column in enumerate(TABLES[name].columns):
            field = table.schema.field(number)
            held_fast = column.refers or number == 0 or column.name == "layer" or column.kind != "text"
            if not held_fast and name != "flat":
                texts = [HOSTILE[(number + row) % len(HOSTILE)] for row in range(table.num_rows)]
                table = table.set_column(number, field, pa.array(texts, pa.string()))
        return table

    return rewritten(change)


@cache
def without_rows() -> Path:
    """No table has a row."""
    return rewritten(lambda _, table: table.slice(0, 0))


@cache
def without_texts() -> Path:
    """The tables of an edition without the words of the articles."""

    def change(name: str, table: pa.Table) -> pa.Table:
        table = table.drop_columns([c.name for c in TABLES[name].columns if c.quotes and c.kind == "text"])
        if name == "claims":
            place = table.schema.get_field_index("figures")
            kind = pa.list_(pa.struct([pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)]))
            bare = [[{"start": f["start"], "end": f["end"]} for f in row] for row in table["figures"].to_pylist()]
            field = pa.field("figures", kind, False, table.schema.field(place).metadata)
            table = table.set_column(place, field, pa.array(bare, kind))
        if name == "sentences":
            digests = pa.array(["0" * 64] * table.num_rows, pa.string())
            about = {"description": "Salted SHA-256 of the folded sentence."}
            table = table.append_column(pa.field("text_digest", pa.string(), False, about), digests)
        return table

    return rewritten(change, "text-free")


CORPORA: dict[str, Callable[[], Path]] = {
    "made-up": made_up,
    "hostile": hostile,
    "without-rows": without_rows,
    "without-texts": without_texts,
}


def facts_with_csv(corpus: Path) -> MetadataFacts:
    """Facts of a corpus whose tables also ship as CSV."""
    return gather_facts(corpus, files=shipped_files(root_with_csv(corpus), _paths(root_with_csv(corpus))))


def rich_facts() -> MetadataFacts:
    """Facts with every kind of citation metadata."""
    return facts_of(RICH)


@cache
def root_with_csv(corpus: Path) -> Path:
    """A folder with the corpus and its tables as CSV."""
    root = Path(tempfile.mkdtemp(prefix="aussage-described-")) / "data"
    for name in ("corpus", "csv"):
        (root / name).mkdir(parents=True)
    for path in sorted(corpus.iterdir()):
        (root / "corpus" / path.name).write_bytes(path.read_bytes())
        if path.suffix == ".parquet":
            write_csv(path, root / "csv" / f"{path.stem}.csv")
    return root


@cache
def bundle(corpus: Path) -> Path:
    """A bag with the corpus, its CSV and all metadata."""
    root = Path(tempfile.mkdtemp(prefix="aussage-described-")) / "data"
    shutil.copytree(root_with_csv(corpus), root)
    for name, data in metadata_files(facts_with_csv(corpus)).items():
        (root / name).write_bytes(data)
    write_bag(root.parent, {})
    return root.parent


def _paths(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
