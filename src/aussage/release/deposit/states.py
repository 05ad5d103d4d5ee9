"""The states of a deposit as types: each has only the steps that are allowed there.

NewDraft → FilesPending → Complete → Published. A later state is only made by the step that leads to it, and each step
ends by reading what Zenodo has now, so that a run that is repeated goes on where the last one stopped.
"""

from __future__ import annotations

from dataclasses import dataclass

from aussage.release.deposit.answers import Deposition, PublicRecord
from aussage.release.deposit.errors import DepositError, NotAsSent, Rejected, Uncertain, Unreachable
from aussage.release.deposit.metadata_match import differences
from aussage.release.deposit.plan import LocalFile, Plan, Sent
from aussage.release.deposit.zenodo import Zenodo

LOOKS = 4  # times a state is read again before a step is repeated
DESCRIPTIONS = 3  # times that metadata are sent


@dataclass(frozen=True, slots=True)
class Work:
    """What all steps need: the server, the plan, and who is told of the bytes that went."""

    zenodo: Zenodo
    plan: Plan
    sent: Sent

    def read(self, number: int) -> Deposition:
        """The deposition as it is now."""
        found = self.zenodo.read(number)
        if found is None:
            raise DepositError(
                f"deposit {number} is gone: somebody deleted it; run the same command again for a new one"
            )
        return found

    def draft(self, number: int) -> Deposition:
        """The deposition as it is now, which must not be published."""
        found = self.read(number)
        if found.is_published:
            raise DepositError(f"deposit {number} was published meanwhile; run the same command again to verify it")
        return found


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A draft of which nothing is known to be right."""

    number: int

    def described(self, work: Work) -> FilesPending:
        """Send the metadata and compare what Zenodo made of them.

        Raises:
            Rejected: Zenodo finds fault with them, field by field.
            NotAsSent: it has them otherwise.
        """
        for attempt in range(DESCRIPTIONS):
            draft = work.draft(self.number)
            amiss = differences(work.plan.metadata, draft.metadata)
            if not amiss:
                return FilesPending(self.number)
            if attempt:
                work.zenodo.wire.rest(attempt)
            work.zenodo.describe(self.number, work.plan.metadata)
        amiss = differences(work.plan.metadata, work.draft(self.number).metadata)
        if amiss:
            raise NotAsSent(
                _listed(f"Zenodo has the metadata of draft {self.number} otherwise than they were sent", amiss)
            )
        return FilesPending(self.number)


@dataclass(frozen=True, slots=True)
class FilesPending:
    """A draft with the right metadata."""

    number: int

    def completed(self, work: Work) -> Complete:
        """Make the files of the draft those of the plan: right ones are kept, others removed or replaced.

        Raises:
            Unreachable: a file does not arrive, however often it is sent.
        """
        failures = 0
        while True:
            draft = work.draft(self.number)
            if not work.plan.amiss(draft.files):
                return Complete(self.number)
            try:
                self._put_right(work, draft)
            except Uncertain as error:
                last = str(error)
            else:
                last = _listed("the files differ after sending", work.plan.amiss(work.draft(self.number).files))
            failures += 1
            if failures > work.zenodo.wire.patience.tries:
                raise Unreachable(f"{last}\nWhat arrived whole is kept: run the same command again later")
            work.zenodo.wire.rest(failures - 1, "looking what arrived")

    def _put_right(self, work: Work, draft: Deposition) -> None:
        """Remove what is wrong or foreign, and send what is missing; an upload is never repeated unseen."""
        wanted = {file.name: file for file in work.plan.files}
        right = set()
        for remote in draft.files:
            if remote.name in wanted and wanted[remote.name].equals(remote):
                right.add(remote.name)
            else:
                work.zenodo.remove_file(self.number, remote)
        for file in work.plan.files:
            if file.name not in right:
                _upload(work, draft, file)


def _upload(work: Work, draft: Deposition, file: LocalFile) -> None:
    arrived = work.zenodo.upload(draft.bucket, file.name, file.size, lambda: file.pieces(work.sent))
    if not file.equals(arrived):
        raise Uncertain(
            f"{file.name} arrived with {arrived.size:,} bytes and MD5 {arrived.md5 or 'unknown'} "
            f"instead of {file.size:,} and {file.md5}"
        )


@dataclass(frozen=True, slots=True)
class Complete:
    """A draft with the right metadata and exactly the right files."""

    number: int

    def published(self, work: Work, confirmed: Confirmed) -> Published:
        """Publish; after an unknown end the state is read before anything is done again.

        Raises:
            NotAsSent: the draft is no longer what was examined; nothing was published.
            Rejected: Zenodo will not publish it, with the reasons.
        """
        confirmed.demand(work.plan)
        self._examine(work)
        for attempt in range(work.zenodo.wire.patience.tries):
            try:
                work.zenodo.publish(self.number)
            except (Uncertain, Rejected) as error:
                if self._became_public(work):
                    break
                if isinstance(error, Rejected):
                    raise
                last = error
                work.zenodo.wire.rest(attempt, "publication did not happen yet")
            else:
                break
        else:
            raise Unreachable(f"{last}; the draft is complete and unpublished: run the same command again later")
        return Published.verified(self.number, work)

    def _examine(self, work: Work) -> None:
        draft = work.draft(self.number)
        amiss = differences(work.plan.metadata, draft.metadata) + work.plan.amiss(draft.files)
        if amiss:
            raise NotAsSent(_listed(f"draft {self.number} was changed by somebody else, and was not published", amiss))

    def _became_public(self, work: Work) -> bool:
        """Whether it was published after all; a gateway gives up (504) before Zenodo is done."""
        for attempt in range(LOOKS):
            if work.read(self.number).is_published:
                return True
            if attempt + 1 < LOOKS:
                work.zenodo.wire.rest(attempt, "looking whether it was published")
        return False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That somebody wants a certain version published; made by typing it, or by saying yes beforehand."""

    version: str

    @classmethod
    def typed(cls, text: str, plan: Plan) -> Confirmed | None:
        """The confirmation, if the text is the version."""
        return cls(plan.version) if text.strip() == plan.version else None

    def demand(self, plan: Plan) -> None:
        """Raise unless this plan was confirmed."""
        if self.version != plan.version:
            raise DepositError(f"version {self.version} was confirmed, not {plan.version}; nothing was published")


@dataclass(frozen=True, slots=True)
class Published:
    """A record that was read again after publication and is as it was sent."""

    number: int
    doi: str
    concept_doi: str

    @classmethod
    def verified(cls, number: int, work: Work) -> Published:
        """Read a published record, for its owner and as anybody sees it, and compare files and metadata.

        Raises:
            NotAsSent: it differs; a record cannot be taken back, so a person has to look at it.
            Unreachable: the public does not see it yet.
        """
        record = work.read(number)
        amiss = differences(work.plan.metadata, record.metadata) + work.plan.amiss(record.files)
        amiss += [] if record.is_published else ["it is not published"]
        amiss += [] if record.doi else ["it has no DOI"]
        public = _public(work, number, record.doi)
        if work.plan.metadata.get("access_right", "open") == "open":
            amiss += [f"for the public: {problem}" for problem in work.plan.amiss(public.files)]
        if public.doi != record.doi:
            amiss.append(f"the public record has the DOI {public.doi or 'none'}, the deposit {record.doi or 'none'}")
        if amiss:
            page = work.zenodo.record_page(number)
            advice = f"look at {page}: files of a record cannot be changed, metadata can; a new version mends the rest"
            raise NotAsSent(
                _listed(f"record {number} ({record.doi}) is published, but not as it was sent", amiss, advice)
            )
        return cls(number, record.doi, record.concept_doi or public.concept_doi)


def _public(work: Work, number: int, doi: str) -> PublicRecord:
    for attempt in range(work.zenodo.wire.patience.tries):
        public = work.zenodo.read_public(number)
        if public is not None:
            return public
        work.zenodo.wire.rest(attempt, "the public does not see the record yet")
    raise Unreachable(
        f"record {number} ({doi}) is published, but cannot be read by the public yet; run the same command"
    )


def _listed(head: str, lines: list[str], tail: str = "") -> str:
    return "\n".join([f"{head}:", *(f"- {line}" for line in lines), *([tail] if tail else [])])
