"""A build in parts: the same corpus as in one go, whatever the parts, the processes and the way of the sources."""

import gzip
import json
import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa
import pytest
from neudorf import copy_neudorf
from test_determinism import larger

import aussage
from aussage.compile import BuildResult
from aussage.parts import Settings, Shard, build, build_shard, merge
from aussage.parts import local as local_engine
from aussage.parts.local import compile_parts
from aussage.parts.part import PartResult
from aussage.parts.workshop import Order, Workshop

TINY = 1_500  # bytes of records in a part: about two documents
DOCUMENTS = 24


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return larger(copy_neudorf(tmp_path / "project"), DOCUMENTS)


def in_parts(project: Path, name: str = "in-parts", **settings: object) -> BuildResult:
    return build(project, project.parent / name, Settings(usual=TINY, **settings))  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def codes(result: BuildResult) -> list[str]:
    return [found.code for found in result.diagnostics]


def spoil(project: Path, number: int) -> None:
    """Let the claim of one document quote what its sentence does not say."""
    path = project / "dataset/annotations/all.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if f"fluss-{number:03d}" in line)
    lines[at] = lines[at].replace('Die Feuerwehr \\u00fcbt in Neudorf"}', 'Niemand"}')
    assert "Niemand" in lines[at]
    path.write_text("".join(lines), encoding="utf-8")


def test_the_corpus_is_the_same_as_in_one_go(project: Path) -> None:
    whole = build(project, project.parent / "whole")
    parted = in_parts(project)
    assert (codes(parted), parted.parts > 5) == ([], True)
    assert parted.content_hash == whole.content_hash
    assert parted.rows == whole.rows
    one, other = aussage.load(project.parent / "whole"), aussage.load(project.parent / "in-parts")
    for table in ("documents", "sentences", "claims", "mentions", "flat", "actors"):
        assert getattr(one, table).equals(getattr(other, table)), table


def test_the_bytes_do_not_depend_on_processes_or_on_the_files_of_the_sources(project: Path) -> None:
    expected = files(in_parts(project).folder)
    two = in_parts(project, "two", jobs=2, cache=project.parent / "cache-2")
    assert files(two.folder) == expected
    records = "".join((project / "seeds" / f"{name}.jsonl").read_text(encoding="utf-8") for name in "ab")
    for name in "ab":
        (project / "seeds" / f"{name}.jsonl").unlink()
    lines = records.splitlines(keepends=True)[::-1]
    with gzip.open(project / "seeds" / "all.jsonl.gz", "wb") as file:
        file.write("".join(lines[::2]).encode())
    with pa.output_stream(str(project / "seeds" / "more.jsonl.zst"), compression="zstd") as file:
        file.write("".join(lines[1::2]).encode())
    packed = in_parts(project, "packed", cache=project.parent / "cache-3")
    assert codes(packed) == []
    assert files(packed.folder) == expected


def test_nothing_is_compiled_again_that_has_not_changed(project: Path) -> None:
    first = in_parts(project)
    assert first.reused == 0
    again = in_parts(project)
    assert (again.reused, again.content_hash) == (again.parts, first.content_hash)
    path = project / "dataset/annotations/all.jsonl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"modality": "CT+"', '"modality": "CT-"', 1), encoding="utf-8")
    changed = in_parts(project)
    assert changed.parts - changed.reused == 1
    assert changed.content_hash != first.content_hash
    assert changed.content_hash == build(project, project.parent / "whole").content_hash


def test_only_parts_that_name_an_actor_are_compiled_again_when_the_registry_changes(project: Path) -> None:
    first = in_parts(project)
    path = project / "dataset/registry/actors.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text.rstrip()}\n- {{id: nobody-yet, type: person, label: {{de: Niemand}}}}\n", encoding="utf-8")
    more = in_parts(project)
    assert (codes(more), more.reused) == ([], more.parts)
    assert more.content_hash != first.content_hash
    path.write_text(text.replace("label:", "also: [Anders]\n  label:"), encoding="utf-8")
    renamed = in_parts(project)
    assert 0 < renamed.parts - renamed.reused < renamed.parts
    assert renamed.content_hash == build(project, project.parent / "whole").content_hash


def test_a_part_of_the_cache_that_was_damaged_is_made_again(project: Path) -> None:
    expected = files(in_parts(project).folder)
    for number, path in enumerate(sorted((project / ".aussage" / "parts").glob("*/*"))):
        if number % 3 == 0:
            data = path.read_bytes()
            path.unlink()  # the corpus has the same file
            path.write_bytes(data[:-1] if number % 2 else bytes([data[0] ^ 1]) + data[1:])
    again = in_parts(project, "again")
    assert again.reused < again.parts
    assert files(again.folder) == expected


def test_a_document_with_errors_stops_the_build_but_all_errors_are_shown(project: Path) -> None:
    for number in (3, 11, 20):
        spoil(project, number)
    result = in_parts(project)
    assert result.folder is None
    assert codes(result) == ["quote-not-found"] * 3
    assert not (project.parent / "in-parts").exists()


def test_documents_with_errors_are_set_aside_if_asked(project: Path) -> None:
    for number in (3, 11, 20):
        spoil(project, number)
    with (project / "seeds" / "b.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "cut-off", "langu\n')
    result = in_parts(project, keep_going=True)
    assert (codes(result), result.set_aside) == ([], 4)
    assert sorted(found.code for found in result.aside) == ["json-syntax", *["quote-not-found"] * 3]
    folder = result.folder
    corpus = aussage.load(folder)
    assert len(corpus.documents) == DOCUMENTS + 1 - 3
    aside = [json.loads(line) for line in (folder / "set-aside.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {one["document"] for one in aside} == {"cut-off", "fluss-003", "fluss-011", "fluss-020"}
    assert all(one["findings"] and one["records"][0]["file"] for one in aside)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["set_aside"] == 4
    at_once = build(project, project.parent / "whole", Settings(keep_going=True))
    assert (at_once.set_aside, at_once.content_hash) == (4, result.content_hash)
    assert (project.parent / "whole" / "set-aside.jsonl").read_bytes() == (folder / "set-aside.jsonl").read_bytes()


def test_shards_are_merged_to_the_same_bytes(project: Path) -> None:
    expected = files(in_parts(project).folder)
    settings = Settings(usual=TINY, cache=project.parent / "shared")
    for number in (2, 1):
        assert codes(build_shard(project, Shard(number, 3), settings)) == []
    missing = merge(project, project.parent / "merged", settings)
    assert (codes(missing), missing.folder) == (["part-missing"], None)
    build_shard(project, Shard(3, 3), settings)
    merged = merge(project, project.parent / "merged", settings)
    assert files(merged.folder) == expected


def test_an_interrupted_build_goes_on_where_it_stood(project: Path) -> None:
    def interrupted(order: Order, numbers: Sequence[int], jobs: int) -> Iterator[PartResult]:
        for done, part in enumerate(compile_parts(order, numbers, jobs)):
            if done == 4:
                raise KeyboardInterrupt
            yield part

    with pytest.raises(KeyboardInterrupt):
        in_parts(project, engine=interrupted)
    assert not (project.parent / "in-parts").exists()
    result = in_parts(project)
    assert result.reused == 5
    assert result.content_hash == build(project, project.parent / "whole").content_hash


def work_and_die(order: Order, pipe: Connection) -> None:
    """The work of a process that is killed when it begins part 3: once, or always."""
    mark = Path(os.environ["AUSSAGE_TEST_KILLED"])
    compile_part = local_engine.compile_part

    def killed(workshop: Workshop, number: int) -> PartResult:
        if number == 3 and not mark.exists():
            if not os.environ["AUSSAGE_TEST_ALWAYS"]:
                mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return compile_part(workshop, number)

    local_engine.compile_part = killed
    work(order, pipe)


work = local_engine._work


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
@pytest.mark.parametrize("always", [False, pytest.param(True, marks=pytest.mark.prove)])
def test_a_killed_process_loses_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, always: bool
) -> None:
    monkeypatch.setenv("AUSSAGE_TEST_KILLED", str(tmp_path / "killed"))
    monkeypatch.setenv("AUSSAGE_TEST_ALWAYS", "1" if always else "")
    monkeypatch.setattr(local_engine, "_work", work_and_die)
    result = in_parts(project, jobs=2)
    if always:
        assert (codes(result), result.folder) == (["worker-lost"], None)
        monkeypatch.undo()
        result = in_parts(project)
        assert result.reused > 0
    assert codes(result) == []
    assert result.content_hash == build(project, project.parent / "whole").content_hash


def test_a_source_that_changes_while_it_is_read_is_told(project: Path) -> None:
    path = project / "dataset/annotations/all.jsonl"

    def overtaken(order: Order, numbers: Sequence[int], jobs: int) -> Iterator[PartResult]:
        path.write_text(path.read_text(encoding="utf-8").replace("CT+", "CT-"), encoding="utf-8")
        yield from compile_parts(order, numbers, jobs)

    result = in_parts(project, engine=overtaken)
    assert (codes(result), result.folder) == (["source-changed"], None)


def test_findings_by_the_thousand_are_counted(project: Path) -> None:
    path = project / "dataset/annotations/all.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("coder-a", "coder-z"), encoding="utf-8")
    result = in_parts(project)
    assert result.diagnostics.count_errors() == DOCUMENTS
    shutil.rmtree(project / ".aussage")
    from aussage.parts import findings

    kept = findings.KEPT
    try:
        findings.KEPT = 5
        few = in_parts(project)
    finally:
        findings.KEPT = kept
    assert (len(few.diagnostics), few.diagnostics.count_errors()) == (5, DOCUMENTS)


def test_a_corpus_whose_documents_are_all_set_aside_is_empty(project: Path) -> None:
    path = project / "dataset/registry/coders.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("coder-", "nobody-"), encoding="utf-8")
    result = in_parts(project, keep_going=True)
    assert (codes(result), result.set_aside) == ([], DOCUMENTS + 1)
    assert len(aussage.load(result.folder).documents) == 0
