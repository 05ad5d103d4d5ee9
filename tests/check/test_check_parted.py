"""The check of a corpus in parts: a sound one is clean, and whatever is wrong with a part is found."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from parted_corpus import summed, write_parted
from small_corpus import clean

from aussage.check import Report, check
from aussage.check.opening import open_corpus
from aussage.diagnostics import Severity
from aussage.tables import TABLES
from aussage.tables.writer import facts_of_file

Record = dict[str, Any]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return clean(tmp_path / "whole")


@pytest.fixture
def corpus(whole: Path, tmp_path: Path) -> Path:
    return write_parted(whole, tmp_path / "corpus", [1, 1])


def errors(report: Report) -> dict[str, str]:
    return {found.rule: found.detail for found in report.findings if found.level is Severity.ERROR}


def opening(corpus: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, failing in open_corpus(corpus).failures:
        found.setdefault(code, []).extend(failing.ids)
    return found


def changed(corpus: Path, change: Callable[[Record], object]) -> None:
    """Change the manifest; what it says of tables as sums of their parts is made to fit."""
    record = json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))
    change(record)
    for table in record["tables"].values():
        if "parts" in table:
            table.update(summed(table["parts"]))
    (corpus / "manifest.json").write_text(json.dumps(record), encoding="utf-8")


def renewed(corpus: Path) -> None:
    """Give the manifest the bytes and digests that the part files have now."""

    def renew(record: Record) -> None:
        for table in record["tables"].values():
            for part in table.get("parts", ()):
                part.update(facts_of_file(corpus / table["file"] / part["file"]))

    changed(corpus, renew)


def part_of(corpus: Path, table: str, number: int) -> Path:
    return corpus / f"{table}.parquet" / f"part-{number:05}.parquet"


def test_a_sound_corpus_in_parts_is_as_clean_as_in_single_files(whole: Path, corpus: Path) -> None:
    one, other = check(whole), check(corpus)
    assert other.findings == one.findings
    assert (other.rows_checked, other.content_hash, other.passed) == (one.rows_checked, one.content_hash, one.passed)
    assert other.is_hash_verified
    assert not errors(other)
    assert errors(check(corpus, against=whole)) == errors(check(whole, against=corpus)) == {}


def test_a_missing_part_file(corpus: Path) -> None:
    part_of(corpus, "sentences", 1).unlink()
    assert opening(corpus) == {"file-missing": ["sentences.parquet/part-00001.parquet"]}
    assert set(errors(check(corpus))) == {"file-missing"}


def test_a_missing_folder(corpus: Path) -> None:
    shutil.rmtree(corpus / "documents.parquet")
    assert opening(corpus) == {
        "file-missing": ["documents.parquet/part-00000.parquet", "documents.parquet/part-00001.parquet"]
    }


def test_a_folder_that_is_a_link(corpus: Path, tmp_path: Path) -> None:
    shutil.move(corpus / "flat.parquet", tmp_path / "flat.parquet")
    (corpus / "flat.parquet").symlink_to(tmp_path / "flat.parquet")
    assert set(opening(corpus)) == {"file-missing"}


def test_a_changed_byte(corpus: Path) -> None:
    path = part_of(corpus, "claims", 0)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert opening(corpus) == {"file-changed": ["claims.parquet/part-00000.parquet"]}


@pytest.mark.parametrize("data", [b"", b"PAR1" + b"\0" * 100 + b"PAR1"])
@pytest.mark.parametrize("number", [0, 1])
def test_garbage_under_a_valid_digest(corpus: Path, number: int, data: bytes) -> None:
    part_of(corpus, "sentences", number).write_bytes(data)
    renewed(corpus)
    assert opening(corpus) == {"file-unreadable": ["sentences.parquet"]}


def test_swapped_parts(corpus: Path) -> None:
    one, other = (part_of(corpus, "sentences", number) for number in (0, 1))
    data = one.read_bytes()
    shutil.copyfile(other, one)
    other.write_bytes(data)
    assert set(opening(corpus)) == {"file-changed"}
    renewed(corpus)
    assert opening(corpus)["file-metadata"] == [
        "sentences.parquet/part-00000.parquet",
        "sentences.parquet/part-00001.parquet",
    ]
    assert "row-order" not in errors(check(corpus)) or "file-metadata" in errors(check(corpus))


def test_a_part_of_another_build(whole: Path, corpus: Path, tmp_path: Path) -> None:
    other = write_parted(whole, tmp_path / "other", [2])
    shutil.copyfile(part_of(other, "claims", 0), part_of(corpus, "claims", 0))
    renewed(corpus)
    assert "claims.parquet/part-00000.parquet" in opening(corpus)["file-metadata"]


def test_extra_files(corpus: Path) -> None:
    shutil.copyfile(part_of(corpus, "claims", 0), part_of(corpus, "claims", 7))
    (corpus / "flat.parquet" / "notes.txt").write_text("mine")
    (corpus / "x.parquet").mkdir()
    assert opening(corpus) == {
        "file-foreign": ["claims.parquet/part-00007.parquet", "flat.parquet/notes.txt", "x.parquet"]
    }
    assert set(errors(check(corpus))) == {"file-foreign"}  # and the rows of the strange part were not read


def test_rows_counted_wrong(corpus: Path) -> None:
    changed(corpus, lambda record: record["tables"]["claims"]["parts"][0].update(rows=1))
    assert opening(corpus) == {"row-count": ["claims.parquet/part-00000.parquet"]}
    record = json.loads((corpus / "manifest.json").read_text())
    record["tables"]["claims"]["rows"] += 1
    (corpus / "manifest.json").write_text(json.dumps(record))
    assert opening(corpus) == {"manifest-broken": ["manifest.json"]}


def test_a_part_hash_that_is_not_of_its_rows(corpus: Path) -> None:
    """In the manifest alone it is not that of the files; in all of them it is not that of the rows."""
    changed(corpus, lambda record: record["parts"][1].update(hash="0" * 64))
    report = check(corpus)
    assert set(errors(report)) == {"file-metadata", "content-hash"}
    assert report.is_hash_verified


def test_ids_of_a_part_that_are_not_its_own(corpus: Path) -> None:
    changed(corpus, lambda record: record["parts"][1].update(last="zzz"))
    assert set(errors(check(corpus))) == {"manifest-broken"}


def test_documents_counted_wrong(corpus: Path) -> None:
    changed(corpus, lambda record: record["parts"][1].update(documents=2))
    assert opening(corpus) == {"manifest-broken": ["manifest.json"]}


def test_parts_in_another_order(corpus: Path) -> None:
    changed(corpus, lambda record: record["parts"].reverse())
    assert opening(corpus) == {"manifest-broken": ["manifest.json"]}


def test_rows_of_a_part_in_the_file_of_another(whole: Path, corpus: Path, tmp_path: Path) -> None:
    """Every file and digest fits, but a table has its rows in other parts than the documents."""
    other = write_parted(whole, tmp_path / "other", [2])
    record = json.loads((other / "manifest.json").read_text())
    shutil.rmtree(corpus / "sentences.parquet")
    shutil.copytree(other / "sentences.parquet", corpus / "sentences.parquet")
    data = part_of(corpus, "sentences", 0).read_bytes()
    mine = json.loads((corpus / "manifest.json").read_text())["parts"][0]["hash"].encode()
    part_of(corpus, "sentences", 0).write_bytes(data.replace(record["parts"][0]["hash"].encode(), mine))
    changed(corpus, lambda record_: record_["tables"].update(sentences=record["tables"]["sentences"]))
    renewed(corpus)
    assert not opening(corpus)
    assert "part-00000.parquet has rows of documents that are in part-00001" in errors(check(corpus))["file-unreadable"]


def test_readers_keep_no_file_open(corpus: Path) -> None:
    opened = open_corpus(corpus)
    assert set(opened.readers) == set(TABLES)
    tables = [reader.metadata.table for name, reader in opened.readers.items() if TABLES[name].local]
    assert all(table._current is None for table in tables)
