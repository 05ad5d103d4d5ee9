"""The index of a registry is made once for one content, whoever else makes it at the same time."""

import gc
import multiprocessing
import os
import pickle
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from made_up_actors import IN_INDEX, actor, codebook, codes, loaded, project

from aussage.diagnostics import Diagnostics
from aussage.registry import Registry, load_registry
from aussage.registry.index import DamagedIndex
from aussage.registry.indexing import IndexMaker
from aussage.source import Project

RECORDS = [actor("anna", country="XX"), *(actor(f"a{n}") for n in range(300))]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The indexes that were made."""
    found: list[Path] = []
    write = IndexMaker.write
    monkeypatch.setattr(IndexMaker, "write", lambda maker, path: (found.append(path), write(maker, path))[1])
    return found


def kept(cache: Path) -> list[str]:
    return sorted(path.name.split("-")[0] + path.suffix for path in cache.iterdir())


def test_an_index_is_used_again(tmp_path: Path, made: list[Path]) -> None:
    folder, cache = project(tmp_path / "p", actors__jsonl=RECORDS), tmp_path / "cache"
    first = loaded(folder, cache=cache)
    assert len(made) == 2
    again = loaded(folder, cache=cache)
    assert len(made) == 2
    assert first[1] == again[1] != []
    assert first[0].identity == again[0].identity
    assert kept(cache) == ["actors.index", "locations.index"]


def test_an_index_is_made_again_when_a_file_changes(tmp_path: Path, made: list[Path]) -> None:
    folder, cache = project(tmp_path / "p", actors__jsonl=RECORDS), tmp_path / "cache"
    for number, files in enumerate(
        (
            {"actors__jsonl": RECORDS},
            {"actors__jsonl": RECORDS[1:]},
            {"actors__jsonl": RECORDS[1:], "actors___more__jsonl": [actor("zita")]},
            {"actors__jsonl": RECORDS[1:], "actors__yaml": b"actors: []\n"},
            {"actors__jsonl": RECORDS[1:], "actors__yaml": b"actors: [{id: otto, type: person, label: {de: O}}]\n"},
        )
    ):
        registry, findings = loaded(project(folder, **files), cache=cache)
        assert len([path for path in made if path.name.startswith("actors")]) == number + 1
        assert codes(findings) == ([("unknown-country", "actors.jsonl:1:79")] if number == 0 else [])
        assert ("zita" in registry.actors, "otto" in registry.actors) == (number == 2, number == 4)
    assert kept(cache).count("actors.index") == 3


@pytest.mark.parametrize("damage", ["empty", "cut", "text", "header", "grown"])
def test_a_damaged_index_is_made_again(tmp_path: Path, made: list[Path], damage: str) -> None:
    folder, cache = project(tmp_path / "p", actors__jsonl=RECORDS), tmp_path / "cache"
    _, findings = loaded(folder, cache=cache)
    path = next(cache.glob("actors-*"))
    data = path.read_bytes()
    spoiled = {"empty": b"", "cut": data[:-4096], "text": b"text", "header": bytes(100) + data[100:], "grown": data * 2}
    path.write_bytes(spoiled[damage])
    registry, again = loaded(folder, cache=cache)
    assert (len(registry.actors), again) == (301, findings)
    assert len(made) == 3


def test_an_index_that_is_damaged_inside_says_so_and_is_made_again(tmp_path: Path) -> None:
    folder, cache = project(tmp_path / "p", actors__jsonl=RECORDS), tmp_path / "cache"
    loaded(folder, cache=cache)
    path = next(cache.glob("actors-*"))
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"type"', b'"tyqe"'))
    registry, _ = loaded(folder, cache=cache)
    with pytest.raises(DamagedIndex, match="run the command again"):
        registry.actors["a7"]
    assert loaded(folder, cache=cache)[0].actors["a7"].record.id == "a7"


def test_damage_that_shows_while_the_registry_is_loaded_is_a_finding(tmp_path: Path) -> None:
    withdrawn = [{"table": "actors", "id": "a7", "reason": "takedown", "version": "0.1.0"}]
    folder = project(tmp_path / "p", actors__jsonl=RECORDS, **{"..___withdrawn__jsonl": withdrawn})
    _, findings = loaded(folder, cache=tmp_path / "cache")
    path = next((tmp_path / "cache").glob("actors-*"))
    path.write_bytes(path.read_bytes().replace(b'"type"', b'"tyqe"'))
    _, damaged = loaded(folder, cache=tmp_path / "cache")
    assert [found.code for found in damaged] == ["unreadable-file", "unknown-country"]
    assert loaded(folder, cache=tmp_path / "cache")[1] == findings


def test_a_run_inside_a_run_makes_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = project(tmp_path / "p", actors__jsonl=RECORDS), tmp_path / "cache"
    write, inner = IndexMaker.write, []

    def interrupted(maker: IndexMaker, path: Path) -> None:
        write(maker, path)
        if not inner:
            inner.append(None)
            inner[0] = loaded(folder, cache=cache)

    monkeypatch.setattr(IndexMaker, "write", interrupted)
    outer = loaded(folder, cache=cache)
    assert outer[1] == inner[0][1]
    assert list(outer[0].actors) == list(inner[0][0].actors)
    assert kept(cache) == ["actors.index", "locations.index"]


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index goes by what was read, so that the next run does not take it for that of the file as it was."""
    folder, cache = project(tmp_path / "p", actors__jsonl=RECORDS), tmp_path / "cache"
    write = IndexMaker.write

    def changed(maker: IndexMaker, path: Path) -> None:
        project(folder, actors__jsonl=[actor("zita")])
        write(maker, path)

    with monkeypatch.context() as patch:
        patch.setattr(IndexMaker, "write", changed)
        assert list(loaded(folder, cache=cache)[0].actors) == ["zita"]
    assert len(loaded(project(folder, actors__jsonl=RECORDS), cache=cache)[0].actors) == 301


def in_another_process(folder: Path, cache: Path) -> tuple[int, int, int]:
    registry, findings = loaded(folder, cache=cache)
    return os.getpid(), len(registry.actors), len(findings)


def label_in_another_process(registry: Registry, id_: str) -> tuple[int, str | None]:
    return os.getpid(), registry.actor_label(id_)


@pytest.mark.parametrize("way", ["spawn", "fork"])
def test_processes_at_the_same_time(tmp_path: Path, way: str) -> None:
    if way not in multiprocessing.get_all_start_methods():
        pytest.skip("not on this system")
    folder, cache = project(tmp_path / "p", actors__jsonl=RECORDS), tmp_path / "cache"
    registry = loaded(folder)[0]
    assert registry.actor_label("a1") == "Name von a1"
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(way)) as processes:
        runs = [processes.submit(in_another_process, folder, cache) for _ in range(2)]
        assert {run.result()[1:] for run in runs} == {(301, 1)}
        labels = [processes.submit(label_in_another_process, registry, f"a{n}").result() for n in range(20)]
    assert [label for _, label in labels] == [f"Name von a{n}" for n in range(20)]
    assert os.getpid() not in {process for process, _ in labels}
    assert kept(cache) == ["actors.index", "locations.index"]
    assert registry.actor_label("a299") == "Name von a299"


def test_a_copy_opens_the_index_and_does_not_carry_it(tmp_path: Path) -> None:
    registry, _ = loaded(project(tmp_path / "p", actors__jsonl=RECORDS), cache=tmp_path / "cache")
    data = pickle.dumps(registry)
    assert len(data) < 5_000
    copy = pickle.loads(data)
    assert copy.actors["a5"] == registry.actors["a5"]
    assert copy.actors["a5"].source.place(("label",)) == registry.actors["a5"].source.place(("label",))


def test_without_a_folder_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    registry, _ = loaded(project(tmp_path / "p", actors__jsonl=RECORDS))
    assert len(list(place.iterdir())) == 2
    del registry
    gc.collect()
    assert list(place.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_finding(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", actors__jsonl=RECORDS, locations__yaml=b"locations: []\n")
    (tmp_path / "file").write_text("no folder")
    diagnostics = Diagnostics()
    registry = load_registry(Project(folder), codebook(), diagnostics, tmp_path / "file", IN_INDEX)
    assert {found.code for found in diagnostics} == {"cannot-write"}
    assert registry.may_hold("actors", "anybody")
