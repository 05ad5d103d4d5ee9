"""Datasheet: what the corpus consists of, what is missing, what is delicate."""

from collections.abc import Iterator

from aussage.release.metadata.datasheet_observed import Observed
from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.markdown import Answer, amount, listed
from aussage.release.metadata.methods import technical_information
from aussage.release.metadata.rights import texts_are_cleared


def composition(facts: MetadataFacts, observed: Observed) -> Iterator[Answer]:
    """Instances, numbers, labels, gaps, errors, outside resources, what is confidential or about people."""
    yield (
        "What do the rows stand for?",
        "Articles, their sentences, the claims in them, mentions of actors and locations, relations between claims, "
        "and the registries that these refer to.",
    )
    yield "How many are there?", f"{_numbers(facts, observed)} {technical_information(facts)}"
    yield "In which languages?", f"{', '.join(f'`{language}`' for language in facts.project.languages)}."
    yield "Is everything there, or was something left out?", _left_out(facts, observed)
    yield "What is labelled?", "Every claim, by the variables of the codebook; `TABLES.md` lists the columns."
    yield "Are relations between rows explicit?", "Yes, by ids; the description of each column says to what it refers."
    yield "Are there recommended splits?", "No."
    yield "Are there known errors or doubts?", _doubts(observed)
    yield "Does it depend on outside resources?", _outside(observed)
    yield "Does it hold what is confidential or protected?", _protected(facts)
    yield "Does it say anything of people?", _people(observed)
    yield (
        "Could it offend or distress?",
        "Not known; the articles were not examined for it."
        if facts.is_text_free
        else "Not known; the articles stand as they were found and were not examined for it.",
    )


def _numbers(facts: MetadataFacts, observed: Observed) -> str:
    gold = observed.layers["gold"]
    return (
        f"{amount(observed.documents, 'article')} of {amount(observed.characters, 'character')}, "
        f"{amount(facts.counts.get('sentences', 0), 'sentence')}, {amount(gold, 'claim')} in the gold layer."
    )


def _left_out(facts: MetadataFacts, observed: Observed) -> str:
    sentences = []
    if facts.is_text_free:
        sentences.append("The words of the articles were left out of this edition; offsets point into them.")
    if observed.unannotated:
        is_not = "is" if observed.unannotated == 1 else "are"
        sentences.append(f"{amount(observed.unannotated, 'article')} {is_not} not annotated yet.")
    if observed.withdrawn:
        sentences.append(f"Rows that were withdrawn, by reason: {listed(dict(sorted(observed.withdrawn.items())))}.")
    else:
        sentences.append("No row was ever withdrawn.")
    return " ".join(sentences)


def _doubts(observed: Observed) -> str:
    gold = observed.layers["gold"]
    return (
        f"Coders marked doubts at {observed.doubtful:,} of {amount(gold, 'claim')} (column `doubt`). "
        "Where coders differ is shown below. Other errors are not known, which does not mean that there are none."
    )


def _outside(observed: Observed) -> str:
    status = listed(dict(sorted(observed.outside_ids.items())))
    unverified = sum(number for name, number in observed.outside_ids.items() if name not in {"verified", "empty"})
    sentences = [f"No. Actors and locations have ids of Wikidata and other vocabularies; Wikidata ids: {status}."]
    if unverified:
        sentences.append(f"{unverified:,} of them were never verified against the vocabulary and may be wrong.")
    return " ".join(sentences)


def _protected(facts: MetadataFacts) -> str:
    if facts.is_text_free:
        return "No: the words of the articles are not in this edition."
    if texts_are_cleared(facts):
        return "The texts of the articles may be passed on; the record of each document says why."
    return "The texts of the articles may be protected: the rights in them are not cleared."


def _people(observed: Observed) -> str:
    if not observed.people:
        return "The registry of actors holds nobody of the type person."
    return (
        f"Yes. The registry names {amount(observed.people, 'person', 'people')}; for {observed.known_people:,} of them "
        "an id in Wikidata was verified, of the others it is not recorded whether they are public figures. "
        f"The articles attribute {amount(observed.claims_of_people, 'gold claim')} to them. Nobody checked these "
        "attributions against anything outside the articles. Stances towards states, organisations and people may show "
        "or suggest political opinions."
    )
