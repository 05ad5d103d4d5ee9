"""Reads `aussage.toml`, and finds the project that a folder belongs to."""

import re
from pathlib import Path

from aussage.diagnostics import CATALOGUE, Diagnostics, Severity, nearest
from aussage.project.citation import examine_citation
from aussage.records import json_schema, read_record
from aussage.records.sources import ProjectFile
from aussage.source import Project, decode
from aussage.source.toml import read_toml

FILE = "aussage.toml"
SEMANTIC_VERSION = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?", re.ASCII
)


def find_project(folder: Path) -> Path:
    """The project in which `folder` lies: itself or the nearest folder above with an `aussage.toml`."""
    start = folder.absolute()
    return next((place for place in (start, *start.parents) if (place / FILE).is_file()), start)


def read_project(project: Project, diagnostics: Diagnostics, rules: tuple[str, ...] = ()) -> ProjectFile | None:
    """The facts of a project, or nothing and findings; `rules` are the codes of checks that levels may name."""
    data = project.read(project.root / FILE, diagnostics)
    text = decode(data, FILE, diagnostics) if data is not None else None
    source = read_toml(text, FILE, diagnostics) if text is not None else None
    if source is None:
        return None
    read = read_record(source, ProjectFile, json_schema(ProjectFile, {}), diagnostics)
    if read is None or not read.complete:
        return None
    facts = read.record
    before = diagnostics.count_errors()
    if not SEMANTIC_VERSION.fullmatch(facts.corpus.version):
        message = f"»{facts.corpus.version}« is no version"
        source.report(diagnostics, "version-format", ("corpus", "version"), message)
    for version in facts.dois.versions if facts.dois else ():
        if not SEMANTIC_VERSION.fullmatch(version):
            message = f"»{version}« is no version"
            source.report(diagnostics, "version-format", ("dois", "versions", version), message)
    examine_citation(facts.corpus, source, diagnostics)
    for code, level in facts.levels.items():
        if code not in CATALOGUE and code not in rules and rules:
            known = [*rules, *CATALOGUE]
            message = f"there is no rule »{code}«"
            source.report(diagnostics, "wrong-value", ("levels", code), message, nearest=nearest(code, known))
        if level.level not in set(Severity):
            message = f"»{level.level}« is no level"
            source.report(diagnostics, "wrong-value", ("levels", code, "level"), message, expected=", ".join(Severity))
        elif code in CATALOGUE and CATALOGUE[code].severity is Severity.ERROR and level.level != "error":
            message = f"»{code}« stops the compiler and cannot be lowered"
            source.report(diagnostics, "wrong-value", ("levels", code, "level"), message)
        elif code in CATALOGUE and level.rows:
            message = f"»{code}« is a code of the compiler; only rules of the check have rows"
            source.report(diagnostics, "wrong-value", ("levels", code, "rows"), message)
    return facts if diagnostics.count_errors() == before else None
