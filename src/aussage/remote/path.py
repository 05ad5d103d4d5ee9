"""A file or folder on a file system that fsspec reaches, with what of pathlib.Path is used here.

Nothing that was listed is remembered between two questions: somebody else may have written in between. Only a path
that came out of a listing knows what the listing said of it. Access and addresses of servers come from the variables
and files that the library of the file system reads itself (for S3 AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL and so on).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from aussage.remote.stat import RemoteStat, stat_of
from aussage.remote.stream import RemoteFile
from aussage.remote.unreachable import Unreachable, asking

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
LOCAL = ("file://", "local://")
EXTRA = "pip install 'aussage[remote]'"
WHOLE_OR_NOTHING = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "memory"}
"""File systems on which a file is there only once all of it is, and on which folders need not be made."""
BLOCK = 8_000_000  # bytes that are asked for at a time by who reads a file from its beginning


class RemotePath:
    """A place on a file system of fsspec; `key` is its name there, `prefix` and `key` together are its address.

    All methods raise Unreachable where neither the file nor its absence can be found out, and OSError as those of
    pathlib.Path do. There are no links.
    """

    __slots__ = ("_info", "key", "prefix", "system")

    def __init__(self, system: Any, prefix: str, key: str, info: dict[str, Any] | None = None) -> None:
        self.system, self.prefix, self.key, self._info = system, prefix, key, info

    def __str__(self) -> str:
        return f"{self.prefix}{self.key}"

    def __repr__(self) -> str:
        return f"RemotePath({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return path_of, (str(self),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RemotePath) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __lt__(self, other: RemotePath) -> bool:
        return self._parts < other._parts

    def __truediv__(self, name: object) -> RemotePath:
        return self._at(posixpath.join(self.key, str(name)))

    @property
    def _parts(self) -> list[str]:
        return self.key.split("/")

    @property
    def name(self) -> str:
        """The last part of the address."""
        return posixpath.basename(self.key)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot."""
        return PurePosixPath(self.name).suffix

    @property
    def parent(self) -> RemotePath:
        """The folder in which it stands."""
        return self._at(posixpath.dirname(self.key))

    def with_name(self, name: str) -> RemotePath:
        """What stands beside it under another name."""
        return self.parent / name

    def as_posix(self) -> str:
        """The address."""
        return str(self)

    def absolute(self) -> RemotePath:
        """Itself."""
        return self

    def resolve(self, strict: bool = False) -> RemotePath:
        """The address without `.` and `..`."""
        return self._at(posixpath.normpath(self.key), self._info)

    def relative_to(self, folder: object) -> PurePosixPath:
        """The path from a folder to it; ValueError if it does not stand there."""
        if not self.is_relative_to(folder):
            raise ValueError(f"{self} is not in {folder}")
        return PurePosixPath(str(self)[len(str(folder)) :].lstrip("/"))

    def is_relative_to(self, folder: object) -> bool:
        """Whether it is the folder or stands in it."""
        inside = isinstance(folder, RemotePath)
        return inside and (str(self) == str(folder) or str(self).startswith(f"{str(folder).rstrip('/')}/"))

    def exists(self) -> bool:
        """Whether there is a file or folder."""
        return self._about() is not None

    def is_file(self) -> bool:
        """Whether there is a file."""
        about = self._about()
        return about is not None and about["type"] == "file"

    def is_dir(self) -> bool:
        """Whether there is a folder: something stands below it."""
        about = self._about()
        return about is not None and about["type"] == "directory"

    def is_symlink(self) -> bool:
        """No."""
        return False

    def stat(self) -> RemoteStat:
        """What its file system says of it."""
        about = self._about()
        if about is None:
            raise FileNotFoundError(2, "No such file", str(self))
        return stat_of(about)

    def _about(self) -> dict[str, Any] | None:
        if self._info is not None:
            return self._info
        with asking(self):
            try:
                return cast("dict[str, Any]", self.system.info(self.key))
            except FileNotFoundError:
                return None

    def iterdir(self) -> Iterator[RemotePath]:
        """What stands in the folder."""
        with asking(self):
            found = self.system.ls(self.key, detail=True)
        yield from self._listed(found)

    def rglob(self, pattern: str) -> Iterator[RemotePath]:
        """The files below the folder, whatever folders they stand in; none if there is no folder."""
        with asking(self):
            try:
                found = self.system.find(self.key, detail=True)
            except FileNotFoundError:
                return
        yield from (path for path in self._listed(found.values()) if path.is_file() and fnmatchcase(path.name, pattern))

    def glob(self, pattern: str) -> Iterator[RemotePath]:
        """What in the folder has a name of that pattern."""
        return (path for path in self.iterdir() if fnmatchcase(path.name, pattern))

    def _listed(self, found: Any) -> Iterator[RemotePath]:
        """The paths of a listing; what only stands for an empty folder is left out."""
        for info in found:
            key = str(info["name"])
            if not key.endswith("/") and key.strip("/") != self.key.strip("/"):
                yield self._at(key, info)

    def open(self, mode: str = "rb", block: int = BLOCK) -> BinaryIO:
        """The file, to be read as bytes; so many of them are fetched at a time."""
        if mode != "rb":
            raise ValueError(f"{self} is opened to be read only")
        return cast("BinaryIO", RemoteFile(self, block))

    def read_bytes(self) -> bytes:
        """All bytes of the file."""
        with asking(self):
            return bytes(self.system.cat_file(self.key))

    def write_bytes(self, data: bytes) -> None:
        """Write a file of these bytes."""
        with self._arriving() as key:
            self.system.pipe_file(key, data)

    def write_text(self, text: str, encoding: str = "utf-8") -> None:
        """Write a file of this text."""
        self.write_bytes(text.encode(encoding))

    def put(self, file: Path) -> None:
        """Write what stands in a local file."""
        with self._arriving() as key:
            self.system.put_file(str(file), key)

    def get(self, file: Path) -> None:
        """Write its bytes into a local file."""
        with asking(self):
            self.system.get_file(self.key, str(file))

    def copy_to(self, other: RemotePath) -> None:
        """Have it copied on its own file system."""
        with other._arriving() as key:
            self.system.cp_file(self.key, key)

    def unlink(self, missing_ok: bool = False) -> None:
        """Remove the file."""
        with asking(self):
            try:
                self.system.rm_file(self.key)
            except FileNotFoundError:
                if not missing_ok:
                    raise

    def mkdir(self, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        """Do nothing: folders are there as soon as something stands in them."""

    def rmdir(self) -> None:
        """Remove the empty folder."""
        with asking(self):
            self.system.rmdir(self.key)

    @contextmanager
    def _arriving(self) -> Iterator[str]:
        """The key under which a file is to be written so that it has its name only once it is whole."""
        with asking(self):
            if self.prefix.split(":", 1)[0] in WHOLE_OR_NOTHING:
                yield self.key
                return
            self.system.makedirs(posixpath.dirname(self.key), exist_ok=True)
            arriving = str(self.with_name(f".{self.name}.arriving").key)
            yield arriving
            self.system.mv(arriving, self.key)

    def _at(self, key: str, info: dict[str, Any] | None = None) -> RemotePath:
        return RemotePath(self.system, self.prefix, key, info)


def is_address(text: object) -> bool:
    """Whether a text is an address as `s3://bucket/folder`, and no path."""
    return isinstance(text, str) and ADDRESS.match(text) is not None


def is_remote(path: object) -> bool:
    """Whether a path stands on a file system of fsspec."""
    return isinstance(path, RemotePath)


def remote(path: Path) -> RemotePath:
    """A path of which `is_remote` is true, by its true type."""
    return cast("RemotePath", path)


def path_of(address: str) -> Path:
    """The path of an address: a pathlib.Path of a local one (also of `file://`), else a RemotePath.

    The second is no Path, but has all of it that is used with projects, caches and corpora.

    Raises:
        Unreachable: there is no such file system, or its library is not installed.
    """
    if not is_address(address):
        return Path(address)
    if address.startswith(LOCAL):
        from urllib.parse import urlsplit
        from urllib.request import url2pathname

        return Path(url2pathname(urlsplit(address).path))
    try:
        url_to_fs = import_module("fsspec.core").url_to_fs
    except ImportError:
        raise Unreachable(address, f"fsspec is not installed: {EXTRA}") from None
    try:
        system, key = url_to_fs(address, use_listings_cache=False)
    except ImportError as error:
        raise Unreachable(address, f"{error} (for S3: {EXTRA})") from None
    except Exception as error:
        raise Unreachable(address, str(error)) from error
    whole = address.rstrip("/")
    prefix = whole[: -len(key)] if key and whole.endswith(key) else f"{address.split('://', 1)[0]}://"
    return cast("Path", RemotePath(system, prefix, key.rstrip("/")).resolve())
