"""`aussage check`: verify a corpus."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aussage.cli.building import cores, engine_options, is_on_dask
from aussage.cli.common import json_option, progress_of_rows, project_or_address_argument, root_of, shown
from aussage.cli.output_files import examine_output, write_output
from aussage.diagnostics import visible

if TYPE_CHECKING:
    from aussage.check import Report
    from aussage.check.shards import Cluster
    from aussage.check.verdicts import SecondOpinion
    from aussage.expectations import FailedExpectation, Outcome

ENGINE = "Great Expectations"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(path_type=Path)


@click.command("check")
@project_or_address_argument
@click.option("--corpus", type=FOLDER, help="Folder of the corpus.  [default: PROJECT/dataset/corpus]")
@click.option("--against", type=FOLDER, help="Folder of an earlier release, to compare distributions with.")
@click.option("--html", type=FILE, help="Also write the report as a page.")
@click.option("--failing", type=FILE, help="Also write the ids of all failing rows, as Parquet.")
@click.option("--great-expectations", is_flag=True, help="Have Great Expectations judge the same rules, and compare.")
@engine_options
@json_option
def command(
    project: Path,
    corpus: Path | None,
    against: Path | None,
    html: Path | None,
    failing: Path | None,
    great_expectations: bool,
    engine: str,
    scheduler: str | None,
    as_json_: bool,
) -> None:
    """Verify a built corpus without trusting the compiler.

    Every file is proved against the manifest, every row against the rules, and all that is derived is derived
    once more. PROJECT may be the folder of a corpus itself; then it is checked without a project.

    Exit code 0: no errors; 1: errors, or the engines disagree; 2: the command cannot be run as it was given.
    """
    from aussage.check.printing import report_text
    from aussage.check.report_page import report_page
    from aussage.diagnostics.printing import dumps

    folder, root = _places(project, corpus)
    _examine(folder, against, html, failing, great_expectations)
    report = _checked(folder, root, against, failing, _cluster(engine, scheduler))
    outcome = _expectations(folder, report) if great_expectations else None
    second = _compared(report, outcome) if outcome else None
    rest = _rest(project, corpus, failing, report)
    if html is not None:
        name = folder.name if folder.is_absolute() and shown(folder) == str(folder) else shown(folder)
        write_output("--html", html, report_page(report, name, rest, second).encode())
    disagree = bool(second and second.disagreeing)
    if as_json_:
        record = {**report.as_record(), "folder": shown(folder)}
        record["ok"] = record["ok"] and not disagree
        if great_expectations:
            compared = second.as_record() if second else None
            record["great_expectations"] = outcome and {**outcome.as_record(), "comparison": compared}
        click.echo(dumps(record))
    else:
        click.echo(report_text(report, shown(folder), rest, second))
        if great_expectations and not outcome:
            click.echo(f"\n{ENGINE} was not run, because the check could not read all tables")
        for path in (html, failing):
            if path is not None:
                click.echo(f"wrote {shown(path)}")
    sys.exit(1 if report.has_errors or disagree else 0)


def _places(project: Path, corpus: Path | None) -> tuple[Path, Path | None]:
    """The folder of the corpus, and the root of the project unless the corpus is checked alone."""
    from aussage.remote import is_remote
    from aussage.tables.writer import MANIFEST

    if is_remote(project):
        raise click.UsageError(f"{project} is not on this machine: the check reads all of it. Make a local copy first.")
    alone = corpus is None and (project / MANIFEST).is_file()
    root = None if alone else root_of(project)
    folder = project if root is None else corpus or root / "dataset" / "corpus"
    if not folder.is_dir():
        raise click.UsageError(f"There is no corpus in {shown(folder)}. Build one first: aussage build {project}")
    return folder, root


def _examine(folder: Path, against: Path | None, html: Path | None, failing: Path | None, expectations: bool) -> None:
    """Usage errors for what would only be found after a long run."""
    from importlib.util import find_spec

    from aussage.tables.writer import MANIFEST

    if against is not None and not (against / MANIFEST).is_file():
        raise click.UsageError(f"--against: there is no corpus in {shown(against)}.")
    for option, path in (("--html", html), ("--failing", failing)):
        if path is not None:
            examine_output(option, path, folder, against)
    if html is not None and failing is not None and html.absolute() == failing.absolute():
        raise click.UsageError("--html and --failing are the same file.")
    if expectations and find_spec("great_expectations") is None:
        raise click.UsageError(f"{ENGINE} is not installed: pip install 'aussage[quality]'")


def _checked(
    folder: Path, root: Path | None, against: Path | None, failing: Path | None, cluster: "Cluster | None"
) -> "Report":
    from aussage.check import check
    from aussage.check.drift import NoRelease
    from aussage.cluster import ClusterUnusable, WorkersLost

    progress = progress_of_rows("checking")
    try:
        return check(folder, root, against=against, failing=failing, progress=progress, cluster=cluster)
    except ClusterUnusable as unusable:
        raise click.UsageError(f"--engine dask: {visible(str(unusable))}") from None
    except WorkersLost as lost:
        raise click.UsageError(
            f"--engine dask: workers were lost again and again; {lost.args[0]:,} parts are left"
        ) from None
    except NoRelease as error:
        raise click.UsageError(f"--against: {visible(str(error))}") from None
    except OSError as error:
        if failing is None:
            raise
        raise click.UsageError(f"--failing: cannot write {shown(failing)}: {error.strerror or error}") from None


def _cluster(engine: str, scheduler: str | None) -> "Cluster | None":
    """The cluster on which the corpus is to be checked, if it is one."""
    if not is_on_dask(engine, scheduler):
        return None
    from aussage.check.shards import Cluster

    return Cluster(scheduler, cores())


def _expectations(folder: Path, report: "Report") -> "Outcome | None":
    """What Great Expectations says; nothing if the check itself could not read all, so that they would differ."""
    from aussage.expectations import run_expectations

    return run_expectations(folder) if report.content_hash else None


def _compared(report: "Report", outcome: "Outcome") -> "SecondOpinion":
    from aussage.check.verdicts import second_opinion

    rules = ((rule.rule, rule.passed, [_spelled(failed) for failed in rule.failed]) for rule in outcome.rules)
    return second_opinion(report, f"{ENGINE} {outcome.version}", rules, outcome.left_out)


def _spelled(failed: "FailedExpectation") -> str:
    where = ".".join(part for part in (failed.table, failed.column) if part)
    rows = f", {failed.rows:,} row{'' if failed.rows == 1 else 's'}" if failed.rows else ""
    return f"{where}: {failed.type}{rows}" + (f", raised {failed.exception}" if failed.exception else "")


def _rest(project: Path, corpus: Path | None, failing: Path | None, report: "Report") -> str:
    """Where all ids are, or how to get them."""
    if failing is not None:
        return f"All {sum(found.rows for found in report.findings):,} ids are in {shown(failing)}."
    given: list[Any] = [] if str(project) == "." else [project]
    given += ["--corpus", corpus] if corpus else []
    words = ["aussage", "check", *map(str, given), "--failing", "FILE"]
    return f"All ids: {shlex.join(words)} writes them as Parquet."
