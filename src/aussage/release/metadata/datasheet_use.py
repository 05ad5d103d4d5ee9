"""Datasheet: what the corpus is for and not for, how it is passed on, who looks after it."""

from collections.abc import Iterator

from aussage.release.metadata.datasheet_observed import Observed
from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.markdown import NOT_KNOWN, Answer, amount, listed, plain
from aussage.release.metadata.people import licence_address, shown_name
from aussage.release.metadata.rights import may_be_open, rights_in_texts


def uses(facts: MetadataFacts, observed: Observed) -> Iterator[Answer]:
    """What was and can be done with it, and what should not be."""
    works = [f"{work.relation} {work.identifier}" for work in facts.project.related]
    yield "Was it used already?", f"Related works: {plain('; '.join(works))}." if works else NOT_KNOWN
    yield (
        "What can it be used for?",
        "To study who is said to claim what in the articles, "
        "how it is attributed, how sure it is said to be, and where.",
    )
    yield "What should be kept in mind?", _cautions(facts, observed)
    yield "What should it not be used for?", _misuses(observed)


def _cautions(facts: MetadataFacts, observed: Observed) -> str:
    sentences = []
    if observed.documents == 1:
        sentences.append("It is one article: nothing in it can be carried over to other articles.")
    if any(coder.kind == "language-model" for coder in facts.coders):
        sentences.append("Language models annotated; agreement among models of one kind is no agreement among people.")
    sentences.append("The annotations say what the articles say, not what is so.")
    return " ".join(sentences)


def _misuses(observed: Observed) -> str:
    sentences = ["As a record of events: no claim was checked against the world."]
    if observed.people:
        sentences.append("As evidence of what the people who are named said, did or think.")
    return " ".join(sentences)


def distribution(facts: MetadataFacts) -> Iterator[Answer]:
    """To whom, how, when, under which licence and restrictions."""
    licence = facts.project.licences.annotations
    address = licence_address(licence)
    yield "How is it passed on?", _passed_on(facts)
    yield "When?", f"This version is dated {facts.project.released}." if facts.project.released else NOT_KNOWN
    yield (
        "Under which licence?",
        f"The annotations under [{licence}]({address})." if address else f"The annotations under {licence}.",
    )
    yield "What of the rights of others?", plain(rights_in_texts(facts))
    yield "Are there export controls or other rules?", NOT_KNOWN


def _passed_on(facts: MetadataFacts) -> str:
    where = f"Through {plain(facts.project.publisher)}"
    if facts.doi:
        return f"{where}, [doi:{facts.doi}](https://doi.org/{facts.doi})."
    if may_be_open(facts):
        return f"{where}; this version has no DOI yet."
    return f"Only the edition without texts, through {plain(facts.project.publisher)}; this version has no DOI yet."


def maintenance(facts: MetadataFacts, observed: Observed) -> Iterator[Answer]:
    """Who looks after it, how to reach them, what happens to errors, old versions and withdrawn rows."""
    yield "Who looks after it?", plain("; ".join(shown_name(creator) for creator in facts.project.creators)) + "."
    yield "How can they be reached?", plain(facts.project.url or "") or NOT_KNOWN
    yield (
        "Will it be corrected?",
        "Corrections come as a new version; the version number says how much changes, and ids are never used again.",
    )
    yield "Are rows taken out on request?", _withdrawn(observed)
    yield "Are older versions kept?", _versions(facts)
    yield "Can others add to it?", "Yes: the sources are text files, and the tool that compiles them comes with them."


def _withdrawn(observed: Observed) -> str:
    total = sum(observed.withdrawn.values())
    if not total:
        return "The table `withdrawn` would say so; it is empty."
    reasons = listed(dict(sorted(observed.withdrawn.items())))
    return f"{amount(total, 'row')} so far, by reason: {reasons}; see `withdrawn`."


def _versions(facts: MetadataFacts) -> str:
    versions = [f"{version} (doi:{doi})" for version, doi in facts.dois.versions.items()]
    return f"Published: {', '.join(versions)}." if versions else "No version has been published with a DOI yet."
