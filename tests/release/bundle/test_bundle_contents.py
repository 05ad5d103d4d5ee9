"""What `aussage release` writes, and that it is the same bytes wherever it is made."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as parquet
import pytest
from released_project import aussage, aussage_elsewhere, git, ready_project

from aussage.release.bundle.notebooks import write_notebooks
from aussage.release.packing import verify_bag

pytest.importorskip("scipy", reason="the agreement needs scipy")
pytest.importorskip("altair", reason="the reader's charts need altair")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ready_project(tmp_path_factory.mktemp("release") / "neudorf")


@pytest.fixture(scope="module")
def released(project: Path) -> Any:
    said = aussage(project, "release")
    assert said["code"] == 0, said
    return said


@pytest.fixture(scope="module")
def unpacked(released: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The data folder of each bundle, unpacked as anybody would."""
    folders = {}
    for bundle in released["bundles"]:
        folder = tmp_path_factory.mktemp(bundle["edition"])
        with zipfile.ZipFile(bundle["file"]) as packed:
            packed.extractall(folder)
        folders[bundle["edition"]] = folder / Path(bundle["file"]).stem / "data"
    return folders


def test_both_editions_are_written_and_are_bags(released: Any, unpacked: dict[str, Path]) -> None:
    assert [Path(bundle["file"]).name for bundle in released["bundles"]] == [
        "neudorf-0.1.0-full.zip",
        "neudorf-0.1.0-text-free.zip",
    ]
    for data in unpacked.values():
        assert verify_bag(data.parent) == []


@pytest.mark.parametrize("edition", ["full", "text-free"])
def test_a_bundle_holds_what_a_user_looks_for(unpacked: dict[str, Path], edition: str) -> None:
    names = {path.relative_to(unpacked[edition]).as_posix() for path in unpacked[edition].rglob("*") if path.is_file()}
    expected = {
        "README.md", "DATASHEET.md", "CODEBOOK.md", "TABLES.md", "codebook.yaml", "reader.html",
        "corpus/manifest.json", "corpus/codebook.json", "corpus/claims.parquet", "csv/claims.csv", "csv/sentences.csv",
        "validation/RULES.md", "validation/rules.json", "validation/results.json", "validation/results.html",
        "CITATION.cff", ".zenodo.json", "datacite.json", "datacite.xml", "croissant.json", "datapackage.json",
        "ro-crate-metadata.json", "prov.json",
    }  # fmt: skip
    assert expected <= names


@pytest.mark.parametrize("edition", ["full", "text-free"])
def test_the_lines_in_the_readme_load_the_data_with_pandas_alone(unpacked: dict[str, Path], edition: str) -> None:
    readme = (unpacked[edition] / "README.md").read_text(encoding="utf-8")
    code = next(block for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "read_parquet" in block)
    assert "aussage" not in code
    shown = f"{code}\nimport pandas\nprint(*[len(v) for v in list(vars().values()) if isinstance(v, pandas.DataFrame)])"
    done = subprocess.run(
        [sys.executable, "-c", shown], cwd=unpacked[edition], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert all(int(rows) > 0 for rows in done.stdout.splitlines()[-1].split())


def test_the_text_free_bundle_has_offsets_and_no_words(unpacked: dict[str, Path]) -> None:
    full, free = (pd.read_parquet(unpacked[edition] / "corpus" / "claims.parquet") for edition in ("full", "text-free"))
    assert "content_text" in full.columns
    assert not any(name.endswith("_text") for name in free.columns)
    assert [[dict(span) for span in spans] for spans in free["content_spans"]] == [
        [dict(span) for span in spans] for spans in full["content_spans"]
    ]
    words = " ".join(full.loc[0, "content_text"].split()[:5]).encode()
    for path in unpacked["text-free"].rglob("*"):
        assert not path.is_file() or words not in path.read_bytes(), path
    assert words in (unpacked["full"] / "csv" / "claims.csv").read_bytes()


@pytest.mark.parametrize("edition", ["full", "text-free"])
def test_the_page_about_the_tables_has_the_columns_that_are_there(unpacked: dict[str, Path], edition: str) -> None:
    sections = (unpacked[edition] / "TABLES.md").read_text(encoding="utf-8").split("\n## ")[1:]
    for section in sections:
        name = section.splitlines()[0]
        listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert listed == parquet.read_schema(unpacked[edition] / "corpus" / f"{name}.parquet").names


@pytest.mark.parametrize("edition", ["full", "text-free"])
def test_every_csv_file_is_described(unpacked: dict[str, Path], edition: str) -> None:
    described = json.loads((unpacked[edition] / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    files = {f"csv/{path.name}" for path in (unpacked[edition] / "csv").iterdir()}
    assert files == {resource["path"] for resource in described if resource["path"].startswith("csv/")}


def test_notebooks_that_were_run_on_masked_texts_say_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ipykernel", reason="notebooks are run by a kernel")
    nbformat = pytest.importorskip("nbformat")
    (tmp_path / "notebooks").mkdir()
    cells = [
        nbformat.v4.new_markdown_cell("# What is there", id="a"),
        nbformat.v4.new_code_cell("print(1 + 1)", id="b"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "one.ipynb")
    for masked in (False, True):
        write_notebooks(tmp_path / "notebooks", tmp_path / str(masked), masked=masked)
        written = nbformat.read(tmp_path / str(masked) / "one.ipynb", as_version=4)
        assert written.cells[-1].outputs[0]["text"] == "2\n"
        assert any("aussage rehydrate" in cell.source for cell in written.cells) is masked
    assert capfd.readouterr().err == ""


@pytest.mark.prove
def test_the_same_commit_gives_the_same_bytes(project: Path, released: Any, tmp_path: Path) -> None:
    """In another folder, for another user, in another time zone."""
    other = tmp_path / "elsewhere" / "clone"
    git(project, "clone", "--quiet", str(project), str(other))
    (tmp_path / "home").mkdir()
    said = aussage_elsewhere(
        other, "release", HOME=str(tmp_path / "home"), TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7"
    )
    assert said["code"] == 0, said
    for first, second in zip(released["bundles"], said["bundles"], strict=True):
        assert digest(first["file"]) == digest(second["file"])


@pytest.mark.prove
def test_words_of_the_text_in_a_file_of_the_project_are_refused(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "clone"
    git(project, "clone", "--quiet", str(project), str(other))
    article = next((other / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    words = " ".join(article.split()[2:9])
    (other / "LICENSE-DATA.md").write_text(f"As in *{words}*, say.\n", encoding="utf-8")
    git(other, "add", "--all")
    git(other, "commit", "--quiet", "--message", "a licence that quotes")
    said = aussage(other, "release")
    assert said["code"] == 1
    (refusal,) = said["refusals"]
    assert refusal["code"] == "withheld-text"
    assert "LICENSE-DATA.md" in refusal["concerns"][0]
    assert not list((other / "dist").iterdir())


def digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.fixture(scope="module", autouse=True)
def tidy(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Bundles are large; they go when the tests are over."""
    yield
    shutil.rmtree(tmp_path_factory.getbasetemp() / "store", ignore_errors=True)
