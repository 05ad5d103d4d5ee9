"""Articles enter the project: read from many formats, compared with what is there, recorded, sentences frozen."""

from pathlib import Path

from aussage.diagnostics import Diagnostics
from aussage.intake.article import Arrival, Facts
from aussage.intake.reading import arrivals, files_of
from aussage.intake.rows import Columns
from aussage.intake.taking import MOST_FILES, Intake, Taken
from aussage.source import Project

__all__ = ["MOST_FILES", "Arrival", "Columns", "Facts", "Intake", "Taken", "arrivals", "files_of", "take_in"]


def take_in(project: Project, article: Path, facts: Facts, diagnostics: Diagnostics) -> Path | None:
    """Record an article of plain text in `seeds/`, without annotation file; gives its record, or nothing and findings.

    An article that is already there is not touched; neither is a record.
    """
    found = arrivals(article, article.name, facts, Columns(), "text", diagnostics)
    taken = Intake(project, diagnostics).take(found)
    return taken[0].record if taken else None
