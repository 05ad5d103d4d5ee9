"""The command line: one module a command, no logic of its own."""

from aussage.cli.main import main

__all__ = ["main"]
