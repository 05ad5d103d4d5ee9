"""What the commands that build share: their options, and what they say at the end."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from aussage.cli.common import json_option, print_findings, print_json, progress_of_rows, shown

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
        click.option(
            "--cache", type=click.Path(path_type=Path), help="Folder of the cache.  [default: PROJECT/.aussage]"
        ),
        click.option("--jobs", type=click.IntRange(1), help="Processes that compile.  [default: as many as cores]"),
    ):
        function = option(function)
    return function


def settings_of(given: Mapping[str, object], label: str) -> "Settings":
    """The options of a build as its settings."""
    from aussage.parts import Settings

    return Settings(
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
