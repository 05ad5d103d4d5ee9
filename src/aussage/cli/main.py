"""The command `aussage` and its list of commands; a command's module is imported when it is called."""

import importlib
import os
import sys
import traceback
import warnings
from pathlib import Path
from typing import Any

import click

TRACEBACK = "AUSSAGE_TRACEBACK"
FAULT = 3
COMMANDS = {
    "add": "Take articles into the project: record them and freeze their sentences.",
    "adjudicate": "List the differences between coders, to be decided.",
    "agree": "Say how far the coders of a built corpus agree, and where they do not.",
    "build": "Compile the project into Parquet tables.",
    "check": "Verify a built corpus without trusting the compiler.",
    "deposit": "Put a bundle on Zenodo, or go on where that was cut off.",
    "diff": "Show what changed between two versions of a corpus, and which version step that asks for.",
    "explain": "Say what a code of a finding means and how to mend it.",
    "gate": "Prove that no withheld text is in files that are to be passed on.",
    "gold": "Write gold.yaml from the coders' layers.",
    "merge": "Put the shards of a build together.",
    "new": "Begin a project of your own.",
    "read": "Make one HTML file to read the articles in, with all that was coded in them.",
    "rehydrate": "Put the texts back into an edition without them, from your own copies.",
    "release": "Make the bundles of a version, one of them without texts.",
    "schema": "Generate codebook, tables and editor schemas from their sources.",
    "store": "Keep earlier releases, to be loaded by their version.",
    "summary": "Say what is in a built corpus, and how to load it.",
    "watch": "Build again, and say what is wrong, whenever a file of the project changes.",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports them only when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported; nothing if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"aussage.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that was meant; a near miss is shown its neighbour."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from aussage.diagnostics import nearest

            near = nearest(args[0], COMMANDS)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aussage")
def cli() -> None:
    """Turn news articles into a citable corpus of claims.

    A project is a folder with aussage.toml, seeds/, schema/ and dataset/. Every command takes the project's
    folder, by default the one you are in. Exit codes: 0 fine, 1 the input has errors, 2 wrong use, 3 a fault of
    the program.
    """


def main() -> None:
    """Run the command line; no traceback reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    warnings.showwarning = _warn
    try:
        cli()
    except BrokenPipeError:  # `aussage … | head` is no error
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit("aussage: stopped; nothing was changed")
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        message = f"aussage: a fault of the program, not of your data: {type(error).__name__} at {where}: {error}"
        click.echo(f"{message}\nPlease report it, with what `{TRACEBACK}=1 {' '.join(sys.argv)}` prints.", err=True)
        sys.exit(FAULT)


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    """A warning as a line for people, without the place in our code."""
    click.echo(f"warning: {message}", err=True)
