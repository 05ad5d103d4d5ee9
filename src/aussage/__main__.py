"""`python -m aussage`: the command line, where its script is not on the path."""

from aussage.cli import main

main()
