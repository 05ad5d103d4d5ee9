"""What is refused before anything is sent, all reasons at once."""

from __future__ import annotations

import sys
import types
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from deposit_bundles import METADATA, bundle, text_free, with_rights
from deposit_server import TOKEN
from neudorf import copy_neudorf
from packed_neudorf import seal

from aussage.release.deposit import Refused
from aussage.release.deposit.bundle_file import read_bundle
from aussage.release.deposit.metadata_fields import metadata_problems
from aussage.release.deposit.preparation import prepare
from aussage.release.deposit.token import Token, find_token

TODAY = date(2026, 11, 22)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project to deposit from."""
    folder = copy_neudorf(tmp_path / "project")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("ZENODO_TOKEN", TOKEN)
    return folder


def problems_of(zip_: Path) -> str:
    return "\n".join(read_bundle(zip_, TODAY).problems)


def test_a_bundle_gives_its_plan(neudorf_corpus: Path, tmp_path: Path) -> None:
    zip_ = text_free(neudorf_corpus, tmp_path)
    plan = read_bundle(zip_, TODAY).plan
    assert plan is not None
    assert (plan.name, plan.version, plan.edition) == ("neudorf", "0.1.0", "text-free")
    assert [file.name for file in plan.files] == [zip_.name, "README.md", "CITATION.cff"]
    assert plan.files[0].size == zip_.stat().st_size
    assert plan.metadata["publication_date"] == "2026-11-22"


def test_a_full_edition_needs_every_documents_rights_cleared(neudorf_corpus: Path, tmp_path: Path) -> None:
    unverified = with_rights(neudorf_corpus, tmp_path / "unverified", "unverified")
    assert "not cleared" in problems_of(bundle(unverified, tmp_path / "a", edition="full"))
    cleared = with_rights(neudorf_corpus, tmp_path / "cleared", "cleared")
    assert problems_of(bundle(cleared, tmp_path / "b", edition="full")) == ""


@pytest.mark.parametrize(("day", "refused"), [("2026-11-22", False), ("2026-11-23", True), (None, False)])
def test_an_embargo_must_be_over(neudorf_corpus: Path, tmp_path: Path, day: str | None, refused: bool) -> None:
    corpus = with_rights(neudorf_corpus, tmp_path / "cleared", "cleared", day)
    assert ("embargo" in problems_of(bundle(corpus, tmp_path, edition="full"))) == refused


def test_a_full_corpus_that_says_it_is_text_free_is_refused(neudorf_corpus: Path, tmp_path: Path) -> None:
    import shutil

    corpus = Path(shutil.copytree(neudorf_corpus, tmp_path / "corpus"))
    seal(corpus, edition="text-free", salt="00")
    assert "free of text" in problems_of(bundle(corpus, tmp_path / "a"))


def test_a_damaged_bundle_is_refused(neudorf_corpus: Path, tmp_path: Path) -> None:
    zip_ = text_free(neudorf_corpus, tmp_path)
    data = bytearray(zip_.read_bytes())
    data[len(data) // 2] ^= 0xFF
    zip_.write_bytes(data)
    assert "refused" in problems_of(zip_)
    (tmp_path / "note.zip").write_text("no zip")
    assert "is no zip" in problems_of(tmp_path / "note.zip")


@pytest.mark.parametrize("name", [".zenodo.json", "README.md", "CITATION.cff"])
def test_files_that_a_deposit_needs_must_be_there(neudorf_corpus: Path, tmp_path: Path, name: str) -> None:
    assert name in problems_of(text_free(neudorf_corpus, tmp_path, drop=name))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "title is missing"),
        ({"creators": [{"name": " "}]}, "a creator has no name"),
        ({"creators": "Neudorf"}, "creators is no list"),
        ({"upload_type": "corpus"}, "upload_type is 'corpus'"),
        ({"access_right": "secret"}, "access_right is 'secret'"),
        ({"version": "0.2.0"}, "version is '0.2.0', and the corpus is version 0.1.0"),
        ({"doi": "10.5281/zenodo.1"}, "doi is assigned by Zenodo"),
        ({"licence": "MIT"}, "licence is no field"),
    ],
)
def test_metadata_that_zenodo_would_not_take_are_refused(change: dict[str, Any], said: str) -> None:
    assert said in "\n".join(metadata_problems(METADATA | change, "0.1.0"))


def test_metadata_as_they_should_be_are_taken() -> None:
    assert list(metadata_problems(METADATA, "0.1.0")) == []
    assert list(metadata_problems([], "0.1.0")) == ["it is no object"]


def test_all_reasons_are_said_at_once(
    project: Path, neudorf_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZENODO_TOKEN")
    with (project / "aussage.toml").open("a", encoding="utf-8") as file:
        file.write('\n[dois.versions]\n"0.1.0" = "10.5281/zenodo.77"\n')
    restricted = with_rights(neudorf_corpus, tmp_path / "restricted", "restricted")
    zip_ = bundle(restricted, tmp_path, METADATA | {"title": ""}, edition="full")
    with pytest.raises(Refused) as raised:
        prepare(zip_, sandbox=False, today=TODAY)
    said = str(raised.value)
    assert "not cleared" in said
    assert "title is missing" in said
    assert "10.5281/zenodo.77" in said
    assert "ZENODO_TOKEN" in said


def test_another_server_must_be_on_this_computer(
    project: Path, neudorf_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zip_ = text_free(neudorf_corpus, tmp_path)
    monkeypatch.setenv("AUSSAGE_DEPOSIT_URL", "https://zenodo.org.example.com")
    with pytest.raises(Refused, match="on this computer only"):
        prepare(zip_, sandbox=False, today=TODAY)
    monkeypatch.delenv("AUSSAGE_DEPOSIT_URL")
    assert prepare(zip_, sandbox=False, today=TODAY).base == "https://zenodo.org"


def test_the_project_must_be_that_of_the_bundle(project: Path, neudorf_corpus: Path, tmp_path: Path) -> None:
    path = project / "aussage.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"neudorf"', '"altstadt"'), encoding="utf-8")
    with pytest.raises(Refused, match="altstadt"):
        prepare(text_free(neudorf_corpus, tmp_path), sandbox=False, today=TODAY)


def test_a_token_comes_from_the_environment_or_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZENODO_TOKEN", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert isinstance(find_token(False), str)
    kept = {("aussage", "zenodo"): "kept-in-the-keyring"}
    keyring = types.SimpleNamespace(get_password=lambda *names: kept.get(names))
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    found = find_token(False)
    assert isinstance(found, Token)
    assert found.authorization == "Bearer kept-in-the-keyring"
    monkeypatch.setenv("ZENODO_TOKEN", TOKEN)
    found = find_token(False)
    assert isinstance(found, Token)
    assert found.authorization == f"Bearer {TOKEN}"
    assert TOKEN not in f"{found!r} {found}"


@pytest.mark.parametrize("secret", ["two words", "line\nbreak-in-it", "schlüssel-der-bank", "short"])
def test_what_cannot_be_a_token_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("ZENODO_TOKEN", secret)
    found = find_token(False)
    assert isinstance(found, str)
    assert secret not in found
