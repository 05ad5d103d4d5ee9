"""Files of JSON Lines, plain or packed with gzip or Zstandard, as streams of bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

LINES = ".jsonl"
PACKED = {".gz": "gzip", ".zst": "zstd"}
ENDINGS = (LINES, *(f"{LINES}{ending}" for ending in PACKED))


def is_json_lines(path: Path) -> bool:
    """Whether a file holds JSON Lines, by its name."""
    return path.name.endswith(ENDINGS)


def is_packed(path: Path) -> bool:
    """Whether a file of JSON Lines is packed, by its name."""
    return path.suffix in PACKED and is_json_lines(path)


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file of JSON Lines as a stream.

    Raises:
        OSError: it cannot be read, or is damaged where it is packed.
    """
    with path.open("rb") as file:
        if not is_packed(path):
            yield file
            return
        import pyarrow as pa

        with pa.CompressedInputStream(pa.PythonFile(file, mode="r"), PACKED[path.suffix]) as stream:
            yield cast("BinaryIO", stream)
