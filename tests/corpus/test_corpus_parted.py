"""A corpus in parts is loaded as the same corpus in single files is, and little of it is opened for little."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar
from unittest.mock import patch

import made_up_corpus as made_up
import many_documents as many
import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pytest
from parted_corpus import LOCAL, by_groups, write_parted

import aussage
from aussage.corpus import Corpus, CorpusError
from aussage.tables import TABLES

PARTS = [3, 1, 10, 2, 20, 4]
VIEWS: dict[str, Callable[[Corpus], Corpus]] = {
    "gold": lambda corpus: corpus,
    "a coder's layer": lambda corpus: corpus.layer("coder-a"),
    "all layers": lambda corpus: corpus.layer("all"),
    "documents_where": lambda corpus: corpus.documents_where(language="de", n_sentences=(0, 30)),
    "documents with an actor": lambda corpus: corpus.documents_where(actor="mayor"),
    "documents with an expression": lambda corpus: corpus.documents_where(claims=pc.field("claim_type") == "DENIAL"),
    "no documents": lambda corpus: corpus.documents_where(language="de", n_sentences=1000),
    "a sample": lambda corpus: corpus.sample(7, seed=3),
    "a sample of a layer": lambda corpus: corpus.layer("coder-a").sample(11, seed=1),
}


class CountingFile(io.FileIO):
    """A file that counts what is read of all files, and which were opened."""

    read_bytes = 0
    opened: ClassVar[list[str]] = []

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        CountingFile.opened.append(f"{path.parent.name}/{path.name}")

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(-1 if size is None else size)
        CountingFile.read_bytes += len(data)
        return data


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "corpus"
    documents = sorted(map(many.document, range(many.COUNT)), key=lambda rows: rows["documents"][0]["document_id"])
    with patch("aussage.tables.writer.ROWS_PER_GROUP", 6):
        return made_up.write_corpus(folder, documents)


@pytest.fixture(scope="module")
def parted(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_parted(whole, tmp_path_factory.mktemp("parted") / "corpus", PARTS)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other)
    assert one.attrs == other.attrs


@pytest.mark.parametrize("view", VIEWS)
def test_frames_are_the_same(whole: Path, parted: Path, view: str) -> None:
    one, other = (VIEWS[view](aussage.load(folder)) for folder in (whole, parted))
    assert (parted / "claims.parquet" / "part-00004.parquet").is_file()
    assert one.rows == other.rows
    for name in TABLES:
        same(one[name], other[name])
        assert one.table(name).equals(other.table(name))
        assert one.arrow(name).to_table().equals(other.arrow(name).to_table())
        if TABLES[name].local:
            same(one.frame(name, ["document_id"]), other.frame(name, ["document_id"]))


@pytest.mark.parametrize("view", VIEWS)
def test_handles_are_the_same(whole: Path, parted: Path, view: str) -> None:
    one, other = (VIEWS[view](aussage.load(folder)) for folder in (whole, parted))
    with one.duckdb() as database, other.duckdb() as second:
        for name in TABLES:
            key = TABLES[name].key
            assert one.polars(name).collect().equals(other.polars(name).collect())
            question = f"SELECT * FROM {name} ORDER BY {key}"
            assert database.sql(question).fetchall() == second.sql(question).fetchall()


def test_batches_samples_and_passages_are_the_same(whole: Path, parted: Path) -> None:
    one, other = aussage.load(whole), aussage.load(parted)
    for a, b in zip(one.batches(9, LOCAL), other.batches(9, LOCAL), strict=True):
        for name in LOCAL:
            same(a[name], b[name])
    same(one.sample(13, seed=5, of="sentences"), other.sample(13, seed=5, of="sentences"))
    chosen = [corpus.documents_where(language="de").sample(9, of="sentences") for corpus in (one, other)]
    same(*chosen)
    for number in (0, 4, 8, 39):
        name = many.name_of(number)
        assert repr(one.document(name)) == repr(other.document(name))
        assert one.sentence(f"{name}/s02")._repr_html_() == other.sentence(f"{name}/s02")._repr_html_()
    assert one.layers == other.layers
    assert one.columns("claims").equals(other.columns("claims"))
    assert repr(one) == repr(other)
    for unknown in ("a", "art05x", "zzz"):
        with pytest.raises(CorpusError, match="document"):
            other.document(unknown)


def test_a_handle_is_only_of_the_parts_that_the_manifest_names(parted: Path) -> None:
    corpus = aussage.load(parted)
    files = [Path(path) for path in corpus.arrow("claims").files]
    assert [path.name for path in files] == [f"part-{n:05}.parquet" for n in range(6) if n not in (1, 3)]
    assert corpus.files["claims"] == parted / "claims.parquet"
    assert len(pd.read_parquet(corpus.files["claims"])) == len(corpus.layer("all").claims)


def test_one_document_opens_one_part(whole: Path, tmp_path: Path) -> None:
    folder = write_parted(whole, tmp_path / "corpus", [1] * many.COUNT)

    def read(use: Callable[[Corpus], object]) -> tuple[int, set[str]]:
        corpus = aussage.load(folder)
        corpus._store.files.opener = CountingFile
        CountingFile.read_bytes, CountingFile.opened = 0, []
        use(corpus)
        return CountingFile.read_bytes, {
            name for name in CountingFile.opened if name.startswith("part") or "/part" in name
        }

    everything, _ = read(lambda corpus: [corpus[name] for name in TABLES])
    name = many.name_of(4)
    part = sorted(map(many.name_of, range(many.COUNT))).index(name)
    for use in (
        lambda corpus: corpus.document(name),
        lambda corpus: corpus.sentence(f"{name}/s01"),
        lambda corpus: next(corpus._part(np.array([part]), "").batches(1)).sentences,
    ):
        size, opened = read(use)
        assert size < everything / 8
        assert {file.split("/")[1] for file in opened} <= {f"part-{part:05}.parquet", "part-00000.parquet"}
    size, opened = read(lambda corpus: corpus.sample(2, seed=4).claims)
    assert len(opened) <= 2 * 2 + 1
    assert len(read(lambda corpus: corpus.sample(1, of="sentences"))[1]) <= 2


def test_few_footers_are_kept(whole: Path, tmp_path: Path) -> None:
    corpus = aussage.load(write_parted(whole, tmp_path / "corpus", [1] * many.COUNT))
    for name in TABLES:
        corpus[name]
    assert len(corpus._store.files._footers) <= 32


def test_records_that_were_set_aside_are_told(parted: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(parted, tmp_path / "corpus"))
    assert aussage.load(folder).set_aside == 0
    assert "Set aside" not in aussage.load(folder).summary()
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"set_aside": 1200}))
    assert "Set aside: 1,200 documents with errors" in aussage.load(folder).summary()


def test_parts_end_where_row_groups_end(whole: Path) -> None:
    assert sum(by_groups(whole, 4)) == many.COUNT


def test_a_part_of_another_build_is_refused(whole: Path, parted: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(parted, tmp_path / "corpus"))
    corpus = aussage.load(folder)
    other = write_parted(whole, tmp_path / "other", [2, 2, 10, 2, 20, 4])
    shutil.copyfile(other / "claims.parquet" / "part-00000.parquet", folder / "claims.parquet" / "part-00000.parquet")
    for read in (lambda: corpus.claims, lambda: corpus.arrow("claims"), lambda: corpus.polars("claims")):
        with pytest.raises(CorpusError, match=r"claims\.parquet/part-00000\.parquet is of another build"):
            read()
    with pytest.raises(CorpusError, match="part-00000"):
        corpus.duckdb()


def test_files_that_are_missing_or_strange_are_told_when_a_corpus_is_loaded(parted: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(parted, tmp_path / "corpus"))
    lost = folder / "sentences.parquet" / "part-00002.parquet"
    data = lost.read_bytes()
    lost.unlink()
    with pytest.raises(CorpusError, match=r"sentences\.parquet/part-00002\.parquet is missing"):
        aussage.load(folder)
    lost.write_bytes(data)
    lost.with_name("part-00009.parquet").write_bytes(data)
    with pytest.raises(CorpusError, match=r"part-00009\.parquet is damaged: manifest.json does not name it"):
        aussage.load(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update(format_version=1), "has parts, which format 1 has not"),
        (lambda m: m["tables"]["claims"].update(rows=1), "claims has 1 rows, its parts together"),
        (lambda m: m["tables"]["claims"].update(bytes=1), "claims has 1 bytes"),
        (lambda m: m["tables"]["claims"].update(sha256="0"), "SHA-256 of claims is not that of its parts"),
        (lambda m: m["tables"]["claims"].pop("parts"), "claims is not in parts"),
        (lambda m: m["tables"]["coders"].update(parts=m["tables"]["claims"]["parts"]), "coders is in parts"),
        (lambda m: m["tables"]["claims"]["parts"].reverse(), "the parts of claims are"),
        (lambda m: m["tables"]["claims"]["parts"][0].update(file="x.parquet"), "'x.parquet' where 'part-00000"),
        (lambda m: m["parts"].reverse(), "do not come after those of part 0"),
        (lambda m: m["parts"][0].update(documents=4), "part 0 has 4 documents, 3 rows"),
        (lambda m: m["parts"][0].update(last="a"), "part 0 does not say which documents"),
        (lambda m: m["parts"][0].pop("hash"), "hash"),
    ],
)
def test_a_manifest_that_contradicts_itself_is_refused(
    parted: Path, tmp_path: Path, change: Callable[[dict[str, object]], object], said: str
) -> None:
    folder = Path(shutil.copytree(parted, tmp_path / "corpus"))
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CorpusError, match=said):
        aussage.load(folder)
