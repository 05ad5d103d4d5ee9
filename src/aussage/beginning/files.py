"""The first files of a new project, as texts; the codebook apart."""

from __future__ import annotations

import json

GITIGNORE = """\
.venv*/
__pycache__/
.pytest_cache/
.ipynb_checkpoints/
dist/
dataset/.corpus.*
"""

ACTORS = """\
# yaml-language-server: $schema=../../schema/actors.schema.json
# Everybody who speaks, acts or is spoken of. For example:
# - id: neudorf-council
#   type: gov_body
#   label: {en: Neudorf town council}
#   country: DE
actors:
- id: anonymous-source
  type: source
  label: {en: anonymous source}
  note: Claimant of reports without a named source.
"""

LOCATIONS = """\
# yaml-language-server: $schema=../../schema/locations.schema.json
# Every place that an article names and uses as a place. For example:
# - id: neudorf
#   type: settlement
#   label: {en: Neudorf}
locations: []
"""

CODERS_HEAD = """\
# yaml-language-server: $schema=../../schema/coders.schema.json
# Who codes, said as it is: a person, a language-model or a program. The id names the annotation files.
"""
NO_CODER = """\
# - id: coder-a
#   kind: person
#   name: Family, Given
#   saw: [the article, the codebook]
coders: []
"""

TEST = '''\
"""The corpus of this project builds from its sources, and the check finds no error in what was built."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def aussage(*words: object) -> None:
    answer = subprocess.run([sys.executable, "-m", "aussage", *map(str, words)], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_corpus_builds_and_passes_the_check(tmp_path: Path) -> None:
    aussage("build", PROJECT, "--out", tmp_path / "corpus")
    aussage("check", PROJECT, "--corpus", tmp_path / "corpus")
'''

README = """\
# {title}

A corpus of claims in news articles: who says what, about whom, how sure, where. It is compiled by
Aussage from the files in this folder.

| here | is |
| --- | --- |
| `aussage.toml` | name, version, languages, licences, creators |
| `seeds/` | the articles, and a record beside each |
| `schema/codebook.yaml` | every category, and the list of issues; [schema/CODEBOOK.md](schema/CODEBOOK.md) to read |
| `dataset/registry/` | actors, locations, coders |
| `dataset/annotations/` | what coders decided, a file for each article and coder |
| `dataset/corpus/` | the built tables, never edited |

    aussage add article.txt    # take an article in: its record, its sentences, an annotation file to fill in
    aussage watch              # build again, and say what is wrong, whenever a file changes
    aussage build              # compile the corpus
    aussage check              # verify it
    aussage schema             # after a change of codebook or registry: pages, and completion in editors
    pytest                     # all of it

Editors with a YAML language server (in VS Code the extension YAML) complete ids and categories in all these files.
"""


def project_file(name: str, title: str, languages: list[str], creator: str, licence: str) -> str:
    """The text of `aussage.toml`; a creator with a comma is a person, written »Family, Given«."""
    kind = "person" if "," in creator else "organisation"
    quoted = ", ".join(_quoted(language) for language in languages)
    return f"""\
# The project's own facts, written once. Everything that names them is generated from here.

[corpus]
name = {_quoted(name)}
title = {_quoted(title)}
version = "0.1.0"
languages = [{quoted}]

[corpus.licences]
annotations = {_quoted(licence)}
texts = "as recorded for each document in seeds/"

[[corpus.creators]]
name = {_quoted(creator)}
kind = "{kind}"
"""


def coders_file(creator: str) -> str:
    """The registry of coders: the creator if that is a person, else nobody."""
    if "," not in creator:
        return CODERS_HEAD + NO_CODER
    name = json.dumps(creator, ensure_ascii=False)
    return f"{CODERS_HEAD}coders:\n- id: coder-a\n  kind: person\n  name: {name}\n  saw: [the article, the codebook]\n"


def _quoted(text: str) -> str:
    """A text as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
