"""Sentences that several forms of metadata share: how the annotations were made, and what the files are."""

from collections import Counter

from aussage.release.metadata.facts import MetadataFacts

KINDS = {
    "language-model": ("language model", "language models"),
    "person": ("person", "people"),
    "program": ("program", "programs"),
}


def method(facts: MetadataFacts) -> str:
    """How the annotations were made: under which codebook, by what kind of coders."""
    codebook = f"{facts.codebook.get('name', '')} {facts.codebook_version}".strip()
    sentences = [f"The articles were annotated sentence by sentence under the codebook {codebook}."]
    if facts.coders:
        sentences.append(f"Registered coders: {coders_by_kind(facts)}.")
    sentences.append(
        "The annotations were compiled to tables with "
        f"Aussage {facts.tool_version}, which checks every quotation against its article."
    )
    return " ".join(sentences)


def coders_by_kind(facts: MetadataFacts) -> str:
    """The number of coders of each kind, as in `2 language models, 1 person`."""
    counts = Counter(coder.kind for coder in facts.coders)
    return ", ".join(f"{number} {_kind(kind, number)}" for kind, number in sorted(counts.items()))


def _kind(kind: str, number: int) -> str:
    one, several = KINDS.get(kind, (kind, kind))
    return one if number == 1 else several


def technical_information(facts: MetadataFacts) -> str:
    """Which tables there are, with their rows, and the hash that identifies their content."""
    tables = ", ".join(f"{name} ({rows:,})" for name, rows in facts.counts.items())
    of = " (of the full edition)" if facts.is_text_free else ""
    return f"Parquet tables with their rows: {tables}. Content hash{of}: sha256 {facts.content_hash}."
