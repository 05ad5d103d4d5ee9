"""Places for tests of remote file systems: one in memory, and a server that speaks S3."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aussage.remote import RemotePath, path_of, remote

ACCESS = {"AWS_ACCESS_KEY_ID": "somebody", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
BUCKET = "articles"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[RemotePath]:
    """An empty folder in memory."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed (aussage[remote])")
    yield remote(path_of(f"memory://{hashlib.sha256(str(tmp_path).encode()).hexdigest()}"))
    fsspec.filesystem("memory").store.clear()
    fsspec.filesystem("memory").pseudo_dirs[:] = [""]


@pytest.fixture(scope="module")
def bucket() -> Iterator[RemotePath]:
    """An empty bucket on a server on this machine, with its address and access in the environment."""
    pytest.importorskip("s3fs", reason="s3fs is not installed (aussage[remote])")
    server = pytest.importorskip("moto.server", reason="moto is not installed").ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**ACCESS, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
            patch.setenv(name, value)
        place = remote(path_of(f"s3://{BUCKET}"))
        place.system.mkdir(BUCKET)
        yield place
        type(place.system).clear_instance_cache()
    server.stop()


def send(folder: Path, target: RemotePath) -> Path:
    """Copy a folder to a remote place; gives it as a path."""
    target.system.put(f"{folder}{os.sep}", f"{target.key}/", recursive=True)
    return path_of(str(target))


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of all files below a folder, wherever it is."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def pack(file: Path) -> None:
    """Put the packed file in the place of a plain one."""
    import gzip

    with file.open("rb") as plain, gzip.open(f"{file}.gz", "wb") as packed:
        shutil.copyfileobj(plain, packed)
    file.unlink()
