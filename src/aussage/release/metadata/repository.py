"""The metadata of a project in its own repository: what `aussage schema` writes beside the built corpus."""

from importlib.util import find_spec
from pathlib import Path

from aussage.corpus.loading import BUILT, MANIFEST
from aussage.records.sources import ProjectFile
from aussage.release.metadata.facts import MetadataFacts, gather_facts
from aussage.release.metadata.files import AT_THE_ROOT, metadata_files
from aussage.release.metadata.shipped import shipped_files
from aussage.release.metadata.source_files import source_files

DESCRIBED = Path("dataset")
FOLDER = DESCRIBED / "metadata"
DATASHEET = DESCRIBED / "DATASHEET.md"


def repository_files(root: Path, project: ProjectFile | None) -> dict[Path, bytes]:
    """Path and content of the metadata of a project that has a folder for it and whose corpus has been built.

    CITATION.cff and .zenodo.json stand at the root, the others in `dataset/metadata`, with paths relative to
    `dataset`; they describe `dataset/corpus`. No revision is in them: it would change with every commit.

    Raises:
        CorpusError: the built corpus is damaged.
    """
    if not (root / FOLDER).is_dir() or not (root / BUILT / MANIFEST).is_file():
        return {}
    place = f"{FOLDER.relative_to(DESCRIBED).as_posix()}/"
    files = metadata_files(repository_facts(root, project), place, elsewhere=AT_THE_ROOT)
    return {root / ("" if name in AT_THE_ROOT else FOLDER) / name: data for name, data in files.items()}


def datasheet_file(root: Path, project: ProjectFile | None) -> dict[Path, bytes]:
    """Path and content of the datasheet of a project whose corpus has been built.

    Without the extra `agreement` there is none, since it would lack the agreement.

    Raises:
        CorpusError: the built corpus is damaged.
    """
    if not (root / BUILT / MANIFEST).is_file() or find_spec("scipy") is None:
        return {}
    from aussage.release.metadata.datasheet import datasheet

    return {root / DATASHEET: datasheet(repository_facts(root, project), root / BUILT)}


def repository_facts(root: Path, project: ProjectFile | None) -> MetadataFacts:
    """The facts of the corpus that has been built in a project, and of its sources.

    Raises:
        CorpusError: the built corpus is damaged.
    """
    names = sorted(path.name for path in (root / BUILT).iterdir() if path.is_file() and not path.name.startswith("."))
    corpus = BUILT.relative_to(DESCRIBED).as_posix()
    files = shipped_files(root / DESCRIBED, (f"{corpus}/{name}" for name in names))
    return gather_facts(root / BUILT, project, files=files, corpus_path=corpus, sources=source_files(root))
