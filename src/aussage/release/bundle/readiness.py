"""Why a project cannot be released as it is: what is unfinished, stale, wrong, or not committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aussage.corpus.loading import BUILT
from aussage.diagnostics import Severity
from aussage.release.bundle.repository import not_committed, released_tags
from aussage.release.comparison.change import Alarm
from aussage.release.versions import Version, too_small

if TYPE_CHECKING:
    from aussage.check.report import Report
    from aussage.records.sources import ProjectFile
    from aussage.release.comparison import Comparison

SHOWN = 10
UNKEPT = (Alarm.NO_TOMBSTONE, Alarm.RETURNED, Alarm.UNBURIED)
DERIVED = "-contradicts-"  # relations that are worked out anew each time; as are the numbers of adjudications


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason not to release: what is wrong, with what it concerns, and how to mend it."""

    code: str
    message: str
    mend: str
    concerns: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The reason as lines for people."""
        shown = list(self.concerns[:SHOWN])
        if len(self.concerns) > SHOWN:
            shown.append(f"… and {len(self.concerns) - SHOWN:,} more")
        return "\n".join([f"{self.message} [{self.code}]", *(f"  {line}" for line in shown), f"  mend: {self.mend}"])


def facts_missing(project: ProjectFile) -> Iterator[Refusal]:
    """A release needs its day; it is written down, because a clock would make other bytes each time."""
    if project.corpus.released is None:
        yield Refusal(
            "no-date", "aussage.toml does not say when this version is released", 'add released = "YYYY-MM-DD"'
        )


def uncommitted(root: Path) -> Iterator[Refusal]:
    """What is released must be in the version control, or nobody could build it again."""
    if names := not_committed(root):
        yield Refusal(
            "dirty-tree", f"{len(names):,} files are not committed", "commit, ignore or remove them", tuple(names)
        )


def corpus_stale(root: Path, built: Path) -> Iterator[Refusal]:
    """The corpus of the project, if it keeps one, is what its sources build."""
    kept = root / BUILT
    if not kept.is_dir():
        return
    names = {
        path.relative_to(folder).as_posix()
        for folder in (kept, built)
        for path in folder.rglob("*")
        if not path.name.startswith(".") and (not path.is_dir() or path.suffix != ".parquet")
    }
    differ = tuple(
        f"{BUILT.as_posix()}/{name}"
        for name in sorted(names)
        if not all((folder / name).is_file() for folder in (kept, built))
        or (kept / name).read_bytes() != (built / name).read_bytes()
    )
    if differ:
        yield Refusal("stale-corpus", "the corpus is not what the sources build", "run `aussage build`", differ)


def generated_stale(root: Path, stale: list[Path]) -> Iterator[Refusal]:
    """Codebook, tables, metadata and datasheet are those of this version."""
    if stale:
        names = tuple(path.relative_to(root).as_posix() for path in stale)
        yield Refusal(
            "stale-files", f"{len(names):,} generated files are not up to date", "run `aussage schema`", names
        )


def findings(report: Report) -> Iterator[Refusal]:
    """The check found nothing of level error."""
    lines = tuple(
        f"{found.rule}: {found.where} ({found.rows:,} rows)"
        for found in report.findings
        if found.level is Severity.ERROR
    )
    if lines:
        yield Refusal("check-errors", "the check finds errors", "run `aussage check` and mend what it shows", lines)


def changes_unfit(version: str, earlier: str, comparison: Comparison) -> Iterator[Refusal]:
    """Version and codebook version say how much has changed since the last release, and no id went without a word."""
    if too_small(Version.parse(earlier), Version.parse(version), comparison.step):
        what = f"version {version} is too small: what changed since {earlier} asks for a {comparison.step} step"
        mend = f'write version = "{comparison.least_version}" into aussage.toml; `aussage diff {earlier}` shows why'
        yield Refusal("version-too-small", what, mend)
    if comparison.is_codebook_too_small:
        old, new = comparison.old.codebook_version, comparison.new.codebook_version
        step = comparison.codebook_step
        what = f"the codebook's version {new} is too small: its changes since {old} ask for a {step} step"
        mend = f'write version: "{Version.parse(old).after(step)}" into schema/codebook.yaml'
        yield Refusal("codebook-version-too-small", what, mend)
    lost = tuple(
        f"{change.table} {change.id}: {change.alarm}"
        for change in comparison.ledger.alarming()
        if change.alarm in UNKEPT and change.table != "adjudications" and DERIVED not in change.id
    )
    if lost:
        what = f"{len(lost):,} ids of the last release were not kept"
        mend = "say in dataset/withdrawn.yaml why a row went; give a row that is new an id that never was"
        yield Refusal("ids-not-kept", what, mend, lost)


@contextmanager
def last_release(root: Path, name: str, version: str, against: str | None) -> Iterator[tuple[str, Path] | None]:
    """Version and corpus folder of the release before this one; nothing if there was none.

    That is what `against` names (whatever `aussage diff` takes), else the highest version that is no higher than this
    one among the local store and the tags of the version control; a tag that is older than the corpus is passed over.

    Raises:
        CorpusError: it cannot be opened.
    """
    from aussage.corpus.manifest import read_manifest
    from aussage.release.opening import NotFound, opened

    with ExitStack() as stack:
        for named in [against] if against else _candidates(root, name, version):
            try:
                folder = stack.enter_context(opened(named, root))
            except NotFound:
                if against:
                    raise
                continue
            yield read_manifest(folder).version, folder
            return
        yield None


def _candidates(root: Path, name: str, version: str) -> list[str]:
    """The names of all versions that may have gone before, the highest first; what is kept before what is tagged."""
    from aussage.release.opening.kept import kept_versions

    this = Version.parse(version)
    kept = {Version.parse(known): f"{name}@{known}" for known in kept_versions(name)}
    known = released_tags(root) | kept
    return [known[found] for found in sorted(known, reverse=True) if not this < found]
