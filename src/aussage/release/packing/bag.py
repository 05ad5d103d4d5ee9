"""A folder as a bag (BagIt 1.0, RFC 8493): written, and verified as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from aussage.release.packing.bag_problems import DATA, OXUM, TEXT, FileFacts, algorithms, bag_problems, is_tag
from aussage.release.packing.errors import PackingError, regular_files

__all__ = ["PackingError", "verify_bag", "write_bag"]

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHM = "sha256"
PIECE = 1 << 20


def write_bag(folder: Path, info: Mapping[str, str]) -> None:
    """Make a bag of a folder that holds nothing but `data/`.

    Written are bagit.txt, bag-info.txt (the lines of `info` in their order, then Payload-Oxum: bytes and number of
    files; a date stands in it only if the caller gives a Bagging-Date), manifest-sha256.txt (the files below data/)
    and tagmanifest-sha256.txt (the other three). Line breaks and percent signs in paths are percent-encoded.

    Raises:
        PackingError: the folder has no data/, holds something beside it or a link, or a line of `info` is no line.
        OSError: reading or writing failed.
    """
    names = regular_files(folder)
    beside = [name for name in names if not name.startswith(DATA)]
    if beside or not names:
        what = f"{beside[0]} stands beside data/" if beside else "it has no files in data/"
        raise PackingError(f"{folder} cannot become a bag: {what}; all that a bag carries stands in data/")
    facts = {name: file_facts(folder / name, (ALGORITHM,)) for name in names}
    oxum = f"{sum(fact.size for fact in facts.values())}.{len(facts)}"
    lines = [*(_info_line(label, value) for label, value in info.items()), f"Payload-Oxum: {oxum}\n"]
    tags = {
        "bag-info.txt": "".join(lines),
        "bagit.txt": DECLARATION,
        f"manifest-{ALGORITHM}.txt": _manifest({name: fact.digests[ALGORITHM] for name, fact in facts.items()}),
    }
    digests = {name: hashlib.new(ALGORITHM, text.encode()).hexdigest() for name, text in tags.items()}
    for name, text in {**tags, f"tagmanifest-{ALGORITHM}.txt": _manifest(digests)}.items():
        (folder / name).write_bytes(text.encode())


def verify_bag(folder: Path) -> list[str]:
    """What is wrong with the bag in a folder, one sentence each; an empty list for a bag that is whole.

    Found are files that are missing, not named, changed or no plain files, a wrong Payload-Oxum, paths that lead out
    of the bag, manifests that are no manifests or disagree, and files that would have to be fetched.
    """
    try:
        names = regular_files(folder)
        wanted = algorithms(names)
        facts, tags = {}, {}
        for name in names:
            facts[name] = file_facts(folder / name, wanted)
            if is_tag(name):
                with (folder / name).open("rb") as file:
                    tags[name] = file.read(TEXT + 1)
    except PackingError as error:
        return [str(error)]
    except OSError as error:
        return [f"{error.filename} cannot be read: {error.strerror}"]
    return bag_problems(facts, tags)


def file_facts(path: Path, wanted: Iterable[str]) -> FileFacts:
    """The size and the digests of a file, by algorithm; it is read once.

    Raises:
        OSError: it cannot be read.
    """
    hashes = {name: hashlib.new(name) for name in wanted}
    size = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            size += len(piece)
            for one in hashes.values():
                one.update(piece)
    return FileFacts(size, {name: one.hexdigest() for name, one in hashes.items()})


def _info_line(label: str, value: str) -> str:
    if not label.strip() or ":" in label or label != label.strip() or label.casefold() == OXUM:
        raise PackingError(f"{label!r} cannot be a label in bag-info.txt")
    if {"\r", "\n"} & set(label + value):
        raise PackingError(f"the text of {label} in bag-info.txt has a line break: {value!r}")
    return f"{label}: {value}\n"


def _manifest(digests: Mapping[str, str]) -> str:
    return "".join(f"{digests[name]}  {_encoded(name)}\n" for name in sorted(digests))


def _encoded(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
