"""The same folder gives the same zip, whoever packs it, wherever and whenever."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from aussage.release.packing import PackingError, write_zip

PACK = "import os, sys; from pathlib import Path; os.umask(int(sys.argv[3], 8)); " + (
    "from aussage.release.packing import write_zip; write_zip(Path(sys.argv[1]), Path(sys.argv[2]))"
)


def made(folder: Path, reverse: bool = False) -> Path:
    contents = {"b/z.txt": b"z" * 5000, "b/a.txt": b"", "ä.txt": "ü".encode(), "a.bin": bytes(range(256))}
    for name in sorted(contents, reverse=reverse):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(contents[name])
    (folder / "empty").mkdir()
    return folder


def packed_elsewhere(folder: Path, target: Path, umask: str, zone: str) -> bytes:
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": umask, "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", PACK, folder, target, umask], env=environment, check=True)
    return target.read_bytes()


def test_zone_umask_times_and_order_change_nothing(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one"), made(tmp_path / "two" / "deeper", reverse=True)
    for number, path in enumerate(other.rglob("*.*")):
        path.chmod(0o700)
        os.utime(path, (2_000_000_000 + number, 2_000_000_000))
    first = packed_elsewhere(one, tmp_path / "1.zip", "022", "Pacific/Kiritimati")
    assert packed_elsewhere(other, tmp_path / "2.zip", "077", "America/New_York") == first


def test_entries(tmp_path: Path) -> None:
    write_zip(made(tmp_path / "one"), tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as found:
        assert found.testzip() is None
        assert found.namelist() == ["a.bin", "b/a.txt", "b/z.txt", "ä.txt"]
        assert {(e.date_time, e.create_system, e.external_attr >> 16, e.extra) for e in found.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 3, 0o100644, b"")
        }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "one.zip"]


def test_a_link_is_not_packed_and_the_old_zip_stays(tmp_path: Path) -> None:
    folder, target = made(tmp_path / "one"), tmp_path / "one.zip"
    target.write_bytes(b"before")
    (folder / "b" / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(PackingError, match="link"):
        write_zip(folder, target)
    assert target.read_bytes() == b"before"
    with pytest.raises(PackingError, match="no file"):
        write_zip(tmp_path / "one" / "empty", target)


def test_a_failure_on_the_way_leaves_the_old_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, target = made(tmp_path / "one"), tmp_path / "one.zip"
    target.write_bytes(b"before")
    monkeypatch.setattr("shutil.copyfileobj", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        write_zip(folder, target)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["one.zip"]
    assert target.read_bytes() == b"before"
