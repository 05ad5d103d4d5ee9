"""A build that is cut off at any point leaves the old corpus or the new one, whole; nothing foreign is touched."""

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fixtures import building as build_module
from fixtures import fresh, run

from aussage.tables import swap

ROOT = Path(__file__).resolve().parents[1]
ENDED = 77
CALLS = ("mkdir", "open", "fsync", "rename", "unlink", "rmdir", "close", "scandir", "stat", "replace")
OURS = {"a", "b"}

CHILD = """
import os, sys
from pathlib import Path
sys.path[:0] = [{source!r}, {tests!r}]
from aussage.tables import swap
target, end, exchange = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "exchange"
if not exchange:
    swap._exchange = lambda one, other: False
calls = 0
def counted(function):
    def call(*arguments, **named):
        global calls
        calls += 1
        if calls == end:
            os._exit({ended})
        return function(*arguments, **named)
    return call
for name in {calls!r}:
    setattr(os, name, counted(getattr(os, name)))
swap._exchange = counted(swap._exchange)
swap._lock = counted(swap._lock)
with swap.replacing(target, {{"a", "b"}}) as folder:
    for name in ("a", "b"):
        (folder / name).write_text("new")
"""


def state(target: Path) -> str:
    """Which version is there, as a reader finds it: whole, or an error."""
    found = target if target.exists() else swap.previous(target)
    texts = {path.name: path.read_text(encoding="utf-8") for path in found.iterdir()} if found.exists() else {}
    assert set(texts) in (set(), OURS)
    assert len(set(texts.values())) <= 1
    return next(iter(texts.values()), "nothing")


@pytest.mark.parametrize("way", ["exchange", "two-step"])
@pytest.mark.parametrize("before", ["old", "nothing"])
def test_ended_at_every_call_of_the_system(tmp_path: Path, way: str, before: str) -> None:
    program = CHILD.format(source=str(ROOT / "src"), tests=str(ROOT / "tests"), ended=ENDED, calls=CALLS)
    seen, end, code = set(), 0, ENDED
    while code == ENDED:
        end += 1
        folder = tmp_path / f"{way}{end}"
        folder.mkdir()
        target = folder / "corpus"
        if before == "old":
            target.mkdir()
            for name in OURS:
                (target / name).write_text("old", encoding="utf-8")
        code = _forked(program, [str(target), str(end), way])
        seen.add(state(target))
        with swap.replacing(target, OURS) as again:
            for name in OURS:
                (again / name).write_text("again", encoding="utf-8")
        assert state(target) == "again"
        assert [path.name for path in folder.iterdir()] == ["corpus"], "something is left over"
    assert code == 0
    assert seen == {before, "new"}
    assert end > 10


def _forked(program: str, arguments: list[str]) -> int:
    """Run a program in a fork of this process; gives its exit code."""
    child = os.fork()
    if child == 0:
        try:
            sys.argv = ["child", *arguments]
            exec(compile(program, "child", "exec"), {"__name__": "child"})
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def whole(folder: Path) -> str:
    """The content hash of a corpus after all of its files were compared with the manifest."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {table["file"]: table["sha256"] for table in manifest["tables"].values()}
    files |= {name: file["sha256"] for name, file in manifest["files"].items()}
    for name, sha256 in files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256, name
    assert {path.name for path in folder.iterdir()} == {"manifest.json", *files}
    return str(manifest["content_hash"])


def change(project: Path) -> None:
    """Another corpus, with another content hash."""
    registry = project / "dataset/registry/actors.yaml"
    registry.write_text(registry.read_text(encoding="utf-8").replace("de: Feuerwehr", "de: Wehr"), encoding="utf-8")


def two_versions(folder: Path) -> tuple[Path, str, str]:
    """A project with its old corpus built and its sources changed; the two content hashes."""
    project = fresh(folder / "neudorf")
    old = run(project).content_hash
    before = {path: path.read_bytes() for path in project.rglob("*.yaml")}
    change(project)
    new = build_module.build(project, folder / "new").content_hash
    assert all(path.exists() for path in before)
    return project, old, new


BUILD = "import sys; from pathlib import Path; from aussage.compile import build; sys.exit(build(Path(sys.argv[1])).folder is None)"  # noqa: E501


def start(project: Path, prepare: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen([sys.executable, "-c", BUILD, str(project)], env=environment, preexec_fn=prepare)


def killed_builds(folder: Path, delays: list[float]) -> tuple[Path, set[str], set[str], str]:
    """The project, which corpora were there after the kills, which may be (the old, the new one), and the new one.

    Raises AssertionError, as `whole` does, where a corpus is not whole.
    """
    project, old, new = two_versions(folder)
    seen = set()
    for delay in delays:
        build = start(project)
        time.sleep(delay)
        build.send_signal(signal.SIGKILL)
        build.wait()
        seen.add(whole(project / "dataset/corpus"))
    return project, seen, {old, new}, new


def rebuilt(project: Path) -> str:
    """The content hash of the corpus after another build, which is not killed."""
    assert build_module.build(project).folder == project / "dataset/corpus"
    return whole(project / "dataset/corpus")


def hidden(project: Path) -> list[str]:
    """What a build left beside the corpus."""
    return [path.name for path in (project / "dataset").iterdir() if path.name.startswith(".")]


def test_killed_in_the_middle(tmp_path: Path) -> None:
    project, seen, whole_ones, new = killed_builds(tmp_path, [0.3, 1.2])
    assert seen <= whole_ones
    assert rebuilt(project) == new
    assert hidden(project) == []


@pytest.mark.prove
def test_killed_at_many_moments(tmp_path: Path) -> None:
    project, seen, whole_ones, new = killed_builds(tmp_path, [0.4 + number * 0.05 for number in range(40)])
    assert seen <= whole_ones
    assert rebuilt(project) == new
    assert hidden(project) == []


@pytest.mark.parametrize("limit", [0, 5_000])
def test_a_full_disk_leaves_the_old_corpus(tmp_path: Path, limit: int) -> None:
    project, old, _ = two_versions(tmp_path)

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    assert start(project, full).wait() == 1
    assert whole(project / "dataset/corpus") == old
    assert hidden(project) == []


def test_a_full_disk_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, old, _ = two_versions(tmp_path)

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device", str(folder))

    monkeypatch.setattr(swap, "_sync", full)
    (finding,) = run(project).diagnostics
    assert (finding.code, finding.message) == ("cannot-write", "No space left on device")
    assert whole(project / "dataset/corpus") == old


def test_a_file_in_place_of_the_folder_above(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    result = build_module.build(project, tmp_path / "file" / "corpus")
    assert [finding.code for finding in result.diagnostics] == ["cannot-write"]
    assert result.folder is None
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_links_in_a_circle_in_place_of_the_folder(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    (tmp_path / "circle").symlink_to("circle")
    result = build_module.build(project, tmp_path / "circle" / "corpus")
    assert [finding.code for finding in result.diagnostics] == ["cannot-write"]


@pytest.mark.parametrize("name", ["thesis.docx", "documents.parquet/mine.txt", ".git/config"])
def test_foreign_files_are_refused_and_untouched(tmp_path: Path, name: str) -> None:
    project = fresh(tmp_path / "neudorf")
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("mine", encoding="utf-8")
    result = build_module.build(project, out)
    assert [finding.code for finding in result.diagnostics] == ["out-folder"]
    assert [path for path in out.rglob("*") if path.is_file()] == [out / name]
    assert (out / name).read_text(encoding="utf-8") == "mine"
    assert not swap.building(out).exists()


def test_tables_in_parts_are_replaced_and_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda number: (synced.append(str(Path(f"/proc/self/fd/{number}").readlink())), fsync(number))
    )
    target, ours = tmp_path / "corpus", {"a.parquet", "b"}
    for parts in (2, 1):
        with swap.replacing(target, ours) as folder:
            (folder / "a.parquet").mkdir()
            for number in range(parts):
                (folder / "a.parquet" / f"part-{number:05}.parquet").write_text(str(parts))
        assert len(list((target / "a.parquet").iterdir())) == parts
        assert any(path.endswith("a.parquet/part-00000.parquet") for path in synced)
        assert any(path.endswith("/a.parquet") for path in synced)
    with swap.replacing(target, ours) as folder:  # and a table that was in parts may be one file again
        (folder / "a.parquet").write_text("whole")
    assert (target / "a.parquet").read_text() == "whole"


@pytest.mark.parametrize("name", ["a.parquet/notes.txt", "a.parquet/part-1.parquet", "b/part-00000.parquet"])
def test_foreign_files_in_the_folder_of_a_table_are_refused(tmp_path: Path, name: str) -> None:
    foreign = tmp_path / "corpus" / name
    foreign.parent.mkdir(parents=True)
    foreign.write_text("mine")
    with pytest.raises(swap.Foreign, match=name.split("/")[0]), swap.replacing(tmp_path / "corpus", {"a.parquet", "b"}):
        pytest.fail("it was replaced")
    assert foreign.read_text() == "mine"


def test_a_file_in_place_of_the_folder_is_untouched(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    result = build_module.build(project, tmp_path / "out")
    assert [finding.code for finding in result.diagnostics] == ["out-folder"]
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    assert build_module.build(project, tmp_path / "out").folder == tmp_path / "real"
    assert (tmp_path / "out").is_symlink()
    whole(tmp_path / "real")


def test_a_build_that_runs_is_not_disturbed(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    target = project / "dataset/corpus"
    with swap.replacing(target, OURS) as folder:
        for name in OURS:
            (folder / name).write_text("first", encoding="utf-8")
        result = run(project)
        assert [finding.code for finding in result.diagnostics] == ["build-running"]
        assert result.folder is None
    assert state(target) == "first"


def test_two_builds_at_once(tmp_path: Path) -> None:
    project, _, new = two_versions(tmp_path)
    codes = [build.wait() for build in [start(project) for _ in range(2)]]
    assert 0 in codes
    assert set(codes) <= {0, 1}
    assert whole(project / "dataset/corpus") == new
    assert hidden(project) == []


RACE = """
import sys
from pathlib import Path
sys.path.insert(0, {source!r})
from aussage.tables import swap
made = 0
for _ in range(150):
    try:
        with swap.replacing(Path(sys.argv[1]), {{"a", "b"}}) as folder:
            for name in ("a", "b"):
                (folder / name).write_text(sys.argv[2])
        made += 1
    except swap.Busy:
        pass
sys.exit(0 if made else 3)
"""


def test_many_short_builds_never_mix(tmp_path: Path) -> None:
    target = tmp_path / "corpus"
    program = RACE.format(source=str(ROOT / "src"))
    racers = [subprocess.Popen([sys.executable, "-c", program, str(target), f"racer {n}"]) for n in range(3)]
    codes = {racer.wait() for racer in racers}
    assert 0 in codes
    assert codes <= {0, 3}, "a racer failed otherwise than by finding another at work"
    assert state(target).startswith("racer")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_leftovers_of_a_build_are_cleaned(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    target = project / "dataset/corpus"
    for left in (swap.building(target), swap.previous(target)):
        (left / "deep").mkdir(parents=True)
        (left / "deep" / "documents.parquet").write_text("half", encoding="utf-8")
    swap.previous(target).rename(project / "kept")
    whole(run(project).folder or Path())
    (project / "kept").rename(swap.previous(target))
    whole(run(project).folder or Path())
    assert hidden(project) == []


def test_the_two_step_way_recovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, old, new = two_versions(tmp_path)
    target = project / "dataset/corpus"
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    rename = Path.rename

    def refused(path: Path, to: Path) -> Path:
        if path == swap.building(target):
            raise OSError(5, "Input/output error")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refused)
    assert [finding.code for finding in run(project).diagnostics] == ["cannot-write"]
    assert whole(target) == old
    monkeypatch.setattr(Path, "rename", rename)
    target.rename(swap.previous(target))  # as if cut off between the two steps
    assert run(project).content_hash == new
    assert whole(target) == new
    assert not swap.previous(target).exists()


def test_an_error_in_the_sources_leaves_the_old_corpus(tmp_path: Path) -> None:
    project, old, _ = two_versions(tmp_path)
    (project / "dataset/annotations/bruecken/coder-a.yaml").write_text("[", encoding="utf-8")
    assert run(project).folder is None
    assert whole(project / "dataset/corpus") == old


@pytest.mark.parametrize("wanted", [KeyboardInterrupt, MemoryError])
def test_interrupted(tmp_path: Path, wanted: type[BaseException]) -> None:
    def interrupted() -> None:
        with swap.replacing(tmp_path / "corpus", OURS) as folder:
            (folder / "a").write_text("new", encoding="utf-8")
            raise wanted

    with pytest.raises(wanted):
        interrupted()
    assert list(tmp_path.iterdir()) == []
