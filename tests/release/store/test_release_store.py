"""Releases kept on this computer: added whole, never changed, found by version, loaded."""

import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from packed_neudorf import bag_of, built, packed, read_record, seal, without_texts

import aussage
from aussage.cli.store import command
from aussage.release import store

Changed = Callable[..., Path]


@pytest.fixture
def changed(neudorf_corpus: Path, tmp_path: Path) -> Changed:
    """Makes a bundle folder of the corpus with other facts in its manifest (its tables stay of the same build)."""

    def make(place: str, **facts: str) -> Path:
        corpus = tmp_path / "changed" / place / "corpus"
        shutil.copytree(neudorf_corpus, corpus)
        seal(corpus, **facts)
        return bag_of(corpus, tmp_path / "changed" / place)

    return make


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_add_find_remove(neudorf_bundle: Path, neudorf_corpus: Path, local_store: Path) -> None:
    release, is_new = store.add(neudorf_bundle)
    assert is_new
    assert release.folder == local_store / release.name / release.version / "full"
    assert contents(release.folder) == contents(neudorf_corpus)
    assert store.add(neudorf_bundle) == (release, False)
    assert store.kept() == store.kept(release.name) == [store.find(release.name, release.version)] == [release]
    assert store.kept("other") == []
    assert store.remove(release.version) == [release]
    assert list(local_store.iterdir()) == []
    with pytest.raises(aussage.CorpusError, match="is not in the store; kept is nothing"):
        store.remove(release.version)


def test_a_version_is_never_used_for_two_contents(
    neudorf_bundle: Path, neudorf_corpus: Path, tmp_path: Path, local_store: Path
) -> None:
    release, _ = store.add(neudorf_bundle)
    other = tmp_path / "other"
    shutil.copytree(neudorf_corpus.parents[1], other)
    registry = other / "dataset" / "registry" / "actors.yaml"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("City of Neudorf", "Town of Neudorf"), encoding="utf-8")
    corpus = built(other)
    assert read_record(corpus / "manifest.json")["content_hash"] != release.content_hash
    with pytest.raises(aussage.CorpusError, match="never used for two contents"):
        store.add(corpus)
    assert store.kept() == [release]
    store.remove(release.version)
    assert store.add(corpus)[1]


def test_versions_in_their_order(changed: Changed, local_store: Path) -> None:
    for version in ("0.10.0", "0.2.0", "0.2.0-rc.1"):
        store.add(changed(version, version=version))
    name = store.kept()[0].name
    assert store.kept_versions(name) == ["0.2.0-rc.1", "0.2.0", "0.10.0"]
    with pytest.raises(aussage.CorpusError, match=r"kept of it are 0.2.0-rc.1, 0.2.0, 0.10.0; .*aussage store add"):
        store.find(name, "9.0.0")


@pytest.mark.parametrize("facts", [{"version": "../../x"}, {"version": "1"}, {"name": "../x"}, {"name": "a/b"}, {"name": ".x"}, {"name": ""}])  # fmt: skip  # noqa: E501
def test_names_that_lead_out_of_the_store(changed: Changed, local_store: Path, facts: dict[str, str]) -> None:
    with pytest.raises(aussage.CorpusError, match="cannot be kept"):
        store.add(changed("strange", **facts))
    assert not local_store.exists()


def test_what_is_damaged_in_the_store_is_no_version_and_can_be_added_again(
    neudorf_bundle: Path, local_store: Path
) -> None:
    release, _ = store.add(neudorf_bundle)
    (release.folder / "claims.parquet").write_bytes(b"PAR1")
    assert store.add(neudorf_bundle) == (release, True)
    (release.folder / "manifest.json").write_bytes(b"{")
    assert store.kept_versions(release.name) == []
    assert store.add(neudorf_bundle) == (release, True)
    assert store.kept_versions(release.name) == [release.version]


def test_both_editions_are_kept_and_the_full_one_is_loaded(
    neudorf_bundle: Path, neudorf_corpus: Path, tmp_path: Path, local_store: Path
) -> None:
    free = packed(without_texts(neudorf_corpus, tmp_path / "free"), tmp_path / "bundle", "neudorf-0.1.0-text-free")
    release, _ = store.add(free)
    with pytest.warns(aussage.TextFreeEdition):
        assert aussage.load(neudorf_corpus, version=release.version).edition == "text-free"
    store.add(neudorf_bundle)
    assert [one.edition for one in store.kept()] == ["full", "text-free"]
    with warnings.catch_warnings(action="error"):
        assert aussage.load(neudorf_corpus, version=release.version).edition == "full"
    assert [one.edition for one in store.remove(release.version)] == ["full", "text-free"]


def test_load_a_version(neudorf_corpus: Path, changed: Changed, local_store: Path) -> None:
    assert aussage.load(neudorf_corpus, version="0.1.0").folder == neudorf_corpus  # it is that version itself
    with pytest.raises(aussage.CorpusError, match=r"version 0\.0\.9 .*no version of it is kept; .*aussage store add"):
        aussage.load(neudorf_corpus, version="0.0.9")
    store.add(changed("earlier", version="0.0.9"))
    assert aussage.load(neudorf_corpus, version="0.0.9").version == "0.0.9"


def test_load_a_zip_unpacks_once(neudorf_bundle: Path, local_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = aussage.load(neudorf_bundle)
    assert len(corpus.claims) > 0
    assert corpus.folder.parent == local_store / ".loaded"
    monkeypatch.setattr("aussage.release.opening.loaded_zips.unpack_corpus", None)
    assert aussage.load(str(neudorf_bundle)).folder == corpus.folder
    assert store.kept() == []
    assert store.forget() == 1
    assert store.forget() == 0


def test_a_store_that_cannot_be_written(neudorf_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("AUSSAGE_STORE", str(tmp_path / "file" / "store"))
    for use in (aussage.load, store.add):
        with pytest.raises(aussage.CorpusError, match="AUSSAGE_STORE"):
            use(neudorf_bundle)


def test_the_command(neudorf_bundle: Path, tmp_path: Path, local_store: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        outcome = CliRunner().invoke(command, list(arguments))
        return outcome.exit_code, outcome.output

    assert run("list") == (0, f"nothing is kept in {local_store}; `aussage store add BUNDLE` adds a release\n")
    code, printed = run("add", str(neudorf_bundle))
    name = store.kept()[0].name
    assert (code, printed) == (0, f"added {name}@0.1.0 (full)\n")
    assert run("add", str(neudorf_bundle)) == (0, f"kept already: {name}@0.1.0 (full)\n")
    assert run("list")[1].startswith(f"{name}@0.1.0  full ")
    assert '"content_hash"' in run("list", "--json")[1]
    assert run("remove", "0.2.0")[0] == 1
    assert run("remove", f"{name}@0.1.0") == (0, f"removed {name}@0.1.0 (full)\n")
    (tmp_path / "bad.zip").write_bytes(neudorf_bundle.read_bytes()[:-1])
    code, printed = run("add", str(tmp_path / "bad.zip"))
    assert code == 1
    assert "is refused as a whole" in printed
    code, printed = run("add", str(tmp_path / "bad.zip"), "--json")
    assert code == 1
    assert '"problems"' in printed
    assert run("add", "nothing-of-that-name")[0] == 1
    assert run("forget") == (0, "removed 0 unpacked zips\n")
