"""What the commands that build share: their options, and what they say at the end."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from aussage.cli.common import PathOrAddress, json_option, print_findings, print_json, progress_of_rows, shown

if TYPE_CHECKING:
    from aussage.compile import BuildResult
    from aussage.parts import Settings, Shard

F = TypeVar("F", bound=Callable[..., Any])
SET_ASIDE = 4


def build_options(function: F) -> F:
    """The options of every command that builds."""
    for option in (
        json_option,
        click.option(
            "--keep-going",
            is_flag=True,
            help="Set documents with errors aside, in set-aside.jsonl, and build the rest.",
        ),
        click.option(
            "--part-size",
            type=click.FloatRange(0.001, 1000),
            default=16,
            show_default=True,
            help="Megabytes of records in a part, about.",
        ),
        click.option("--cache", type=PathOrAddress(), help="Folder of the cache.  [default: PROJECT/.aussage]"),
        click.option("--jobs", type=click.IntRange(1), help="Processes that compile.  [default: as many as cores]"),
    ):
        function = option(function)
    return function


def engine_options(function: F) -> F:
    """The options that say where work is done."""
    for option in (
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="Of the Dask cluster, as tcp://10.0.0.1:8786.  [default: workers started on this machine]",
        ),
        click.option(
            "--engine",
            type=click.Choice(["local", "dask"]),
            default="local",
            show_default=True,
            help="Processes of this machine, or the workers of a Dask cluster, which see the same folders.",
        ),
    ):
        function = option(function)
    return function


def is_on_dask(engine: str, scheduler: str | None) -> bool:
    """Whether work is to be done on Dask; a usage error if that is not clear or not installed."""
    if engine == "local":
        if scheduler:
            raise click.UsageError("--scheduler is for --engine dask.")
        return False
    from aussage.cluster import ClusterUnusable
    from aussage.cluster.opening import require_dask

    try:
        require_dask()
    except ClusterUnusable as missing:
        raise click.UsageError(str(missing)) from None
    return True


def settings_of(given: Mapping[str, object], label: str) -> "Settings":
    """The options of a build as its settings."""
    from aussage.parts import Settings
    from aussage.parts.dask_engine import DaskEngine
    from aussage.parts.local import compile_parts

    scheduler = cast("str | None", given.get("scheduler"))
    on_dask = is_on_dask(str(given.get("engine", "local")), scheduler)
    return Settings(
        engine=DaskEngine(scheduler) if on_dask else compile_parts,
        jobs=cast("int | None", given["jobs"]) or cores(),
        cache=cast("Path | None", given["cache"]),
        usual=round(cast("float", given["part_size"]) * 1_000_000),
        keep_going=bool(given["keep_going"]),
        progress=progress_of_rows(label, "documents"),
    )


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def say(result: "BuildResult", as_json: bool, shard: "Shard | None" = None) -> int:
    """Print how a build went, for people or as JSON; gives the exit code."""
    failed = result.diagnostics.has_errors or not (result.folder or shard)
    folder = shown(result.folder) if result.folder else None
    if as_json:
        from aussage.diagnostics import as_json as as_records

        facts = {"rows": result.rows, "parts": result.parts, "reused": result.reused, "set_aside": result.set_aside}
        aside = as_records(result.aside)
        print_json(result.diagnostics, folder=folder, content_hash=result.content_hash or None, **facts, aside=aside)
    else:
        print_findings(result.aside)
        print_findings(result.diagnostics)
        if failed:
            click.echo("nothing was built", err=True)
        else:
            click.echo(_of_shard(result, shard) if shard else _of_corpus(result, folder or ""))
        if result.set_aside:
            were = "1 document was" if result.set_aside == 1 else f"{result.set_aside:,} documents were"
            click.echo(f"{were} set aside, with what is wrong, in set-aside.jsonl", err=True)
    return 1 if failed else SET_ASIDE if result.set_aside else 0


def _of_corpus(result: "BuildResult", folder: str) -> str:
    rows = result.rows
    parts = f"{result.parts:,} parts ({result.reused:,} unchanged), " if result.parts > 1 else ""
    return (
        f"built {folder}: {parts}documents {rows['documents']:,}, sentences {rows['sentences']:,}, "
        f"claims {rows['flat']:,} in gold and {rows['claims'] - rows['flat']:,} in coders' layers; "
        f"content hash {result.content_hash[:16]}…"
    )


def _of_shard(result: "BuildResult", shard: "Shard") -> str:
    return (
        f"compiled shard {shard.number} of {shard.of}: {result.parts:,} parts, {result.reused:,} of them unchanged; "
        "when all shards are there, run `aussage merge`"
    )
