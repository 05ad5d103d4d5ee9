"""Wheel and sdist as they are passed on: no words of the article, and the texts can be put back from a copy."""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

pytest.importorskip("hatchling", reason="hatchling builds the wheel")


@pytest.fixture(scope="module")
def build_packages(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("build_packages", root / "build_packages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("status", "embargo", "expected"),
    [
        ("cleared", None, True),
        ("cleared", "2999-01-01", False),
        ("restricted", None, False),
        ("unverified", None, False),
    ],
)
def test_texts_are_passed_on_only_if_cleared_and_under_no_embargo(
    build_packages: Any, tmp_path: Path, status: str, embargo: str | None, expected: bool
) -> None:
    row = {"document_id": "bridge", "rights_status": status, "rights_embargo": embargo, "text": "The bridge is shut."}
    schema = pa.schema([(name, pa.string()) for name in row])
    parquet.write_table(pa.Table.from_pylist([row], schema=schema), tmp_path / "documents.parquet")
    assert build_packages.is_cleared(tmp_path) is expected


@pytest.mark.prove
def test_the_advice_of_the_installed_wheel_puts_the_texts_back(root: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), *filter(None, sys.path)])}
    out, empty = tmp_path / "out", tmp_path / "an empty folder"
    empty.mkdir()
    command = [sys.executable, str(root / "build_packages.py"), "--out", str(out)]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    (wheel,) = out.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    environment["PYTHONPATH"] = str(tmp_path / "site")
    code = "import aussage; print(aussage.load().content_hash)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=empty, env=environment, check=True, capture_output=True, text=True
    )
    advice = re.search(r"aussage rehydrate .* --text", loaded.stderr)
    assert advice is not None, loaded.stderr
    copies = map(str, (root / "seeds").glob("*.txt"))
    subprocess.run(
        [sys.executable, "-m", *shlex.split(advice[0]), *copies, "--out", "whole"],
        cwd=empty, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    code = "import aussage; c = aussage.load('whole'); print(c.content_hash, c.edition, len(c.sentences.text[0]) > 0)"
    whole = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=empty,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert whole.stdout.split() == [loaded.stdout.strip(), "full", "True"]
