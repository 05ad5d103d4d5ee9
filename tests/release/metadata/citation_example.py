"""The made-up project built once, and facts of it with any citation metadata."""

import tempfile
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from neudorf import copy_neudorf

from aussage.compile import build
from aussage.records.sources import ProjectFile
from aussage.release.metadata import MetadataFacts, gather_facts, shipped_files, source_files

PERSON = """
[[corpus.creators]]
name = "Carberry, Josiah"
kind = "person"
orcid = "0000-0002-1825-0097"
affiliations = [{name = "Brown University", ror = "https://ror.org/05gq02987"}, {name = "Neudorf school"}]
"""
RICH = (
    """
[corpus]
name = "neudorf"
title = "Bridges in Neudorf: <claims> & counter-claims"
version = "1.10.0"
description = "Made up."
url = "https://neudorf.example/corpus"
languages = ["de", "en"]
released = "2026-11-22"
keywords = ["bridges", "Brücken"]

[corpus.licences]
annotations = "CC-BY-SA-4.0"
"""
    + PERSON
    + """
[[corpus.creators]]
name = "Neudorf council"
ror = "https://ror.org/05gq02987"

[[corpus.funding]]
funder = "Neudorf foundation"
ror = "https://ror.org/00rbzpz17"
award = "12/3"
title = "Bridges & people"
url = "https://neudorf.example/award"

[[corpus.related]]
relation = "IsDescribedBy"
identifier = "10.5281/zenodo.1234"
kind = "JournalArticle"
"""
)
DOIS = """
[dois]
concept = "10.5281/zenodo.100"

[dois.versions]
"1.2.0" = "10.5281/zenodo.101"
"1.9.0" = "10.5281/zenodo.102"
"1.10.0" = "10.5281/zenodo.103"
"2.0.0" = "10.5281/zenodo.104"
"""


@cache
def built(*edits: tuple[str, str, str]) -> Path:
    """The root of the made-up project after edits (file, words, other words), its corpus built."""
    root = copy_neudorf(Path(tempfile.mkdtemp(prefix="aussage-metadata-")) / "neudorf")
    for file, words, other in edits:
        text = (root / file).read_text(encoding="utf-8")
        assert words in text
        (root / file).write_text(text.replace(words, other), encoding="utf-8")
    assert build(root).folder is not None
    return root


def facts_of(toml: str, root: Path | None = None, **more: Any) -> MetadataFacts:
    """The facts of the made-up corpus under another project file."""
    root = root or built()
    corpus = root / "dataset" / "corpus"
    project = msgspec.convert(tomllib.loads(toml), ProjectFile)
    files = shipped_files(root / "dataset", (f"corpus/{path.name}" for path in corpus.iterdir()))
    return gather_facts(corpus, project, **{"files": files, "sources": source_files(root)} | more)
