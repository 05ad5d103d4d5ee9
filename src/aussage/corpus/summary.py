"""What is in a corpus, as plain facts and as a page of text for a terminal."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from aussage.corpus.errors import PUT_BACK
from aussage.corpus.manifest import FULL
from aussage.corpus.store import ALL, GOLD
from aussage.diagnostics.printing import visible
from aussage.tables.writer import SET_ASIDE

if TYPE_CHECKING:
    from aussage.corpus.corpus import Corpus

Facts = dict[str, Any]
MOST, BAR, NEAR = 5, 24, 2
ENOUGH_TYPES, ENOUGH_LAYERS = 8, 5


def facts_of(corpus: "Corpus", folder: str) -> Facts:
    """The facts of a corpus's gold layer, its layers and coders, ready for JSON; `folder` is how its place is written.

    Raises:
        CorpusError: a table cannot be used.
    """
    gold = corpus.layer(GOLD)
    claims = gold.frame("claims", ["claim_type", "voice", "claimant_ids", "claimant_labels"])
    mentions = gold.frame("mentions", ["kind", "location_id", "label"])
    claimants = claims[["claimant_ids", "claimant_labels"]].explode(["claimant_ids", "claimant_labels"]).dropna()
    places = mentions.loc[mentions["kind"] == "location"]
    return {
        "name": corpus.name,
        "title": corpus.title,
        "version": corpus.version,
        "edition": corpus.edition,
        "languages": corpus.languages,
        "licences": corpus.licences,
        "content_hash": corpus.content_hash,
        "folder": folder,
        "files": {name: path.name for name, path in corpus.files.items()},
        "is_parted": corpus.is_parted,
        "set_aside": corpus.set_aside,
        "rows": corpus.rows,
        "gold_claims": len(claims),
        "claim_types": _counted(claims["claim_type"]),
        "voices": _counted(claims["voice"]),
        "claimants": _ranked(claimants["claimant_ids"], claimants["claimant_labels"]),
        "locations": _ranked(places["location_id"], places["label"]),
        "layers": _layers(corpus),
        "rights": {"status": _rights(corpus), "note": rights_note(corpus)},
        "citation": corpus.citation,
    }


def rights_note(corpus: "Corpus") -> str:
    """What is known of the rights in the texts, which are another matter than the licence of the annotations."""
    counts = _rights(corpus)
    if not counts:
        return "the corpus has no texts"
    named = ", ".join(f"{status} for {count:,} of {sum(counts.values()):,}" for status, count in counts.items())
    return f"in the texts: {named}; the licence of the annotations does not cover the texts"


def _rights(corpus: "Corpus") -> dict[str, int]:
    """How many documents have each status of rights."""
    return _counted(corpus.frame("documents", ["rights_status"])["rights_status"], empty=False)


def written(folder: Path) -> str:
    """A folder as a person would write it: seen from the current one where it is near, else in full."""
    try:
        near = Path(os.path.relpath(folder))
    except ValueError:  # another drive
        return str(folder)
    return near.as_posix() if near.parts.count("..") <= NEAR else str(folder)


def summary_text(facts: Facts) -> str:
    """The facts as a page of text: ASCII layout, under 45 lines."""
    return "\n".join(visible(line).rstrip() for line in _lines(facts))


def _lines(facts: Facts) -> Iterator[str]:
    rows = facts["rows"]
    yield f"{facts['title']} ({facts['name']} {facts['version']})"
    if facts["edition"] != FULL:
        yield f"Text-free edition: the texts of the articles are not in it; {PUT_BACK}"
    counts = {"gold claims": facts["gold_claims"], **{name: rows[name] for name in ("actors", "locations", "issues")}}
    counts = {"documents": rows["documents"], "sentences": rows["sentences"], **counts}
    yield ", ".join(f"{n:,} {name.removesuffix('s') if n == 1 else name}" for name, n in counts.items())
    yield f"Languages: {', '.join(facts['languages'])}"
    if facts["set_aside"]:
        yield f"Set aside: {facts['set_aside']:,} documents with errors, which are not in it ({SET_ASIDE})"
    yield ""
    yield "Claims by type"
    yield from _bars(facts["claim_types"])
    yield "Voices"
    yield from _bars(facts["voices"])
    yield "Most frequent claimants"
    yield from _ranking(facts["claimants"])
    yield "Most frequent locations (mentions)"
    yield from _ranking(facts["locations"])
    yield ""
    yield "Layers"
    yield from _layer_lines(facts["layers"])
    yield ""
    licences = ", ".join(f"{name} {text}" for name, text in facts["licences"].items() if name != "texts")
    yield f"Licences      {licences or 'none given'}"
    yield f"Rights        {', '.join(f'{status} ({count:,})' for status, count in facts['rights']['status'].items())}"
    yield "              (in the texts, which the licence of the annotations does not cover)"
    yield f"Content hash  {facts['content_hash']}"
    yield ""
    yield from _how_to_load(facts["folder"], facts["is_parted"])


def _how_to_load(folder: str, is_parted: bool) -> Iterator[str]:
    yield f"Files: {folder}"
    yield f"  Python  aussage.load({folder!r}).claims"
    yield f"  pandas  pandas.read_parquet({folder + '/flat.parquet'!r})"
    claims = f"{folder}/claims.parquet/*.parquet" if is_parted else f"{folder}/claims.parquet"
    quoted = claims.replace("'", "''")
    yield f"  DuckDB  SELECT claim_type, count(*) FROM '{quoted}' WHERE layer = 'gold' GROUP BY ALL"


def _layers(corpus: "Corpus") -> list[Facts]:
    claims = corpus.layer(ALL).frame("claims", ["layer", "coder_id"])
    kinds = dict(zip(corpus.coders["coder_id"], corpus.coders["kind"].astype(object), strict=True))
    found = []
    for name in corpus.layers:
        rows = claims.loc[claims["layer"] == name]
        coders = [str(coder) for coder in rows["coder_id"].dropna().unique()]
        if not coders and name in kinds:
            coders = [name]
        coded = [{"id": coder, "kind": kinds.get(coder, "unknown")} for coder in coders]
        found.append({"layer": name, "claims": len(rows), "coders": coded})
    return found


def _layer_lines(layers: list[Facts]) -> Iterator[str]:
    for layer in layers[:ENOUGH_LAYERS]:
        coders = ", ".join(f"{coder['id']}: {coder['kind'].replace('-', ' ')}" for coder in layer["coders"])
        yield f"  {layer['layer'][:24]:<24} {layer['claims']:>8,} claims  {coders or 'no coder'}"
    if len(layers) > ENOUGH_LAYERS:
        yield f"  and {len(layers) - ENOUGH_LAYERS} more"


def _counted(values: pd.Series, empty: bool = True) -> dict[str, int]:
    """How often each category occurs, in the codebook's order; with `empty` those that do not occur, too."""
    counts = values.value_counts(sort=False)
    return {str(name): int(counts[name]) for name in values.cat.categories if empty or counts[name]}


def _ranked(ids: pd.Series, labels: pd.Series) -> list[Facts]:
    """The most frequent ids with their labels; equally frequent ones by id."""
    counts = pd.DataFrame({"id": ids, "label": labels}).groupby("id", observed=True)["label"].agg(["size", "first"])
    counts = counts.rename_axis("id").reset_index().sort_values(["size", "id"], ascending=[False, True])
    return [
        {"id": str(row["id"]), "label": str(row["first"]), "count": int(row["size"])}
        for row in counts.head(MOST).to_dict("records")
    ]


def _bars(counts: dict[str, int]) -> Iterator[str]:
    """A line a category, with a bar; the longest bar stands for the highest count."""
    highest = max(counts.values(), default=0)
    shown = list(counts.items())[:ENOUGH_TYPES]
    for name, count in shown:
        bar = "#" * -(-count * BAR // highest) if highest else ""
        yield f"  {name[:24]:<24} {count:>8,} {bar}"
    if len(counts) > len(shown):
        yield f"  and {len(counts) - len(shown)} more"


def _ranking(ranked: list[Facts]) -> Iterator[str]:
    if not ranked:
        yield "  none"
    for row in ranked:
        yield f"  {row['label'][:48]:<48} {row['count']:>8,}"
