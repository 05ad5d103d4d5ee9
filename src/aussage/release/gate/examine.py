"""Examines files: reads every byte in every way, and lists withheld words and what could not be read."""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import IO

from aussage.release.gate.embedded import encoded_bytes, printable, stream_starts
from aussage.release.gate.finding import INSIDE, Finding, Leak, Limits, Unread
from aussage.release.gate.kinds import as_text, is_worth_opening, reader_of, refused_kind
from aussage.release.gate.merging import Collected, without_repeats
from aussage.release.gate.part import ROWS_AGAIN, Budget, Data, Inner, Part, TooMuch, Trouble, Window
from aussage.release.gate.scan import hits_in_bytes, hits_in_text
from aussage.release.gate.withheld import WithheldText

Progress = Callable[[str, int], None]
"""Called with the path of each part and its size before it is read."""


def examine(
    name: str,
    data: bytes | IO[bytes] | Path,
    withheld: WithheldText,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """Examine one file: its name, its bytes, and all that is packed or written in it, however deep.

    Args:
        name: What the file is called in findings; it is examined too.
        data: The bytes, an open binary file, or the path of a file, which is mapped into memory.
        withheld: The texts that must not be in it.
        limits: How much is unpacked before the file is refused.
        progress: Called before each part is read.

    Yields:
        A Leak for each run of five or more words, an Unread for each part that could not be read wholly; nothing
        says that the file is proved to be free of the texts.
    """
    examination = _Examination(withheld, limits or Limits(), progress)
    with _opened(data) as opened:
        yield from examination.named(name, opened)


def examine_tree(
    folder: Path, withheld: WithheldText, limits: Limits | None = None, progress: Progress | None = None
) -> Iterator[Finding]:
    """Examine all files in a folder in order of their names; links and special files are not passed.

    Paths in findings are relative to the folder. See `examine`.
    """
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield Unread(name, "it is a link; put the file itself there")
        elif path.is_file():
            yield from examine(name, path, withheld, limits, progress)
        elif path.is_dir():
            yield from examine(name + "/", b"", withheld, limits)
        else:
            yield Unread(name, "it is neither file nor folder")


class _Examination:
    """The examination of one file with all that is in it."""

    def __init__(self, withheld: WithheldText, limits: Limits, progress: Progress | None) -> None:
        self._withheld, self._limits, self._progress = withheld, limits, progress
        self._budget = Budget(limits)

    def named(self, name: str, data: Data) -> list[Finding]:
        """The findings in a file and its name."""
        of_name = Collected(name, self._withheld, self._limits.shown)
        of_name.add(hit for hit, _ in hits_in_text(name, self._withheld, "file name") if hit)
        return [*of_name.findings(), *self._blob(name, data, 0)]

    def _blob(self, path: str, data: Data, depth: int) -> list[Finding]:
        """The findings in some bytes of any kind: first in what they hold, then in the bytes themselves."""
        if not len(data):
            return []
        if self._progress:
            self._progress(path, len(data))
        collected = Collected(path, self._withheld, self._limits.shown)
        if depth > self._limits.depth:
            return [Unread(path, f"more than {self._limits.depth} containers are inside each other")]
        kind = refused_kind(data)
        if kind:
            collected.inner.append(Unread(path, f"it is {kind}, which the gate cannot unpack; ship it in another form"))
        name, reader = reader_of(data)
        text = None if reader else as_text(data)
        if reader:
            collected.inner += self._parts(path, name, partial(reader, data, self._budget), depth)
        elif text is not None:
            collected.inner += self._text(collected, "text", text, depth)
        else:
            collected.inner += self._unknown(collected, data, depth)
        collected.add(hits_in_bytes(data, self._withheld))
        return collected.findings()

    def _parts(self, path: str, kind: str, parts: Callable[[], Iterable[Part]], depth: int) -> list[Finding]:
        """The findings in the parts of a container; whatever goes wrong with it is a finding itself."""
        findings: list[Finding] = []
        texts: dict[str, Collected] = {}
        try:
            for part in parts():
                inside = f"{path}{INSIDE}{part.name}" if part.name else path
                if isinstance(part, Trouble):
                    findings.append(Unread(inside, part.reason))
                elif isinstance(part, Inner):
                    findings += self._blob(inside, part.data, depth + 1)
                    if isinstance(part.data, mmap.mmap):
                        part.data.close()
                else:
                    collected = texts.setdefault(inside, Collected(inside, self._withheld, self._limits.shown))
                    collected.inner += self._text(collected, part.how, part.text, depth + 1)
        except Exception as error:  # a reader that stumbles over a file, for whatever reason, has not read it
            findings.append(Unread(path, f"as {kind} it cannot be read: {error or type(error).__name__}"))
        for collected in texts.values():
            findings += collected.findings()
        return without_repeats(findings)

    def _text(self, collected: Collected, how: str, text: str, depth: int) -> list[Finding]:
        """Adds what stands in a text; returns the findings in bytes that are written in it."""
        findings: list[Finding] = []
        small: list[bytes] = []
        seen: set[int] = set()
        if self._progress and depth:
            self._progress(collected.path, len(text))
        for hit, reading in hits_in_text(text, self._withheld, how):
            if hit:
                collected.add([hit])
            if how == ROWS_AGAIN:  # what is encoded in a cell was decoded in its column
                continue
            for written, data in encoded_bytes(reading) if reading else ():
                if hash(data) in seen:
                    continue
                seen.add(hash(data))
                if is_worth_opening(data):
                    findings += self._blob(f"{collected.path}{INSIDE}{written}", data, depth + 1)
                else:
                    small.append(data)
        if small:
            part = Collected(f"{collected.path}{INSIDE}encoded bytes", self._withheld, self._limits.shown)
            together = b"\n".join(small)
            part.inner += self._streams(part.path, together, depth + 1)
            part.add(hits_in_bytes(together, self._withheld))
            findings += part.findings()
        return findings

    def _unknown(self, collected: Collected, data: Data, depth: int) -> list[Finding]:
        """The findings in bytes of no known kind: in texts that stand in them, and in compressed streams."""
        findings = self._text(collected, "texts in unknown bytes", printable(data), depth)
        return findings + self._streams(collected.path, data, depth)

    def _streams(self, path: str, data: Data, depth: int) -> list[Finding]:
        """The findings in compressed streams that begin anywhere in the bytes."""
        findings: list[Finding] = []
        reached = 0
        for start in stream_starts(data):
            if start < reached or depth >= self._limits.depth:
                continue
            inside = f"{path}{INSIDE}byte {start:,}"
            if data[start] == 0x78:
                try:
                    unpacked, reached = _inflated(data, start, self._budget)
                except (zlib.error, EOFError):
                    continue
                except TooMuch as error:
                    return [*findings, Unread(inside, str(error))]
                findings += self._blob(inside, unpacked, depth + 1)
            else:
                rest = bytes(data[start:])
                kind, reader = reader_of(rest)
                if reader and start:
                    found = self._parts(inside, kind, partial(reader, rest, self._budget), depth + 1)
                    findings += [finding for finding in found if isinstance(finding, Leak)]
        return findings


def _inflated(data: Data, start: int, budget: Budget) -> tuple[Data, int]:
    """What a zlib stream holds that begins at a place, and where it ends; zlib.error if there is none."""
    stream, source = zlib.decompressobj(), Window(data)
    source.seek(start)

    def read(size: int) -> bytes:
        piece = b""
        while not piece and not stream.eof:
            given = stream.unconsumed_tail or source.read(1 << 12)
            if not given:
                raise EOFError
            piece = stream.decompress(given, size)
        return piece

    unpacked = budget.unpacked(read, len(data) - start)
    return unpacked, source.tell() - len(stream.unused_data)


def _opened(data: bytes | IO[bytes] | Path) -> closing[mmap.mmap] | nullcontext[bytes]:
    """The bytes of a file without reading them into memory at once."""
    if isinstance(data, bytes):
        return nullcontext(data)
    if isinstance(data, Path):
        with data.open("rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                return nullcontext(b"")
            return closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    return nullcontext(data.read())
