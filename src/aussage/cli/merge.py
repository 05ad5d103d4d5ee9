"""`aussage merge`: put the shards of a build together."""

import sys
from pathlib import Path

import click

from aussage.cli.building import build_options, say, settings_of
from aussage.cli.common import PathOrAddress, project_or_address_argument, root_of


@click.command("merge")
@project_or_address_argument
@click.option("--out", type=PathOrAddress(), help="Folder to build into.  [default: PROJECT/dataset/corpus]")
@build_options
def command(project: Path, out: Path | None, as_json_: bool, **given: object) -> None:
    """Put together what `aussage build --shard I/N` has compiled, for I from 1 to N.

    All shards and this command use the same project and the same cache. A part that is missing, or that was
    compiled from something else than what now stands in the project, is named; nothing is compiled here.
    """
    from aussage.parts import merge

    result = merge(root_of(project), out, settings_of(given, "merging"))
    sys.exit(say(result, as_json_))
