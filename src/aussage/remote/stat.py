"""What a file system says of a file, in the form of os.stat_result as far as it is used, with a state."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

DIGESTS = ("etag", "md5", "md5hash", "content_md5", "checksum", "generation", "crc32c")
TIMES = ("mtime", "lastmodified", "last_modified", "modified", "updated", "created")


@dataclass(frozen=True, slots=True)
class RemoteStat:
    """Size, kind, time and state of a file.

    The state is another one when the file has been written to; `is_sure` says that it stands for the bytes (an ETag or
    digest), and not only for the time of writing. `st_ino` stands for the state.
    """

    st_mode: int
    st_size: int
    st_mtime: float
    state: str
    is_sure: bool

    @property
    def st_mtime_ns(self) -> int:
        """The time of writing in nanoseconds."""
        return int(self.st_mtime * 1e9)

    @property
    def st_ino(self) -> int:
        """A number that is another one when the file is."""
        return int.from_bytes(hashlib.sha256(self.state.encode()).digest()[:8])


def stat_of(info: Mapping[str, Any]) -> RemoteStat:
    """What is known from the answer of a file system, whose keys depend on its kind."""
    known = {str(key).replace("-", "_").lower(): value for key, value in info.items() if value is not None}
    digest = next((f"{key} {known[key]!s}" for key in DIGESTS if known.get(key)), "")
    time = _seconds(next((known[key] for key in TIMES if known.get(key)), 0))
    mode = stat.S_IFREG if known.get("type") == "file" else stat.S_IFDIR
    size = int(known.get("size") or 0)
    return RemoteStat(mode, size, time, f"{size} {digest or time}", bool(digest))


def _seconds(time: object) -> float:
    if isinstance(time, datetime):
        return time.timestamp()
    try:
        return float(time) if isinstance(time, int | float) else datetime.fromisoformat(str(time)).timestamp()
    except ValueError:
        return 0.0
