"""What the metadata says of the rights: one licence for the annotations, and what is known of the texts."""

from aussage.release.metadata.facts import MetadataFacts

CLEARED = "cleared"


def texts_are_cleared(facts: MetadataFacts) -> bool:
    """Whether the record of every document says that its text may be passed on."""
    return set(facts.rights) <= {CLEARED}


def may_be_open(facts: MetadataFacts) -> bool:
    """Whether the files of this edition may stand open: it has no texts, or all of them are cleared."""
    return facts.is_text_free or texts_are_cleared(facts)


def rights_in_texts(facts: MetadataFacts) -> str:
    """Sentences on the rights in the texts of the articles; they are not covered by the licence of the annotations."""
    licence = facts.project.licences.annotations
    total = sum(facts.rights.values())
    counted = ", ".join(f"{status} for {number:,}" for status, number in facts.rights.items())
    articles = "1 article" if total == 1 else f"{total:,} articles"
    sentences = [
        f"The licence {licence} covers the annotations, not the texts of the articles.",
        f"Rights in the texts ({articles}): {counted}." if total else "The corpus holds no articles.",
    ]
    if facts.project.licences.texts:
        sentences.append(f"The project says of the texts: {facts.project.licences.texts.rstrip('.')}.")
    if facts.is_text_free:
        sentences.append("This edition holds no words of the articles.")
    elif not texts_are_cleared(facts):
        sentences.append("This edition holds the texts and must not be passed on before the rights are cleared.")
    return " ".join(sentences)
