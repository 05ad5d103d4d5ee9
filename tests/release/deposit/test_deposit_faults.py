from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from deposit_faults import FILES, METADATA, Faults, Killed, World
from deposit_server import TOKEN

from aussage.release.deposit import DepositError


def _nothing(_: World) -> None:
    """An account without deposits of this."""


def _record(world: World) -> None:
    world.with_record()


def _left_over(world: World) -> None:
    number = world.with_record()
    world.call("POST", f"/api/deposit/depositions/{number}/actions/newversion")


def _draft(world: World) -> None:
    names = list(FILES)
    world.draft(METADATA, {names[0]: FILES[names[0]][:1234], names[1]: b"else", "foreign.txt": b"foreign"})


def _doubled(world: World) -> None:
    world.draft(METADATA, {})
    world.draft(METADATA, {})


def _others(world: World) -> None:
    for number in range(3):
        other = world.draft(METADATA | {"title": f"Other {number}", "version": "1.1.0"}, {"x": b"x"})
        world.call("POST", f"/api/deposit/depositions/{other}/actions/publish")
    world.with_record()


FAULTS = {"late", "reset", "reset part", "half", "twice", "after", "429 reset", "none left"}
BEGINNINGS: dict[str, Callable[[World], None]] = {
    "nothing": _nothing,
    "record": _record,
    "left over": _left_over,
    "draft": _draft,
    "doubled": _doubled,
    "others": _others,
}


def _seeded(folder: Path, seed: int) -> tuple[str, list[str]]:
    """One run with faults, and one without if it needs it; how it ended, and which faults it met."""
    source = random.Random(seed)
    lag = source.choice((0.0, 0.0, 5.0, 20.0))
    world = World(folder, style=source.choice(("current", "documented")), lag=lag)
    beginning = source.choice(list(BEGINNINGS))
    BEGINNINGS[beginning](world)
    world.clock.sleep(60)
    faults = Faults(source, chance=source.choice((0.1, 0.25, 0.45)))
    ended, said = "published", ""
    try:
        assert world.run(faults, seed=seed).state == "published"
    except DepositError as error:
        ended, said = "error", str(error)
    if ended == "error":
        assert said
        assert TOKEN not in said
        assert world.run(seed=seed).state == "published", (seed, beginning)
    assert world.is_right(), (seed, beginning, lag, world.server.drafts, world.kept, world.said)
    assert TOKEN not in "".join(world.said)
    return ended, faults.seen


def _all_seeds(folder: Path, seeds: range) -> tuple[list[str], set[str]]:
    """How each run ended, and all faults that were met; a run that leaves anything but one right record raises."""
    ends, seen = [], []
    for seed in seeds:
        place = folder / str(seed)
        place.mkdir()
        ended, faults = _seeded(place, seed)
        ends.append(ended)
        seen += faults
    return ends, set(seen)


def test_every_seeded_run_ends_with_exactly_one_right_record(tmp_path: Path) -> None:
    ends, seen = _all_seeds(tmp_path, range(100))
    assert len(ends) == 100
    # The runs mean nothing if nothing went wrong, or nothing went well.
    assert seen >= FAULTS
    assert 0 < ends.count("error") < len(ends) / 2


@pytest.mark.prove
def test_a_thousand_seeded_runs_end_with_exactly_one_right_record(tmp_path: Path) -> None:
    ends, seen = _all_seeds(tmp_path, range(1000, 2000))
    assert len(ends) == 1000
    assert seen >= FAULTS
    assert 0 < ends.count("error") < len(ends) / 2


@pytest.mark.parametrize(
    ("beginning", "style"),
    [
        ("nothing", "current"),
        ("record", "documented"),
        pytest.param("nothing", "documented", marks=pytest.mark.prove),
        pytest.param("record", "current", marks=pytest.mark.prove),
        pytest.param("left over", "current", marks=pytest.mark.prove),
        pytest.param("left over", "documented", marks=pytest.mark.prove),
        pytest.param("draft", "current", marks=pytest.mark.prove),
    ],
)
def test_a_client_killed_at_any_request_is_taken_up_again(tmp_path: Path, beginning: str, style: str) -> None:
    killed = 0
    for after in (False, True):
        for request in range(1, 60):
            folder = tmp_path / f"{after}-{request}"
            folder.mkdir()
            world = World(folder, style=style, lag=20.0)
            BEGINNINGS[beginning](world)
            try:
                world.run(Faults(kill_at=request, kill_after=after))
                assert world.is_right()
                break
            except Killed:
                killed += 1
            assert world.run().state == "published"
            assert world.is_right(), (request, after, world.server.drafts, world.said)
    assert killed > 20
