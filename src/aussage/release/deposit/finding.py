"""Which draft a bundle goes into: one that is there already, a new version of the concept, or a new deposit.

There is never more than one: before a draft is made it is looked for, and when it is not known whether one was made,
the list is read again until it must have come to know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aussage.release.deposit.answers import Deposition
from aussage.release.deposit.errors import DepositError, Rejected, Uncertain
from aussage.release.deposit.metadata_match import differences
from aussage.release.deposit.note import Note
from aussage.release.deposit.plan import Plan
from aussage.release.deposit.zenodo import Zenodo

LOOKS = 6  # times the list is read when a draft may have been made: the waits in between come to half a minute and more
ROUNDS = 3  # times that making a draft is tried
BAD_REQUEST = 400
Wanted = Callable[[Deposition], bool]


@dataclass(frozen=True, slots=True)
class Known:
    """What the project knows of earlier deposits: concept DOI, and the DOI of each version."""

    concept: str = ""
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The deposition of a bundle; `how` says where it comes from."""

    deposition: Deposition
    how: str


class Search:
    """Finds the deposition of one plan.

    Args:
        zenodo: The server.
        plan: What is deposited.
        known: What the project knows.
        note: What an earlier run left.
        joins: Whether a record of the same title is taken for an earlier version although the project names no
            concept: on the sandbox, whose DOIs are not kept.
    """

    def __init__(self, zenodo: Zenodo, plan: Plan, known: Known, note: Note, joins: bool) -> None:
        self.zenodo, self.plan, self.known, self.note, self.joins = zenodo, plan, known, note, joins

    def found(self) -> Found:
        """The deposition: a draft, or the record if it was published already."""
        begun, number = self.note.read()
        noted = self.zenodo.read(number) if number is not None else None
        concept = recid(self.known.concept)
        if noted is not None and self._is_ours(noted, concept):
            return Found(noted, "published by an earlier run" if noted.is_published else "resumed")
        listed = self.zenodo.listed()
        if not concept:
            concept = self._concept_of_title(listed)
        found = self._version_of(concept, listed) if concept else self._new(listed, begun and number is None)
        self.note.remember(found.deposition.number)
        return found

    def twins(self, number: int) -> list[Deposition]:
        """Other drafts with the same metadata and no files but ours: made when a request was done twice."""
        for attempt in range(LOOKS):
            listed = self.zenodo.listed()
            # A list that does not know this draft yet does not know a twin either.
            if any(entry.number == number for entry in listed):
                break
            self.zenodo.wire.rest(attempt, "looking for a second draft of the same")
        drafts = self._drafts(listed, self._is_new(listed))
        return [draft for draft in drafts if draft.number != number and self._is_twin(draft)]

    def _is_ours(self, noted: Deposition, concept: str) -> bool:
        """Whether the deposition of a note belongs to this plan: of the concept if there is one, else by its name."""
        if concept and noted.concept != concept:
            return False
        return self._is_named(noted) or bool(concept and not noted.is_published)

    def _is_named(self, entry: Deposition) -> bool:
        return (entry.title, entry.version) == (self.plan.title, self.plan.version)

    def _is_new(self, listed: list[Deposition]) -> Wanted:
        """Whether an entry has title and version of the plan and belongs to no concept that has a record."""
        concepts = {entry.concept for entry in listed if entry.is_published}
        return lambda entry: self._is_named(entry) and (entry.is_published or entry.concept not in concepts)

    def _is_twin(self, draft: Deposition) -> bool:
        """Whether a draft is one that was made for this plan, and holds nothing else."""
        ours = {file.name for file in self.plan.files}
        same = not differences(self.plan.metadata, draft.metadata)
        return same and not draft.is_published and {file.name for file in draft.files} <= ours

    def _concept_of_title(self, listed: Iterable[Deposition]) -> str:
        """The concept of published records of this title, although the project names none."""
        records = [entry for entry in listed if entry.is_published and entry.title == self.plan.title]
        others = [entry for entry in records if entry.version != self.plan.version]
        if others and not self.joins:
            raise DepositError(
                f"»{self.plan.title}« is published already as version {others[-1].version} ({others[-1].doi}), but "
                "aussage.toml knows no concept DOI: write it there, so that this becomes a new version of it:\n"
                f'[dois]\nconcept = "{others[-1].concept_doi or "…"}"'
            )
        return records[-1].concept if records else ""

    def _version_of(self, concept: str, listed: list[Deposition]) -> Found:
        """The deposition of this version below a concept."""
        own = {entry.number: entry for entry in listed if entry.concept == concept}
        for number in sorted({int(recid(doi)) for doi in self.known.versions if recid(doi)} - own.keys()):
            entry = self.zenodo.read(number)
            if entry is not None and entry.concept == concept:
                own[number] = entry
        own.update({draft.number: draft for draft in self._drafts(own.values(), lambda _: True)})
        records = [entry for entry in own.values() if entry.is_published]
        for record in records:
            if record.version == self.plan.version:
                return Found(record, "published by an earlier run")
        drafts = [entry for entry in own.values() if not entry.is_published]
        if drafts:
            return Found(drafts[0], _resumed(drafts[0], self.plan))
        if not records:
            raise DepositError(
                f"the account of the token has no record of the concept {self.known.concept}: use the token of the "
                "account that owns it, or correct [dois] concept in aussage.toml"
            )
        return self._new_version(max(records, key=lambda record: record.number))

    def _new_version(self, latest: Deposition) -> Found:
        """A draft for a new version of the latest record."""
        self.note.begin()
        refusal: DepositError | None = None
        for _ in range(ROUNDS):
            try:
                answer = self.zenodo.new_version(latest.number)
            except Uncertain as error:
                refusal = error
            except Rejected as error:
                if error.status != BAD_REQUEST:
                    raise
                refusal = error  # there may be a draft that the list did not show yet
            else:
                draft = self._draft_in(answer, latest)
                if draft is not None:
                    return Found(draft, "new version")
            draft = self._awaited(lambda _: lambda entry: entry.concept == latest.concept)
            if draft is not None:
                return Found(draft, _resumed(draft, self.plan))
        message = f"Zenodo made no draft of a new version that could be found (of record {latest.number})"
        raise DepositError(f"{message}; {refusal}" if refusal else f"{message}; run the same command again later")

    def _draft_in(self, answer: Deposition, latest: Deposition) -> Deposition | None:
        """The draft that an answer to »new version« is or leads to, if it really is one of this concept."""
        for number in dict.fromkeys((answer.number, answer.latest_draft)):
            if number is None or number == latest.number:
                continue
            draft = self.zenodo.read(number)
            if draft is not None and not draft.is_published and draft.concept == latest.concept:
                return draft
        return None

    def _new(self, listed: list[Deposition], begun: bool) -> Found:
        """A draft of no concept yet: one that is there, or a new one."""
        drafts = self._drafts(listed, self._is_new(listed))
        if not drafts and begun:
            awaited = self._awaited(self._is_new)
            drafts = [awaited] if awaited else []
        if drafts:
            return Found(drafts[0], "published by an earlier run" if drafts[0].is_published else "resumed")
        self.note.begin()
        for _ in range(ROUNDS):
            try:
                return Found(self.zenodo.create(self.plan.metadata), "new")
            except Uncertain as error:
                last = error
                draft = self._awaited(self._is_new)
                if draft is not None:
                    return Found(draft, "new")
        raise DepositError(f"no draft could be made: {last}; run the same command again later")

    def _awaited(self, wanted: Callable[[list[Deposition]], Wanted]) -> Deposition | None:
        """The draft that may have been made: the list is read until it shows it, or long enough."""
        for attempt in range(LOOKS):
            self.zenodo.wire.rest(attempt, "looking whether the draft was made")
            listed = self.zenodo.listed()
            drafts = self._drafts(listed, wanted(listed))
            if drafts:
                return drafts[0]
        return None

    def _drafts(self, entries: Iterable[Deposition], wanted: Wanted) -> list[Deposition]:
        """The drafts that are wanted, each read as it is now: it may have been published or deleted since."""
        drafts = []
        for entry in list(entries):
            now = self.zenodo.read(entry.number) if not entry.is_published and wanted(entry) else None
            if now is not None and wanted(now):
                drafts.append(now)
        return drafts


def recid(doi: str) -> str:
    """The number in a DOI of Zenodo (10.5281/zenodo.123; on the sandbox 10.5072/zenodo.123), or nothing."""
    number = doi.rpartition("/zenodo.")[2] if "/zenodo." in doi else ""
    return number if number.isascii() and number.isdigit() else ""


def _resumed(draft: Deposition, plan: Plan) -> str:
    other = draft.version if draft.version not in ("", plan.version) else ""
    return "resumed" + (f", which had been begun for version {other}" if other else "")
