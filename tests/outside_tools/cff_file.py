"""Validates CITATION.cff files with cffconvert, in an environment of its own (it needs an old jsonschema).

    python -m venv DIR && DIR/bin/pip install --require-hashes -r tests/outside_tools/cffconvert.txt
    DIR/bin/python tests/outside_tools/cff_file.py CITATION.cff …

The exit code is 1 if a file is not valid; cffconvert also has to make a citation of each.
"""

import sys
from pathlib import Path

from cffconvert import Citation


def main(paths: list[str]) -> int:
    """Validate each file and show the citation that follows from it."""
    wrong = 0
    for path in paths:
        try:
            citation = Citation(Path(path).read_text(encoding="utf-8"))
            citation.validate()
            shown = citation.as_apalike().strip()
            citation.as_bibtex()
            citation.as_zenodo()
        except Exception as error:
            print(f"{path}: not valid: {str(error).splitlines()[0]}")
            wrong = 1
        else:
            print(f"{path}: valid CFF {citation.cffversion}: {shown}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
