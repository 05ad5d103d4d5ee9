"""README.md: the YAML finds the tables, the three lines load them, and nothing in it is taken for markup."""

import contextlib
import io
import json
from functools import cache
from typing import Any

import pytest
from citation_example import DOIS, RICH, facts_of
from described_corpora import CORPORA, facts_with_csv, root_with_csv
from ruamel.yaml import YAML

from aussage.release.metadata import MetadataFacts
from aussage.release.metadata.dataset_card import citation, dataset_card, front_matter

EACH = pytest.mark.parametrize("name", CORPORA)


@cache
def described(name: str) -> tuple[MetadataFacts, dict[str, Any], str]:
    facts = facts_with_csv(CORPORA[name]())
    return facts, *parted(facts)


def parted(facts: MetadataFacts) -> tuple[dict[str, Any], str]:
    text = dataset_card(facts).decode()
    nothing, front, body = text.split("---\n", maxsplit=2)
    assert nothing == ""
    return YAML(typ="safe").load(front), body


@EACH
def test_each_table_with_rows_has_a_configuration_and_claims_is_the_default(name: str) -> None:
    facts, front, _ = described(name)
    found = {configuration["config_name"]: configuration for configuration in front["configs"]}
    assert set(found) == {table.name for table in facts.tables if table.rows}
    root = root_with_csv(CORPORA[name]())
    assert all((root / configuration["data_files"]).is_file() for configuration in found.values())
    defaults = [configuration["config_name"] for configuration in front["configs"] if configuration.get("default")]
    assert defaults == (["claims"] if "claims" in found else [])


@EACH
def test_the_lines_of_the_card_load_the_data(name: str) -> None:
    facts, _, body = described(name)
    code = body.partition("```python\n")[2].partition("```")[0]
    assert len(list(filter(None, code.splitlines()))) == 3
    known: dict[str, Any] = {}
    with contextlib.chdir(root_with_csv(CORPORA[name]())), contextlib.redirect_stdout(io.StringIO()):
        exec(code, known)
    assert len(known["claims"]) == facts.counts["claims"]


@EACH
def test_the_body_lists_every_table_with_its_rows_and_says_what_is_delicate(name: str) -> None:
    facts, _, body = described(name)
    for table in facts.tables:
        assert f"| [{table.name}](corpus/{table.file}) |" in body
        assert f"| {table.rows} |" in body
    assert "real people" in body
    assert "sha256sum -c manifest-sha256.txt" in body
    assert facts.content_hash in body
    assert ("aussage rehydrate" in body) == facts.is_text_free


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("CC-BY-SA-4.0", {"license": "cc-by-sa-4.0"}),
        ("CC0-1.0", {"license": "cc0-1.0"}),
        (
            "CC-BY-4.0 OR MIT",
            {"license": "other", "license_name": "CC-BY-4.0 OR MIT", "license_link": "LICENSE-DATA.md"},
        ),
    ],
)
def test_licences_are_named_as_the_hub_names_them(licence: str, expected: dict[str, str]) -> None:
    front = front_matter(facts_of(RICH.replace("CC-BY-SA-4.0", licence)))
    assert {key: value for key, value in front.items() if key.startswith("license")} == expected


def test_size_language_and_kinds_of_annotators() -> None:
    front, _ = parted(facts_of(RICH))
    assert front["language"] == ["de", "en"]
    assert front["multilinguality"] == ["multilingual"]
    assert front["size_categories"] == ["n<1K"]
    kinds = {coder.kind for coder in facts_of(RICH).coders}
    expected = ["expert-generated"] * ("person" in kinds) + ["machine-generated"] * bool(kinds - {"person"})
    assert front["annotations_creators"] == expected


@pytest.mark.parametrize(
    ("rows", "size"),
    [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (99_999, "10K<n<100K"), (3_000_000, "1M<n<10M")],
)
def test_sizes_are_powers_of_ten(rows: int, size: str) -> None:
    facts = facts_of(RICH)
    facts.__dict__["counts"] = {**facts.counts, "claims": rows}
    assert front_matter(facts)["size_categories"] == [size]


def test_the_citation_is_one_line() -> None:
    title = "Bridges in Neudorf: <claims> & counter-claims"
    cited = f"Josiah Carberry; Neudorf council (2026): {title}. Version 1.10.0. Zenodo."
    assert citation(facts_of(RICH)) == f"{cited} https://neudorf.example/corpus"
    assert citation(facts_of(RICH + DOIS)) == f"{cited} https://doi.org/10.5281/zenodo.103"


def test_words_of_the_project_are_not_markup() -> None:
    title = "a: - 'b' \\\"c\\\" # | <script>alert(1)</script>"
    toml = RICH.replace("Bridges in Neudorf: <claims> & counter-claims", title)
    front, body = parted(facts_of(toml))
    assert front["pretty_name"] == json.loads(f'"{title}"')
    assert "<script>" not in body


@EACH
def test_the_same_facts_give_the_same_bytes(name: str) -> None:
    facts, _, _ = described(name)
    assert dataset_card(facts) == dataset_card(facts)
