"""A bundle from a stranger is refused as a whole, with its cause, and nothing of it is written."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from packed_neudorf import NAME
from strange_zips import Part, changed, parts_of, zipped

import aussage
from aussage.release.opening import Refused
from aussage.release.opening.zip_bundle import unpack_corpus

Parts = list[Part]
README = f"{NAME}/data/README.md"
LINK, FOLDER, PIPE = 0o120777 << 16, 0o040755 << 16, 0o010644 << 16


def raw(size: int, level: int = 9) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(bytes(size)) + packer.flush()


def named(name: str) -> Callable[[Parts], bytes]:
    """One entry more, of this name below the bundle's folder."""
    return lambda parts: zipped([*parts, Part(f"{NAME}/{name}".encode(), b"x", flags=0x800)])


def loose(name: str) -> Callable[[Parts], bytes]:
    return lambda parts: zipped([*parts, Part(name.encode(), b"x", flags=0x800)])


def readme(**changes: object) -> Callable[[Parts], bytes]:
    """The bundle with another README."""
    return lambda parts: zipped(changed(parts, "README.md", **changes))


def overlapping(parts: Parts) -> bytes:
    """Two entries of the directory that share the data of one."""
    return zipped([*parts, replace(parts[-1], name=f"{NAME}/data/two.txt".encode(), place=0)])


def nested_overlap(parts: Parts) -> bytes:
    """The data of an entry are a whole other entry (the form of the better zip bomb)."""
    inner = zipped([Part(f"{NAME}/data/in.txt".encode(), b"x" * 50, method=0)])[:-100]
    whole = zipped([*parts, Part(f"{NAME}/data/out.txt".encode(), inner, method=0)])
    place = whole.index(inner)
    return zipped(
        [
            *parts,
            Part(f"{NAME}/data/out.txt".encode(), inner, method=0),
            Part(f"{NAME}/data/in.txt".encode(), place=place),
        ]
    )


NAMES = {
    "data/../../../evil": "leads out",
    "data/./evil": "empty part or '.'",
    "data//evil": "empty part",
    "data\\..\\evil": "backslash",
    "data/nul": "device of Windows",
    "data/Com1.txt": "device of Windows",
    "data/evil.": "at the edge",
    "data/evil ": "at the edge",
    "data/~root/evil": "begins with ~",
    "data/evil\0.txt": "NUL",
    "data/a:b": "Windows forbids",
    "data/evil\u202egpj.exe": "invisible",
    "data/" + "x" * 300: "too long",
    "data/readme.MD": "differ only in case",
    "DATA/other.md": "differ only in case",
    "data/README.md/x": "is a file and also a folder",
    "data/README.md": "is in it 2 times",
    "data/corpus/more/x.parquet": "has no folders",
    "data/added.md": "data/added.md is not named in manifest-sha256.txt",
}
LOOSE = {
    "/etc/evil": "absolute",
    "C:/evil": "drive letter",
    "../evil": "leads out",
    "~/evil": "begins with ~",
    "evil.txt": "stands outside of a folder",
    "__MACOSX/x": "holds 2 folders",
}
ATTACKS: dict[str, tuple[Callable[[Parts], bytes], str]] = {
    **{f"name {name!r}": (named(name), message) for name, message in NAMES.items()},
    **{f"name {name!r}": (loose(name), message) for name, message in LOOSE.items()},
    "unicode forms": (
        lambda parts: zipped(
            [*parts, *(Part(f"{NAME}/data/{n}".encode(), flags=0x800) for n in ("Br\u00fccke", "Bru\u0308cke"))]
        ),
        "differ only in case or Unicode form",
    ),
    "name in another encoding": (
        lambda parts: zipped([*parts, Part(f"{NAME}/data/".encode() + b"\xfc")]),
        "not in UTF-8",
    ),
    "link": (readme(attributes=LINK), "symbolic link"),
    "pipe": (readme(attributes=PIPE), "special file"),
    "folder as file": (readme(attributes=FOLDER), "folder that is named as a file"),
    "windows link": (readme(attributes=0x400), "is a link"),
    "folder with content": (named("data/sub/"), "is a folder and has content"),
    "encrypted": (readme(flags=1), "is encrypted"),
    "strongly encrypted": (readme(flags=0x41), "is encrypted"),
    "other packing": (readme(method=14, data=b"xx"), "method 14"),
    "patched": (readme(flags=0x20), "patch of another"),
    "second name": (readme(listed={"extra": struct.pack("<2H", 0x7075, 0)}), "second name"),
    "broken extra": (readme(listed={"extra": b"\1\0\xff\xff"}), "extra fields are damaged"),
    "extra twice": (readme(listed={"extra": struct.pack("<2H", 5, 0) * 2}), "extra field twice"),
    "zip64 without field": (readme(listed={"size": 0xFFFFFFFF}), "ZIP64 field is missing"),
    "other part": (readme(listed={"disk": 3}), "another part of the zip"),
    "other name inside": (readme(own={"name": README.encode().upper()}), "header has another name"),
    "other size inside": (readme(own={"size": 3}), "own header disagrees"),
    "other method inside": (readme(own={"method": 0}), "own header disagrees"),
    "other checksum inside": (readme(own={"crc": 1}), "own header disagrees"),
    "wrong descriptor": (readme(flags=8, own={"crc": 0}, after=b"PK\7\10" + bytes(12)), "after its data disagrees"),
    "wrong crc": (readme(own={"crc": 1}, listed={"crc": 1}), "another checksum (CRC-32)"),
    "more than said": (readme(own={"size": 3}, listed={"size": 3}), "unpacks to more than the 3 bytes"),
    "less than said": (readme(own={"size": 99}, listed={"size": 99}), "not the 99 that the zip says"),
    "broken data": (readme(data=b"\xff\xff\xff"), "packed data are damaged"),
    "cut data": (readme(data=raw(5000, 1)[:-3], content=bytes(5000)), "end too early"),
    "trailing data": (readme(data=raw(10) + b"zz", content=bytes(10)), "bytes stand after the end"),
    "stored with two sizes": (readme(method=0, listed={"size": 2}), "has two sizes"),
    "overlap": (overlapping, "overlap"),
    "overlap inside": (nested_overlap, "overlap"),
    "prepended": (lambda parts: zipped(parts, before=b"#!/bin/sh\n"), "before the first entry"),
    "prepended, offsets not moved": (lambda parts: b"#!/bin/sh\n" + zipped(parts), "does not end where"),
    "appended": (lambda parts: zipped(parts, after=b"more"), "stand after its end"),
    "comment": (lambda parts: zipped(parts, comment=b"hello"), "stand after its end"),
    "bytes between": (readme(after=b"hidden"), "that belong to no entry"),
    "cut": (lambda parts: zipped(parts)[:-30], "cut off"),
    "half": (lambda parts: zipped(parts)[: len(zipped(parts)) // 2], "cut off"),
    "empty": (lambda parts: zipped([]), "empty zip"),
    "ratio": (
        lambda parts: zipped([*parts, Part(f"{NAME}/data/0".encode(), bytes(20 << 20), data=raw(20 << 20))]),
        "a zip bomb",
    ),
    "total": (
        lambda parts: zipped(
            [
                *parts,
                *(
                    Part(f"{NAME}/data/{n}".encode(), data=b"", own={"size": 2**32 - 2}, listed={"size": 2**32 - 2})
                    for n in range(50)
                ),
            ]
        ),
        "at most 200,000,000,000 are unpacked",
    ),
    "no bag": (
        lambda parts: zipped([part for part in parts if b"bagit.txt" not in part.name]),
        "it has no bagit.txt",
    ),
    "no manifest": (
        lambda parts: zipped([part for part in parts if b"manifest-sha256.txt" not in part.name]),
        "it has no manifest-sha256.txt",
    ),
    "missing file": (lambda parts: zipped([p for p in parts if b"README" not in p.name]), "README.md is missing"),
    "changed file": (readme(content=b"# Kilroy\n"), "README.md has another checksum"),
    "changed table": (
        lambda parts: zipped(changed(parts, "corpus/actors.parquet", content=b"PAR1")),
        "actors.parquet has another checksum",
    ),
    "no corpus": (lambda parts: zipped([p for p in parts if b"data/corpus" not in p.name]), "it holds no corpus"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_refused_with_its_cause_and_nothing_written(neudorf_bundle: Path, tmp_path: Path, attack: str) -> None:
    spoil, message = ATTACKS[attack]
    bundle = tmp_path / "stranger.zip"
    bundle.write_bytes(spoil(parts_of(neudorf_bundle)))
    with pytest.raises(Refused) as refused:
        unpack_corpus(bundle, tmp_path / "new" / "corpus")
    assert any(message in problem for problem in refused.value.problems), refused.value.problems
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [bundle]


def test_the_builder_makes_an_honest_bundle(neudorf_bundle: Path, neudorf_corpus: Path, tmp_path: Path) -> None:
    """Without a fault, what the attacks are made with is opened: they are refused for their fault alone."""
    parts = parts_of(neudorf_bundle)
    streamed = [
        replace(
            part,
            flags=8,
            own={"crc": 0, "size": 0, "packed": 0},
            after=b"PK\7\10" + struct.pack("<3I", zlib.crc32(part.content), len(part.packed()), len(part.content)),
        )
        for part in parts
    ]
    folders = [Part(f"{NAME}/{name}".encode(), method=0, attributes=FOLDER) for name in ("", "data/", "data/corpus/")]
    for number, honest in enumerate((parts, streamed, [replace(part, method=0) for part in parts], [*folders, *parts])):
        (tmp_path / f"{number}.zip").write_bytes(zipped(honest))
        unpack_corpus(tmp_path / f"{number}.zip", tmp_path / str(number))
        assert contents(tmp_path / str(number)) == contents(neudorf_corpus)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_that_is_wrong_is_told_at_once(neudorf_bundle: Path, tmp_path: Path) -> None:
    parts = changed(parts_of(neudorf_bundle), "README.md", attributes=LINK)
    (tmp_path / "b.zip").write_bytes(zipped([*parts, Part(b"../x"), Part(b"../x", flags=1)]))
    with pytest.raises(Refused, match=r"(?s)symbolic link.*leads out.*encrypted.*2 times"):
        unpack_corpus(tmp_path / "b.zip", tmp_path / "new")


def test_a_refused_zip_leaves_nothing_in_the_store(neudorf_bundle: Path, tmp_path: Path, local_store: Path) -> None:
    (tmp_path / "b.zip").write_bytes(zipped(changed(parts_of(neudorf_bundle), "README.md", content=b"x")))
    with pytest.raises(aussage.CorpusError, match="is refused as a whole"):
        aussage.load(tmp_path / "b.zip")
    assert [path for path in local_store.rglob("*") if path.is_file()] == []


def test_too_many_entries(neudorf_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aussage.release.opening.zip_records.MOST_ENTRIES", 5)
    with pytest.raises(Refused, match="more than are read"):
        unpack_corpus(neudorf_bundle, tmp_path / "new")


def test_a_full_disk_is_told_before_anything_is_written(
    neudorf_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aussage.release.opening.zip_bundle.SPARE_DISK", 1 << 60)
    with pytest.raises(Refused, match="has 0 to spare"):
        unpack_corpus(neudorf_bundle, tmp_path / "new")
    assert not (tmp_path / "new").exists()
