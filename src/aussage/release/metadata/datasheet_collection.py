"""Datasheet: why and by whom the corpus was made, and where its articles come from."""

from collections.abc import Iterator

from aussage.records.sources import Creator
from aussage.release.metadata.datasheet_observed import Observed
from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.markdown import NOT_KNOWN, Answer, amount, listed, plain
from aussage.release.metadata.methods import coders_by_kind
from aussage.release.metadata.people import is_person, shown_name

ORIGIN = {
    "author": "author",
    "publisher": "publisher",
    "url": "place where it was found",
    "title": "title",
    "date": "date",
}


def motivation(facts: MetadataFacts) -> Iterator[Answer]:
    """Purpose, creators, funding."""
    yield "For what purpose was it made?", plain(facts.project.description or "") or NOT_KNOWN
    yield "Who made it?", "; ".join(_creator(creator) for creator in facts.project.creators) + "."
    funders = [
        ", ".join(filter(None, (funding.funder, funding.award and f"award {funding.award}", funding.title)))
        for funding in facts.project.funding
    ]
    yield "Who paid for it?", f"{plain('; '.join(funders))}." if funders else "Not known; no funding is recorded."


def _creator(creator: Creator) -> str:
    about = [*([f"ORCID {creator.orcid}"] if creator.orcid else []), *(one.name for one in creator.affiliations)]
    kind = "a person" if is_person(creator) else "an organisation"
    return plain(f"{shown_name(creator)} ({', '.join([kind, *about])})")


def collection(facts: MetadataFacts, observed: Observed) -> Iterator[Answer]:
    """Origin of the articles, who took part, over what time, consent."""
    yield "How was the material acquired?", _acquired(observed)
    yield "Who wrote the articles?", _authors(observed)
    which = "the article was" if observed.documents == 1 else "the articles were"
    chosen = f"How {which} chosen is not known; nothing shows that a larger set is represented."
    yield "Is it a sample, and how was it drawn?", chosen
    yield "Who took part in the annotation?", f"{coders_by_kind(facts)}." if facts.coders else NOT_KNOWN
    yield "Over what time?", _time(facts, observed)
    if observed.people:
        yield (
            "Were the people who are named told, and did they agree?",
            "Not known; nothing of the kind is recorded.",
        )
    yield "Was there an ethical review?", NOT_KNOWN


def _acquired(observed: Observed) -> str:
    known = [f"{noun} known for {observed.origin[name]:,}" for name, noun in ORIGIN.items() if observed.origin[name]]
    missing = [noun for name, noun in ORIGIN.items() if not observed.origin[name]]
    sentences = [
        f"As text files; there {'is' if observed.documents == 1 else 'are'} {amount(observed.documents, 'article')}."
    ]
    if known:
        sentences.append(f"Of these: {', '.join(known)}.")
    if missing:
        sentences.append(f"Known for none: {', '.join(missing)}.")
    return " ".join(sentences)


def _authors(observed: Observed) -> str:
    unknown = observed.documents - observed.origin["author"]
    if not unknown:
        return "The author of every article is recorded in `documents`."
    which = "the article" if observed.documents == 1 else f"{unknown:,} of {amount(observed.documents, 'article')}"
    return (
        f"For {which} this is not known, and with it neither whether a person or a program wrote or translated the "
        "text."
    )


def _time(facts: MetadataFacts, observed: Observed) -> str:
    if facts.dates is None:
        return "When the articles appeared is not known. When they were annotated is not recorded."
    first, last = facts.dates
    span = first if first == last else f"{first} to {last}"
    status = listed(dict(sorted(observed.date_status.items())))
    return f"Dates of the articles: {span} (how they are known: {status}). When they were annotated is not recorded."
