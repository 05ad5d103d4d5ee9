"""What a bundle holds: tables, pages, notebooks, rules with their results, metadata; each written into one folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from aussage.corpus.errors import CorpusError
from aussage.release.bundle.notebooks import write_notebooks

if TYPE_CHECKING:
    from aussage.check.report import Report
    from aussage.corpus import Corpus
    from aussage.records.sources import ProjectFile

CORPUS, CSV, NOTEBOOKS, VALIDATION = "corpus", "csv", "notebooks", "validation"
COPIED = {
    "schema/CODEBOOK.md": "CODEBOOK.md",
    "schema/TABLES.md": "TABLES.md",
    "schema/codebook.yaml": "codebook.yaml",
    "LICENSE-DATA.md": "LICENSE-DATA.md",
}
"""Files of the project by their name in the bundle; those that a project does not have are left out."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a corpus.

    `corpus` is the folder whose tables ship; from `shown` the pages and notebooks are made: the same folder, or for
    the edition without texts one in which every letter is masked.
    """

    name: str
    corpus: Path
    shown: Path


@dataclass(frozen=True, slots=True)
class Given:
    """What all editions of a release share: the project, its facts, the revision, and what the check found."""

    root: Path
    project: ProjectFile
    commit: str
    report: Report


Step = Callable[[str], object]


def write_contents(edition: Edition, given: Given, target: Path, step: Step) -> None:
    """Write all that an edition ships into `target`, which must be empty; `step` is told what is being made.

    Raises:
        CorpusError: a part cannot be made.
    """
    from aussage.corpus import load
    from aussage.release.editions.single_files import copy_in_single_files

    step("tables")
    copy_in_single_files(edition.corpus, target / CORPUS)
    _write_csv(target)
    for source, name in COPIED.items():
        if (given.root / source).is_file():
            shutil.copyfile(given.root / source, target / name)
    if edition.shown != edition.corpus:
        _describe_tables(given.root, target / "TABLES.md")
    step("notebooks")
    _run_notebooks(given.root / NOTEBOOKS, edition, target)
    step("pages")
    shown = load(edition.shown)
    (target / "reader.html").write_text(_reader(shown), encoding="utf-8")
    _write_validation(given.report, given.project.corpus.name, target / VALIDATION)
    for name, text in _agreement(shown):
        (target / name).write_text(text, encoding="utf-8")
    step("metadata")
    _write_metadata(edition, given, shown, target)


def _describe_tables(root: Path, target: Path) -> None:
    """The page about the columns, as the edition without texts has them."""
    from aussage.codebook import load_codebook
    from aussage.diagnostics import Diagnostics
    from aussage.generate.tables_page import tables_page
    from aussage.source import Project

    if codebook := load_codebook(Project(root), Diagnostics()):
        target.write_text(tables_page(codebook, text_free=True), encoding="utf-8")


def _write_csv(target: Path) -> None:
    from aussage.release.packing import write_csv
    from aussage.tables import TABLES

    (target / CSV).mkdir()
    for table in TABLES:  # what else is in the folder is for rehydration, which reads Parquet
        write_csv(target / CORPUS / f"{table}.parquet", target / CSV / f"{table}.csv")


def _run_notebooks(notebooks: Path, edition: Edition, target: Path) -> None:
    """Run the notebooks in the bundle itself, beside its corpus; in a copy of it where letters are masked."""
    if edition.shown == edition.corpus:
        write_notebooks(notebooks, target / NOTEBOOKS)
        return
    beside = target.with_name(f"{target.name}.shown")
    beside.mkdir()
    try:
        shutil.copytree(edition.shown, beside / CORPUS)
        write_notebooks(notebooks, beside / NOTEBOOKS, masked=True)
        if (beside / NOTEBOOKS).is_dir():
            shutil.move(beside / NOTEBOOKS, target / NOTEBOOKS)
    finally:
        shutil.rmtree(beside)


def _reader(corpus: Corpus) -> str:
    from aussage.view.reader import Chart, reader_page

    if not (find_spec("altair") and find_spec("vl_convert")):
        return reader_page(corpus)
    from aussage.view.charts import reader_charts

    return reader_page(corpus, [Chart(*chart) for chart in reader_charts(corpus)])


def _write_validation(report: Report, name: str, target: Path) -> None:
    """The rules as page and as data, and what came of them."""
    from aussage.check.page import rules_data, rules_page
    from aussage.check.report_page import report_page

    target.mkdir()
    (target / "RULES.md").write_text(rules_page(), encoding="utf-8")
    (target / "rules.json").write_bytes(rules_data())
    results = {"corpus": name, **report.as_record()}
    (target / "results.json").write_text(_json(results), encoding="utf-8")
    rest = "All ids: aussage check FOLDER --failing FILE writes them as Parquet."
    (target / "results.html").write_text(report_page(report, name, rest), encoding="utf-8")


def _agreement(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Name and content of the report on agreement; none where there is nothing to compare."""
    if not find_spec("scipy"):
        raise CorpusError("the agreement cannot be computed: pip install 'aussage[all]'")
    from aussage.agreement import AgreementError, compare, frames_of
    from aussage.agreement.page import comparison_page

    frames = frames_of(corpus)
    try:
        comparison = compare(frames)
    except AgreementError:
        return
    yield "agreement.json", _json(comparison.as_record())
    yield "agreement.html", comparison_page(comparison, frames, corpus.codebook, corpus.title)


def _write_metadata(edition: Edition, given: Given, shown: Corpus, target: Path) -> None:
    from aussage.release.metadata import gather_facts, metadata_files, shipped_files, source_files
    from aussage.release.metadata.datasheet import datasheet

    sources = source_files(given.root)
    facts = gather_facts(target / CORPUS, given.project, edition=edition.name, commit=given.commit, sources=sources)
    (target / "DATASHEET.md").write_bytes(datasheet(facts, target / CORPUS, shown))
    paths = [path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()]
    facts = replace(facts, files=tuple(shipped_files(target, paths)))
    for name, data in metadata_files(facts).items():
        (target / name).write_bytes(data)


def _json(record: object) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
