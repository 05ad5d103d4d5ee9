"""What a network is written to, and the graph that it becomes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from aussage.discourse import Network, network

ENDINGS = [".csv", ".gexf", ".graphml"]


def made(labels: tuple[str, str, str] = ("council", "=miller & sons", "Müller"), mode: str = "one-mode") -> Network:
    a, b, c = labels
    said = [(a, "toll", True), (b, "toll", True), (b, "ferry", False), (c, "ferry", True), (a, "council", True)]
    frame = pd.DataFrame(said, columns=["actor", "concept", "agreement"])
    return network(frame, rows="actor", columns="concept", qualifier="agreement", mode=mode, aggregation="subtract")


def test_edges_are_the_ties_once() -> None:
    assert made().edges.to_dict("list") == {
        "source": ["=miller & sons", "=miller & sons"],
        "target": ["Müller", "council"],
        "weight": [-1, 1],
    }
    assert made(mode="two-mode").edges["weight"].tolist() == [-1, 1, 1, 1, 1]


def test_a_graph_has_the_nodes_and_weights() -> None:
    graph = made().to_networkx()
    assert list(graph) == ["=miller & sons", "Müller", "council"]
    assert graph.edges["council", "=miller & sons"]["weight"] == 1
    assert graph.nodes["council"] == {"label": "council", "variable": "actor"}


def test_a_label_of_both_modes_names_two_nodes() -> None:
    graph = made(mode="two-mode").to_networkx()
    assert list(graph) == ["=miller & sons", "Müller", "council (actor)", "council (concept)", "ferry", "toll"]
    assert graph.edges["council (actor)", "council (concept)"]["weight"] == 1
    assert nx.bipartite.is_bipartite_node_set(
        graph, [node for node, side in graph.nodes(data="bipartite") if side == 0]
    )


def test_the_same_network_is_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_networks_files import made;"
        "[made(mode='two-mode').write(sys.argv[2] + ending) for ending in sys.argv[3:]]"
    )
    for seed in ("1", "2"):
        command = [sys.executable, "-c", program, str(Path(__file__).parent), str(tmp_path / seed), *ENDINGS]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    for ending in ENDINGS:
        written = (tmp_path / f"1{ending}").read_bytes()
        assert written == (tmp_path / f"2{ending}").read_bytes()
        assert b"lastmodifieddate" not in written


@pytest.mark.parametrize(("ending", "read"), [(".gexf", nx.read_gexf), (".graphml", nx.read_graphml)])
@pytest.mark.parametrize("mode", ["one-mode", "two-mode"])
def test_graphs_are_read_back(ending: str, read: object, mode: str, tmp_path: Path) -> None:
    net = made(mode=mode)
    graph = read(net.write(tmp_path / f"network{ending}"))  # type: ignore[operator]
    expected = net.to_networkx()
    assert set(graph) == set(expected)
    weights = {frozenset(tie[:2]): tie[2] for tie in graph.edges(data="weight")}
    assert weights == {frozenset(tie[:2]): tie[2] for tie in expected.edges(data="weight")}
    assert {data["variable"] for _, data in graph.nodes(data=True)} == set(net.nodes()["variable"])


def test_labels_that_would_make_one_node_of_two_are_refused() -> None:
    with pytest.raises(ValueError, match=r"council \(actor\)"):
        made(("council", "council (actor)", "farmers"), "two-mode").to_networkx()


def test_csv_is_the_matrix_as_it_is(tmp_path: Path) -> None:
    path = made().write(tmp_path / "network.csv")
    lines = ["actor,=miller & sons,Müller,council", "=miller & sons,0,-1,1", "Müller,-1,0,0", "council,1,0,0", ""]
    assert path.read_bytes().decode() == "\n".join(lines)


@pytest.mark.parametrize("ending", [".gexf", ".graphml"])
def test_a_label_that_xml_cannot_hold_leaves_the_file_as_it_was(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"network{ending}"
    path.write_text("before")
    with pytest.raises(ValueError, match="XML"):
        made(("council", "mil\x0bler", "farmers")).write(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "network.csv" / "held").mkdir(parents=True)
    with pytest.raises(OSError, match=r"network\.csv"):
        made().write(tmp_path / "network.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["network.csv"]


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.csv, \.gexf, \.graphml, not to network\.xlsx"):
        made().write(tmp_path / "network.xlsx")


def test_discourse_is_light_until_a_network_is_made() -> None:
    program = (
        "import sys, aussage.discourse as d; light = not {'pandas', 'scipy', 'networkx'} & set(sys.modules);"
        "d.network; sys.exit(0 if light and not {'scipy', 'networkx'} & set(sys.modules) else 1)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    net = made()
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(ImportError, match=r"networkx.*aussage\[discourse\]"):
        net.to_networkx()
