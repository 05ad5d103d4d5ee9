"""Measures registries of many actors: seconds to index and to open again, microseconds a lookup, memory.

Every step runs in a process of its own, because the peak of memory is that of a process. Lookups are measured in
processor time, which is the same on a busy machine:

    python benchmarks/registry.py 10000 1000000
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from made_up_registry import COUNTRIES, GIVEN_NAMES, STEMS, SURNAMES, slug

from aussage.codebook import load_codebook
from aussage.diagnostics import Diagnostics
from aussage.registry import Registry, in_order, load_registry
from aussage.source import Project

ROOT = Path(__file__).resolve().parents[1]
COLD, HOT = 20_000, 200_000
HEADINGS = (
    "actors",
    "step",
    "seconds",
    "µs a cold lookup",
    "µs a hot one",
    "µs an absent one",
    "ms nearest",
    "peak MB",
)


def made_up_project(folder: Path, actors: int, seed: int = 0) -> None:
    """Write a project that has nothing but so many actors, one location and one coder."""
    chance = random.Random(seed)
    registry = folder / "dataset" / "registry"
    registry.mkdir(parents=True)
    shutil.copytree(ROOT / "schema", folder / "schema")
    (registry / "coders.yaml").write_text("coders:\n- {id: coder-a, kind: program, name: Coder A}\n", encoding="utf-8")
    (registry / "locations.yaml").write_text("locations: []\n", encoding="utf-8")
    surnames, parent = SURNAMES.split(), ""
    with (registry / "actors.jsonl").open("w", encoding="utf-8") as file:
        for number in range(actors):
            name = f"{chance.choice(GIVEN_NAMES)} {chance.choice(STEMS)}{chance.choice(surnames)}"
            actor = {
                "id": actor_id(name, number),
                "type": "person",
                "label": {"de": name, "en": name},
                "country": chance.choice(COUNTRIES),
                "ids": {"wikidata": {"status": "recalled", "id": f"Q{number + 1}"}},
            }
            if parent and chance.random() < 0.2:
                actor["parent"] = parent
            elif not parent or chance.random() < 0.01:
                parent = actor["id"]
            file.write(json.dumps(actor, ensure_ascii=False) + "\n")


def actor_id(name: str, number: int) -> str:
    """An id that looks like a name and stands only once."""
    return f"{slug(name)}-{number}"


def measured(folder: Path, step: str) -> dict[str, float]:
    """What one step takes, in this process."""
    project, diagnostics = Project(folder), Diagnostics()
    codebook = load_codebook(project, diagnostics)
    assert codebook is not None
    began = perf_counter()
    registry = load_registry(project, codebook, diagnostics, cache=folder / "cache")
    found = {"seconds": perf_counter() - began}
    assert not len(diagnostics), next(iter(diagnostics))
    if step == "look up":
        found |= _lookups(registry)
    if step == "read all":
        began = perf_counter()
        assert sum(1 for _ in in_order(registry.actors)) == len(registry.actors)
        found["seconds"] = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found | {"peak": peak / (1e6 if sys.platform == "darwin" else 1e3)}


def _lookups(registry: Registry) -> dict[str, float]:
    chance = random.Random(1)
    ids = chance.sample(list(registry.actors), min(COLD, len(registry.actors)))
    hot = [chance.choice(ids[-100:]) for _ in range(HOT)]
    actors, found = registry.actors, {}
    for name, wanted in (("cold", ids), ("hot", hot)):
        began = process_time()
        for id_ in wanted:
            assert actors[id_].record.label
        found[name] = (process_time() - began) / len(wanted) * 1e6
    absent = [f"{id_}-x" for id_ in ids]
    began = process_time()
    assert not any(registry.may_hold("actors", id_) for id_ in absent)
    found["absent"] = (process_time() - began) / len(absent) * 1e6
    began = process_time()
    for id_ in absent[:50]:
        assert registry.nearest("actors", id_)[0] == id_[:-2]
    return found | {"nearest": (process_time() - began) / len(absent[:50]) * 1e3}


def main() -> None:
    """Print a table for registries of the sizes that are given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("actors", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--step", nargs=2, metavar=("FOLDER", "STEP"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(measured(Path(given.step[0]), given.step[1])))
        return
    print(" | ".join(HEADINGS))
    for actors in given.actors:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "project"
            made_up_project(folder, actors)
            for step in ("first", "again", "read all", "look up"):
                command = [sys.executable, __file__, "--step", str(folder), step]
                found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                cells = [f"{found[key]:.2f}" if key in found else "" for key in ("cold", "hot", "absent", "nearest")]
                print(" | ".join([f"{actors:,}", step, f"{found['seconds']:.3f}", *cells, f"{found['peak']:.0f}"]))


if __name__ == "__main__":
    main()
