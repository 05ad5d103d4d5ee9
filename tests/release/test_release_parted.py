"""What is released, kept, compared and proved of a corpus in parts is what it is of the same corpus in single files."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from click.testing import CliRunner
from neudorf import copy_neudorf
from packed_neudorf import bag_of, built, packed, read_record
from parted_corpus import by_groups, write_parted

import aussage
from aussage.cli.main import cli
from aussage.corpus import CorpusError
from aussage.release import store
from aussage.release.comparison import compare
from aussage.release.deposit.rights import rights_problems, text_problems
from aussage.release.editions.masked import make_masked
from aussage.release.editions.single_files import copy_in_single_files
from aussage.release.editions.text_free import make_text_free
from aussage.release.gate import withheld_texts
from aussage.release.opening.proof import corpus_problems
from aussage.release.packing import write_csv
from aussage.tables import TABLES


def project_of_four(folder: Path) -> Path:
    """The made-up project with its article four times, each a little longer than the one before."""
    copy_neudorf(folder)
    seeds, annotations = folder / "seeds", folder / "dataset" / "annotations"
    text, about = ((seeds / f"bruecken.{end}").read_text(encoding="utf-8") for end in ("txt", "yaml"))
    claims = (annotations / "bruecken" / "coder-a.yaml").read_text(encoding="utf-8")
    for number in range(3):
        name, words = f"bruecken-{number}", text + "\n" * (number + 1)
        (seeds / f"{name}.txt").write_text(words, encoding="utf-8")
        record = about.replace("bruecken", name)
        digest = hashlib.sha256(words.encode()).hexdigest()
        (seeds / f"{name}.yaml").write_text(re.sub("(?m)^sha256: .*$", f"sha256: {digest}", record), encoding="utf-8")
        (annotations / name).mkdir()
        layer = claims.replace("document: bruecken\n", f"document: {name}\n")
        (annotations / name / "coder-a.yaml").write_text(layer, encoding="utf-8")
    return folder


def built_of_four(folder: Path) -> Path:
    """The corpus of a project, with a row group for each document."""
    with patch("aussage.tables.writer.ROWS_PER_GROUP", 1):
        return built(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_of_four(project_of_four(tmp_path_factory.mktemp("project") / "neudorf"))


@pytest.fixture(scope="module")
def parted(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = by_groups(whole, 2)
    assert len(documents) == 2
    return write_parted(whole, tmp_path_factory.mktemp("parted") / "corpus", documents)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(*arguments: str) -> str:
    outcome = CliRunner().invoke(cli, list(arguments))
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_editions_are_the_same_bytes(whole: Path, parted: Path, tmp_path: Path) -> None:
    for make in (make_text_free, make_masked, copy_in_single_files):
        for name, corpus in (("whole", whole), ("parted", parted)):
            make(corpus, tmp_path / make.__name__ / name)
        one, other = (contents(tmp_path / make.__name__ / name) for name in ("whole", "parted"))
        assert one == other
    assert contents(tmp_path / "copy_in_single_files" / "parted") == contents(whole)


def test_an_edition_of_a_part_of_another_build_is_refused(whole: Path, parted: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(parted, tmp_path / "corpus"))
    manifest = read_record(folder / "manifest.json")
    manifest["parts"][1]["hash"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CorpusError, match=r"part-00001\.parquet cannot be used: its part hash is"):
        make_text_free(folder, tmp_path / "edition")


def test_a_corpus_in_parts_does_not_differ_from_the_same_in_single_files(whole: Path, parted: Path) -> None:
    for old, new in ((whole, parted), (parted, whole), (parted, parted)):
        found = compare(old, new)
        assert not found.differ
        assert list(found.changes()) == []
    assert found.warnings == ()
    assert compare(whole, parted).warnings == (
        "no cell differs; the tables of one corpus are in parts, those of the other in single files",
    )


def test_parts_that_are_cut_elsewhere_do_not_differ(whole: Path, parted: Path, tmp_path: Path) -> None:
    documents = len(pd.read_parquet(whole / "documents.parquet"))
    other = write_parted(whole, tmp_path / "other", [1] * documents)
    assert not compare(parted, other).differ


def test_a_cell_that_differs_is_found_in_its_part(whole: Path, parted: Path, tmp_path: Path) -> None:
    project = project_of_four(tmp_path / "neudorf")
    registry = project / "dataset" / "registry" / "actors.yaml"
    registry.write_text(
        registry.read_text(encoding="utf-8").replace("City of Neudorf", "Town of Neudorf"), encoding="utf-8"
    )
    other = built_of_four(project)
    expected = compare(whole, other)
    assert expected.differ
    changed = write_parted(other, tmp_path / "changed", by_groups(other, 3))
    for old, new in ((parted, other), (parted, changed), (whole, changed)):
        assert list(compare(old, new).changes()) == list(expected.changes())


def test_a_corpus_in_parts_is_proved_kept_and_opened(
    whole: Path, parted: Path, tmp_path: Path, local_store: Path
) -> None:
    assert corpus_problems(parted) == []
    release, is_new = store.add(bag_of(parted, tmp_path))
    assert is_new
    assert release.folder.is_relative_to(local_store)
    assert contents(release.folder) == contents(parted)
    assert store.add(packed(whole, tmp_path / "whole")) == (release, False)
    bundle = tmp_path / "neudorf-0.1.0-full"
    assert aussage.load(bundle).claims.equals(aussage.load(whole).claims)


@pytest.fixture
def broken(parted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(parted, tmp_path / "broken"))


def test_what_is_wrong_with_parts_is_told_when_a_corpus_is_proved(broken: Path) -> None:
    claims = broken / "claims.parquet" / "part-00000.parquet"
    data = claims.read_bytes()
    claims.write_bytes(data[:-1] + b"x")
    assert any("claims.parquet/part-00000.parquet is not the file" in text for text in corpus_problems(broken))
    claims.write_bytes(data)
    (broken / "claims.parquet" / "notes.txt").write_text("mine")
    assert corpus_problems(broken) == ["claims.parquet/notes.txt is not named in manifest.json"]
    (broken / "claims.parquet" / "notes.txt").unlink()
    manifest = read_record(broken / "manifest.json")
    manifest["parts"][0]["hash"] = "0" * 64
    (broken / "manifest.json").write_text(json.dumps(manifest))
    assert "claims.parquet/part-00000.parquet is of another build than manifest.json" in corpus_problems(broken)


def test_gate_deposit_and_csv_read_parts(whole: Path, parted: Path, tmp_path: Path) -> None:
    from datetime import date

    assert withheld_texts(parted) == withheld_texts(whole)
    today = date(2026, 1, 1)
    one, other = (list(rights_problems(folder / "documents.parquet", today)) for folder in (whole, parted))
    assert one == other
    assert list(text_problems(parted)) == list(text_problems(whole)) != []
    for name in TABLES:
        for folder in (whole, parted):
            write_csv(folder / f"{name}.parquet", tmp_path / f"{folder.parent.name}.csv")
        assert (tmp_path / f"{whole.parent.name}.csv").read_bytes() == (
            tmp_path / f"{parted.parent.name}.csv"
        ).read_bytes()


def test_a_corpus_in_parts_is_found_in_a_commit(parted: Path, tmp_path: Path) -> None:
    from aussage.release.opening.revision import commit_of, write_corpus

    project = tmp_path / "project"
    shutil.copytree(parted, project / "dataset" / "corpus")
    (project / "aussage.toml").write_text("")
    author = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "--all"], [*author, "commit", "-q", "-m", "ready"]):
        subprocess.run(["git", *command], cwd=project, check=True)
    commit = commit_of("HEAD", project)
    assert commit
    write_corpus(commit, project, tmp_path / "found")
    assert contents(tmp_path / "found") == contents(parted)


def test_commands_read_parts(whole: Path, parted: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    said = run("summary", str(parted))
    line = next(line for line in said.splitlines() if "DuckDB" in line)
    assert sum(count for _, count in duckdb.sql(line.split(maxsplit=1)[1]).fetchall()) == len(
        aussage.load(whole).claims
    )
    assert len(pd.read_parquet(parted / "flat.parquet")) == len(aussage.load(parted).flat)
    facts, others = (json.loads(run("summary", str(folder), "--json")) for folder in (parted, whole))
    for record in (facts, others):
        del record["folder"], record["is_parted"]
    assert facts == others
    for folder in (whole, parted):
        shutil.copytree(folder, tmp_path / folder.parent.name / "dataset" / "corpus")
        (tmp_path / folder.parent.name / "aussage.toml").write_text("")
        run(
            "read",
            str(tmp_path / folder.parent.name),
            "--no-charts",
            "--out",
            str(tmp_path / f"{folder.parent.name}.html"),
        )
    pages = [(tmp_path / f"{folder.parent.name}.html").read_bytes() for folder in (whole, parted)]
    assert pages[0] == pages[1]
    run("diff", str(whole), str(parted))  # exit code 0: nothing differs


def test_expectations_read_parts(whole: Path, parted: Path) -> None:
    from aussage.expectations.frames import read_tables

    one, other = read_tables(whole), read_tables(parted)
    assert set(one) == set(other) == set(TABLES)
    assert all(one[name].equals(other[name]) for name in TABLES)
