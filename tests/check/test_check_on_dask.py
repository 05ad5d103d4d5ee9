"""The check on a Dask cluster gives the same report as the check here, of sound corpora and of spoilt ones."""

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from faults.catalogue import FAULTS
from faults.fault import ROWS
from faults.injector import inject_many
from parted_corpus import write_parted
from small_corpus import clean
from test_check_parted import part_of, renewed
from test_faults import wide

from aussage.check import check
from aussage.check.engine import Engine
from aussage.check.opening import open_corpus
from aussage.check.shards import Cluster, shards_of
from aussage.cli.check import command

distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
A_PART = 4  # documents


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as made:
        yield Cluster(made.scheduler_address)


def parted(whole: Path, target: Path) -> Path:
    documents = pq.read_metadata(whole / "documents.parquet").num_rows
    each = [min(A_PART, documents - start) for start in range(0, documents, A_PART)]
    return write_parted(whole, target, each)


def same(corpus: Path, cluster: Cluster, folder: Path) -> None:
    """See that report and failing ids are the same."""
    one = check(corpus, failing=folder / "here.parquet")
    other = check(corpus, failing=folder / "there.parquet", cluster=cluster)
    assert other.as_record() == one.as_record()
    assert other == one
    assert (folder / "here.parquet").read_bytes() == (folder / "there.parquet").read_bytes()


def test_a_sound_corpus(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = parted(wide(tmp_path / "whole"), tmp_path / "corpus")
    assert len(shards_of(open_corpus(corpus))) >= 4
    same(corpus, cluster, tmp_path)
    monkeypatch.delattr(Engine, "run")  # which reads the parts here
    assert check(corpus, cluster=cluster).is_hash_verified


def rules_of_spoilt(corpora: int | None, cluster: Cluster, folder: Path) -> set[str]:
    """See that the reports of some spoilt corpora are the same; gives the rules that they break."""
    faults = [fault for fault in FAULTS if fault.acts_on == ROWS and not fault.is_bulk and fault.batch != "size"]
    rules = set()
    for number, spoilt in enumerate(islice(inject_many(faults, wide(folder / "whole"), folder / "spoilt"), corpora)):
        corpus = parted(spoilt.folder, folder / f"corpus-{number}")
        rules |= set(check(corpus).rules_failed)
        same(corpus, cluster, folder)
    return rules


def test_spoilt_corpora(cluster: Cluster, tmp_path: Path) -> None:
    assert len(rules_of_spoilt(2, cluster, tmp_path)) > 10


@pytest.mark.prove
def test_all_spoilt_corpora(cluster: Cluster, tmp_path: Path) -> None:
    assert len(rules_of_spoilt(None, cluster, tmp_path)) > 40


@pytest.mark.prove
def test_part_files_that_are_damaged_or_hold_rows_of_others(cluster: Cluster, tmp_path: Path) -> None:
    corpus = parted(wide(tmp_path / "whole"), tmp_path / "corpus")
    for name, first, second in (("sentences", 0, 1), ("documents", 1, 2)):
        spoilt = shutil.copytree(corpus, tmp_path / name)
        data = part_of(spoilt, name, first).read_bytes()
        part_of(spoilt, name, first).write_bytes(part_of(spoilt, name, second).read_bytes())
        part_of(spoilt, name, second).write_bytes(data)
        renewed(spoilt)
        same(spoilt, cluster, tmp_path)
    page = bytearray(part_of(corpus, "flat", 0).read_bytes())
    page[60] ^= 1
    part_of(corpus, "flat", 0).write_bytes(bytes(page))
    renewed(corpus)
    assert "file-unreadable" in check(corpus).rules_failed
    same(corpus, cluster, tmp_path)


def test_a_corpus_of_single_files_is_checked_here(cluster: Cluster, tmp_path: Path) -> None:
    same(clean(tmp_path / "whole"), cluster, tmp_path)


def test_the_command(cluster: Cluster, tmp_path: Path) -> None:
    corpus = parted(wide(tmp_path / "whole"), tmp_path / "corpus")
    here = CliRunner().invoke(command, [str(corpus), "--json"])
    there = CliRunner().invoke(
        command, [str(corpus), "--json", "--engine", "dask", "--scheduler", str(cluster.scheduler)]
    )
    assert there.output == here.output
    assert there.exit_code == here.exit_code
