"""Communities, polarisation, centralities and the backbone of small networks worked out by hand."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from aussage.discourse import Network, backbone, centralities, communities, network, polarisation

# Two camps: a, b, c support the toll and refuse the ferry; d, e do the opposite; c and d both support the bridge.
CAMPS = [
    (actor, concept, (actor in "abc") == (concept == "toll")) for actor in "abcde" for concept in ("toll", "ferry")
]
SAID = [*CAMPS, ("c", "bridge", True), ("d", "bridge", True), ("hermit", "moon", True)]


def made(aggregation: str = "congruence", mode: str = "one-mode", said: list[tuple[str, str, bool]] = SAID) -> Network:
    frame = pd.DataFrame(said, columns=["actor", "concept", "agreement"])
    return network(frame, rows="actor", columns="concept", qualifier="agreement", mode=mode, aggregation=aggregation)


def test_communities_are_the_camps() -> None:
    expected = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "hermit": 3}
    assert communities(made()).to_dict() == expected
    assert communities(made("subtract")).to_dict() == expected


def test_without_ties_each_actor_is_a_community() -> None:
    alone = [("a", "toll", True), ("b", "ferry", True)]
    assert communities(made(said=alone)).to_dict() == {"a": 1, "b": 2}
    found = polarisation(made(said=alone))
    assert math.isnan(found.modularity)
    assert math.isnan(found.ei_index)
    assert centralities(made(said=alone))["degree"].tolist() == [0, 0]
    assert polarisation(made(said=[])).groups.empty


def test_polarisation() -> None:
    # Weights: a-b, a-c, b-c, d-e 2 each, c-d 1: 9 in all. Strengths: a 4, b 4, c 5; d 3, e 2.
    found = polarisation(made())
    assert found.modularity == pytest.approx(8 / 9 - (13 / 18) ** 2 - (5 / 18) ** 2, rel=1e-12)
    assert found.ei_index == pytest.approx((1 - 8) / 9, rel=1e-12)
    one_group = polarisation(made(), dict.fromkeys([*"abcde", "hermit"], "all"))
    assert (one_group.modularity, one_group.ei_index) == (0, -1)


def test_modularity_is_that_of_networkx() -> None:
    net, groups = made(), {"a": 1, "b": 2, "c": 1, "d": 2, "e": 2, "hermit": 1}
    parts = [{label for label, group in groups.items() if group == number} for number in (1, 2)]
    assert polarisation(net, groups).modularity == pytest.approx(nx.community.modularity(net.to_networkx(), parts))


def test_opposition_within_groups_lowers_the_modularity_of_signed_networks() -> None:
    # + : a-b, a-c, b-c, d-e 2 each, 8 in all; - : a, b with d, e 2 each, c-e 2, c-d 2 - 1 = 1, 11 in all.
    net = made("subtract")
    # strengths +: a, b, c 4, d, e 2; -: a, b 4, c 3, d 5, e 6; all ties counted in both directions
    expected = (16 - (12**2 + 4**2) / 16 + (11**2 + 11**2) / 22) / (16 + 22)
    assert polarisation(net).modularity == pytest.approx(expected, rel=1e-12)
    everyone = dict.fromkeys([*"abcde", "hermit"], 1)
    assert polarisation(net, everyone).modularity == pytest.approx(0, abs=1e-12)
    assert polarisation(net, {**everyone, "a": 2, "d": 2}).modularity < 0


def test_a_label_without_a_group_is_named() -> None:
    with pytest.raises(ValueError, match="e, hermit"):
        polarisation(made(), dict.fromkeys("abcd", 1))


def test_centralities() -> None:
    found = centralities(made()).set_index("node")
    assert found["degree"].to_dict() == {"a": 2, "b": 2, "c": 3, "d": 2, "e": 1, "hermit": 0}
    assert found["strength"].tolist() == [4, 4, 5, 3, 2, 0]
    # between pairs of the other five (10): c lies on a-d, a-e, b-d, b-e; d on a-e, b-e, c-e
    assert found["betweenness"].tolist() == pytest.approx([0, 0, 4 / 10, 3 / 10, 0, 0])
    # a: b and c are 1/2 away, d 3/2, e 2; 4 of the 5 others can be reached
    assert found.loc["a", "closeness"] == pytest.approx(4 / 4.5 * 4 / 5)


def test_centralities_of_a_two_mode_network_have_both_modes() -> None:
    found = centralities(made("ignore", "two-mode"))
    assert found["variable"].value_counts().to_dict() == {"actor": 6, "concept": 4}
    assert found.set_index("node").loc[["toll", "bridge"], "degree"].tolist() == [5, 2]


def test_backbone_by_the_weights_that_are_lost() -> None:
    # Ties through the moon: none; the bridge: c-d; the ferry and the toll: a-b, a-c, b-c, d-e, 1 each.
    found = backbone(made(), "euclidean")
    assert found["column"].tolist() == ["ferry", "toll", "bridge", "moon"]
    assert found["step"].tolist() == [4, 3, 2, 1]
    assert found["contribution"].tolist() == pytest.approx([2, 2, 1, 0])
    left = [
        math.sqrt(4 * 2**2 + 1),
        math.sqrt(4 + 1),
        1,
        0,
    ]  # nothing is left; the ferry is; both are; all but the moon
    assert found["loss"].tolist() == pytest.approx(left)


def test_backbone_by_the_shape_that_is_lost() -> None:
    # With the toll 3 a-b, 1 c-d and with the ferry 1 more a-b: Laplacian eigenvalues 2 x weight, 0, scaled to sum 1.
    said = [(actor, "toll", True) for actor in "ab"] + [(actor, "ferry", True) for actor in "ab"]
    net = made(said=[*said, ("c", "bridge", True), ("d", "bridge", True)])
    found = backbone(net).set_index("column")
    full, no_bridge, no_ferry = (0, 0, 1 / 3, 2 / 3), (0, 0, 0, 1), (0, 0, 1 / 2, 1 / 2)
    assert found.loc["bridge", "contribution"] == pytest.approx(math.dist(full, no_bridge))
    assert found.loc["ferry", "contribution"] == pytest.approx(math.dist(full, no_ferry))
    assert found.index.tolist() == ["bridge", "ferry", "toll"]
    assert found["loss"].tolist() == pytest.approx(
        [math.dist(full, (0, 0, 0, 0)), math.dist(full, no_bridge), math.dist(full, no_ferry)]
    )


@pytest.mark.parametrize("function", [communities, polarisation, backbone])
def test_two_mode_networks_are_refused(function: object) -> None:
    with pytest.raises(ValueError, match="one-mode"):
        function(made("subtract", "two-mode"))  # type: ignore[operator]


def test_another_distance_is_refused() -> None:
    with pytest.raises(ValueError, match="spectral, euclidean"):
        backbone(made(), "city block")


def test_results_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_networks_structure import *;"
        "print(communities(made()).to_json(), centralities(made()).to_json(), backbone(made()).to_json())"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).parent)]
    printed = {
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
