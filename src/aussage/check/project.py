"""A corpus against the project it was built from: name, version, codebook, articles, and the project's own levels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from aussage.check.opening import Opened
from aussage.check.rule import Failing
from aussage.codebook import Codebook, load_codebook
from aussage.diagnostics import Diagnostics
from aussage.project import read_project
from aussage.records.sources import Level
from aussage.source import Project

SEEDS = "seeds"
RECORDS = {".yaml", ".md"}


def levels_of(root: Path, opened: Opened, rules: tuple[str, ...]) -> dict[str, Level]:
    """The levels that the project sets; name and version of the corpus are compared on the way."""
    diagnostics = Diagnostics()
    facts = read_project(Project(root), diagnostics, rules)
    if facts is None:
        opened.fail("project-broken", "", "aussage.toml", detail=_first(diagnostics))
        return {}
    named, manifest = facts.corpus, opened.manifest
    if manifest and (named.name, named.version) != (manifest.name, manifest.version):
        detail = f"corpus {manifest.name} {manifest.version}, project {named.name} {named.version}"
        opened.fail("corpus-stale", "", "aussage.toml", detail=detail)
    return facts.levels


def compare(root: Path, opened: Opened) -> None:
    """Note where codebook and articles of the project differ from those of the corpus."""
    diagnostics = Diagnostics()
    codebook = load_codebook(Project(root), diagnostics)
    if codebook is None:
        opened.fail("project-broken", "", "schema/codebook.yaml", detail=_first(diagnostics))
    elif opened.codebook:
        differing = list(_differing(codebook, opened.codebook))
        if differing:
            opened.fail("codebook-stale", "", *differing)
    if "documents" in opened.tables:
        documents = opened.tables["documents"]
        known = set(_digests(root / SEEDS))
        ids, digests = (documents[name].to_pylist() for name in ("document_id", "sha256"))
        lost = [id_ for id_, digest in zip(ids, digests, strict=True) if digest not in known]
        opened.failures.append(("article-stale", Failing("documents", lost, "sha256")))


def _first(diagnostics: Diagnostics) -> str:
    found = next(iter(diagnostics), None)
    return f"{found.place}: {found.message}" if found else ""


def _differing(one: Codebook, other: Codebook) -> Iterator[str]:
    """The version, the variables whose values differ, and `issues`."""
    if (one.record.name, one.version) != (other.record.name, other.version):
        yield f"version {one.version}, in the corpus {other.version}"
    for name in {**one.enumerations, **other.enumerations}:
        if one.enumerations.get(name) != other.enumerations.get(name):
            yield name
    if one.record.issues != other.record.issues:
        yield "issues"


def _digests(folder: Path) -> Iterator[str]:
    """SHA-256 of every article: of files, and in JSON Lines of the texts."""
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_dir() or path.suffix in RECORDS:
                continue
            with path.open("rb") as file:
                if path.suffix != ".jsonl":
                    yield hashlib.file_digest(file, "sha256").hexdigest()
                    continue
                for line in file:
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
