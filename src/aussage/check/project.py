"""A corpus against the project it was built from: name, version, codebook, articles, and the project's own levels."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

import msgspec
import pandas as pd

from aussage.check.opening import Opened
from aussage.check.report import Tally
from aussage.check.rule import Failing
from aussage.codebook import Codebook, load_codebook
from aussage.diagnostics import Diagnostics, Severity
from aussage.project import FILE, read_project
from aussage.records.sources import Level
from aussage.source import Project, decode
from aussage.source.packed import is_json_lines, unpacked
from aussage.source.toml import read_toml

NEEDLESS = "exemption-needless"
SEEDS = "seeds"
RECORDS = {".yaml", ".md"}


def levels_of(root: Path, opened: Opened, rules: tuple[str, ...]) -> dict[str, Level]:
    """The levels that the project sets; name and version of the corpus are compared on the way."""
    diagnostics = Diagnostics()
    facts = read_project(Project(root), diagnostics, rules)
    if facts is None:
        opened.fail("project-broken", "", FILE, detail=_first(diagnostics))
        return {}
    named, manifest = facts.corpus, opened.manifest
    if manifest and (named.name, named.version) != (manifest.name, manifest.version):
        detail = f"corpus {manifest.name} {manifest.version}, project {named.name} {named.version}"
        opened.fail("corpus-stale", "", FILE, detail=detail)
    return facts.levels


def compare(root: Path, opened: Opened, documents: pd.DataFrame | None) -> None:
    """Note where codebook and articles of the project differ from those of the corpus.

    `documents` has `document_id` and `sha256` of all documents; nothing if they cannot be read.
    """
    diagnostics = Diagnostics()
    codebook = load_codebook(Project(root), diagnostics)
    if codebook is None:
        opened.fail("project-broken", "", "schema/codebook.yaml", detail=_first(diagnostics))
    elif opened.codebook:
        differing = list(_differing(codebook, opened.codebook))
        if differing:
            opened.fail("codebook-stale", "", *differing)
    if documents is not None:
        lost = documents.loc[~documents["sha256"].isin(list(_digests(root / SEEDS))), "document_id"]
        opened.failures.append(("article-stale", Failing("documents", lost, "sha256")))


def needless(root: Path, levels: Mapping[str, Level], tally: Tally, judged: Collection[str]) -> Iterator[Failing]:
    """The lowered levels of aussage.toml that nothing needs any more, for the rule `exemption-needless`.

    A level that is lower than the rule's own is needed if the rule finds something, one for certain rows only
    if each of them fails.

    Args:
        root: The root of the project.
        levels: The levels that the project sets, by code.
        tally: What was found; the part under way is ended.
        judged: The codes of the rules that were run to the end; others are not judged.
    """
    tally.end_part()
    grave = list(Severity)
    for code, level in levels.items():
        rule = tally.rules.get(code)
        if rule is None or code == NEEDLESS or code not in judged:
            continue
        if grave.index(Severity(level.level)) <= grave.index(rule.level):
            continue
        sound = [id_ for id_ in dict.fromkeys(level.rows) if id_ not in tally.failing_among(code)]
        if sound:
            detail = f"line {_line(root, code)}: the rule does not find these rows"
            yield Failing("", sound, f"levels.{code}", detail)
        elif not level.rows and not tally.has_found(code):
            yield Failing("", [FILE], f"levels.{code}", f"line {_line(root, code)}: the rule finds nothing")


def _line(root: Path, code: str) -> int:
    """The line of aussage.toml at which the level of a rule stands; 0 if the file is gone by now."""
    project, diagnostics = Project(root), Diagnostics()
    data = project.read(root / FILE, diagnostics)
    text = decode(data, FILE, diagnostics) if data is not None else None
    source = read_toml(text, FILE, diagnostics) if text is not None else None
    return source.place(("levels", code), key=True).line if source else 0


def _first(diagnostics: Diagnostics) -> str:
    found = next(iter(diagnostics), None)
    return f"{found.place}: {found.message}" if found else ""


def _differing(one: Codebook, other: Codebook) -> Iterator[str]:
    """The version, the variables whose values differ, `issues`, or else `definitions`: whatever else was written."""
    found = []
    if (one.record.name, one.version) != (other.record.name, other.version):
        found.append(f"version {one.version}, in the corpus {other.version}")
    names = {**one.enumerations, **other.enumerations}
    found += [name for name in names if one.enumerations.get(name) != other.enumerations.get(name)]
    if one.record.issues != other.record.issues:
        found.append("issues")
    if not found and one.record != other.record:
        found.append("definitions")
    yield from found


def _digests(folder: Path) -> Iterator[str]:
    """SHA-256 of every article: of files, and in JSON Lines of the texts."""
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_dir() or path.suffix in RECORDS:
                continue
            if not is_json_lines(path):
                with path.open("rb") as file:
                    yield hashlib.file_digest(file, "sha256").hexdigest()
                continue
            with unpacked(path) as lines:
                for line in BufferedReader(cast("RawIOBase", lines)):
                    yield hashlib.sha256(_text_of(line).encode()).hexdigest()
        except OSError:
            continue  # an article that cannot be read proves nothing, so its document is reported


def _text_of(line: bytes) -> str:
    try:
        record = msgspec.json.decode(line)
    except ValueError:
        return ""
    text = record.get("text") if isinstance(record, dict) else None
    return text if isinstance(text, str) else ""
