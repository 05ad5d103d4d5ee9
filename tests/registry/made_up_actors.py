"""Projects with nothing but made-up actors, loaded into memory and into an index."""

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from neudorf import ROOT

from aussage.codebook import Codebook, load_codebook
from aussage.diagnostics import Diagnostic, Diagnostics
from aussage.registry import Registry, load_registry
from aussage.source import Project

IN_MEMORY, IN_INDEX = 10**9, -1


@cache
def codebook() -> Codebook:
    """The codebook of the repository, read once."""
    found = load_codebook(Project(ROOT), Diagnostics())
    assert found is not None
    return found


def project(folder: Path, **files: Any) -> Path:
    """A project whose registry has these files; `__` stands for a dot, `___` for a slash; records become lines."""
    registry = folder / "dataset" / "registry"
    shutil.rmtree(registry, ignore_errors=True)
    registry.mkdir(parents=True)
    (registry / "coders.yaml").write_text("coders:\n- {id: anna, kind: person, name: Anna}\n", encoding="utf-8")
    if not any(name.startswith("locations") for name in files):
        (registry / "locations.yaml").write_text("locations: []\n", encoding="utf-8")
    for name, content in files.items():
        path = registry / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else lines(content))
    return folder


def actor(id_: str, **more: Any) -> dict[str, Any]:
    """The record of a person."""
    return {"id": id_, "type": "person", "label": {"de": f"Name von {id_}"}, **more}


def lines(records: list[Any]) -> bytes:
    """Records one a line, texts as they are."""
    return "".join(f"{r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)}\n" for r in records).encode()


def loaded(folder: Path, most: int = IN_INDEX, cache: Path | None = None) -> tuple[Registry, list[Diagnostic]]:
    """The registry of a project, and what is wrong with it."""
    diagnostics = Diagnostics()
    registry = load_registry(Project(folder), codebook(), diagnostics, cache, most)
    return registry, list(diagnostics)


def both(folder: Path) -> tuple[Registry, list[Diagnostic]]:
    """The registry looked up in an index, and its findings, proved to be as if it were in memory."""
    (small, expected), (large, findings) = loaded(folder, IN_MEMORY), loaded(folder)
    assert findings == expected
    for name in ("complete", "spoiled", "unread", "identity"):
        assert getattr(small, name) == getattr(large, name), name
    for table in ("actors", "locations"):
        in_memory, indexed = getattr(small, table), getattr(large, table)
        assert isinstance(in_memory, dict)
        assert not isinstance(indexed, dict)
        assert list(indexed) == sorted(in_memory)
        assert len(indexed) == len(in_memory)
        for id_, entry in in_memory.items():
            assert indexed[id_].record == entry.record
            for path in ((), ("id",), ("label", "de"), ("parent",)):
                place = entry.source.place((*entry.path, *path))
                assert indexed[id_].source.place((*indexed[id_].path, *path)) == place
        ids = [*in_memory, "nobody"]
        assert small.digest(table, ids) == large.digest(table, ids)
    return large, findings


def codes(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    """Code and place of findings."""
    return [(found.code, str(found.place).removeprefix("dataset/registry/")) for found in findings]
