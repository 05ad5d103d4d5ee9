"""Networks as CSV, GraphML and GEXF: the same bytes for the same network, and no file half written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aussage.discourse.networks.extra import library

if TYPE_CHECKING:
    from aussage.discourse.networks.graph import Network

CREATOR = "Aussage"
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_csv(network: Network, path: Path) -> None:
    """The matrix; its upper left cell is the name of the row variable."""
    with _replacing(path) as beside:
        network.matrix.rename_axis(columns=None).to_csv(beside, lineterminator="\n", encoding="utf-8")


def write_graphml(network: Network, path: Path) -> None:
    """GraphML, by the writer of networkx that needs nothing but the standard library."""
    data = BytesIO()
    library("networkx").write_graphml_xml(_graph(network), data, prettyprint=True)
    _write(path, data.getvalue())


def write_gexf(network: Network, path: Path) -> None:
    """GEXF 1.2, without the date of writing that networkx puts in."""
    writer = library("networkx.readwrite.gexf").GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(_graph(network))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
        for creator in meta.iter("creator"):
            creator.text = CREATOR
    data = BytesIO()
    writer.write(data)
    _write(path, data.getvalue())


def _graph(network: Network) -> Any:
    graph = network.to_networkx()
    for node in graph:
        if NO_XML.search(node):
            raise ValueError(f"the label {node!r} holds a character that XML cannot hold")
    return graph


def _write(path: Path, data: bytes) -> None:
    with _replacing(path) as beside:
        beside.write_bytes(data)


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when the block ends without an exception, and else goes."""
    beside = path.with_name(f".{path.name}.new")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
