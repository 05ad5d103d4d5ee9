"""A build on Dask: the same corpus, whatever becomes of the workers; a cluster that is not fit is a finding."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from neudorf import copy_neudorf
from test_determinism import larger

from aussage.cli.build import command
from aussage.cluster import ClusterUnusable, WorkersLost
from aussage.cluster.fitness import Fitness, fitness_of, unfit
from aussage.compile import BuildResult
from aussage.parts import Settings, build
from aussage.parts.dask_engine import DaskEngine
from aussage.parts.local import compile_parts
from aussage.parts.part import PartResult
from aussage.parts.preparing import Engine
from aussage.parts.workshop import Order, Workshop

distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")

from aussage.cluster import opening, spreading  # noqa: E402
from aussage.cluster.spreading import Work, spread  # noqa: E402

TINY = 1_500  # bytes of records in a part: about two documents
DOCUMENTS = 24


@pytest.fixture(scope="module")
def cluster() -> Iterator["distributed.LocalCluster"]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=2, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as made:
        yield made


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return larger(copy_neudorf(tmp_path_factory.mktemp("on-dask") / "project"), DOCUMENTS)


@pytest.fixture(scope="module")
def locally(project: Path) -> BuildResult:
    return built(project, "local", compile_parts)


def built(project: Path, name: str, engine: Engine) -> BuildResult:
    cache = project.parent / f"cache-{name}"
    return build(project, project.parent / name, Settings(usual=TINY, cache=cache, engine=engine))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def codes(result: BuildResult) -> list[str]:
    return [found.code for found in result.diagnostics]


def test_the_corpus_is_that_of_the_local_engine(
    project: Path, locally: BuildResult, cluster: "distributed.LocalCluster"
) -> None:
    out, cache = project.parent / "command", project.parent / "cache-command"
    given = [str(project), "--out", str(out), "--cache", str(cache), "--part-size", str(TINY / 1_000_000)]
    ran = CliRunner().invoke(command, [*given, "--engine", "dask", "--scheduler", cluster.scheduler_address])
    assert ran.exit_code == 0, ran.output
    assert f"{locally.parts} parts (0 unchanged)" in ran.output
    assert locally.folder is not None
    assert files(out) == files(locally.folder)


@pytest.mark.prove
def test_without_a_scheduler_workers_are_started_on_this_machine(project: Path, locally: BuildResult) -> None:
    result = built(project, "own", DaskEngine())
    assert codes(result) == []
    assert result.content_hash == locally.content_hash


def test_a_worker_that_is_killed_loses_nothing(
    project: Path, locally: BuildResult, cluster: "distributed.LocalCluster"
) -> None:
    killed = []

    def engine(order: Order, numbers: Sequence[int], jobs: int) -> Iterator[PartResult]:
        for result in DaskEngine(cluster.scheduler_address)(order, numbers, jobs):
            if not killed:
                with distributed.Client(cluster, set_as_default=False) as client:
                    killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)
            yield result

    result = built(project, "killed", engine)
    assert killed
    assert codes(result) == []
    assert result.content_hash == locally.content_hash


def _holds(counts: Path, number: int) -> int:
    """How many items this worker holds while it is at one."""
    import time

    mine = counts / str(os.getpid())
    mine.mkdir(exist_ok=True)
    (mine / str(number)).touch()
    time.sleep(0.02)
    held = len(list(mine.iterdir()))
    (mine / str(number)).unlink()
    return held


def _itself(shared: Path) -> Path:
    return shared


def test_a_worker_with_several_threads_holds_one_item(cluster: "distributed.LocalCluster", tmp_path: Path) -> None:
    work = Work(_itself, _holds, tmp_path, fitness_of([]))
    with opening.client_of(cluster.scheduler_address, 1) as client:
        found = dict(spread(client, work, range(12)))
    assert found == dict.fromkeys(range(12), 1)
    assert len(list(tmp_path.iterdir())) == 2, "both workers were used"


def test_without_a_worker_the_work_is_given_up(tmp_path: Path) -> None:
    work = Work(_itself, _holds, tmp_path, fitness_of([]))
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", silence_logs=50) as empty,
        opening.client_of(empty.scheduler_address, 1) as client,
        pytest.raises(WorkersLost) as raised,
    ):
        list(spread(client, work, range(5), patience=0.1))
    assert raised.value.args == (5,)


def test_no_scheduler_is_a_finding(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    result = built(project, "alone", DaskEngine("tcp://127.0.0.1:9"))
    assert codes(result) == ["cluster-unusable"]
    assert "tcp://127.0.0.1:9" in next(iter(result.diagnostics)).message


def test_workers_that_are_not_fit_are_named(cluster: "distributed.LocalCluster", tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("here")
    wanted = fitness_of([mine])
    assert unfit(wanted) == ""

    def reason(wanted: Fitness) -> str:
        work = Work(_itself, _holds, tmp_path, wanted)
        with opening.client_of(cluster.scheduler_address, 1) as client, pytest.raises(ClusterUnusable) as raised:
            list(spread(client, work, [1]))
        return str(raised.value)

    assert "has pyarrow" in reason(replace(wanted, versions={**wanted.versions, "pyarrow": "1.0"}))
    assert "another state of Aussage's code" in reason(replace(wanted, code="other"))
    assert "sees another" in reason(replace(wanted, files={str(mine): 5}))
    mine.unlink()
    assert "does not see" in reason(wanted)


def test_usage(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = CliRunner().invoke(command, [str(project), "--scheduler", "tcp://127.0.0.1:9"])
    assert (alone.exit_code, "--scheduler is for --engine dask" in alone.output) == (2, True)
    monkeypatch.setitem(sys.modules, "distributed", None)
    missing = CliRunner().invoke(command, [str(project), "--engine", "dask"])
    assert (missing.exit_code, "pip install 'aussage[dask]'" in missing.output) == (2, True)


def _die(workshop: Workshop, number: int) -> PartResult:
    os._exit(1)


@pytest.mark.prove
def test_workers_that_die_again_and_again_are_a_finding(
    project: Path, cluster: "distributed.LocalCluster", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "MOST_LOST", 2)

    def engine(order: Order, numbers: Sequence[int], jobs: int) -> Iterator[PartResult]:
        with opening.client_of(cluster.scheduler_address, 1) as client:
            for _, result in spread(client, Work(Workshop, _die, order, fitness_of([order.plan])), numbers):
                yield result

    result = built(project, "dying", engine)
    assert codes(result) == ["worker-lost"]
    assert result.folder is None
    assert "parts are left" in next(iter(result.diagnostics)).message
