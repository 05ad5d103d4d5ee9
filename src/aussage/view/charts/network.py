"""The chart of a network: nodes, and lines between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from aussage.discourse.analyses.frames import Source, present
from aussage.discourse.networks import Network, network
from aussage.discourse.networks.extra import library
from aussage.view.charts import material as m
from aussage.view.charts.placing import Label, Mark, placed
from aussage.view.charts.theme import (
    BLUE,
    GREY,
    INK,
    PAPER,
    PURPLE,
    QUIET,
    SKY,
    SMALL_SIZE,
    VERMILION,
    Layer,
    Room,
    figure,
    haloed,
    inline,
    message,
)
from aussage.view.charts.typography import shortened
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

NEEDED = {
    "claims": [*m.OF_CLAIMS, "issue_id", "agreement"],
    "actors": m.ACTORS,
    "issues": ["issue_id", "label"],
    "sentences": ["sentence_id", "text"],
}
WIDTH, HEIGHT, EDGE, SEED, NODES = 900, 620, 60, 7, 40
HELD, REJECTED, BOTH, PLAIN = "held", "rejected", "both", "plain"
# What a line looks like: a colour and a dash, so that it can be told without colours.
STYLES = {HELD: (BLUE, [1, 0]), REJECTED: (VERMILION, [7, 4]), BOTH: (PURPLE, [2, 3]), PLAIN: (GREY, [1, 0])}
SIGNS = {1: HELD, 2: REJECTED, 3: BOTH}


def network_chart(
    network_or_corpus: Network | Corpus | Source,
    *,
    labels: Mapping[str, str] | None = None,
    language: str = "en",
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> alt.LayerChart:
    """A network as nodes and lines; at most the 40 nodes with the most ties.

    Of a corpus, it ties speakers to the issues that they hold or reject. The layout is that of Fruchterman and Reingold
    (1991) as in networkx, from a fixed start: the same network gives the same picture.

    Args:
        network_or_corpus: What `aussage.discourse.network` gives, or a Corpus, or a dict of the frames claims, actors,
            issues and sentences with the columns of `aussage.discourse.positions`, and claim_id, sentence_id,
            content_text, document_id.
        labels: The names of nodes, by their labels in the network; others are named as they are there.
        language: en or de.
        level: The level of the speakers; see `aussage.discourse.voices`.
        up_to: The level of the speakers; see `aussage.discourse.voices`.
        layer: The layer, if the frames have several.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
        ImportError: networkx is not installed.
    """
    words = Words(language)
    if isinstance(network_or_corpus, Network):
        made = network_or_corpus
        ties = _signed(made).assign(sentence="", content_text="")
        subtitle = [words("network.key_signs")] if (ties["style"] != PLAIN).any() else []
        return _chart(made.nodes(), ties, dict(labels or {}), subtitle, words)
    found = m.tables(network_or_corpus, layer, words, NEEDED)
    groups = m.groups(found, level, up_to)
    claims = found["claims"]
    taken = claims[present(claims["issue_id"]) & claims["agreement"].notna()].reset_index(drop=True)
    said = m.speakers_of(m.with_sentences(taken, found["sentences"]), groups, words)
    made = network(said, rows="speaker", columns="issue_id", qualifier="agreement", aggregation="combine")
    known = dict(zip(said["speaker"], said["speaker_label"], strict=True))
    known |= dict(zip(found["issues"]["issue_id"], found["issues"]["label"], strict=True)) | dict(labels or {})
    subtitle = [*m.scope(words, claims["document_id"], words.count(len(taken), "claim")), words("network.key")]
    return _chart(made.nodes(), _of_statements(made, said, words), known, subtitle, words)


def _signed(made: Network) -> pd.DataFrame:
    """The ties of a network, told apart by their sign, or by what they combine."""
    source, target, weights = made.ties()
    beyond = 0 if made.is_one_mode else len(made.row_labels)
    if made.options.aggregation == "combine":
        style = [SIGNS.get(int(weight), PLAIN) for weight in weights]
    elif made.options.aggregation == "subtract":
        style = [HELD if weight > 0 else REJECTED for weight in weights]
    else:
        style = [PLAIN] * len(weights)
    return pd.DataFrame({"source": source, "target": target + beyond, "weight": weights, "style": style})


def _of_statements(made: Network, said: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The ties of speakers to issues: how many claims they rest on, and the first of these with its sentence."""
    ties = _signed(made)
    if ties.empty:
        return ties
    counting = said[said["agreement"] != 0]
    keys = [counting["speaker"].astype("str"), counting["issue_id"].astype("str")]
    told = counting.groupby(keys).agg(
        weight=("claim", "size"), content_text=("content_text", "first"), sentence=("sentence", "first")
    )
    row = {label: number for number, label in enumerate(made.row_labels)}
    column = {label: number + len(made.row_labels) for number, label in enumerate(made.column_labels)}
    told = told.reset_index()
    told = told.assign(source=told["speaker"].map(row), target=told["issue_id"].map(column))
    found = ties.drop(columns="weight").merge(told, on=["source", "target"], how="left", validate="one_to_one")
    examples = zip(found["sentence"], found["weight"], strict=True)
    found["sentence"] = [
        text if n == 1 else words("example", sentence=text, n=words.number(int(n))) for text, n in examples
    ]
    return found


def _chart(
    nodes: pd.DataFrame, ties: pd.DataFrame, known: Mapping[str, str], subtitle: list[str], words: Words
) -> alt.LayerChart:
    if ties.empty:
        return message(words("network.head"), words("nothing"))
    degree = pd.concat([ties["source"], ties["target"]]).value_counts()
    nodes = nodes.assign(
        number=range(len(nodes)), degree=degree.reindex(range(len(nodes)), fill_value=0).to_numpy(),
        name=[known.get(label, label) for label in nodes["label"]],
    )  # fmt: skip
    tied = nodes[nodes["degree"] > 0].sort_values("degree", ascending=False, kind="stable")
    shown = tied.head(NODES)
    if len(shown) < len(tied):
        subtitle = [*subtitle, words("shown", shown=len(shown), all=words.number(len(tied)))]
    kept = ties[ties["source"].isin(shown["number"]) & ties["target"].isin(shown["number"])]
    title = words(
        "network.title", nodes=words("network.nodes", n=words.number(len(tied))),
        ties=words.count(len(ties), "tie"), who=tied["name"].iloc[0], n=words.number(int(tied["degree"].iloc[0])),
    )  # fmt: skip
    places = _layout(shown["number"].tolist(), kept)
    return _drawn(shown, kept, places, title, [*subtitle, words("network.place")], words)


def _layout(numbers: list[int], ties: pd.DataFrame) -> dict[int, tuple[float, float]]:
    """Pixels of the nodes. Method: Fruchterman and Reingold (1991), stretched over the picture rank by rank."""
    nx = library("networkx")
    graph = nx.Graph()
    graph.add_nodes_from(sorted(numbers))
    graph.add_edges_from(zip(ties["source"].tolist(), ties["target"].tolist(), strict=True))
    found = nx.spring_layout(graph, seed=SEED, k=1.6 / sqrt(len(numbers)), iterations=300)
    places: dict[int, list[float]] = {}
    for axis, length in ((0, WIDTH), (1, HEIGHT)):
        values = {node: round(float(place[axis]), 6) for node, place in found.items()}
        least, most = min(values.values()), max(values.values())
        order = {node: rank for rank, node in enumerate(sorted(values, key=lambda node: (values[node], node)))}
        for node, value in values.items():
            share = (value - least) / (most - least) if most > least else 0.5
            even = order[node] / max(len(order) - 1, 1)  # crowds are spread, so that labels find room
            places.setdefault(node, []).append(round(EDGE + (length - 2 * EDGE) * (0.5 * share + 0.5 * even), 1))
    return {node: (x, y) for node, (x, y) in places.items()}


def _drawn(
    nodes: pd.DataFrame, ties: pd.DataFrame, places: Mapping[int, tuple[float, float]], title: str,
    subtitle: list[str], words: Words,
) -> alt.LayerChart:  # fmt: skip
    shared = {
        "x": alt.X("x:Q", scale=alt.Scale(domain=[0, WIDTH], nice=False), axis=None),
        "y": alt.Y("y:Q", scale=alt.Scale(domain=[HEIGHT, 0], nice=False), axis=None),
    }
    variables = list(dict.fromkeys(nodes.sort_values("number")["variable"]))
    nodes = nodes.assign(
        x=[places[number][0] for number in nodes["number"]], y=[places[number][1] for number in nodes["number"]],
        reach=[4 + 2.2 * sqrt(degree) for degree in nodes["degree"]],
        shape=["circle" if name == variables[0] else "square" for name in nodes["variable"]],
        colour=[INK if name == variables[0] else SKY for name in nodes["variable"]],
    )  # fmt: skip
    nodes["size"] = (2 * nodes["reach"]) ** 2
    marks = [
        Mark(x, y, reach, shortened(name, 240, SMALL_SIZE))
        for x, y, reach, name in nodes[["x", "y", "reach", "name"]].itertuples(index=False)
    ]
    found = placed(marks, (0, 0, WIDTH, HEIGHT), SMALL_SIZE)
    tooltip = [alt.Tooltip("name:N", title=words("network.node")), alt.Tooltip("degree:Q", title=words("number"))]
    layers: list[Layer] = [
        *_lines(nodes, ties, places, shared, words),
        alt.Chart(inline(m.records(nodes, ["x", "y", "size", "shape", "colour", "name", "degree"]))).mark_point(
            filled=True, opacity=1, stroke=PAPER, strokeWidth=1
        ).encode(
            **shared, size=alt.Size("size:Q", scale=None), shape=alt.Shape("shape:N", scale=None),
            fill=alt.Fill("colour:N", scale=None), tooltip=tooltip,
        ),
        *_labels(marks, found, shared),
    ]  # fmt: skip
    return figure(layers, Room(WIDTH, HEIGHT), title, subtitle)


def _lines(
    nodes: pd.DataFrame, ties: pd.DataFrame, places: Mapping[int, tuple[float, float]], shared: dict[str, Any],
    words: Words,
) -> list[alt.Chart]:  # fmt: skip
    """The ties, a layer for each style."""
    names = dict(zip(nodes["number"], nodes["name"], strict=True))
    most = float(ties["weight"].abs().max())
    ends = [(places[source], places[target]) for source, target in zip(ties["source"], ties["target"], strict=True)]
    ties = ties.assign(
        x=[a[0] for a, _ in ends], y=[a[1] for a, _ in ends],
        x_to=[b[0] for _, b in ends], y_to=[b[1] for _, b in ends],
        tie=[f"{names[a]} – {names[b]}" for a, b in zip(ties["source"], ties["target"], strict=True)],
        width=[round(1 + 4 * abs(float(weight)) / most, 2) for weight in ties["weight"]],
    )  # fmt: skip
    titles = {"tie": "network.tie", "weight": "network.weight", "content_text": "claim", "sentence": "sentence"}
    fields = ["x", "y", "x_to", "y_to", "width", *titles]
    told = [alt.Tooltip(f"{field}:N", title=words(name)) for field, name in titles.items()]
    return [
        alt.Chart(inline(m.records(ties[ties["style"] == style], fields)))
        .mark_rule(color=colour, strokeDash=dash, opacity=0.75)
        .encode(**shared, x2="x_to:Q", y2="y_to:Q", strokeWidth=alt.StrokeWidth("width:Q", scale=None), tooltip=told)
        for style, (colour, dash) in STYLES.items()
        if (ties["style"] == style).any()
    ]


def _labels(marks: Sequence[Mark], found: Sequence[Label | None], shared: dict[str, Any]) -> list[Layer]:
    """The names of nodes, with a thin line where one stands further off."""
    pairs = [(mark, label) for mark, label in zip(marks, found, strict=True) if label is not None]
    texts = inline([{"x": label.x, "y": label.y, "label": label.text} for _, label in pairs])
    led = [{"x": mark.x, "y": mark.y, "x_to": label.x, "y_to": label.y} for mark, label in pairs if label.led]
    return [
        alt.Chart(inline(led)).mark_rule(color=QUIET, strokeWidth=0.5).encode(**shared, x2="x_to:Q", y2="y_to:Q"),
        *haloed(alt.Chart(texts), shared, fontSize=SMALL_SIZE),
    ]
