"""`aussage add`: take articles into the project."""

import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aussage.cli.common import json_option, print_findings, print_json, root_of, shown

if TYPE_CHECKING:
    from aussage.codebook import Codebook
    from aussage.diagnostics import Diagnostics
    from aussage.intake import Taken
    from aussage.source import Project

LISTED = 20


@click.command("add")
@click.argument("articles", metavar="FILE…", nargs=-1, required=True)
@click.option("--project", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Project.")
@click.option("--id", "document_id", help="Id of the document.  [default: made from the file's name]")
@click.option("--language", help="Language of the articles.  [default: the project's first]")
@click.option("--title", help="Title, if there is one.")
@click.option("--date", help="Date as EDTF, as 2024-10-28 or 2024-10.")
@click.option("--url", help="Where the article was found.")
@click.option("--publisher", help="Who published it.")
@click.option("--author", help="Who wrote it.")
@click.option("--rights", help="What is known of the rights in the text.  [default: unverified]")
@click.option("--holder", help="Who holds the rights.")
@click.option("--licence", help="Licence of the text.")
@click.option("--coder", help="For whom to write the annotation file.  [default: the registry's only coder]")
@click.option("--text-column", default="text", show_default=True, help="Column of a table that holds the text.")
@click.option("--id-column", help="Column of a table that holds the id.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "html"]), help="Format, whatever the ending.")
@click.option("--allow-duplicates", is_flag=True, help="Also take in what is there already under another id.")
@click.option("--no-compare", is_flag=True, help="Do not look for copies, which reads all articles of the project.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be done.")
@json_option
def command(
    articles: tuple[str, ...],
    project: Path,
    coder: str | None,
    text_column: str,
    id_column: str | None,
    form: str | None,
    allow_duplicates: bool,
    no_compare: bool,
    dry_run: bool,
    as_json_: bool,
    **given: str | None,
) -> None:
    """Take articles into the project: plain text, Markdown, HTML, or tables with an article a row.

    FILE is a file, a folder, a pattern, or - for standard input. Plain text is kept byte for byte. Markdown (.md)
    and HTML (.html) lose their marks; front matter and what the page says of itself become the record. Rows of CSV,
    JSON Lines and Parquet are articles; columns named title, date, url, publisher, author, language, rights, holder,
    licence become their records. What is not known is left empty.

    An article with the same words as another is refused, one that shares half of its text is reported. Sentences are
    split and frozen in seeds/, and an empty annotation file is written, ready to be filled in.
    A table of more than 1,000 articles becomes one file of JSON Lines, without annotation files.
    All articles are taken in, or none.
    """
    from aussage.diagnostics import Diagnostics, Severity
    from aussage.intake import Columns, Facts, Intake, arrivals, files_of
    from aussage.project import read_project
    from aussage.source import Project

    root = root_of(project)
    diagnostics = Diagnostics({"duplicate-article": Severity.WARNING} if allow_duplicates else {})
    files = files_of(articles, diagnostics)
    _refuse_facts_of_one([path for path, _ in files], given)
    known = read_project(Project(root), diagnostics)
    codebook, coder, why_none = _codebook_and_coder(Project(root), coder, diagnostics)
    taken: list[Taken] = []
    if known is not None and codebook is not None and not diagnostics.has_errors:
        spelled = {name: unicodedata.normalize("NFC", value) for name, value in given.items() if value is not None}
        facts = Facts(**{"language": known.corpus.languages[0], **spelled})
        columns = Columns(text_column, id_column)
        found = (one for path, name in files for one in arrivals(path, name, facts, columns, form, diagnostics))
        taken = Intake(Project(root), diagnostics, codebook, coder, not no_compare).take(found, dry_run)
    if as_json_:
        listed = [_as_record(one) for one in taken]
        print_json(diagnostics, articles=listed, written=bool(taken) and not dry_run)
    else:
        print_findings(diagnostics)
        _print_taken(taken, why_none, dry_run)
    sys.exit(1 if diagnostics.has_errors or not taken else 0)


def _refuse_facts_of_one(files: list[Path], given: dict[str, str | None]) -> None:
    """Raise a usage error if what can be true of one article only is said of several."""
    from aussage.intake.rows import ENDINGS, ending

    several = len(files) > 1 or any(ending(path) in ENDINGS for path in files)
    for name in ("title", "url", "document_id") if several else ():
        if given.get(name) is not None:
            option = "--id" if name == "document_id" else f"--{name}"
            raise click.UsageError(f"{option} is for one article; a table gives it in a column of its own.")


def _codebook_and_coder(
    project: "Project", coder: str | None, diagnostics: "Diagnostics"
) -> tuple["Codebook | None", str | None, str]:
    """The codebook, the coder for whom annotation files are written, and if there is none, why."""
    from aussage.codebook import load_codebook
    from aussage.diagnostics import Place, nearest
    from aussage.registry import load_registry

    codebook = load_codebook(project, diagnostics)
    if codebook is None:
        return None, None, ""
    coders = load_registry(project, codebook, diagnostics).coders
    if coder is not None and coder not in coders:
        message = f"no coder »{coder}« is in the registry"
        place = Place("dataset/registry/coders.yaml")
        diagnostics.add("unknown-coder", place, message, nearest=nearest(coder, coders))
    people = [name for name, entry in coders.items() if entry.record.kind == "person"]
    for only in (people, list(coders)):
        if coder is None and len(only) == 1:
            coder = only[0]
    why = "has no coder" if not coders else f"has several coders ({', '.join(coders)})"
    return codebook, coder, f"no annotation file was written: dataset/registry/coders.yaml {why}; name one with --coder"


def _as_record(one: "Taken") -> dict[str, object]:
    annotation = shown(one.annotation) if one.annotation else None
    return {"id": one.document_id, "record": shown(one.record), "sentences": one.sentences, "annotation": annotation}


def _print_taken(taken: "list[Taken]", why_none: str, dry: bool) -> None:
    """Say what was written, and what to do next."""
    verb = "would write" if dry else "wrote"
    records: dict[Path, list[Taken]] = {}
    for one in taken:
        records.setdefault(one.record, []).append(one)
    for record, of_record in list(records.items())[:LISTED]:
        _print_record(verb, record, of_record)
    if len(records) > LISTED:
        total = sum(one.sentences for one in taken)
        click.echo(f"… and {len(records) - LISTED:,} more: {len(taken):,} articles, {total:,} sentences in all")
    if any(one.record.suffix == ".jsonl" for one in taken):
        click.echo("so many articles get no annotation files: their coder writes JSON Lines")
    elif taken and all(one.annotation is None for one in taken):
        click.echo(why_none)
    if taken and not dry:
        click.echo("look over the facts in the records, above all the rights")


def _print_record(verb: str, record: Path, taken: "list[Taken]") -> None:
    """One line: the record's file, how much is in it, and the annotation file beside it."""
    sentences = sum(one.sentences for one in taken)
    articles = f"{len(taken):,} articles, " if record.suffix == ".jsonl" else ""
    also = f" and {shown(taken[0].annotation)}" if taken[0].annotation else ""
    click.echo(f"{verb} {shown(record)} ({articles}{sentences:,} sentences){also}")
