"""A sentence or an article of a corpus with its claims and mentions, to look at in a notebook or a terminal."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from aussage.corpus.marking import STYLE, Mark, marked
from aussage.diagnostics.printing import visible

WIDTH = 88
Row = dict[str, Any]


@dataclass(frozen=True, repr=False, eq=False)
class Passage:
    """A stretch of an article, and what one layer of the corpus says of it.

    `start` and `end` are its code points in the article. `claims` and `mentions` are rows of the corpus's tables of
    the same names, in the order of the article; their offsets are the article's.
    """

    id: str
    text: str
    start: int
    end: int
    layer: str
    coders: tuple[str, ...]
    claims: pd.DataFrame
    mentions: pd.DataFrame

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        """The text with its claims (numbered, line below) and mentions (line above), and a table of the claims."""
        return "".join(self._html())

    @property
    def document_id(self) -> str:
        """The id of the document."""
        return self.id.split("/")[0]

    def _heading(self) -> str:
        made = f", coded by {', '.join(self.coders)}" if self.coders else ""
        return f"{type(self).__name__} {self.id} (layer {self.layer}{made})"

    def _lines(self) -> Iterator[str]:
        yield visible(self._heading())
        for line in self.text.split("\n"):
            yield textwrap.fill(visible(line), WIDTH, initial_indent="  ", subsequent_indent="  ")
        for number, claim in enumerate(self._claims(), start=1):
            words = f"{number}. {who(claim)}: {claim['claim_type']} {claim['modality']} >{claim['content_text']}<"
            yield textwrap.fill(visible(words), WIDTH, initial_indent="    ", subsequent_indent="       ")
        if self.claims.empty:
            yield "    no claims"

    def _claims(self) -> list[Row]:
        return [{str(key): value for key, value in row.items()} for row in self.claims.to_dict("records")]

    def _marks(self) -> Iterator[Mark]:
        for number, claim in enumerate(self._claims(), start=1):
            pieces = tuple((span["start"] - self.start, span["end"] - self.start) for span in claim["content_spans"])
            yield Mark(pieces, f"claim {number}: {claim['claim_type']}, {who(claim)}", str(number))
        for mention in self.mentions.to_dict("records"):
            piece = (mention["char_start"] - self.start, mention["char_end"] - self.start)
            role = f", {mention['role']}" if isinstance(mention["role"], str) else ""
            yield Mark((piece,), f"{mention['kind']}: {mention['label']}{role}", kind=str(mention["kind"]))

    def _html(self) -> Iterator[str]:
        yield f'{STYLE}<div class="aussage-view"><div class="aussage-note">{escape(self._heading())}</div>'
        yield f'<div class="aussage-text" dir="auto">{marked(self.text, self._marks())}</div>'
        yield '<div class="aussage-note">Number and line below: claim. Line above: '
        yield "solid and bold, an actor; dotted and italic, a location.</div>"
        yield from claims_table(self._claims())
        yield "</div>"


class Sentence(Passage):
    """A sentence: `text`, `claims` that lie in it wholly or in part, `mentions`, and its place in the article."""


class Document(Passage):
    """An article: `text`, all its `claims` and `mentions`."""

    @property
    def document_id(self) -> str:
        """The id of the document."""
        return self.id


def who(claim: Row) -> str:
    """Whose claim it is: the claimants' names, or the narrator."""
    return ", ".join(claim["claimant_labels"]) or str(claim["voice"])


def claims_table(claims: list[Row]) -> Iterator[str]:
    """The claims as a compact HTML table; what is empty in all of them is left out."""
    if not claims:
        yield '<div class="aussage-note">no claims</div>'
        return
    cells = [_cells(number, claim) for number, claim in enumerate(claims, start=1)]
    names = [name for name in cells[0] if any(row[name] for row in cells)]
    yield "<table><thead><tr>"
    yield "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    yield "</tr></thead><tbody>"
    for row in cells:
        yield "<tr>" + "".join(f"<td>{escape(row[name])}</td>" for name in names) + "</tr>"
    yield "</tbody></table>"


def _cells(number: int, claim: Row) -> dict[str, str]:
    stance, agreement = claim["stance"], claim["agreement"]
    return {
        "#": str(number),
        "claim": claim["claim_id"].split("/", 1)[-1],
        "who": who(claim),
        "type": str(claim["claim_type"]),
        "modality": str(claim["modality"]),
        "content": claim["content_text"],
        "stance": _signed(stance, claim["target_label"]) if stance else "",
        "issue": "" if pd.isna(agreement) else _signed(agreement, claim["issue_label"]),
        "doubt": _or_empty(claim["doubt"]),
    }


def _signed(number: int, of: object) -> str:
    return f"{number:+d} {_or_empty(of)}".replace("+0", "0").strip()


def _or_empty(value: object) -> str:
    return value if isinstance(value, str) else ""
