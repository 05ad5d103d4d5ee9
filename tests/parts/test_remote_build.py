"""Projects, caches and corpora on remote file systems: the same corpus, and never a mixture of two."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from fixtures import fresh
from remote_places import bucket, digests, memory, pack, send
from test_determinism import larger

import aussage
from aussage import CorpusError
from aussage.cli.main import cli
from aussage.parts import Settings, Shard, build, build_shard, merge
from aussage.remote import RemotePath, Unreachable, path_of
from aussage.tables import TABLES

__all__ = ["bucket", "memory"]
ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 10
SMALL = Settings(usual=2000)
"""Parts of a few documents."""
WHOLE = 1_000_000  # bytes in a part: all of the project


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project on this machine and its corpus, in parts."""
    project = larger(fresh(tmp_path_factory.mktemp("local") / "neudorf"), DOCUMENTS)
    result = build(project, project.parent / "corpus", Settings(usual=2000, cache=project.parent / "cache"))
    assert result.folder is not None
    assert result.parts > 3
    return project, result.folder


class CutOff(BaseException):
    """The process is ended."""


def cut_off_after(writes: int, patch: pytest.MonkeyPatch, to: str = "") -> None:
    """Let nothing be written any more to a remote place after so many files."""
    left, lock = [writes], threading.Lock()

    def limited(name: str) -> Callable[..., object]:
        write = getattr(RemotePath, name)

        def writing(self: RemotePath, given: object) -> object:
            target = given if name == "copy_to" else self
            with lock:
                left[0] -= to in str(target)
                if left[0] < 0:
                    raise CutOff
            return write(self, given)

        return writing

    for name in ("put", "write_bytes", "copy_to"):
        patch.setattr(RemotePath, name, limited(name))


def codes(result: aussage.compile.BuildResult) -> list[tuple[str, str]]:
    return [(one.code, one.place.file) for one in result.diagnostics if one.severity == "error"]


def test_a_bucket_gives_the_same_corpus_and_keeps_its_parts(bucket: RemotePath, local: tuple[Path, Path]) -> None:
    project = send(local[0], bucket / "neudorf")
    first = build(project, None, SMALL)
    assert codes(first) == []
    assert str(first.folder) == "s3://articles/neudorf/dataset/corpus"
    assert digests(project / "dataset/corpus") == digests(local[1])
    again = build(project, None, SMALL)
    assert (again.parts, again.reused) == (first.parts, first.parts)
    assert digests(project / "dataset/corpus") == digests(local[1])
    loaded, known = aussage.load("s3://articles/neudorf"), aussage.load(local[1])
    assert loaded.claims.equals(known.claims)
    assert loaded.codebook == known.codebook
    with pytest.raises(CorpusError, match="make a local copy"):
        loaded.polars("claims")


def test_no_bucket_is_one_finding(bucket: RemotePath, local: tuple[Path, Path]) -> None:
    assert codes(build(path_of("s3://no-such-bucket/neudorf"))) == [
        ("unreadable-file", "s3://no-such-bucket/neudorf"),
    ]
    for more in (
        {"out": path_of("s3://no-such-bucket/x")},
        {"settings": Settings(usual=2000, cache=path_of("s3://no-such-bucket/x"))},
    ):
        assert codes(build(local[0], **more)) == [("cannot-write", "s3://no-such-bucket/x")]  # type: ignore[arg-type]
    with pytest.raises(CorpusError, match="no folder s3://no-such-bucket/x"):
        aussage.load("s3://no-such-bucket/x")


def test_a_server_that_is_not_there_is_one_finding(local: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fsspec")

    def refuse(self: RemotePath) -> bool:
        raise Unreachable(str(self), "no route to host")

    monkeypatch.setattr(RemotePath, "exists", refuse)
    result = build(path_of("memory://nowhere"))
    assert codes(result) == [("unreadable-file", "memory://nowhere")]
    answer = CliRunner().invoke(cli, ["build", "memory://nowhere", "--json"])
    assert answer.exit_code == 1
    assert [one["message"] for one in json.loads(answer.output)["findings"]] == [
        "it cannot be reached: no route to host"
    ]


def test_unknown_file_systems_and_missing_libraries_are_wrong_use() -> None:
    pytest.importorskip("fsspec")
    for address in ("nothing://a/b", "git+nothing://a"):
        answer = CliRunner().invoke(cli, ["build", address])
        assert answer.exit_code == 2
        assert f"{address} cannot be reached" in answer.output
    answer = CliRunner().invoke(cli, ["check", "memory://a/b"])
    assert answer.exit_code == 2
    assert "Make a local copy first" in answer.output


@pytest.mark.prove
def test_shards_meet_in_a_remote_cache(memory: RemotePath, local: tuple[Path, Path], tmp_path: Path) -> None:
    project = send(local[0], memory / "neudorf")
    settings = Settings(usual=2000, cache=path_of(str(memory / "cache")))
    build_shard(project, Shard(1, 2), settings)
    early = merge(project, tmp_path / "corpus", settings)
    assert codes(early) == [("part-missing", str(memory / "cache"))]
    build_shard(project, Shard(2, 2), settings)
    assert codes(merge(project, tmp_path / "corpus", settings)) == []
    assert digests(tmp_path / "corpus") == digests(local[1])
    assert not list(project.rglob("*.sqlite"))


def test_a_local_project_may_have_a_remote_cache_and_corpus(memory: RemotePath, local: tuple[Path, Path]) -> None:
    cache, out = path_of(str(memory / "cache")), path_of(str(memory / "corpus"))
    for settings in (Settings(usual=2000, cache=cache), Settings(usual=2000, cache=local[0].parent / "cache")):
        assert codes(build(local[0], out, settings)) == []
        assert digests(out) == digests(local[1])


@pytest.mark.prove
def test_packed_sources(memory: RemotePath, local: tuple[Path, Path], tmp_path: Path) -> None:
    packed = larger(fresh(tmp_path / "neudorf"), DOCUMENTS)
    for file in (*packed.glob("seeds/*.jsonl"), packed / "dataset/annotations/all.jsonl"):
        pack(file)
    project = send(packed, memory / "neudorf")
    assert codes(build(project, None, SMALL)) == []
    assert digests(project / "dataset/corpus") == digests(local[1])


def test_only_what_changed_is_compiled_again(memory: RemotePath, local: tuple[Path, Path], tmp_path: Path) -> None:
    project = send(local[0], memory / "neudorf")
    first = build(project, None, SMALL)
    file = project / "seeds/b.jsonl"
    file.write_bytes(file.read_bytes().replace(b"um 3 Zentimeter", b"um 4 Zentimeter"))
    annotations = project / "dataset/annotations/all.jsonl"
    annotations.write_bytes(annotations.read_bytes().replace(b"um 3 Zentimeter", b"um 4 Zentimeter"))
    second = build(project, None, SMALL)
    assert codes(second) == []
    assert second.reused == first.parts - 1
    assert second.content_hash != first.content_hash
    at_once = build(project, tmp_path / "corpus")
    assert at_once.content_hash == second.content_hash


def test_a_part_that_was_not_sent_whole_is_compiled_again(
    memory: RemotePath, local: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = send(local[0], memory / "neudorf")
    with monkeypatch.context() as patch:
        cut_off_after(12, patch, "/parts/")
        with pytest.raises(CutOff):
            build(project, None, SMALL)
    result = build(project, None, SMALL)
    assert codes(result) == []
    assert 0 < result.reused < result.parts
    lines = next(path for path in (project / ".aussage/parts").rglob("lines"))
    lines.write_bytes(lines.read_bytes()[:-1])
    assert build(project, None, SMALL).reused == result.parts - 1
    assert digests(project / "dataset/corpus") == digests(local[1])


@pytest.mark.parametrize(
    ("usual", "writes"),
    [
        (2000, 9),
        (WHOLE, 3),
        *(pytest.param(*given, marks=pytest.mark.prove) for given in product((2000, WHOLE), (0, 1, 5, 13, 14, 17, 40))),
    ],
)
def test_a_corpus_that_was_not_sent_whole_is_the_old_one_or_an_error(
    memory: RemotePath,
    local: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    writes: int,
    usual: int,
) -> None:
    out = path_of(str(memory / "corpus"))
    send(local[1], memory / "corpus")
    settings = Settings(usual=usual, cache=local[0].parent / "cache")
    old, newer = aussage.load(local[1]), larger(fresh(tmp_path / "neudorf"), DOCUMENTS + 2)
    with monkeypatch.context() as patch:
        cut_off_after(writes, patch)
        with suppress(CutOff):
            build(newer, out, settings)
    try:
        loaded = aussage.load(str(out))
    except CorpusError:
        loaded = None
    if loaded is not None and loaded.content_hash == old.content_hash:
        for table in TABLES:
            try:
                assert loaded[table].equals(old[table])
            except CorpusError:
                continue
    result = build(newer, out, settings)
    assert codes(result) == []
    assert aussage.load(out).content_hash == result.content_hash
    assert set(digests(out)) == set(digests(build(newer, tmp_path / "corpus", settings).folder or out))


def test_what_is_no_corpus_is_not_written_over(memory: RemotePath, local: tuple[Path, Path]) -> None:
    (memory / "thesis/chapter.txt").write_text("Not a corpus.\n")
    settings = Settings(usual=2000, cache=local[0].parent / "cache")
    result = build(local[0], path_of(str(memory / "thesis")), settings)
    assert codes(result) == [("out-folder", str(memory / "thesis"))]
    assert digests(path_of(str(memory / "thesis"))).keys() == {"chapter.txt"}
    project = send(local[0], memory / "neudorf")
    assert codes(build(project, project / "seeds/corpus", settings)) == [("out-folder", "seeds/corpus")]


@pytest.mark.prove
def test_documents_are_set_aside_again_and_again(memory: RemotePath, local: tuple[Path, Path], tmp_path: Path) -> None:
    project = larger(fresh(tmp_path / "neudorf"), DOCUMENTS)
    file = project / "seeds/b.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"s01"', b'"x01"', 1))
    settings = Settings(usual=2000, keep_going=True)
    for out in (tmp_path / "corpus", path_of(str(memory / "corpus"))):
        for _ in range(2):
            result = build(project, out, settings)
            assert codes(result) == []
            assert result.set_aside == 1
        assert json.loads((out / "set-aside.jsonl").read_bytes())["document"] == "fluss-000"


def test_a_source_that_shrinks_meanwhile_is_named(
    memory: RemotePath, local: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = send(local[0], memory / "neudorf")
    import aussage.parts.run as running

    prepare = running.prepare

    def and_then_shrink(*given: object) -> object:
        ready = prepare(*given)  # type: ignore[arg-type]
        (project / "seeds/a.jsonl").write_bytes(b"{}\n")
        return ready

    monkeypatch.setattr(running, "prepare", and_then_shrink)
    assert codes(build(project, None, SMALL)) == [("source-changed", "seeds/a.jsonl")]


def test_an_address_of_a_local_file_is_a_local_path(local: tuple[Path, Path], tmp_path: Path) -> None:
    address = (tmp_path / "ä corpus").as_uri()
    assert path_of(address) == tmp_path / "ä corpus"
    answer = CliRunner().invoke(
        cli, ["build", local[0].as_uri(), "--out", address, "--part-size", "0.002", "--jobs", "1"]
    )
    assert answer.exit_code == 0, answer.output
    assert digests(tmp_path / "ä corpus") == digests(local[1])


@pytest.mark.prove
def test_several_processes_build_in_a_bucket(bucket: RemotePath, local: tuple[Path, Path]) -> None:
    project = send(local[0], bucket / "many")
    command = [sys.executable, "-c", "from aussage.cli import main; main()", "build", str(project), "--jobs", "2"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    answer = subprocess.run(
        [*command, "--part-size", "0.002"], env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert digests(project / "dataset/corpus") == digests(local[1])


@pytest.mark.prove
def test_no_server_no_access_and_no_right_end_soon_without_traceback(bucket: RemotePath) -> None:
    command = [sys.executable, "-c", "from aussage.cli import main; main()", "build", "s3://articles/x"]
    known = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = known | {"PYTHONPATH": str(ROOT / "src"), "AWS_EC2_METADATA_DISABLED": "true"}
    for more, expected in (
        (
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"},
            "connect",
        ),
        ({"AWS_ENDPOINT_URL": os.environ["AWS_ENDPOINT_URL"], "HOME": "/nonexistent"}, "credentials"),
    ):
        answer = subprocess.run(
            command, env=environment | more, capture_output=True, text=True, check=False, timeout=60
        )
        assert answer.returncode == 1
        assert answer.stderr.count("error[unreadable-file]") == 1
        assert expected in answer.stderr
        assert "Traceback" not in answer.stderr
