"""Datasheet: how the annotations were made, by whom, how far coders agree, what was adjudicated."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from aussage.release.metadata.datasheet_observed import Observed
from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.markdown import amount, cell

if TYPE_CHECKING:
    from aussage.corpus import Corpus

KINDS = {"language-model": "a language model", "person": "a person", "program": "a program"}


def annotation(facts: MetadataFacts, observed: Observed, corpus: "Corpus") -> Iterator[str]:
    """Lines on cleaning, coders, agreement and adjudication; `corpus` is what these two are computed from."""
    yield "**Were the texts changed?** No. They are kept byte for byte; offsets count code points of the article."
    yield ""
    yield (
        f"**How were they annotated?** Under the codebook `{facts.codebook.get('name', '')}` "
        f"{facts.codebook_version}; what each category means stands in it."
    )
    yield ""
    yield from _who_checked(facts, observed)
    yield from ("### Coders", "")
    yield from _coders(facts, observed)
    yield from _agreement(corpus)
    yield from _adjudication(corpus)
    yield ""
    yield "**Is the software there?** Yes: Aussage, which compiles, checks and releases the corpus."
    yield ""


def _who_checked(facts: MetadataFacts, observed: Observed) -> Iterator[str]:
    """What is said of models and of adjudication, before the table of coders."""
    models = [f"`{coder.id}`" for coder in facts.coders if coder.kind == "language-model"]
    if models:
        are = "is a language model" if len(models) == 1 else "are language models"
        people = any(coder.kind == "person" for coder in facts.coders)
        yield (
            f"**Did models take part?** Yes: {', '.join(models)} {are}. "
            f"{'' if people else 'No person is registered as coder. '}"
            "Their annotations are to be read as such, not as the judgement of people."
        )
        yield ""
    articles = amount(observed.documents, "article")
    yield f"**Were differences between coders decided?** They were listed for {observed.adjudicated:,} of {articles}."
    yield ""


def _coders(facts: MetadataFacts, observed: Observed) -> Iterator[str]:
    yield from ("| coder | what it is | claims | given to see | |", "| --- | --- | --- | --- | --- |")
    for coder in facts.coders:
        claims = observed.layers[coder.id]
        made = f"{claims:,}" if claims else "none of its own"
        cells = (
            f"`{coder.id}` {coder.name}",
            KINDS.get(coder.kind, coder.kind),
            made,
            ", ".join(coder.saw),
            coder.note,
        )
        yield "| " + " | ".join(map(cell, cells)) + " |"
    yield ""


def _agreement(corpus: "Corpus") -> Iterator[str]:
    yield from ("### Agreement", "")
    if find_spec("scipy") is None:
        yield from ("Not computed: it needs the extra `aussage[agreement]`.", "")
        return
    from aussage.agreement import AgreementError, compare, frames_of

    try:
        comparison = compare(frames_of(corpus))
    except AgreementError as error:
        yield from (f"Not computed: {error}", "")
        return
    yield f"{comparison.as_record()['heading']}. Units are sentences; intervals are bootstrapped over them (95 %)."
    yield ""
    yield from ("| variable | units | raw | alpha | interval | verdict |", "| --- | --- | --- | --- | --- | --- |")
    for row in comparison.as_record()["sentences"]:
        yield _measure(row)
    pairs = comparison.as_record()["claims"]
    for pair in pairs:
        yield ""
        yield (
            f"Claims of `{pair['coder_a']}` and `{pair['coder_b']}`: {pair['n_paired']:,} paired, "
            f"F1 {pair['exact']:.3f} exact and {pair['lenient']:.3f} lenient, "
            f"unitizing alpha {_number(pair['boundaries'])}."
        )
    yield ""


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def _measure(row: dict[str, Any]) -> str:
    given = row["verdict"] == "given"
    alpha = f"{row['alpha']:.3f}" if given else str(row["verdict"])
    varied = given and row["low"] != row["high"]
    interval = f"{row['low']:.3f} to {row['high']:.3f}" if varied else "-"
    return f"| {row['variable']} | {row['n_units']} | {row['raw']:.3f} | {alpha} | {interval} | {row['words']} |"


def _adjudication(corpus: "Corpus") -> Iterator[str]:
    decided = corpus.adjudications
    yield from ("### Adjudication", "")
    if decided.empty:
        yield "No differences between coders were adjudicated."
        return
    open_ = int((~decided["is_decided"]).sum())
    yield f"{len(decided):,} differences were listed, {open_:,} of them are undecided."
    if open_ == len(decided):
        return
    by = ", ".join(f"`{name}`" for name in sorted(set(decided["adjudicator_id"])))
    yield f"Decided by {by}; each decision names the ruling of the codebook that decides it."
    yield from ("", "| about | variable | differences | by a new ruling |", "| --- | --- | --- | --- |")
    for (subject, variable), rows in decided.groupby(["subject", "variable"], observed=True):
        yield f"| {subject} | {variable} | {len(rows):,} | {int(rows['codebook_change'].notna().sum()):,} |"
