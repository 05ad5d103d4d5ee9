"""The rules that all peers run, once as data: those on columns without lists that need only a table and keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NOT_NULL = {
    "documents": "document_id language date_status rights_status sha256 n_characters n_paragraphs n_sentences n_claims "
    "is_adjudicated text",
    "sentences": "sentence_id document_id paragraph position char_start char_end text n_claims stance",
    "claims": "claim_id document_id sentence_id layer content_text voice form alignment claim_type modality causal "
    "is_main_clause time evidence stance",
    "mentions": "mention_id document_id sentence_id layer kind text char_start char_end label",
    "relations": "relation_id document_id layer source_claim_id target_claim_id relation is_derived",
    "adjudications": "adjudication_id document_id sentence_id subject variable is_decided adjudicator_id",
    "actors": "actor_id label actor_type",
    "locations": "location_id label location_type",
    "issues": "issue_id label frame",
    "coders": "coder_id kind name",
    "flat": "claim_id document_id sentence_id layer content_text voice form alignment claim_type modality causal "
    "is_main_clause time evidence stance",
}
KEYS = {table: columns.split()[0] for table, columns in NOT_NULL.items()}
REFERENCES = {
    "sentences": "document_id=documents primary_claim_id=claims claimant_id=actors target_id=actors+issues "
    "issue_id=issues main_location_id=locations",
    "claims": "document_id=documents sentence_id=sentences coder_id=coders target_id=actors+issues addressee_id=actors "
    "issue_id=issues",
    "mentions": "document_id=documents sentence_id=sentences coder_id=coders actor_id=actors location_id=locations",
    "relations": "document_id=documents coder_id=coders source_claim_id=claims target_claim_id=claims",
    "adjudications": "document_id=documents sentence_id=sentences taken_from=coders adjudicator_id=coders",
    "actors": "parent_id=actors",
    "locations": "parent_id=locations",
    "flat": "claim_id=claims document_id=documents sentence_id=sentences coder_id=coders target_id=actors+issues "
    "addressee_id=actors issue_id=issues main_location_id=locations",
}
OWN_DOCUMENT = {
    "sentences": "primary_claim_id",
    "claims": "sentence_id",
    "mentions": "sentence_id",
    "relations": "source_claim_id target_claim_id",
    "adjudications": "sentence_id",
    "flat": "claim_id sentence_id",
}
"""References to something that has to lie in the document of the row."""
CLAIM_VALUES = (
    "voice form alignment claim_type=type modality time evidence stance agreement frame event_type event_mode doubt"
)
VALUES = {
    "documents": "date_status rights_status",
    "sentences": "voice+both claim_type=type modality stance agreement frame main_location_role=role",
    "claims": CLAIM_VALUES,
    "mentions": "role doubt",
    "relations": "relation+contradicts",
    "actors": "actor_type wikidata_status=id_status",
    "locations": "location_type precision coordinates_status=id_status wikidata_status=id_status",
    "issues": "frame",
    "coders": "kind=coder_kind",
    "flat": f"{CLAIM_VALUES} document_date_status=date_status document_rights_status=rights_status "
    "claimant_actor_type=actor_type target_actor_type=actor_type",
}
"""Columns with the codebook variable whose values they take, and one value more."""
SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
CLAIM = r"s[0-9]+\.c[0-9]+"
PATTERNS = {
    **dict.fromkeys(("documents", "actors", "locations", "issues", "coders"), SLUG),
    "sentences": rf"{SLUG}/s[0-9]+",
    "claims": rf"{SLUG}/{SLUG}/{CLAIM}",
    "mentions": rf"{SLUG}/{SLUG}/s[0-9]+\.[al][0-9]+",
    "relations": rf"{SLUG}/{SLUG}/(r[0-9]+|{CLAIM}-contradicts-{CLAIM})",
    "adjudications": rf"{SLUG}/d[0-9]+",
    "flat": rf"{SLUG}/{SLUG}/{CLAIM}",
}
SPANS = {
    "sentences": "char_start char_end",
    "mentions": "char_start char_end",
    "flat": "sentence_char_start sentence_char_end",
}
SCHEME = (
    (("voice", "narrator"), ("form", "none")),
    (("voice", "narrator"), ("alignment", "na")),
    (("stance", 0), ("target_id", None)),
    (("issue_id", None), ("agreement", None)),
)
"""What holds only together: each column has its value (None for nothing) if and only if the other has."""
SCHEME_TABLES = ("claims", "flat")
SCALES = {"stance", "agreement"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule on rows of a table; null breaks none but `not-null` and `together`.

    `also` holds by kind: the values; the pattern, which the whole text has; the tables that a reference may lead to
    (for `own-document` one table, and the row there has the same document); for `together` the values of the two
    columns that go with each other; for `order` nothing: 0 <= first column < second. Of rows with equal keys all but
    one break `unique`.
    """

    kind: str
    table: str
    columns: tuple[str, ...]
    also: tuple = ()

    @property
    def name(self) -> str:
        """The rule in a word, for the counts."""
        return f"{self.kind} {self.table} {'+'.join(self.columns)}"


def shared_rules(folder: Path) -> list[Rule]:
    """All rules for the corpus in a folder, whose codebook says the values."""
    return [*_columns(), *_references(), *_values(folder), *_rows()]


def _columns() -> Iterator[Rule]:
    for table, columns in NOT_NULL.items():
        yield from (Rule("not-null", table, (column,)) for column in columns.split())
        yield Rule("unique", table, (KEYS[table],))
        yield Rule("pattern", table, (KEYS[table],), (PATTERNS[table],))


def _references() -> Iterator[Rule]:
    for table, references in REFERENCES.items():
        targets = dict(reference.split("=") for reference in references.split())
        yield from (Rule("reference", table, (column,), tuple(to.split("+"))) for column, to in targets.items())
        for column in OWN_DOCUMENT.get(table, "").split():
            yield Rule("own-document", table, (column, "document_id"), (targets[column],))


def _values(folder: Path) -> Iterator[Rule]:
    codebook = json.loads((folder / "codebook.json").read_text(encoding="utf-8"))
    values = {one["name"]: [value["value"] for value in one.get("values", ())] for one in codebook["variables"]}
    for table, columns in VALUES.items():
        for given in columns.split():
            known, *more = given.split("+")
            column, variable = (known.split("=") * 2)[:2]
            yield Rule("values", table, (column,), (*values[variable], *more))


def _rows() -> Iterator[Rule]:
    for table, columns in SPANS.items():
        yield Rule("order", table, tuple(columns.split()))
    for table in SCHEME_TABLES:
        for pairs in SCHEME:
            yield Rule("together", table, tuple(name for name, _ in pairs), tuple(value for _, value in pairs))


def columns_of(rules: list[Rule], table: str) -> list[str]:
    """The columns of a table that the rules need, the key first."""
    needed = [column for rule in rules if rule.table == table for column in rule.columns]
    needed += [column for column in ("document_id",) if column in NOT_NULL[table].split()]
    return list(dict.fromkeys([KEYS[table], *needed]))
