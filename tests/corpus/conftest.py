"""The made-up corpus as fixtures."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_up_corpus import write_corpus


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up corpus, to be read only."""
    return write_corpus(tmp_path_factory.mktemp("shared") / "corpus")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the made-up corpus, to be broken."""
    write_corpus(tmp_path / "dataset" / "corpus")
    (tmp_path / "aussage.toml").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def rewrite() -> Callable[[Path, dict[str, Any]], None]:
    """Changes keys of a manifest; None removes a key."""

    def change(folder: Path, changes: dict[str, Any]) -> None:
        path = folder / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8")) | changes
        path.write_text(json.dumps({k: v for k, v in manifest.items() if v is not None}), encoding="utf-8")

    return change
