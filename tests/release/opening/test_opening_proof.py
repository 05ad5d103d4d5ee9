"""Corpora whose own files disagree, or whose tables unpack without end; bundles with any bit changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packed_neudorf import bag_of, packed, read_record, seal

import aussage
from aussage.release.opening import Refused, opened
from aussage.release.opening.zip_bundle import unpack_corpus

LONG = "x" * 1_000_000


def bomb(corpus: Path) -> None:
    """Some kilobytes that unpack to gigabytes: one long text, many times."""
    given = pq.read_table(corpus / "withdrawn.parquet")
    many = pa.DictionaryArray.from_arrays(pa.array([0] * 2000, pa.int32()), pa.array([LONG]))
    rows = pa.table({"withdrawn_id": many, "table": many})
    pq.write_table(rows.replace_schema_metadata(given.schema.metadata), corpus / "withdrawn.parquet")
    seal(corpus)


def fewer_rows(corpus: Path) -> None:
    record = read_record(corpus / "manifest.json")
    record["tables"]["claims"]["rows"] += 1
    seal(corpus, tables=record["tables"])


def torn_page(corpus: Path) -> None:
    data = bytearray((corpus / "claims.parquet").read_bytes())
    data[100:110] = bytes(10)
    (corpus / "claims.parquet").write_bytes(data)
    seal(corpus)


def deep_codebook(corpus: Path) -> None:
    (corpus / "codebook.json").write_text('{"a":' + "[" * 200_000 + "]" * 200_000 + "}")
    seal(corpus)


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "another file": (lambda corpus: (corpus / "claims.parquet").write_bytes(b"PAR1"), "is not the file that"),
    "a file more": (lambda corpus: (corpus / "more.txt").write_bytes(b""), "more.txt is not named in manifest.json"),
    "a file less": (lambda corpus: (corpus / "claims.parquet").unlink(), "claims.parquet is missing"),
    "no manifest": (lambda corpus: (corpus / "manifest.json").unlink(), "manifest.json"),
    "broken manifest": (lambda corpus: (corpus / "manifest.json").write_bytes(b"{"), "is damaged"),
    "a path in the manifest": (
        lambda corpus: (corpus / "manifest.json").write_text(
            (corpus / "manifest.json").read_text().replace('"codebook.json"', '"../codebook.json"')
        ),
        "names the file",
    ),
    "a pointer": (
        lambda corpus: (corpus / "claims.parquet").write_bytes(b"version https://git-lfs.github.com/spec/v1\n"),
        "git lfs pull",
    ),
    "other rows": (fewer_rows, "rows, manifest.json says"),
    "another build": (lambda corpus: seal(corpus, content_hash="0" * 64), "is of another build"),
    "no Parquet": (
        lambda corpus: ((corpus / "claims.parquet").write_bytes(b"PAR1"), seal(corpus)),
        "claims.parquet cannot be read",
    ),
    "a deep codebook": (deep_codebook, "codebook.json is damaged"),
    "a torn page": (torn_page, "claims.parquet cannot be read"),
    "a bomb": (bomb, "withdrawn.parquet cannot be read: row group 0 unpacks to more than 256 MB"),
    "an unknown edition": (lambda corpus: seal(corpus, edition="abridged"), "edition 'abridged' is not known"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_bundle_of_a_spoiled_corpus_is_refused_as_zip_and_as_folder(
    neudorf_corpus: Path, tmp_path: Path, what: str
) -> None:
    spoil, message = SPOILED[what]
    spoiled = tmp_path / "spoiled"
    shutil.copytree(neudorf_corpus, spoiled)
    spoil(spoiled)
    bundle, folder = packed(spoiled, tmp_path / "bundle"), tmp_path / "bundle" / "bags" / "neudorf-0.1.0-full"
    for named in (bundle, folder):
        with pytest.raises(Refused) as refused, opened(named):
            pass
        assert any(message in problem for problem in refused.value.problems), refused.value.problems
    with pytest.raises(Refused):
        unpack_corpus(bundle, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_bundle_folder_that_was_changed_is_not_loaded(neudorf_corpus: Path, tmp_path: Path) -> None:
    bag = bag_of(neudorf_corpus, tmp_path)
    (bag / "data" / "README.md").write_text("other", encoding="utf-8")
    for place in (bag, bag / "data", bag / "data" / "corpus"):
        with pytest.raises(aussage.CorpusError, match=r"README\.md has another checksum"):
            aussage.load(place)


def test_a_link_in_a_bundle_folder_is_refused(neudorf_corpus: Path, tmp_path: Path) -> None:
    bag = bag_of(neudorf_corpus, tmp_path)
    target = bag / "data" / "README.md"
    (tmp_path / "elsewhere").write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="is a link"), opened(bag):
        pass


def examine_changed(bundle: Path, corpus: Path, folder: Path, data: st.DataObject) -> None:
    """Change some bits of a bundle, or cut it off: it must be refused, or give the very same corpus."""
    whole = bytearray(bundle.read_bytes())
    tail = st.integers(max(len(whole) - 3000, 0), len(whole) - 1)  # the directory is there, and most that can go wrong
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1) | tail, max_size=3)):
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    if data.draw(st.booleans()):
        del whole[data.draw(st.integers(0, len(whole)) | tail) :]
    changed, target = folder / "changed.zip", folder / "corpus"
    changed.write_bytes(whole)
    shutil.rmtree(target, ignore_errors=True)
    try:
        unpack_corpus(changed, target)
    except Refused:
        assert not target.exists()
    else:
        found = {path.name: path.read_bytes() for path in target.iterdir()}
        assert found == {path.name: path.read_bytes() for path in corpus.iterdir()}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bundle_with_changed_bits_is_refused_or_the_same(
    neudorf_bundle: Path, neudorf_corpus: Path, tmp_path: Path, data: st.DataObject
) -> None:
    examine_changed(neudorf_bundle, neudorf_corpus, tmp_path, data)


@pytest.mark.prove
@settings(max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bundle_with_changed_bits_is_refused_or_the_same_many_times(
    neudorf_bundle: Path, neudorf_corpus: Path, tmp_path: Path, data: st.DataObject
) -> None:
    examine_changed(neudorf_bundle, neudorf_corpus, tmp_path, data)


def test_every_bit_of_the_records_matters_or_changes_nothing(neudorf_bundle: Path, tmp_path: Path) -> None:
    """Each byte of the last entry's directory record and of the closing record, turned over."""
    whole = neudorf_bundle.read_bytes()
    opened_anyway = 0
    for place in range(whole.rindex(b"PK\1\2"), len(whole)):
        (tmp_path / "changed.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            unpack_corpus(tmp_path / "changed.zip", tmp_path / "corpus")
        except Refused:
            continue
        opened_anyway += 1
        shutil.rmtree(tmp_path / "corpus")
    assert opened_anyway <= 12  # versions, times, internal attributes, permissions: what no program acts on
