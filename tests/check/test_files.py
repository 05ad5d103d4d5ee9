"""Files that are missing, foreign, cut off or garbage are findings, never tracebacks."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_corpus import ABOUT, CODEBOOK, FAHRT, NACHSATZ, clean, small_rows, write

from aussage.check import RULES, Report, check
from aussage.check.files import files, schema
from aussage.check.opening import open_corpus
from aussage.check.project import compare, levels_of
from aussage.diagnostics import Severity
from aussage.tables.writer import OPTIONS


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return clean(tmp_path / "corpus")


def errors(report: Report) -> set[str]:
    assert report.has_errors == bool(report.counts[Severity.ERROR])
    return {found.rule for found in report.findings if found.level is Severity.ERROR}


def opening(corpus: Path) -> set[str]:
    """The rules found broken when the corpus is opened, without running the others."""
    return {code for code, _ in open_corpus(corpus).failures}


def against(project: Path, corpus: Path) -> dict[str, list[str]]:
    """The rules found broken when the corpus is compared with a project, and the first ids of each."""
    opened = open_corpus(corpus)
    levels_of(project, opened, tuple(RULES))
    compare(project, opened, pd.read_parquet(corpus / "documents.parquet"))
    return {code: list(failing.ids) for code, failing in opened.failures if list(failing.ids)}


def manifest(corpus: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))
    return record


def renew(corpus: Path, **changes: Any) -> None:
    """Give the manifest the bytes and digests that the files have now."""
    record = manifest(corpus) | changes
    for name, facts in {**record["files"], **{f["file"]: f for f in record["tables"].values()}}.items():
        data = (corpus / name).read_bytes()
        facts |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (corpus / "manifest.json").write_text(json.dumps(record), encoding="utf-8")


def rewrite(corpus: Path, name: str, table: pa.Table, **metadata: str) -> None:
    """Write a table anew, with the metadata that a build gives it or others."""
    path = corpus / f"{name}.parquet"
    own = {"aussage.content_hash": manifest(corpus)["content_hash"]} | metadata
    with pq.ParquetWriter(path, table.schema, **OPTIONS) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata(own)
    renew(corpus)


def read(corpus: Path, name: str) -> pa.Table:
    return pq.read_table(corpus / f"{name}.parquet")


def test_missing_manifest(corpus: Path) -> None:
    (corpus / "manifest.json").unlink()
    report = check(corpus)
    assert errors(report) == {"manifest-missing"}
    assert report.left_out
    assert not report.is_hash_verified


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"format": 1}', "[" * 100_000, "\ud800"])
def test_broken_manifest(corpus: Path, text: str) -> None:
    (corpus / "manifest.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert opening(corpus) == {"manifest-broken"}


def test_manifest_of_other_tables(corpus: Path) -> None:
    record = manifest(corpus)
    record["tables"]["claims"]["file"] = "../claims.parquet"
    (corpus / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    assert opening(corpus) == {"manifest-broken"}


@pytest.mark.parametrize("name", ["../outside", "", "manifest.json", "a/b", "\\"])
def test_manifest_of_files_elsewhere(corpus: Path, name: str) -> None:
    record = manifest(corpus)
    record["files"][name] = {"bytes": 1, "sha256": ""}
    (corpus / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    assert opening(corpus) == {"manifest-broken"}


def test_manifest_of_another_format(corpus: Path) -> None:
    renew(corpus, format_version=99)
    assert opening(corpus) == {"manifest-format"}


def test_missing_file(corpus: Path) -> None:
    (corpus / "relations.parquet").unlink()
    report = check(corpus)
    assert errors(report) == {"file-missing"}
    assert "contradictions" in report.left_out
    assert "sentence-words" not in report.left_out


def test_foreign_files(corpus: Path) -> None:
    (corpus / "notes.txt").write_text("mine", encoding="utf-8")
    (corpus / ".hidden").mkdir()
    assert [(code, list(failing.ids)) for code, failing in open_corpus(corpus).failures] == [
        ("file-foreign", [".hidden", "notes.txt"])
    ]


@pytest.mark.parametrize("name", ["claims.parquet", "codebook.json"])
def test_flipped_byte(corpus: Path, name: str) -> None:
    data = bytearray((corpus / name).read_bytes())
    data[len(data) // 2] ^= 1
    (corpus / name).write_bytes(bytes(data))
    assert opening(corpus) == {"file-changed"}


def test_truncated_file(corpus: Path) -> None:
    data = (corpus / "claims.parquet").read_bytes()
    (corpus / "claims.parquet").write_bytes(data[:-20])
    assert opening(corpus) == {"file-changed"}
    renew(corpus)
    assert opening(corpus) == {"file-unreadable"}


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"\xff" * 1000])
def test_garbage_under_a_valid_digest(corpus: Path, data: bytes) -> None:
    (corpus / "claims.parquet").write_bytes(data)
    renew(corpus)
    assert opening(corpus) == {"file-unreadable"}


def test_page_checksums_are_verified(corpus: Path) -> None:
    path = corpus / "sentences.parquet"
    column = pq.read_metadata(path).row_group(0).column(6)
    data = bytearray(path.read_bytes())
    data[column.dictionary_page_offset + column.total_compressed_size // 2] ^= 1
    path.write_bytes(bytes(data))
    renew(corpus)
    assert errors(check(corpus)) == {"file-unreadable"}


def test_no_flipped_byte_makes_it_fail(corpus: Path) -> None:
    whole = (corpus / "relations.parquet").read_bytes()
    chance = random.Random(7)
    for _ in range(15):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (corpus / "relations.parquet").write_bytes(bytes(data))
        renew(corpus)
        assert opening(corpus) <= {"file-unreadable", "file-metadata", "columns", "column-facts", "table-facts"} | {
            "content-hash", "row-count",
        }  # fmt: skip


def test_folder_in_place_of_a_file(corpus: Path) -> None:
    (corpus / "flat.parquet").unlink()
    (corpus / "flat.parquet").mkdir()
    assert opening(corpus) == {"file-missing"}


def test_row_count(corpus: Path) -> None:
    record = manifest(corpus)
    record["tables"]["claims"]["rows"] += 1
    (corpus / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    assert opening(corpus) == {"row-count"}


def test_content_hash(corpus: Path) -> None:
    table = read(corpus, "coders")
    changed = table.set_column(2, table.schema.field("name"), pa.array(["Somebody else"]))
    rewrite(corpus, "coders", changed)
    assert errors(check(corpus)) == {"content-hash"}


def test_metadata_of_a_file(corpus: Path) -> None:
    table = read(corpus, "coders")
    other = {**table.schema.metadata, b"aussage.version": b"0.9.0"}
    rewrite(corpus, "coders", table.replace_schema_metadata(other))
    assert opening(corpus) == {"file-metadata"}


def test_metadata_name_another_content_hash(corpus: Path) -> None:
    rewrite(corpus, "coders", read(corpus, "coders"), **{"aussage.content_hash": "0" * 64})
    assert opening(corpus) == {"file-metadata"}


def test_codebook_that_is_none(corpus: Path) -> None:
    for text in ("{", "{}", json.dumps(CODEBOOK | {"variables": []})):
        (corpus / "codebook.json").write_text(text, encoding="utf-8")
        renew(corpus)
        assert opening(corpus) == {"codebook-broken"}


def test_codebook_with_scales_of_texts(corpus: Path) -> None:
    record = json.loads(json.dumps(CODEBOOK))
    stance = next(variable for variable in record["variables"] if variable["name"] == "stance")
    stance["values"][0]["value"] = "against"
    (corpus / "codebook.json").write_text(json.dumps(record), encoding="utf-8")
    renew(corpus)
    assert opening(corpus) == {"codebook-broken"}


def test_codebook_of_another_version(tmp_path: Path) -> None:
    about = ABOUT | {"codebook": {"name": "small", "version": "2.0.0"}}
    assert opening(write(tmp_path / "corpus", small_rows(), about=about)) == {"codebook-manifest"}


def test_columns(corpus: Path) -> None:
    table = read(corpus, "flat")
    for changed in (
        table.drop_columns("note"),
        table.append_column("more", pa.nulls(len(table), pa.string())),
        table.select(table.schema.names[::-1]),
        table.set_column(0, "claim_id", table["claim_id"].cast(pa.large_string())),
    ):
        rewrite(corpus, "flat", changed)
        assert opening(corpus) == {"columns"}
    report = check(corpus)
    assert errors(report) == {"columns"}
    assert {"flat-cells", "flat-claims"} == set(report.left_out)


def test_facts_of_columns_and_tables(corpus: Path) -> None:
    table = read(corpus, "coders")
    nullable = table.schema.set(2, table.schema.field("name").with_nullable(True))
    rewrite(corpus, "coders", table.cast(nullable))
    assert opening(corpus) == {"column-facts"}
    nameless = table.schema.set(2, table.schema.field("name").with_metadata({}))
    rewrite(corpus, "coders", table.cast(nameless))
    assert opening(corpus) == {"column-facts"}
    other = {**table.schema.metadata, b"aussage.description": b"one thing"}
    rewrite(corpus, "coders", table.replace_schema_metadata(other))
    assert opening(corpus) == {"table-facts"}


def test_null_in_a_required_column_stops_what_stands_on_it(corpus: Path) -> None:
    table = read(corpus, "claims")
    schema_ = table.schema.set(6, table.schema.field("content_text").with_nullable(True))
    empty = pa.array([None] * len(table), pa.string())
    rewrite(corpus, "claims", table.cast(schema_).set_column(6, schema_.field("content_text"), empty))
    report = check(corpus)
    assert errors(report) == {"column-facts", "content-hash", "empty-value"}
    assert "claim-words" in report.left_out


def test_a_corpus_without_documents_passes(tmp_path: Path) -> None:
    local = ("documents", "sentences", "claims", "mentions", "relations", "adjudications", "flat")
    rows = small_rows() | {name: [] for name in local}
    assert not errors(check(write(tmp_path / "corpus", rows)))


def test_every_rule_on_files_is_tested_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in {**files.facts, **schema.facts} if f'"{code}"' not in text] == []


class TestProject:
    """The corpus against the project it was built from."""

    @pytest.fixture
    def project(self, tmp_path: Path, corpus: Path) -> Path:
        facts = '[corpus]\nname = "small"\ntitle = "Small"\nversion = "1.0.0"\nlanguages = ["de"]\n'
        facts += '[corpus.licences]\nannotations = "CC0-1.0"\n[[corpus.creators]]\nname = "Somebody"\n'
        (tmp_path / "aussage.toml").write_text(facts, encoding="utf-8")
        for name, text in (
            ("schema/codebook.yaml", json.dumps(CODEBOOK, ensure_ascii=False)),
            ("seeds/fahrt.txt", FAHRT),
            ("seeds/all.jsonl", json.dumps({"id": "nachsatz", "text": NACHSATZ}) + "\n[]\n{\n"),
        ):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    def test_that_fits(self, project: Path, corpus: Path) -> None:
        assert not against(project, corpus)

    def test_of_another_version(self, project: Path, corpus: Path) -> None:
        path = project / "aussage.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("1.0.0", "1.1.0"), encoding="utf-8")
        assert against(project, corpus).keys() == {"corpus-stale"}

    def test_with_another_codebook(self, project: Path, corpus: Path) -> None:
        record = json.loads(json.dumps(CODEBOOK))
        next(variable for variable in record["variables"] if variable["name"] == "time")["values"].pop()
        (project / "schema" / "codebook.yaml").write_text(json.dumps(record), encoding="utf-8")
        assert against(project, corpus) == {"codebook-stale": ["time"]}

    def test_with_another_article(self, project: Path, corpus: Path) -> None:
        (project / "seeds" / "fahrt.txt").write_text(FAHRT + "Neu.\n", encoding="utf-8")
        assert against(project, corpus) == {"article-stale": ["fahrt"]}

    def test_that_cannot_be_read(self, project: Path, corpus: Path) -> None:
        (project / "aussage.toml").write_text("[", encoding="utf-8")
        (project / "schema" / "codebook.yaml").write_text("[", encoding="utf-8")
        assert against(project, corpus).keys() == {"project-broken"}

    def test_changes_levels(self, project: Path, corpus: Path) -> None:
        with (project / "aussage.toml").open("a", encoding="utf-8") as file:
            file.write('[levels.rights-unverified]\nlevel = "error"\nreason = "nothing unclear is published"\n')
        report = check(corpus, project)
        assert errors(report) == {"rights-unverified"}
        assert report.findings[0].reason == "nothing unclear is published"
