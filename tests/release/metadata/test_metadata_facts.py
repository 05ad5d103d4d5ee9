"""The facts that all metadata is made from: gathered from the corpus folder, with or without a project file."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from citation_example import DOIS, RICH, built, facts_of

from aussage.corpus import CorpusError
from aussage.diagnostics import Diagnostics
from aussage.project import read_project
from aussage.release.metadata import AT_THE_ROOT, gather_facts, metadata_files, source_files
from aussage.source import Project


def test_the_manifest_alone_says_all_that_the_project_file_says_of_the_corpus() -> None:
    root = built()
    corpus = root / "dataset" / "corpus"
    project = read_project(Project(root), Diagnostics())
    assert project is not None
    assert gather_facts(corpus) == gather_facts(corpus, project)
    assert gather_facts(corpus).project == project.corpus


def test_tables_have_rows_digests_and_every_column_with_its_categories() -> None:
    facts = facts_of(RICH)
    corpus = built() / "dataset" / "corpus"
    claims = facts.table("claims")
    assert claims.sha256 == hashlib.sha256((corpus / "claims.parquet").read_bytes()).hexdigest()
    assert facts.counts["claims"] == claims.rows == 12
    form = next(column for column in claims.columns if column.name == "form")
    assert form.values[0].value == "direct"
    assert all(category.definition and category.label for category in form.values)
    assert claims.key == "claim_id"
    assert all(column.description for table in facts.tables for column in table.columns)


def test_dois_are_of_this_version_only() -> None:
    assert facts_of(RICH + DOIS).doi == "10.5281/zenodo.103"
    assert facts_of(RICH).doi is None


def test_sources_are_what_was_written_by_people_not_what_follows_from_it() -> None:
    root = built()
    (root / "dataset/annotations/bruecken/gold.yaml").write_text("derived\n", encoding="utf-8")
    paths = {file.path: file for file in source_files(root)}
    assert {"aussage.toml", "schema/codebook.yaml", "seeds/bruecken.txt", "dataset/registry/actors.yaml"} <= set(paths)
    assert not any(path.endswith("gold.yaml") or path.startswith("dataset/corpus") for path in paths)
    assert paths["seeds/bruecken.txt"].sha256 == hashlib.sha256((root / "seeds/bruecken.txt").read_bytes()).hexdigest()
    (root / "dataset/annotations/bruecken/gold.yaml").unlink()


def test_the_edition_is_what_the_manifest_says(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(built() / "dataset" / "corpus", folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"edition": "text-free"}), encoding="utf-8")
    facts = gather_facts(folder)
    assert facts.is_text_free
    assert facts.content_hash == manifest["content_hash"]
    assert "no words of the articles" in facts.description
    assert "no words of the articles" not in gather_facts(built() / "dataset" / "corpus").description


@pytest.mark.parametrize("spoiled", ["{", "[]", "{}", '{"tables": {}, "content_hash": ""}'])
def test_a_damaged_manifest_is_an_error_that_names_it(tmp_path: Path, spoiled: str) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(built() / "dataset" / "corpus", folder)
    (folder / "manifest.json").write_text(spoiled, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"manifest\.json"):
        gather_facts(folder)


def test_a_missing_table_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(built() / "dataset" / "corpus", folder)
    (folder / "claims.parquet").unlink()
    with pytest.raises(CorpusError, match=r"claims\.parquet"):
        gather_facts(folder)


def test_the_crate_lists_the_other_metadata_as_it_stands_in_the_folder() -> None:
    made = metadata_files(facts_of(RICH), "metadata/", elsewhere=AT_THE_ROOT)
    parts = {part["@id"]: part for part in json.loads(made["ro-crate-metadata.json"])["@graph"]}
    for name in set(made) - {*AT_THE_ROOT, "ro-crate-metadata.json"}:
        assert parts[f"metadata/{name}"]["sha256"] == hashlib.sha256(made[name]).hexdigest()
    assert not {"CITATION.cff", "metadata/CITATION.cff"} & set(parts)
    assert made == metadata_files(facts_of(RICH), "metadata/", elsewhere=AT_THE_ROOT)
