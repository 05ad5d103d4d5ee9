"""README.md of a bundle, also its dataset card: YAML by which `load_dataset` finds the tables, and the text."""

from collections.abc import Iterable
from typing import Any

from aussage.release.metadata import croissant_responsibility as responsibility
from aussage.release.metadata.facts import MetadataFacts, TableFacts
from aussage.release.metadata.files import GENERATORS
from aussage.release.metadata.markdown import cell, plain
from aussage.release.metadata.methods import method
from aussage.release.metadata.people import licence_address, shown_name
from aussage.release.metadata.rights import rights_in_texts
from aussage.release.metadata.yaml_text import yaml_text

DEFAULT_TABLE = "claims"
KNOWN_LICENCES = {
    *(f"CC-BY{more}-{version}" for more in ("", "-SA", "-NC", "-ND", "-NC-SA", "-NC-ND") for version in ("3.0", "4.0")),
    *("CC0-1.0", "MIT", "Apache-2.0", "BSD-3-Clause", "GPL-3.0", "ODbL", "ODC-By", "PDDL"),
}
"""Licences that the card names by their id in lower case; any other is `other`, with its name and address."""
SIZES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "1B<n<10B")
CSV = "text/csv"


def dataset_card(facts: MetadataFacts) -> bytes:
    """The card: YAML front matter between lines of three hyphens, then Markdown.

    Source of the YAML: the dataset card specification of the Hugging Face Hub.
    """
    return "\n".join(("---", f"{yaml_text(front_matter(facts))}---", "", *_body(facts))).encode()


def front_matter(facts: MetadataFacts) -> dict[str, Any]:
    """The YAML of the card as data. Tables without rows have no configuration: `load_dataset` refuses them."""
    project = facts.project
    return {
        "pretty_name": project.title,
        "language": list(project.languages),
        **_licence(project.licences.annotations),
        "annotations_creators": _annotations_creators(facts),
        "language_creators": ["found"],
        "multilinguality": ["monolingual" if len(project.languages) == 1 else "multilingual"],
        "size_categories": [_size(facts.counts[DEFAULT_TABLE])],
        "source_datasets": ["original"],
        "task_categories": ["text-classification", "token-classification"],
        "tags": list(project.keywords),
        "configs": [_configuration(facts, table) for table in facts.tables if table.rows],
    }


def citation(facts: MetadataFacts) -> str:
    """How to cite the corpus, in one line of plain text."""
    project = facts.project
    names = "; ".join(shown_name(creator) for creator in project.creators)
    year = f" ({project.released[:4]})" if project.released else ""
    address = f"https://doi.org/{facts.doi}" if facts.doi else project.url
    cited = f"{names}{year}: {project.title}. Version {project.version}. {project.publisher}."
    return f"{cited} {address}" if address else cited


def _licence(licence: str) -> dict[str, str]:
    if licence in KNOWN_LICENCES:
        return {"license": licence.lower()}
    return {"license": "other", "license_name": licence, "license_link": licence_address(licence) or "LICENSE-DATA.md"}


def _annotations_creators(facts: MetadataFacts) -> list[str]:
    kinds = {coder.kind for coder in facts.coders}
    people = ["expert-generated"] if responsibility.PERSON in kinds else []
    machines = ["machine-generated"] if kinds - {responsibility.PERSON} else []
    return people + machines or ["no-annotation"]


def _size(rows: int) -> str:
    """The size category of so many rows: powers of ten from a thousand on."""
    return SIZES[min(max(len(str(rows)) - 3, 0), len(SIZES) - 1)]


def _configuration(facts: MetadataFacts, table: TableFacts) -> dict[str, Any]:
    configuration: dict[str, Any] = {
        "config_name": table.name,
        "data_files": f"{facts.corpus_path}/{table.file}{'/*.parquet' if table.parts else ''}",
    }
    return configuration | ({"default": True} if table.name == DEFAULT_TABLE else {})


def _body(facts: MetadataFacts) -> Iterable[str]:
    project = facts.project
    yield from (f"# {plain(project.title)}", "", plain(facts.description), "")
    edition = f"Version {project.version}, {facts.edition} edition, codebook {facts.codebook_version}."
    yield f"{edition} {plain(method(facts))}"
    yield from ("", *_loading(facts), "", *_tables(facts), "", *_files(facts))
    if facts.is_text_free:
        yield from _rehydration()
    yield from ("## Cite as", "", plain(citation(facts)), "")
    yield from ("## Licence and rights", "", plain(rights_in_texts(facts)), "")
    yield from ("## What is delicate", "")
    said = (*responsibility.delicate(facts), *responsibility.biases(facts), *responsibility.limitations(facts)[:1])
    yield from (f"- {plain(sentence)}" for sentence in said)
    yield from _verification(facts)


def _loading(facts: MetadataFacts) -> Iterable[str]:
    folder = facts.corpus_path
    yield from ("## Load the data", "", "In this folder, with pandas alone:", "", "```python")
    yield from ("import pandas as pd", "", f'claims = pd.read_parquet("{folder}/claims.parquet")')
    yield from ('print(claims[claims["layer"] == "gold"].head())', "```", "")
    named = 'With `datasets`, by the name of a table: `load_dataset(".", "sentences")`.'
    yield f'{named} With Aussage: `aussage.load("{folder}")`.'


def _tables(facts: MetadataFacts) -> Iterable[str]:
    yield from ("## Tables", "", "| table | one row is | rows |", "| --- | --- | ---: |")
    for table in facts.tables:
        path = f"{facts.corpus_path}/{table.file}"
        yield f"| [{table.name}]({path}) | {cell(table.row)} | {table.rows} |"
    if empty := [table.name for table in facts.tables if not table.rows]:
        yield from ("", f"Without rows, and so unknown to `load_dataset`: {', '.join(empty)}.")


def _files(facts: MetadataFacts) -> Iterable[str]:
    """The files beside the tables and the metadata that say what they are; CSV is one line for all."""
    tables = {f"{facts.corpus_path}/{table.file}" for table in facts.tables}
    others = [file for file in facts.files if file.path not in tables and file.path not in GENERATORS]
    texts = [file for file in others if file.description and file.media_type != CSV]
    described = [f"- [{file.path}]({file.path}): {plain(file.description)}" for file in texts]
    if any(file.media_type == CSV for file in others):
        described.append("- csv/: the tables as CSV, lists as JSON; datapackage.json describes every column.")
    if described:
        yield from ("## Beside the tables", "", *described, "")


def _rehydration() -> Iterable[str]:
    yield from (
        "## Put the texts back",
        "",
        "Who has the articles can put their words back into the tables and gets the full edition:",
        "",
        "```sh",
        "aussage rehydrate BUNDLE --text my-copy-of-the-article.txt",
        "```",
        "",
        "Every sentence is compared with a salted digest; where a copy differs, the command says so and where.",
        "",
    )


def _verification(facts: MetadataFacts) -> Iterable[str]:
    yield from (
        "",
        "## Verify",
        "",
        "An unpacked release is a BagIt folder. One level above this file:",
        "",
        "```sh",
        "sha256sum -c manifest-sha256.txt",
        "```",
        "",
        f"Content hash of the {'full edition' if facts.is_text_free else 'corpus'}: `{facts.content_hash}`.",
        "",
    )
