"""The reader as one HTML file: markup, style, program, and the articles, packed, to be unpacked when they are read."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aussage.diagnostics.printing import visible
from aussage.view.reader.charts import Chart, chart_figures
from aussage.view.reader.data import articles, index_row, shared

if TYPE_CHECKING:
    from aussage.corpus import Corpus

Row = Mapping[str, Any]
# One program in the order of dependence; each file is a part of the same function scope.
PROGRAM = (
    "words",
    "elements",
    "segments",
    "claims",
    "article",
    "record",
    "values",
    "coders",
    "filters",
    "index",
    "reader",
)
MARKUP, STYLE, LABELS = "reader.html", "reader.css", "labels.json"


def reader_page(corpus: Corpus, charts: Sequence[Chart] = ()) -> str:
    """The page of a corpus; the same corpus and charts give the same page.

    Raises:
        CorpusError: a table of the corpus, or its codebook, cannot be used; or it comes without its texts.
    """
    corpus.require_texts("the reader")
    return assembled(shared(corpus), articles(corpus), charts)


def assembled(common: Row, found: Iterable[Row], charts: Sequence[Chart] = ()) -> str:
    """The page of what `data.shared` and `data.articles` give."""
    blocks: list[str] = []
    index: list[Row] = []
    for article in found:
        blocks.append(packed(f"article-{len(index)}", article))
        index.append(index_row(dict(article)))
    common = {**common, "labels": json.loads(_static(LABELS)), "index": index}
    style, program = _static(STYLE), _program()
    parts = {
        "policy": policy(style, program),
        "title": escape(visible(str(common["corpus"]["title"]))),
        "style": style,
        "charts": chart_figures(charts),
        "data": "\n".join([packed("shared", common), *blocks]),
        "program": program,
    }
    markup = _static(MARKUP)
    for name, text in parts.items():
        before, after = markup.split(f"<!--{name}-->") if name != "policy" else markup.split("POLICY")
        markup = before + text + after
    return markup


def policy(style: str, program: str) -> str:
    """The rules under which the browser runs the page: its own program and style, nothing else, nothing fetched."""
    return (
        f"default-src 'none'; script-src '{_digest(program)}'; style-src '{_digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def packed(name: str, data: Row) -> str:
    """Data as a block of the page: JSON, deflated, base64; no sign of it can end the block."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    block = b64encode(zlib.compress(text.encode(), 9)).decode()
    return f'<script type="application/octet-stream" id="{name}">{block}</script>'


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _program() -> str:
    parts = (_static(f"{name}.js") for name in PROGRAM)
    return "(function () {\n'use strict';\n" + "\n".join(parts) + "\n})();\n"


def _static(name: str) -> str:
    return files("aussage.view.reader").joinpath("static", name).read_text(encoding="utf-8")
