"""A bundle deposited: from the file on disk to a record that was read again, as far as it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aussage.release.deposit.errors import DepositError
from aussage.release.deposit.finding import Found, Known, Search
from aussage.release.deposit.note import Note
from aussage.release.deposit.plan import Plan, Sent
from aussage.release.deposit.states import Complete, Confirmed, NewDraft, Published, Work
from aussage.release.deposit.wire import Say
from aussage.release.deposit.zenodo import Zenodo

Confirm = Callable[[str], Confirmed | None]
Keep = Callable[[str, str], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a deposit: `state` is `complete` (a draft) or `published`; the page where to look at it."""

    state: str
    number: int
    page: str
    doi: str = ""
    concept_doi: str = ""


@dataclass(frozen=True, slots=True)
class Depositing:
    """One deposit: the server, what is deposited, what is known, and whom to tell.

    `keep` is given the DOI of the version and of the concept after publication; `joins` see `Search`.
    """

    zenodo: Zenodo
    plan: Plan
    known: Known
    note: Note
    say: Say
    sent: Sent
    keep: Keep
    joins: bool = False

    def run(self, confirm: Confirm | None) -> Outcome:
        """Bring the draft to its end, and publish it if `confirm` (asked with the page of the draft) says so.

        Raises:
            DepositError: it could not be brought to its end; what was done is kept, and the next run goes on from it.
        """
        search = Search(self.zenodo, self.plan, self.known, self.note, self.joins)
        work = Work(self.zenodo, self.plan, self.sent)
        found = search.found()
        number = found.deposition.number
        self.say(f"deposit {number}: {found.how}")
        if found.deposition.is_published:
            return self._kept(Published.verified(number, work))
        complete = self._completed(NewDraft(number), work)
        if not self._has_concept(found):
            self._remove_twins(search, number)
        confirmed = confirm(self.zenodo.page(number)) if confirm else None
        if confirmed is None:
            return Outcome("complete", number, self.zenodo.page(number))
        return self._kept(complete.published(work, confirmed))

    def _completed(self, draft: NewDraft, work: Work) -> Complete:
        pending = draft.described(work)
        self.say(f"deposit {draft.number}: the metadata are as they were sent")
        complete = pending.completed(work)
        names = ", ".join(file.name for file in self.plan.files)
        self.say(f"deposit {draft.number}: all files are there, size and MD5 agree ({names})")
        return complete

    def _has_concept(self, found: Found) -> bool:
        """Whether the draft is a new version of something, of which there is never more than one draft."""
        return bool(self.known.concept) or bool(found.deposition.concept_doi)

    def _remove_twins(self, search: Search, number: int) -> None:
        for twin in search.twins(number):
            self.say(f"deposit {twin.number}: removed, a second empty draft of the same")
            self.zenodo.discard(twin.number)

    def _kept(self, published: Published) -> Outcome:
        self.say(f"deposit {published.number}: published and verified as {published.doi}")
        self.keep(published.doi, published.concept_doi)
        self.note.forget()
        page = self.zenodo.record_page(published.number)
        return Outcome("published", published.number, page, published.doi, published.concept_doi)


def note_of(bundle: Path, base: str) -> Note:
    """The note beside a bundle for a server.

    Raises:
        DepositError: the name of the bundle is none of a file.
    """
    if not bundle.name:
        raise DepositError(f"{bundle} is no file")
    return Note.beside(bundle, base)
