"""The corpus on which the benchmarks run is clean, and the same for the same seed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from aussage.check import Report, check
from aussage.diagnostics import Severity
from aussage.tables import TABLES

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import synthetic_corpus
from synthetic_corpus import TEMPLATES, make_corpus

ROWS, DOCUMENTS = 50_000, 40


@pytest.fixture(scope="module", autouse=True)
def small_blocks() -> Iterator[None]:
    """Blocks so small that there are more of them than templates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthetic_corpus, "DOCUMENTS_A_BLOCK", DOCUMENTS)
        yield


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, small_blocks: None) -> Path:
    folder = tmp_path_factory.mktemp("made-up") / "corpus"
    assert make_corpus(folder, ROWS) >= ROWS
    return folder


def wrong(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings if finding.level is not Severity.NOTE]


def test_it_has_nothing_wrong(corpus: Path) -> None:
    assert not wrong(check(corpus))


def test_every_table_of_documents_has_rows_in_the_same_row_groups(corpus: Path) -> None:
    file = pq.ParquetFile(corpus / "documents.parquet")
    documents = [file.read_row_group(group) for group in range(file.num_row_groups)]
    assert len(documents) > TEMPLATES
    for name in (name for name, table in TABLES.items() if table.local):
        file = pq.ParquetFile(corpus / f"{name}.parquet")
        assert file.num_row_groups == len(documents)
        for group, there in enumerate(documents):
            ids = file.read_row_group(group, columns=["document_id"])["document_id"]
            assert pc.all(pc.is_in(ids, there["document_id"])).as_py()


def test_without_the_content_hash_only_that_is_wrong(tmp_path: Path, corpus: Path) -> None:
    make_corpus(tmp_path / "corpus", 1, content_hash=False)
    assert wrong(check(tmp_path / "corpus")) == ["content-hash"]
    same = ("actors", "locations", "issues")
    assert all(pq.read_table(tmp_path / f"corpus/{n}.parquet") == pq.read_table(corpus / f"{n}.parquet") for n in same)
