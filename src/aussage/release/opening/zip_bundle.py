"""A bundle's zip from a stranger: proved as a whole, and only its corpus written; refused whole if anything is odd.

All of it is read once, piece by piece. Nested zips stay zips. What is wrong is collected, so that one message says all.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from aussage.corpus.errors import CorpusError
from aussage.release.opening.budget import SPARE_DISK
from aussage.release.opening.proof import corpus_problems
from aussage.release.opening.refusal import Refused
from aussage.release.opening.zip_content import Damaged, size_problems, unpacked
from aussage.release.opening.zip_names import collisions, fault_of_name
from aussage.release.opening.zip_records import Entry, NoZip, read_entries
from aussage.release.packing.bag_problems import TEXT, FileFacts, algorithms, bag_problems, is_tag

CORPUS = "data/corpus/"
ENDS = (b"PK\3\4", b"PK\5\6")


def is_zip(path: Path) -> bool:
    """Whether a file is a zip, or seems to have been one; its name does not matter."""
    try:
        if not path.is_file():  # opening a pipe would wait for its other end
            return False
        with path.open("rb") as file:
            begin = file.read(4)
            size = file.seek(0, 2)
            file.seek(max(size - 70_000, 0))
            return begin in ENDS or ENDS[1] in file.read()
    except OSError:
        return False


def unpack_corpus(bundle: Path, target: Path) -> None:
    """Prove the bundle in a zip and write its corpus into the new folder `target`; nothing stays if it is refused.

    Proved are the zip's records, every name, every entry's checksum, the bag's manifests, the corpus's own manifest,
    and that its tables hold no more than they say.

    Raises:
        Refused: anything about the bundle is not as it should be; `target` is not there.
        CorpusError: the zip cannot be read, or the corpus not be written.
    """
    try:
        with bundle.open("rb") as file:
            problems = _unpack(file, target)
        problems = problems or corpus_problems(target)
        if problems:
            raise Refused(str(bundle), problems)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise CorpusError(f"{bundle} cannot be unpacked to {target}: {error.strerror}") from None
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _unpack(file: BinaryIO, target: Path) -> list[str]:
    """Unpack what can be, and give what is wrong; nothing is written if that shows without unpacking."""
    try:
        entries = read_entries(file, file.seek(0, 2))
    except NoZip as error:
        return [str(error)]
    problems = list(_problems_of(entries))
    if problems:
        return problems
    top = entries[0].name.split("/")[0]
    files = {entry.name.removeprefix(f"{top}/"): entry for entry in entries if not entry.is_folder}
    problems = list(_problems_of_place(files, target))
    if problems:
        return problems
    target.mkdir(parents=True)
    facts, tags = {}, {}
    for name, entry in files.items():
        try:
            facts[name], tag = _take(file, entry, name, target, algorithms(files))
        except Damaged as error:
            problems.append(f"{name} is damaged: {error}")
            continue
        if is_tag(name):
            tags[name] = tag
    # What is wrong with the bag says little as long as files could not be read.
    return problems or bag_problems(facts, tags)


def _problems_of(entries: list[Entry]) -> Iterator[str]:
    """What the records say that they should not, of all entries."""
    if not entries:
        yield "it is an empty zip"
    for entry in entries:
        fault = fault_of_name(entry.name)
        yield from (f"{entry.name!a}: {what}" for what in ([fault] if fault else []) + entry.faults)
    yield from collisions((entry.name, entry.is_folder) for entry in entries)
    yield from size_problems(entries)
    tops = Counter(entry.name.split("/")[0] for entry in entries)
    loose = sorted(entry.name for entry in entries if "/" not in entry.name and not entry.is_folder)
    if loose:
        yield f"{loose[0]!a} stands outside of a folder; a bundle's zip holds one folder with all that belongs to it"
    elif len(tops) > 1:
        yield f"it holds {len(tops)} folders ({', '.join(map(ascii, sorted(tops)[:5]))}); a bundle's zip holds one"


def _problems_of_place(files: dict[str, Entry], target: Path) -> Iterator[str]:
    corpus = {name: entry for name, entry in files.items() if name.startswith(CORPUS)}
    if not corpus:
        yield f"it holds no corpus: {CORPUS} is missing; a bundle is made by `aussage release`"
    yield from (f"{name}: a corpus has no folders" for name in sorted(corpus) if name.count("/") > CORPUS.count("/"))
    yield from (f"{name} is larger than {TEXT >> 20} MB" for name in files if is_tag(name) and files[name].size > TEXT)
    needed = sum(entry.size for entry in corpus.values())
    near = next(folder for folder in target.absolute().parents if folder.is_dir())
    free = shutil.disk_usage(near).free - SPARE_DISK
    if needed > free:
        yield f"its corpus takes {needed:,} bytes, and {near} has {max(free, 0):,} to spare"


def _take(file: BinaryIO, entry: Entry, name: str, target: Path, wanted: list[str]) -> tuple[FileFacts, bytes]:
    """Read an entry to its end: its digests, its text if it is a tag file, and a file in `target` if of the corpus."""
    hashes = {algorithm: hashlib.new(algorithm) for algorithm in wanted}
    sink = (target / name.removeprefix(CORPUS)).open("xb") if name.startswith(CORPUS) else None
    kept = bytearray()
    try:
        for piece in unpacked(file, entry):
            for one in hashes.values():
                one.update(piece)
            if sink:
                sink.write(piece)
            if is_tag(name):
                kept += piece
    finally:
        if sink:
            sink.close()
    return FileFacts(entry.size, {algorithm: one.hexdigest() for algorithm, one in hashes.items()}), bytes(kept)
