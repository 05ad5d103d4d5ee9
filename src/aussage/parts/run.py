"""A build of any size: small projects at once, large ones part by part, on one machine or as one shard of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from aussage.cluster import ClusterUnusable, WorkersLost
from aussage.compile.build import CORPUS, BuildResult, replace_corpus
from aussage.compile.build import build as build_at_once
from aussage.compile.documents import FOLDER as DOCUMENTS
from aussage.compile.documents import examine_article_files
from aussage.compile.layers import FOLDER as ANNOTATIONS
from aussage.diagnostics import Diagnostics, Place, Severity
from aussage.parts.assembling import write_parted, write_whole
from aussage.parts.cutting import Cutter
from aussage.parts.documents import Changed
from aussage.parts.findings import Findings
from aussage.parts.part import PartResult, part_of_cache
from aussage.parts.plan import PlannedPart
from aussage.parts.preparing import Settings, prepare
from aussage.parts.reaching import reached
from aussage.parts.workshop import Workshop
from aussage.source import Project
from aussage.source.bytes import reason
from aussage.source.packed import is_packed


@dataclass(frozen=True, slots=True)
class Shard:
    """One share of the parts of a corpus: number `number` (from 1) of `of`."""

    number: int
    of: int

    def share(self, parts: Sequence[PlannedPart]) -> list[PlannedPart]:
        """The parts that belong to this shard: neighbours, so that most of its sources stand in a few files."""
        first, last = ((number * len(parts)) // self.of for number in (self.number - 1, self.number))
        return list(parts[first:last])


def build(root: Path, out: Path | None = None, settings: Settings = Settings()) -> BuildResult:  # noqa: B008
    """Compile the project at `root` into `out` (default: its `dataset/corpus`), whatever its size.

    All findings are in the result; of very many some of each code, with the number of all.
    """
    return reached(root, lambda: _build(root, out, settings))


def _build(root: Path, out: Path | None, settings: Settings) -> BuildResult:
    if not settings.keep_going and _is_small(Project(root), Cutter(settings.usual).most):
        return build_at_once(root, out)
    result = BuildResult(Diagnostics())
    ready = prepare(root, settings, result.diagnostics)
    if ready is None:
        return result
    workshop, planned = ready
    if len(planned) == 1:
        _build_whole(workshop, out, result)
    else:
        parts = _compile(workshop, planned, settings, result)
        if len(parts) == len(planned):
            _finish(workshop, [parts[part.number] for part in planned], out, result)
    workshop.cache.sweep()
    return result


def build_shard(root: Path, shard: Shard, settings: Settings = Settings()) -> BuildResult:  # noqa: B008
    """Compile one share of a project's parts into the cache; `merge` puts all of them together."""
    return reached(root, lambda: _build_shard(root, shard, settings))


def _build_shard(root: Path, shard: Shard, settings: Settings) -> BuildResult:
    result = BuildResult(Diagnostics())
    ready = prepare(root, settings, result.diagnostics)
    if ready is not None:
        workshop, planned = ready
        share = shard.share(planned)
        parts = _compile(workshop, share, settings, result)
        result.set_aside = sum(part.set_aside for part in parts.values())
        result.parts = len(share)
    return result


def merge(root: Path, out: Path | None = None, settings: Settings = Settings()) -> BuildResult:  # noqa: B008
    """Put the parts that shards have compiled together; a part that is missing is an error."""
    return reached(root, lambda: _merge(root, out, settings))


def _merge(root: Path, out: Path | None, settings: Settings) -> BuildResult:
    result = BuildResult(Diagnostics())
    ready = prepare(root, settings, result.diagnostics)
    if ready is None:
        return result
    workshop, planned = ready
    if len(planned) == 1:
        _build_whole(workshop, out, result)
        return result
    found = _there(workshop, [part.number for part in planned])
    missing = [number for number, part in found.items() if part is None]
    if missing:
        some = ", ".join(str(number + 1) for number in missing[:10]) + ("…" if len(missing) > 10 else "")
        message = f"{len(missing):,} of {len(planned):,} parts are not there: {some}"
        result.diagnostics.add("part-missing", Place(str(workshop.cache.folder)), message)
        return result
    _finish(workshop, [part for part in found.values() if part is not None], out, result)
    return result


def _is_small(project: Project, most: int) -> bool:
    """Whether the sources are one part, and can be compiled in memory at once."""
    size = 0
    for folder in (DOCUMENTS, ANNOTATIONS):
        for path in project.files(folder):
            if is_packed(path):
                return False
            size += path.stat().st_size if path.suffix in {".yaml", ".jsonl"} and path.is_file() else 0
    return size <= most


def _compile(
    workshop: Workshop, planned: Sequence[PlannedPart], settings: Settings, result: BuildResult
) -> dict[int, PartResult]:
    """The parts by number, as far as they are in the cache or were compiled."""
    documents = {part.number: part.documents for part in planned}
    total, done, found = sum(documents.values()), 0, {}
    there = _there(workshop, list(documents))
    missing = [number for number, part in there.items() if part is None]
    try:
        known = (part for part in there.values() if part is not None)
        for part in chain(known, settings.engine(workshop.order, missing, settings.jobs) if missing else ()):
            found[part.number] = part
            done += documents[part.number]
            settings.progress(done, total)
    except Changed as changed:
        (name,) = changed.args
        result.diagnostics.add("source-changed", Place(name), f"{name} was written to while it was read")
    except WorkersLost as lost:
        message = f"{lost.args[0]:,} of {len(planned):,} parts are left"
        result.diagnostics.add("worker-lost", Place(str(CORPUS)), message)
    except ClusterUnusable as unusable:
        result.diagnostics.add("cluster-unusable", Place(str(CORPUS)), str(unusable))
    except OSError as error:
        result.diagnostics.add("cannot-write", Place(str(workshop.cache.folder)), reason(error))
    result.reused = sum(part.was_there for part in found.values())
    findings = Findings()
    for number in sorted(found):
        findings.merge(found[number].findings)
    _report(findings, settings.keep_going, result)
    return found


def _there(workshop: Workshop, numbers: Sequence[int]) -> dict[int, PartResult | None]:
    """The parts that the cache has, by number."""
    if workshop.order.only_examine:
        return dict.fromkeys(numbers)
    return {number: part_of_cache(workshop, number) for number in numbers}


def _report(findings: Findings, keep_going: bool, result: BuildResult) -> None:
    """Take over what was found in documents; errors of documents that are set aside stop nothing."""
    found = findings.diagnostics()
    errors = [one for one in found if one.severity is Severity.ERROR]
    counted = found.counted.pop(Severity.ERROR, 0)
    place = result.aside if keep_going else result.diagnostics
    place.extend(errors)
    place.counted[Severity.ERROR] = place.counted.get(Severity.ERROR, 0) + counted
    result.diagnostics.extend(one for one in found if one.severity is not Severity.ERROR)
    for severity, count in found.counted.items():
        result.diagnostics.counted[severity] = result.diagnostics.counted.get(severity, 0) + count


def _examine(workshop: Workshop, parts: Sequence[PartResult], result: BuildResult) -> None:
    """Report files that no record names, now that all records are known."""
    root = workshop.project.root
    articles = {(root / name).as_posix() for part in parts for name in part.articles}
    examine_article_files(workshop.project, articles, result.diagnostics)


def _finish(workshop: Workshop, parts: Sequence[PartResult], out: Path | None, result: BuildResult) -> None:
    """Put parts together, unless something stops the build; without any document there is nothing to put together."""
    _examine(workshop, parts, result)
    if result.diagnostics.has_errors:
        return
    if not any(part.facts and part.facts.documents for part in parts):
        _build_whole(workshop, out, result)
        return
    result.parts = len(parts)
    target = out or workshop.project.root / CORPUS
    replace_corpus(
        workshop.project.root, out, result, lambda folder: write_parted(workshop, parts, folder, target, result)
    )


def _build_whole(workshop: Workshop, out: Path | None, result: BuildResult) -> None:
    """Write a corpus of one part."""
    part = PartResult(0, "", "", Findings(), {})

    def write(folder: Path) -> None:
        write_whole(workshop, folder, part, result)
        _report(part.findings, workshop.order.keep_going, result)
        _examine(workshop, [part], result)

    replace_corpus(workshop.project.root, out, result, write)
