"""All files that a project has generated: codebook, tables, schemas, rules, datasheet, metadata, pictures."""

from pathlib import Path

from aussage.codebook import load_codebook
from aussage.corpus.loading import BUILT
from aussage.diagnostics import Diagnostics
from aussage.generate.files import schema_files
from aussage.generate.pictures import picture_files
from aussage.generate.readme import readme_file
from aussage.project import FILE, read_project
from aussage.registry import load_registry
from aussage.source import Project


def generated_files(root: Path, diagnostics: Diagnostics) -> dict[Path, bytes] | None:
    """Path and content of all that is generated in the project at `root`; nothing if its codebook cannot be used.

    Raises:
        CorpusError: the built corpus is damaged.
    """
    from aussage.release.metadata.repository import datasheet_file, repository_files

    codebook = load_codebook(Project(root), diagnostics)
    if codebook is None:
        return None
    registry = load_registry(Project(root), codebook, diagnostics)
    built = root / BUILT
    facts = read_project(Project(root), diagnostics) if (root / FILE).is_file() else None
    return {
        **schema_files(root, codebook, registry),
        **readme_file(root, built),
        **picture_files(root, built),
        **datasheet_file(root, facts),
        **repository_files(root, facts),
    }
