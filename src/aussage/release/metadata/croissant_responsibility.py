"""What a user of the corpus ought to know before using it: how it was made, by whom, and what is delicate about it."""

from aussage.release.metadata.facts import CoderFacts, MetadataFacts

PERSON, LANGUAGE_MODEL = "person", "language-model"


def collection(facts: MetadataFacts) -> str:
    """Where the articles come from, and what is known of the rights in them."""
    rights = ", ".join(f"{number} {status}" for status, number in facts.rights.items())
    said = [
        f"{_counted(facts.counts['documents'], 'news article')} in {', '.join(facts.project.languages)}, each with a "
        "record of what is known of its origin and date and of the rights in its text."
    ]
    if rights:
        said.append(f"Rights in the texts, in documents: {rights}.")
    return " ".join(said)


def annotation(facts: MetadataFacts) -> list[str]:
    """How the annotations came about, one statement each."""
    counts = facts.counts
    said = [
        f"Codebook »{facts.codebook.get('name', '')}« {facts.codebook_version}; it ships with the corpus and defines "
        "every category.",
        "The unit is the claim: one proposition advanced by one voice. Each coder's pass is kept as a layer of its own "
        "beside the layer gold.",
        *(_coder(coder) for coder in facts.coders),
    ]
    if differences := counts.get("adjudications", 0):
        said.append(
            f"{_counted(differences, 'difference')} between coders listed, each with what every coder said and how it "
            "was decided (table adjudications)."
        )
    return said


def machines(facts: MetadataFacts) -> list[str]:
    """The language models and programs that annotated."""
    return [f"{coder.name} ({_kind(coder.kind)})" for coder in facts.coders if coder.kind != PERSON]


def demographics(facts: MetadataFacts) -> list[str]:
    """What is recorded of the people who annotated."""
    if not facts.coders:
        return []
    people = [coder for coder in facts.coders if coder.kind == PERSON]
    if not people:
        return ["No coder is a person."]
    return [f"{len(people)} of {len(facts.coders)} coders are people; nothing else is recorded of them."]


def biases(facts: MetadataFacts) -> list[str]:
    """What may lean to one side."""
    said = ["The claims are those of the chosen articles and do not stand for what was said in public as a whole."]
    models = [coder for coder in facts.coders if coder.kind == LANGUAGE_MODEL]
    if models:
        said.append(
            f"{len(models)} of {len(facts.coders)} coders are language models: they may share errors, and agreement "
            "between models of one kind says less than agreement between people."
        )
    return said


def limitations(facts: MetadataFacts) -> list[str]:
    """What the corpus cannot be used for."""
    said = ["That a claim stands in the corpus says that an article makes or reports it, not that it is true."]
    if facts.is_text_free:
        said.append("This edition holds no words of the articles; spans are offsets into them.")
    if uncleared := sum(number for status, number in facts.rights.items() if status != "cleared"):
        said.append(
            f"The rights in the texts of {_counted(uncleared, 'document')} are not cleared; the licence of the "
            "annotations does not cover the texts."
        )
    return said


def delicate(facts: MetadataFacts) -> list[str]:
    """What concerns real people."""
    actors = facts.counts.get("actors", 0)
    return [
        f"The table actors names {_counted(actors, 'actor')}, among them possibly real people; claims are attributed "
        "to them as the articles do it, and nobody checked whether they said so.",
        "Annotations of stance, certainty and harm are judgements of the coders about what a text says, never findings "
        "about a person.",
    ]


def _coder(coder: CoderFacts) -> str:
    saw = f" Given to see: {', '.join(coder.saw)}." if coder.saw else ""
    note = f" {coder.note}" if coder.note else ""
    return f"{coder.id} ({coder.name}): a {_kind(coder.kind)}.{saw}{note}"


def _kind(kind: str) -> str:
    return kind.replace("-", " ").replace("_", " ")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
