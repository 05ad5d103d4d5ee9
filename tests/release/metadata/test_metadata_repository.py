"""`aussage schema` keeps the metadata of a repository fresh, where the repository has a place for it."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from citation_example import built
from click.testing import CliRunner
from parted_corpus import write_parted

from aussage.cli.schema import command
from aussage.diagnostics import Diagnostics
from aussage.generate import write_files
from aussage.project import read_project
from aussage.release.metadata.files import AT_THE_ROOT, GENERATORS
from aussage.release.metadata.repository import repository_files
from aussage.source import Project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The made-up project with its corpus built and a folder for metadata."""
    root = tmp_path / "neudorf"
    shutil.copytree(built(), root)
    (root / "dataset" / "metadata").mkdir()
    return root


def stale(project: Path, check: bool = True) -> set[str]:
    facts = read_project(Project(project), Diagnostics())
    return {path.name for path in write_files(repository_files(project, facts), check)}


def test_metadata_is_written_and_is_then_fresh(project: Path) -> None:
    assert stale(project) == set(GENERATORS)
    assert CliRunner().invoke(command, [str(project)]).exit_code == 0
    assert stale(project) == set()
    assert {path.name for path in (project / "dataset" / "metadata").iterdir()} == set(GENERATORS) - set(AT_THE_ROOT)
    assert all((project / name).is_file() for name in AT_THE_ROOT)
    (project / "CITATION.cff").write_text("changed by hand\n", encoding="utf-8")
    checked = CliRunner().invoke(command, [str(project), "--check"])
    assert checked.exit_code == 1
    assert [line for line in checked.output.splitlines() if "CITATION.cff" in line and "not up to date" in line]
    assert (project / "CITATION.cff").read_text(encoding="utf-8") == "changed by hand\n"


def test_another_title_or_source_makes_it_stale(project: Path) -> None:
    stale(project, check=False)
    facts = project / "aussage.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("Bridges in", "The bridges of"), encoding="utf-8")
    assert stale(project, check=False) == set(GENERATORS)
    source = project / "dataset/registry/coders.yaml"
    source.write_text(source.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    assert stale(project) == {"prov.json", "ro-crate-metadata.json"}


def test_a_project_without_the_folder_keeps_its_own_citation_file(project: Path) -> None:
    (project / "dataset" / "metadata").rmdir()
    (project / "CITATION.cff").write_text("written by hand\n", encoding="utf-8")
    assert stale(project, check=False) == set()
    assert (project / "CITATION.cff").read_text(encoding="utf-8") == "written by hand\n"


def test_a_damaged_corpus_is_an_error_without_a_traceback(project: Path) -> None:
    (project / "dataset" / "corpus" / "coders.parquet").write_bytes(b"PAR1")
    result = CliRunner().invoke(command, [str(project), "--check"])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "error: " in result.output


def test_a_corpus_in_parts_is_described_by_its_part_files(project: Path) -> None:
    corpus = project / "dataset" / "corpus"
    shutil.move(corpus, project / "whole")
    write_parted(project / "whole", corpus, [1])
    stale(project, check=False)
    assert stale(project) == set()
    part = "corpus/claims.parquet/part-00000.parquet"
    digest = hashlib.sha256((project / "dataset" / part).read_bytes()).hexdigest()
    made = {name: (project / "dataset" / "metadata" / name).read_text(encoding="utf-8") for name in GENERATORS
            if name not in AT_THE_ROOT}  # fmt: skip
    for name in ("croissant.json", "ro-crate-metadata.json"):
        assert part in made[name]
        assert digest in made[name]
    package = json.loads(made["datapackage.json"])
    assert [part] in [resource["path"] for resource in package["resources"]]
    croissant = json.loads(made["croissant.json"])
    sets = {one["@id"]: one["includes"] for one in croissant["distribution"] if one["@type"] == "cr:FileSet"}
    assert sets["corpus/claims.parquet"] == "corpus/claims.parquet/*.parquet"
    assert "corpus/actors.parquet" not in sets
    claims = next(one for one in croissant["recordSet"] if one["@id"] == "claims")
    assert {tuple(field["source"]) for field in claims["field"] if "source" in field} == {("fileSet", "extract")}
