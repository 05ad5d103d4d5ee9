"""A release: built anew, examined, refused or packed into two bundles of which one is proved to hold no text."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aussage.corpus.manifest import FULL, TEXT_FREE
from aussage.diagnostics import Diagnostics
from aussage.release.bundle import readiness
from aussage.release.bundle.contents import Edition, Given, write_contents
from aussage.release.bundle.readiness import Refusal
from aussage.release.bundle.repository import commit_of

if TYPE_CHECKING:
    from aussage.records.sources import ProjectFile

Step = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written: its file, edition and content hash of the corpus."""

    file: Path
    edition: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Released:
    """What came of a release: the bundles, or what the compiler found or why it was refused; `earlier` is the last one.

    `step` is the version step that the changes since then ask for.
    """

    diagnostics: Diagnostics
    refusals: tuple[Refusal, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    version: str = ""
    earlier: str | None = None
    step: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether bundles were written."""
        return bool(self.bundles)


def release(
    root: Path,
    out: Path,
    *,
    stale: Callable[[], list[Path]],
    against: str | None = None,
    step: Step = lambda _: None,
) -> Released:
    """Build the project at `root` anew, examine it, and write the bundles of both editions into `out`.

    Args:
        root: The project.
        out: The folder of the bundles; files of the same name are replaced when all is done.
        stale: Gives the generated files that are not up to date.
        against: What to compare with; by default the last version in the local store or among the tags.
        step: Told of what is being done.

    Raises:
        CorpusError: a part cannot be made, or what to compare with cannot be opened.
        OSError: `out` cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=out) as folder:
        return _release(root, out, Path(folder), stale, against, step)


def _release(
    root: Path, out: Path, work: Path, stale: Callable[[], list[Path]], against: str | None, step: Step
) -> Released:
    from aussage.check import check
    from aussage.compile import build
    from aussage.project import read_project
    from aussage.source import Project

    step("compiling")
    full = work / "built" / "corpus"
    result = build(root, full)
    project = read_project(Project(root), Diagnostics())
    if result.folder is None or project is None:
        return Released(result.diagnostics)
    step("checking")
    report = check(full, root)
    done, refusals = _examined(root, work, project, against, Released(result.diagnostics), step)
    refusals += [*readiness.findings(report), *readiness.generated_stale(root, stale())]
    if refusals:
        return replace(done, refusals=tuple(refusals))
    given = Given(root, project, commit_of(root), report)
    made = [_packed(edition, given, work, step) for edition in _editions(full, work, step)]
    step("reading every byte for withheld text")
    if leaks := _leaks(full, made[1]):
        return replace(done, refusals=(leaks,))
    bundles = tuple(
        Bundle(_moved(made_, out), edition, result.content_hash)
        for made_, edition in zip(made, (FULL, TEXT_FREE), strict=True)
    )
    return replace(done, bundles=bundles)


def _examined(
    root: Path, work: Path, project: ProjectFile, against: str | None, done: Released, step: Step
) -> tuple[Released, list[Refusal]]:
    """What speaks against a release beside the check: missing facts, uncommitted or stale files, the version."""
    from aussage.release.comparison import compare

    version, full = project.corpus.version, work / "built" / "corpus"
    refusals = [*readiness.facts_missing(project), *readiness.uncommitted(root), *readiness.corpus_stale(root, full)]
    with readiness.last_release(root, project.corpus.name, version, against) as last:
        if last is None:
            return replace(done, version=version), refusals
        earlier, folder = last
        step(f"comparing with {earlier}")
        comparison = compare(folder, _like(folder, full, work))
        refusals += readiness.changes_unfit(version, earlier, comparison)
        return replace(done, version=version, earlier=earlier, step=str(comparison.step)), refusals


def _like(earlier: Path, full: Path, work: Path) -> Path:
    """The corpus in the edition of an earlier one, which has no texts where none may be kept."""
    from aussage.corpus.manifest import read_manifest
    from aussage.release.editions.text_free import make_text_free

    if read_manifest(earlier).edition == FULL:
        return full
    make_text_free(full, work / "compared")
    return work / "compared"


def _editions(full: Path, work: Path, step: Step) -> Sequence[Edition]:
    """Both editions; of the one without texts the tables that ship, and those from which its pages are made."""
    from aussage.release.editions.masked import make_masked
    from aussage.release.editions.text_free import make_text_free

    step("taking out the texts")
    text_free, masked = work / "text-free", work / "masked"
    make_text_free(full, text_free)
    make_masked(full, masked)
    return Edition(FULL, full, full), Edition(TEXT_FREE, text_free, masked)


def _packed(edition: Edition, given: Given, work: Path, step: Step) -> Path:
    """The bundle of an edition: a zip of one folder, which is a bag."""
    from aussage import __version__
    from aussage.release.packing import write_bag, write_zip

    facts = given.project.corpus
    name = f"{facts.name}-{facts.version}-{edition.name}"
    bag = work / "bundles" / name / name
    data = bag / "data"
    data.mkdir(parents=True)
    write_contents(edition, given, data, lambda what: step(f"{edition.name} edition: {what}"))
    about = {
        "Source-Organization": "; ".join(creator.name for creator in facts.creators),
        "External-Identifier": f"{facts.name} {facts.version} {edition.name}",
        "External-Description": facts.title,
        "Bagging-Date": facts.released or "",
        "Bag-Software-Agent": f"aussage {__version__}",
    }
    write_bag(bag, {label: " ".join(value.split()) for label, value in about.items()})
    target = work / f"{name}.zip"
    write_zip(bag.parent, target)
    return target


def _leaks(full: Path, bundle: Path) -> Refusal | None:
    """A refusal if any run of words of the texts is anywhere in the bundle."""
    from aussage.release.gate import WithheldText, judge, withheld_texts

    verdict = judge([bundle], WithheldText(withheld_texts(full)))
    if verdict.passed:
        return None
    mend = "take the words out of the file that is named, or out of the note or label that they come from"
    messages = tuple(finding.message for finding in verdict.findings)
    return Refusal(
        "withheld-text", "withheld text is in the text-free bundle, or a part could not be read", mend, messages
    )


def _moved(made: Path, out: Path) -> Path:
    return Path(shutil.move(made, out / made.name))
