"""Where `load` finds a corpus, and what it says when it cannot."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import aussage
from aussage.corpus import loading

BUILT = Path("dataset") / "corpus"


def test_project_folder_and_corpus_folder_give_the_same(project: Path) -> None:
    one, other = aussage.load(project), aussage.load(str(project / BUILT))
    assert one.folder == other.folder == project / BUILT
    assert one.content_hash == other.content_hash
    assert one.claims.equals(other.claims)


def test_a_project_without_project_file_is_known_by_its_corpus(project: Path) -> None:
    (project / "aussage.toml").unlink()
    assert aussage.load(project).name == "made-up"


def test_a_loaded_corpus_survives_a_change_of_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    corpus = aussage.load(".")
    monkeypatch.chdir("/")
    assert len(corpus.documents) == 2


def test_a_swap_that_was_cut_off_leaves_the_old_corpus(project: Path) -> None:
    previous = project / "dataset" / ".corpus.previous"
    (project / BUILT).rename(previous)
    for path in (project, project / BUILT):
        assert len(aussage.load(path).claims) == 4
    assert previous.is_dir()
    assert not (project / BUILT).exists()


@pytest.mark.parametrize("name", ["nowhere", "file", "empty", "project", "half"])
def test_no_corpus_is_said_with_place_and_mend(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    if name == "file":
        place.write_text("x")
    elif name != "nowhere":
        place.mkdir()
    if name == "project":
        (place / "aussage.toml").write_text("")
    if name == "half":
        (place / BUILT).mkdir(parents=True)
    with pytest.raises(aussage.CorpusError) as caught:
        aussage.load(place)
    assert str(place) in str(caught.value)
    mend = "aussage build" if name in {"empty", "project", "half"} else "name"
    assert mend in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format_version": 99}, "newer Aussage"),
        ({"format_version": "x"}, "damaged"),
        ({"format_version": 0}, "damaged"),
        ({"format": "other"}, "no manifest of a corpus"),
        ({"format": None}, "damaged"),
        ({"tables": None}, "damaged"),
        ({"tables": {"claims": {}}}, "damaged"),
        ({"tables": {"claims": {"file": "../x.parquet", "rows": 1, "bytes": 1, "sha256": ""}}}, "damaged"),
        ({"files": {"../codebook.json": {"bytes": 1, "sha256": ""}}}, "damaged"),
        ({"content_hash": 3}, "damaged"),
    ],
)
def test_a_bad_manifest_is_refused(
    project: Path, rewrite: Callable[[Path, object], None], changes: object, said: str
) -> None:
    rewrite(project / BUILT, changes)
    with pytest.raises(aussage.CorpusError, match=said):
        aussage.load(project)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_manifest_that_is_no_json_is_refused(project: Path, data: bytes) -> None:
    (project / BUILT / "manifest.json").write_bytes(data)
    with pytest.raises(aussage.CorpusError, match="damaged"):
        aussage.load(project)


@pytest.mark.parametrize("name", ["claims.parquet", "codebook.json"])
def test_a_missing_file_is_said_at_once(project: Path, name: str) -> None:
    (project / BUILT / name).unlink()
    with pytest.raises(aussage.CorpusError, match=f"{name} is missing"):
        aussage.load(project)


@pytest.mark.parametrize("damage", ["cut", "text", "byte"])
def test_a_damaged_file_is_said_when_it_is_read(project: Path, damage: str) -> None:
    path = project / BUILT / "claims.parquet"
    data = bytearray(path.read_bytes())
    if damage == "byte":
        data[40] ^= 255
    path.write_bytes({"cut": data[: len(data) // 2], "text": b"no Parquet", "byte": data}[damage])
    corpus = aussage.load(project)
    with pytest.raises(aussage.CorpusError, match=r"claims\.parquet cannot be read"):
        _ = corpus.claims
    assert len(corpus.sentences) == 3


def test_files_of_another_build_are_refused(project: Path) -> None:
    corpus = aussage.load(project)
    path = project / BUILT / "claims.parquet"
    table = pq.read_table(path)
    about = {**table.schema.metadata, b"aussage.content_hash": b"0" * 64}
    pq.write_table(table.replace_schema_metadata(about), path)
    for read in (lambda: corpus.claims, lambda: corpus.table("claims"), lambda: corpus.columns("claims")):
        with pytest.raises(aussage.CorpusError, match="load the corpus again"):
            read()


def test_a_codebook_of_another_build_is_refused(project: Path) -> None:
    corpus = aussage.load(project)
    (project / BUILT / "codebook.json").write_text("{}")
    with pytest.raises(aussage.CorpusError, match="load the corpus again"):
        _ = corpus.codebook


def test_lost_rows_are_noticed(project: Path) -> None:
    path = project / BUILT / "claims.parquet"
    table = pq.read_table(path)
    about = pq.ParquetFile(path).metadata.metadata
    pq.write_table(table.slice(1).replace_schema_metadata(about), path)
    with pytest.raises(aussage.CorpusError, match="7 rows, the manifest says 8"):
        _ = aussage.load(project).claims


def test_installed_package_finds_the_shipped_corpus(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "aussage"
    package.mkdir(parents=True)
    monkeypatch.setattr(loading, "PACKAGE", package)
    with pytest.raises(aussage.CorpusError, match="install Aussage again"):
        aussage.load()
    shutil.copytree(shared, package / "shipped")
    assert aussage.load().folder == package / "shipped"


def test_clone_finds_its_own_corpus(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "PACKAGE", project / "src" / "aussage")
    assert aussage.load().folder == project / BUILT
    shutil.rmtree(project / BUILT)
    with pytest.raises(aussage.CorpusError, match="aussage build"):
        aussage.load()


def test_importing_aussage_imports_nothing_heavy() -> None:
    code = "import sys, aussage; aussage.load; aussage.CorpusError; print(*sorted(sys.modules))"
    source = os.fspath(Path(aussage.__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"pandas", "numpy", "pyarrow", "msgspec", "click"} & set(run.stdout.split())


def test_manifest_may_say_more_than_is_known(project: Path, rewrite: Callable[[Path, object], None]) -> None:
    rewrite(project / BUILT, {"future": {"x": 1}})
    assert json.loads((project / BUILT / "manifest.json").read_text())["future"]
    assert aussage.load(project).version == "1.2.3"
