"""Bags: written as RFC 8493 says, and every way of breaking one is found."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from aussage.release.packing import PackingError, verify_bag, write_bag


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    folder = tmp_path / "bag"
    (folder / "data" / "corpus").mkdir(parents=True)
    (folder / "data" / "a.txt").write_bytes(b"eins")
    (folder / "data" / "corpus" / "100%\n.txt").write_bytes(b"zwei!")
    write_bag(folder, {"Bagging-Date": "2026-01-02"})
    return folder


def reseal(bag: Path) -> None:
    """Make the tag manifest fit the tag files again, so that only the wanted fault is there."""
    names = sorted(path.name for path in bag.iterdir() if path.is_file() and not path.name.startswith("tagmanifest"))
    lines = [f"{hashlib.sha256((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (bag / "tagmanifest-sha256.txt").write_text("".join(lines), encoding="utf-8")


def append(bag: Path, name: str, text: str) -> None:
    with (bag / name).open("a", encoding="utf-8", newline="") as file:
        file.write(text)
    reseal(bag)


def test_what_is_written(bag: Path) -> None:
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert (bag / "bag-info.txt").read_text(encoding="utf-8") == "Bagging-Date: 2026-01-02\nPayload-Oxum: 9.2\n"
    one, two = hashlib.sha256(b"eins").hexdigest(), hashlib.sha256(b"zwei!").hexdigest()
    manifest = (bag / "manifest-sha256.txt").read_text(encoding="utf-8")
    assert manifest == f"{one}  data/a.txt\n{two}  data/corpus/100%25%0A.txt\n"
    assert verify_bag(bag) == []


def test_other_strong_manifests_and_line_ends_are_read(bag: Path) -> None:
    paths = {"data/a.txt": b"eins", "data/corpus/100%25%0a.txt": b"zwei!"}
    lines = [f"{hashlib.sha512(data).hexdigest().upper()}\t{path}\r\n" for path, data in paths.items()]
    append(bag, "manifest-sha512.txt", "".join(lines))
    assert verify_bag(bag) == []
    (bag / "data" / "a.txt").write_bytes(b"Eins")
    found = verify_bag(bag)
    assert [problem.split(" (")[1].split()[0] for problem in found] == ["sha256", "sha512"]


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda bag: (bag / "data/a.txt").unlink(), "data/a.txt is missing"),
    "changed": (lambda bag: (bag / "data/a.txt").write_bytes(b"EINS"), "data/a.txt has another checksum"),
    "additional": (lambda bag: (bag / "data/b.txt").write_bytes(b""), "data/b.txt is not named in manifest-sha256.txt"),
    "hidden": (lambda bag: (bag / "data/.x").write_bytes(b""), "data/.x is not named"),
    "additional beside": (lambda bag: (bag / "x.txt").write_bytes(b""), "x.txt is not named in tagmanifest"),
    "no manifest": (lambda bag: (bag / "manifest-sha256.txt").unlink(), "it has no manifest-sha256.txt"),
    "no declaration": (lambda bag: (bag / "bagit.txt").unlink(), "it has no bagit.txt"),
    "other version": (lambda bag: (bag / "bagit.txt").write_text("BagIt-Version: 9\n"), "bagit.txt does not say"),
    "info changed": (lambda bag: (bag / "bag-info.txt").write_bytes(b"A: b\n"), "bag-info.txt has another checksum"),
    "wrong oxum": (
        lambda bag: ((bag / "bag-info.txt").write_text("Payload-Oxum: 9.3\n"), reseal(bag)),
        "Payload-Oxum is 9.3, the files in data/ have 9.2",
    ),
    "two oxums": (lambda bag: append(bag, "bag-info.txt", "payload-oxum: 1.1\n"), "2 lines Payload-Oxum"),
    "fetch": (lambda bag: append(bag, "fetch.txt", "http://x/ 1 data/a.txt\n"), "fetched from elsewhere"),
    "unknown algorithm": (lambda bag: append(bag, "manifest-crc.txt", "00  data/a.txt\n"), "'crc' are not known"),
    "escape": (lambda bag: append(bag, "manifest-sha256.txt", f"{'0' * 64}  data/../../x\n"), "leads out of the bag"),
    "absolute": (lambda bag: append(bag, "manifest-sha256.txt", f"{'0' * 64}  /etc/passwd\n"), "leads out of the bag"),
    "home": (lambda bag: append(bag, "manifest-sha256.txt", f"{'0' * 64}  ~/x\n"), "leads out of the bag"),
    "twice": (lambda bag: append(bag, "manifest-sha256.txt", f"{'0' * 64}  data/a.txt\n"), "is named twice"),
    "no line": (lambda bag: append(bag, "manifest-sha256.txt", "x\n"), "manifest-sha256.txt:3: no line"),
    "short checksum": (lambda bag: append(bag, "manifest-sha256.txt", "00  data/a.txt\n"), ":3: no line"),
    "stray percent": (lambda bag: append(bag, "manifest-sha256.txt", f"{'0' * 64}  data/%41\n"), ":3: no line"),
    "another manifest lacks files": (
        lambda bag: append(bag, "manifest-md5.txt", f"{hashlib.md5(b'eins').hexdigest()}  data/a.txt\n"),
        "is not named in manifest-md5.txt",
    ),
    "link": (lambda bag: (bag / "data/l").symlink_to("/etc/passwd"), "is a link or a special file"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_found(bag: Path, what: str) -> None:
    spoil, message = BROKEN[what]
    spoil(bag)
    found = verify_bag(bag)
    assert any(message in problem for problem in found), found


def test_weak_checksums_alone_are_not_enough(bag: Path) -> None:
    (bag / "manifest-sha256.txt").rename(bag / "manifest-md5.txt")
    assert any("it has no manifest-sha256.txt" in problem for problem in verify_bag(bag))


@pytest.mark.parametrize(
    "info", [{"A": "x\ny"}, {"Payload-Oxum": "1.1"}, {"a:b": "x"}, {" A": "x"}, {"": "x"}, {"A\nB": "x"}]
)
def test_lines_that_cannot_stand_in_bag_info(tmp_path: Path, info: dict[str, str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a").write_bytes(b"")
    with pytest.raises(PackingError):
        write_bag(tmp_path, info)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_what_stands_beside_data_is_not_taken_into_a_bag(tmp_path: Path) -> None:
    with pytest.raises(PackingError, match="no files in data/"):
        write_bag(tmp_path, {})
    (tmp_path / "loose.txt").write_bytes(b"")
    with pytest.raises(PackingError, match=r"loose\.txt stands beside data/"):
        write_bag(tmp_path, {})
