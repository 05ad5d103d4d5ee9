"""The installed package, without the clone: it carries the corpus, and needs no network to load it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="hatchling builds the wheel")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder into which the wheel was unpacked, as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONNOUSERSITE": "1"}
    command = [sys.executable, "-c", code]
    answer = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_load_gives_the_shipped_corpus_from_an_empty_folder(installed: Path, tmp_path: Path, root: Path) -> None:
    code = "import aussage; c = aussage.load(); print(aussage.__file__, len(c.sentences), c.content_hash, c.folder)"
    file, sentences, content_hash, folder = run(installed, tmp_path, code).split()
    assert Path(file).is_relative_to(installed)
    assert Path(folder).is_relative_to(installed)
    assert sentences == "26"
    assert content_hash in (root / "dataset" / "corpus" / "manifest.json").read_text(encoding="utf-8")


def test_wheel_holds_the_package_and_the_corpus_only(installed: Path) -> None:
    assert {path.name.split("-")[0] for path in installed.iterdir()} == {"aussage"}
    assert not list(installed.rglob("test_*"))


def test_base_install_needs_neither_notebooks_nor_great_expectations(installed: Path) -> None:
    (metadata,) = installed.glob("aussage-*.dist-info/METADATA")
    required = [line for line in metadata.read_text(encoding="utf-8").splitlines() if line.startswith("Requires-Dist")]
    base = " ".join(line for line in required if "extra ==" not in line)
    for heavy in ("jupyterlab", "altair", "great-expectations"):
        assert heavy not in base
        assert any(heavy in line and "extra" in line for line in required)
