"""`aussage build`: compile a project."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aussage.cli.building import build_options, engine_options, say, settings_of
from aussage.cli.common import PathOrAddress, project_or_address_argument, root_of

if TYPE_CHECKING:
    from aussage.parts import Shard


@click.command("build")
@project_or_address_argument
@click.option("--out", type=PathOrAddress(), help="Folder to build into.  [default: PROJECT/dataset/corpus]")
@click.option("--shard", metavar="I/N", help="Compile only the I-th of N shares; `aussage merge` puts them together.")
@engine_options
@build_options
def command(project: Path, out: Path | None, shard: str | None, as_json_: bool, **given: object) -> None:
    """Compile PROJECT into Parquet tables.

    Every mistake in the sources is reported with file, line and column, all of them at once. The corpus is
    written beside the old one and takes its place only when it is complete.

    A large project (of more than two parts, see --part-size) is compiled part by part, in as many processes as --jobs
    says, and its tables are folders of files. Parts are kept in the cache: what has not changed is not compiled again,
    and a build that was cut off goes on where it stood.

    With --engine dask the workers of a Dask cluster compile the parts, one part at a time each; a worker that is lost
    loses only that. All machines must see project and cache under the same paths. The corpus is the same.

    PROJECT, --out and --cache may be addresses as s3://bucket/folder. Access comes from the variables that all tools
    for that file system read (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …).

    Exit code 0: built. 1: errors, nothing was built. 4: built, but --keep-going set documents aside.
    """
    from aussage.parts import build, build_shard

    root, settings = root_of(project), settings_of(given, "compiling")
    part = _shard(shard) if shard else None
    if part and out:
        raise click.UsageError("--shard writes into the cache only; give --out to `aussage merge`.")
    result = build_shard(root, part, settings) if part else build(root, out, settings)
    sys.exit(say(result, as_json_, part))


def _shard(given: str) -> "Shard":
    from aussage.parts import Shard

    found = re.fullmatch(r"([0-9]+)/([0-9]+)", given)
    number, of = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= of:
        raise click.UsageError(f"--shard {given} is no share: give I/N with I from 1 to N, as in 3/8.")
    return Shard(number, of)
