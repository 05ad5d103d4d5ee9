"""Everything generated is fresh: what is committed equals what its sources give, byte for byte."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aussage.codebook import load_codebook
from aussage.compile.build import OURS, build, read_sources
from aussage.compile.gold_file import gold_files
from aussage.diagnostics import Diagnostics, as_text
from aussage.generate import picture_files, readme_file, schema_files, write_files
from aussage.project import read_project
from aussage.registry import load_registry
from aussage.release.metadata.repository import datasheet_file, repository_files
from aussage.source import Project


def test_committed_corpus_is_what_the_sources_build(root: Path, tmp_path: Path) -> None:
    result = build(root, tmp_path / "corpus")
    assert [as_text(found) for found in result.diagnostics] == []
    committed = root / "dataset" / "corpus"
    assert {path.name for path in committed.iterdir()} == OURS
    for name in sorted(OURS):
        assert (committed / name).read_bytes() == (tmp_path / "corpus" / name).read_bytes(), name


def test_gold_is_what_the_layers_give(root: Path) -> None:
    diagnostics = Diagnostics()
    sources = read_sources(Project(root), diagnostics)
    assert sources is not None
    files = gold_files(Project(root), sources.layers)
    assert files
    for path, text in files.items():
        assert path.read_text(encoding="utf-8") == text, path


def test_schema_folder_is_generated_from_the_codebook(root: Path) -> None:
    diagnostics = Diagnostics()
    codebook = load_codebook(Project(root), diagnostics)
    assert codebook is not None
    files = schema_files(root, codebook, load_registry(Project(root), codebook, diagnostics))
    files |= readme_file(root, root / "dataset" / "corpus")
    stale = write_files(files, check=True)
    assert stale == [], "run `aussage schema`"


def test_citation_metadata_and_datasheet_say_what_the_project_and_its_corpus_say(root: Path) -> None:
    project = read_project(Project(root), Diagnostics())
    files = repository_files(root, project)
    assert {path.relative_to(root).as_posix() for path in files} >= {"CITATION.cff", ".zenodo.json"}
    generated = {path for path in files if path.parent != root}
    assert generated == set((root / "dataset" / "metadata").iterdir())
    files |= datasheet_file(root, project)
    assert write_files(files, check=True) == [], "run `aussage schema`"


def test_pictures_show_the_built_corpus(root: Path) -> None:
    pytest.importorskip("vl_convert", reason="pictures need the extra aussage[notebooks]")
    files = picture_files(root, root / "dataset" / "corpus")
    assert files
    assert not write_files(files, check=True), "run `aussage schema`"
    assert set(files) == set((root / "docs" / "pictures").iterdir())


def test_a_category_is_changed_in_the_codebook_and_nowhere_else(neudorf: Path) -> None:
    codebook = neudorf / "schema" / "codebook.yaml"
    text = codebook.read_text(encoding="utf-8")
    codebook.write_text(text.replace("value: COMMIT\n", "value: PLEDGE\n"), encoding="utf-8")
    annotation = neudorf / "dataset/annotations/bruecken/coder-a.yaml"
    annotation.write_text(annotation.read_text(encoding="utf-8").replace("COMMIT", "PLEDGE"), encoding="utf-8")
    result = build(neudorf)
    assert [as_text(found) for found in result.diagnostics] == []
    import pandas as pd

    claims = pd.read_parquet(neudorf / "dataset/corpus/claims.parquet")
    assert "PLEDGE" in set(claims.claim_type)
    read = load_codebook(Project(neudorf), Diagnostics())
    assert read is not None
    registry = load_registry(Project(neudorf), read, Diagnostics())
    files = schema_files(neudorf, read, registry)
    schema = json.loads(files[neudorf / "schema" / "annotation.schema.json"])
    assert "PLEDGE" in schema["$defs"]["Claim"]["properties"]["type"]["enum"]
    assert b"PLEDGE" in files[neudorf / "schema" / "CODEBOOK.md"]


def test_editor_schema_accepts_the_annotation_and_refuses_a_misfit(root: Path) -> None:
    import jsonschema
    from ruamel.yaml import YAML

    schema = json.loads((root / "schema" / "annotation.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    path = next((root / "dataset/annotations/nordkorea-kursk").glob("coder-a.yaml"))
    record = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    assert list(validator.iter_errors(record)) == []
    claim = next(claim for sentence in record["sentences"] for claim in sentence.get("claims", []))
    claim["type"] = "RUMOUR"
    assert [error.validator for error in validator.iter_errors(record)] == ["enum"]


def test_codebook_examples_are_not_taken_from_the_corpus(root: Path) -> None:
    codebook = load_codebook(Project(root), Diagnostics())
    assert codebook is not None
    articles = " ".join(path.read_text(encoding="utf-8") for path in (root / "seeds").glob("*.txt"))
    known = set(_runs(articles, 4))
    for variable in codebook.record.variables:
        for item in (variable, *variable.values):
            for example in (item.example, item.near_miss):
                if example:
                    assert not known & set(_runs(example.text, 4)), (variable.name, example.text)


def _runs(text: str, length: int) -> list[tuple[str, ...]]:
    words = ["".join(filter(str.isalnum, word)).casefold() for word in text.split()]
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]


def test_codebook_is_complete(root: Path) -> None:
    """Every category has a definition, rules, an example and a near miss that is another value."""
    codebook = load_codebook(Project(root), Diagnostics())
    assert codebook is not None
    for variable in codebook.record.variables:
        if variable.name in {"event_mode", "event_context"}:
            continue  # long lists of an outside vocabulary: definition and example
        for category in variable.values:
            where = (variable.name, category.value)
            assert category.definition, where
            assert category.include, where
            assert category.exclude, where
            assert category.example, where
            assert category.near_miss, where
            assert set(category.label) >= {"en", "de"}, where
            others = {other.value for other in variable.values} - {category.value}
            assert category.near_miss.value in others, where
        if not variable.values:
            assert variable.example, variable.name
            assert variable.near_miss, variable.name
    assert 10 <= len(codebook.issues) <= 20
    assert len(codebook.record.rulings) >= 15


def test_seed_article_is_the_one_that_was_given(root: Path) -> None:
    import hashlib

    data = (root / "seeds" / "nordkorea-kursk.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == "d752571d9acde7d652361b8dca91a4a0b3221f2f15fe34b975a6c26f61d541c2"
    assert [path.name for path in (root / "seeds").glob("*.txt")] == ["nordkorea-kursk.txt"]


LOCKS = (
    "requirements.lock",
    "tests/requirements.lock",
    "tests/outside_tools/cffconvert.txt",
    "tests/outside_tools/validators.txt",
)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_hashes_and_no_addresses(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


def test_project_names_no_machine_and_no_registry(root: Path) -> None:
    """Tracked text files hold no path of a machine and no address of a package registry."""
    import re

    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    wrong = re.compile(r"(?<![\w./])/(?:ho" r"me|ro" r"ot|wo" r"rk)/[\w.-]+/|pypi\.|python" r"hosted|npm" r"js")
    for name in listed.stdout.split("\n"):
        path = root / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".lock", ".json", ".txt"} and path.is_file():
            assert not wrong.search(path.read_text(encoding="utf-8")), name


def test_import_is_light(root: Path) -> None:
    code = (
        "import sys, aussage; print([m for m in ('pandas', 'pyarrow', 'numpy', 'ruamel', 'click') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
