"""Files of registries: compressed, in several parts, damaged, or no text."""

import gzip
from pathlib import Path

import pyarrow as pa
import pytest
from made_up_actors import IN_MEMORY, actor, both, codes, lines, loaded, project

from aussage.diagnostics import Diagnostics
from aussage.registry import lines as reading_lines
from aussage.source import decode

ANNA, BERTA, CARLA = actor("anna", country="XX"), actor("berta", parent="anna"), actor("carla", parent="nobody")


def packed(data: bytes) -> bytes:
    """As a stream, as the tool zstd writes it."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


def test_compressed_files_and_parts_are_read_in_order(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        actors__jsonl=[ANNA],
        actors__jsonl__gz=gzip.compress(lines(["", BERTA])) + gzip.compress(lines([ANNA])),
        actors__jsonl__zst=packed(lines([BERTA, CARLA])),
        actors___b__jsonl__gz=gzip.compress(lines([CARLA, actor("dora")])),
        actors___a__jsonl=[actor("dora")],
    )
    registry, findings = both(folder)
    assert set(codes(findings)) == {
        ("unknown-country", "actors.jsonl:1:79"),
        ("duplicate-id", "actors.jsonl.gz:3:8"),
        ("duplicate-id", "actors.jsonl.zst:1:8"),
        ("unknown-parent", "actors.jsonl.zst:2:80"),
        ("duplicate-id", "actors/b.jsonl.gz:1:8"),
        ("duplicate-id", "actors/b.jsonl.gz:2:8"),
    }
    assert registry.actors["dora"].source.place().file == "dataset/registry/actors/a.jsonl"


@pytest.mark.parametrize("ending", ["gz", "zst"])
@pytest.mark.parametrize("damage", ["cut", "middle", "not compressed", "more behind"])
def test_damaged_compression_is_one_finding(tmp_path: Path, ending: str, damage: str) -> None:
    text = lines([actor(f"a{n}", note=str(n * 7919)) for n in range(500)])
    data = gzip.compress(text) if ending == "gz" else packed(text)
    half = len(data) // 2
    data = {
        "cut": data[:half],
        "middle": data[:half] + bytes(200) + data[half + 200 :],
        "not compressed": text,
        "more behind": data + b"more",
    }[damage]
    files = {f"actors__jsonl__{ending}": data, "actors__jsonl": [actor("anna", parent="a1")]}
    registry, findings = both(project(tmp_path, **files))
    assert codes(findings) == [("unreadable-file", f"actors.jsonl.{ending}")]
    assert "damaged" in findings[0].message
    assert (list(registry.actors), registry.unread) == (["anna"], {"actors"})


@pytest.mark.parametrize(
    "spoiled",
    [
        b"\xef\xbb\xbfa\n",
        "a\n".encode("utf-16"),
        b"a\x07\n\nb\xff\xfe\n",
        "zwölf\n".encode("latin-1"),
        b"a\n\xc3\xa4\r\nb\r\n",
        "".join(f"ä{n}\x07\u202e\n" for n in range(9)).encode(),
        "ä\n\nö\u0085ü\ufffe".encode(),
        b"\n\n\x00",
        b"a\n\xe2\x82",
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
def test_what_is_no_text_is_found_as_in_one_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoiled: bytes, piece: int
) -> None:
    monkeypatch.setattr(reading_lines, "PIECE", piece)
    expected = Diagnostics()
    assert decode(spoiled, "dataset/registry/actors.jsonl", expected) is None
    registry, findings = both(project(tmp_path, actors__jsonl=spoiled))
    assert findings == list(expected)
    assert (len(registry.actors), registry.unread) == (0, {"actors"})


@pytest.mark.parametrize("piece", [1, 50, 1 << 20])
def test_lines_too_long_are_reported_and_the_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(reading_lines, "PIECE", piece)
    monkeypatch.setattr(reading_lines, "LARGEST_RECORD", 100)
    monkeypatch.setattr(reading_lines, "LONGEST_LINE", 200)
    records = [actor("anna"), actor("b", note="b" * 90), actor("c", note="c" * 1000), actor("dora", country="XX")]
    registry, findings = both(project(tmp_path, actors__jsonl=records))
    assert list(registry.actors) == ["anna", "dora"]
    assert [(code, place.split(":")[1]) for code, place in codes(findings)] == [
        ("file-too-large", "2"),
        ("file-too-large", "3"),
        ("unknown-country", "4"),
    ]
    assert registry.unread == {"actors"}


def test_a_file_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_lines, "LARGEST_JSON_LINES", 10_000)
    data = gzip.compress(lines([actor("anna", note="a" * 50_000)]))
    _, findings = both(project(tmp_path, actors__jsonl__gz=data))
    assert codes(findings) == [("file-too-large", "actors.jsonl.gz")]


def test_files_that_are_none(tmp_path: Path) -> None:
    folder = project(tmp_path, actors___notes__txt=b"x", people__jsonl__gz=b"x", actors___a__jsonl=[actor("anna")])
    (folder / "dataset/registry/locations").mkdir()
    (folder / "dataset/registry/locations/b.jsonl").symlink_to("nowhere")
    (folder / "dataset/registry/locations/c.jsonl").mkdir()
    (folder / "dataset/registry/locations/d.jsonl").symlink_to(tmp_path.parent)
    _, findings = both(folder)
    assert codes(findings) == [
        ("unknown-file", "actors/notes.txt"),
        ("missing-file", "locations/b.jsonl"),
        ("unreadable-file", "locations/c.jsonl"),
        ("outside-project", "locations/d.jsonl"),
        ("unknown-file", "people.jsonl.gz"),
    ]


def test_an_empty_file_is_an_empty_registry(tmp_path: Path) -> None:
    registry, findings = both(project(tmp_path, actors__jsonl=b""))
    assert (len(registry.actors), findings) == (0, [])


def test_large_files_are_looked_up_and_small_ones_kept_in_memory(tmp_path: Path) -> None:
    folder = project(tmp_path, actors__jsonl=[actor("anna")], locations__jsonl=b"")
    size = (folder / "dataset/registry/actors.jsonl").stat().st_size
    assert isinstance(loaded(folder, size)[0].actors, dict)
    assert not isinstance(loaded(folder, size - 1)[0].actors, dict)
    assert isinstance(loaded(folder, IN_MEMORY)[0].locations, dict)
