"""A bundle made of the made-up project, for tests of what opens, packs and keeps bundles."""

from pathlib import Path

import pytest
from neudorf import copy_neudorf
from packed_neudorf import built, packed


@pytest.fixture(scope="session")
def neudorf_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus folder of the built project, to be read only."""
    return built(copy_neudorf(tmp_path_factory.mktemp("project") / "neudorf"))


@pytest.fixture(scope="session")
def neudorf_bundle(neudorf_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of a bundle of it, to be read only."""
    return packed(neudorf_corpus, tmp_path_factory.mktemp("bundle"))


@pytest.fixture
def local_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty local store of this test's own."""
    monkeypatch.setenv("AUSSAGE_STORE", str(tmp_path / "store"))
    return tmp_path / "store"
