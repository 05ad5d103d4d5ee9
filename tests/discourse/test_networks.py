"""Discourse networks against matrices worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from aussage.discourse import Network, network

# The bridge of Neudorf: who supports (+) and refuses (-) what, in which document, on which day.
SAID = """
council  toll   +  d1  2021-01-04
council  toll   +  d1  2021-01-05
council  toll   -  d2  2021-12-30
council  ferry  -  d2  2022-01-05
miller   toll   +  d3  2022-01-04
miller   ferry  +  d3  2022-01-04
farmers  ferry  -  d4  2022-01-06
farmers  ferry  -  d5  2023-01-02
"""
ACTORS = ["council", "farmers", "miller"]


SIGNS = {"+": 1, "-": -1}


def statements(agreement: dict[str, Any] = SIGNS) -> pd.DataFrame:
    said = [line.split() for line in SAID.split("\n") if line]
    frame = pd.DataFrame(said, columns=["actor", "concept", "agreement", "document_id", "date"])
    return frame.assign(agreement=frame["agreement"].map(agreement))


def made(frame: pd.DataFrame | None = None, **options: Any) -> Network:
    given = statements() if frame is None else frame
    return network(given, rows="actor", columns="concept", **{"qualifier": "agreement", **options})


def cells(net: Network) -> list[list[float]]:
    return net.matrix.to_numpy().tolist()


def one_mode(a_b: float, a_c: float, b_c: float) -> list[list[float]]:
    """The matrix of council (a), farmers (b) and miller (c)."""
    return [[0, a_b, a_c], [a_b, 0, b_c], [a_c, b_c, 0]]


# Columns ferry, toll; rows council, farmers, miller.
# council: ferry 1-, toll 2+ 1-; farmers: ferry 2-; miller: ferry 1+, toll 1+.
@pytest.mark.parametrize(
    ("aggregation", "normalization", "expected"),
    [
        ("ignore", "no", [[1, 3], [2, 0], [1, 1]]),
        ("subtract", "no", [[-1, 1], [-2, 0], [1, 1]]),
        ("combine", "no", [[2, 3], [2, 0], [1, 1]]),
        ("ignore", "activity", [[1 / 4, 3 / 4], [1, 0], [1 / 2, 1 / 2]]),
        ("subtract", "activity", [[-1 / 4, 1 / 4], [-1, 0], [1 / 2, 1 / 2]]),
        ("combine", "activity", [[2 / 2, 3 / 2], [2, 0], [1 / 2, 1 / 2]]),
        ("ignore", "prominence", [[1 / 4, 3 / 4], [2 / 4, 0], [1 / 4, 1 / 4]]),
        ("subtract", "prominence", [[-1 / 4, 1 / 4], [-2 / 4, 0], [1 / 4, 1 / 4]]),
        ("combine", "prominence", [[2 / 3, 3 / 2], [2 / 3, 0], [1 / 3, 1 / 2]]),
    ],
)
def test_two_mode_weights(aggregation: str, normalization: str, expected: list[list[float]]) -> None:
    net = made(aggregation=aggregation, normalization=normalization)
    assert cells(net) == expected
    assert (list(net.matrix.index), list(net.matrix.columns)) == (ACTORS, ["ferry", "toll"])


# congruence: council-farmers ferry 1x2; council-miller toll + 2x1. conflict: council-miller ferry 1x1, toll 1x1.
@pytest.mark.parametrize(
    ("aggregation", "normalization", "expected"),
    [
        ("ignore", "no", one_mode(1 * 2, 1 * 1 + 3 * 1, 2 * 1)),
        ("congruence", "no", one_mode(1 * 2, 2 * 1, 0)),
        ("conflict", "no", one_mode(0, 1 * 1 + 1 * 1, 2 * 1)),
        ("subtract", "no", one_mode(2, 2 - 2, -2)),
        ("ignore", "average", one_mode(2 / 3, 4 / 3, 2 / 2)),  # statements: council 4, farmers 2, miller 2
        ("congruence", "average", one_mode(2 / 3, 2 / 3, 0)),
        ("subtract", "average", one_mode(2 / 3, 0, -2 / 2)),
        # squares, ignoring: council 1 + 9 = 10, farmers 4, miller 1 + 1 = 2
        ("ignore", "jaccard", one_mode(2 / (10 + 4 - 2), 4 / (10 + 2 - 4), 2 / (4 + 2 - 2))),
        # by value: council 1 + 4 + 1 = 6, farmers 4, miller 2
        ("congruence", "jaccard", one_mode(2 / (6 + 4 - 2), 2 / (6 + 2 - 2), 0)),
        ("conflict", "jaccard", one_mode(0, 2 / (6 + 2 - 2), 2 / (4 + 2 - 0))),
        ("subtract", "jaccard", one_mode(2 / (6 + 4 - 2), 0, -2 / (4 + 2 - 0))),
        ("congruence", "cosine", one_mode(2 / (6 * 4) ** 0.5, 2 / (6 * 2) ** 0.5, 0)),
        ("ignore", "cosine", one_mode(2 / (10 * 4) ** 0.5, 4 / (10 * 2) ** 0.5, 2 / (4 * 2) ** 0.5)),
    ],
)
def test_one_mode_weights(aggregation: str, normalization: str, expected: list[list[float]]) -> None:
    net = made(mode="one-mode", aggregation=aggregation, normalization=normalization)
    assert np.allclose(net.matrix, expected, rtol=1e-15, atol=0)
    assert list(net.matrix.columns) == list(net.matrix.index) == ACTORS


@pytest.mark.parametrize(
    ("aggregation", "normalization", "expected"),
    [
        ("congruence", "cosine", one_mode(2 / (4 * 2), 2 / (4 * 2), 0)),
        # council-farmers: toll 2 + 1 only council's, ferry - 1 x 2; council-miller: 1 + 1, ferry + 1, toll + 2 x 1
        ("congruence", "jaccard", one_mode(2 / (3 + 0 + 2), 2 / (2 + 1 + 2), 0)),
        # farmers-miller: 2, and 1 + 1; the tool looks at the values here although they are ignored
        ("ignore", "jaccard", one_mode(2 / (3 + 0 + 2), 4 / (2 + 1 + 2), 2 / (2 + 2 + 0))),
    ],
)
def test_one_mode_as_the_tool_has_it(aggregation: str, normalization: str, expected: list[list[float]]) -> None:
    net = made(mode="one-mode", aggregation=aggregation, normalization=normalization, compatible=True)
    assert np.allclose(net.matrix, expected, rtol=1e-15, atol=0)


def test_the_prominence_of_combined_ties_is_transposed_in_the_tool() -> None:
    square = statements()[lambda frame: frame["actor"] != "farmers"]
    options = {"aggregation": "combine", "normalization": "prominence"}
    assert cells(made(square[1:], **options)) == [[2 / 2, 3 / 2], [1 / 2, 1 / 2]]
    lopsided = square[~((square["actor"] == "council") & (square["concept"] == "ferry"))]
    # ties: ferry 1, toll 2 in the columns; council 1, miller 2 in the rows
    assert cells(made(lopsided, **options)) == [[0, 3 / 2], [1 / 1, 1 / 2]]
    assert cells(made(lopsided, **options, compatible=True)) == [[0, 3 / 2], [1 / 1, 1 / 2]]
    swapped = lopsided.assign(concept=lopsided["concept"].map({"ferry": "toll", "toll": "ferry"}))
    assert cells(made(swapped, **options)) == [[3 / 2, 0], [1 / 2, 1 / 1]]
    assert cells(made(swapped, **options, compatible=True)) == [[3 / 1, 0], [1 / 1, 1 / 2]]
    with pytest.raises(ValueError, match="as many rows as columns"):
        made(**options, compatible=True)


@pytest.mark.parametrize(
    ("duplicates", "compatible", "toll", "farmers_ferry"),
    [
        ("include", False, 3, 2),
        ("document", False, 2, 2),  # two + in d1
        ("week", False, 2, 2),  # 4 and 5 January 2021 are in week 1, 30 December in week 52
        ("month", False, 2, 2),
        ("year", False, 2, 2),
        ("range", False, 2, 1),
        ("week", True, 2, 1),  # 6 January 2022 and 2 January 2023 are both in some week 1
        ("month", True, 2, 1),
        ("year", True, 2, 2),
    ],
)
def test_duplicates(duplicates: str, compatible: bool, toll: int, farmers_ferry: int) -> None:
    net = made(duplicates=duplicates, aggregation="combine", compatible=compatible)
    counted = net.counts.total().toarray()
    assert (counted[0, 1], counted[1, 0]) == (toll, farmers_ferry)
    assert net.left_out["duplicate"] == 8 - net.n_statements


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    frame = statements()[:2].assign(date=["2020-12-31", "2021-01-01"])
    assert made(frame, duplicates="week").n_statements == 1
    assert made(frame, duplicates="year").n_statements == made(frame, duplicates="month").n_statements == 2


def test_statements_that_differ_in_the_ignored_qualifier_are_duplicates() -> None:
    assert cells(made(duplicates="range")) == [[1, 1], [1, 0], [1, 1]]


def test_the_earliest_duplicate_counts() -> None:
    frame = statements()[::-1]
    net = made(frame, duplicates="range", mode="one-mode", normalization="jaccard", compatible=True)
    # council's toll of 4 January is +, as miller's: ferry - and ferry + are apart, toll + is shared
    assert net.matrix.loc["council", "miller"] == 2 / (1 + 1 + 1)


def test_a_boolean_qualifier_is_the_same_as_one_of_plus_and_minus_one() -> None:
    for agreement in ({"+": True, "-": False}, {"+": 1.0, "-": -1.0}):
        frame = statements(agreement)
        for dtype in ("object", frame["agreement"].dtype):
            net = made(frame.astype({"agreement": dtype}), mode="one-mode", aggregation="subtract")
            assert cells(net) == one_mode(2, 0, -2)


def test_neutral_and_missing_agreement_count_only_when_ignored() -> None:
    frame = statements({"+": 1.0, "-": -1.0})
    frame.loc[[6, 7], "agreement"] = [0, np.nan]
    assert cells(made(frame)) == [[1, 3], [2, 0], [1, 1]]
    net = made(frame, mode="one-mode", aggregation="congruence", normalization="average")
    assert list(net.matrix.index) == ["council", "miller"]
    assert net.matrix.loc["council", "miller"] == 2 / 3
    assert net.left_out[net.left_out > 0].to_dict() == {"no agreement": 1, "agreement is 0": 1}


def test_missing_values_are_left_out_and_counted() -> None:
    frame = statements()
    frame.loc[0, "actor"] = None
    frame.loc[1, "actor"] = ""
    frame.loc[2, "concept"] = np.nan
    frame.loc[3, "date"] = None
    net = made(frame, duplicates="year")
    assert net.n_statements == 4
    assert net.left_out.to_dict() == {"no actor": 2, "no concept": 1, "no date": 1, "duplicate": 0}


def test_each_value_of_a_list_makes_a_statement() -> None:
    lists = [["miller", "council"], np.array(["council", "council"], dtype=object), [], None]
    frame = pd.DataFrame({"actor": lists, "concept": [["toll"], ["toll", "ferry"], ["toll"], ["toll"]]})
    net = network(frame, rows="actor", columns="concept")
    assert net.matrix.loc["council"].to_dict() == {"ferry": 1, "toll": 2}
    assert net.matrix.loc["miller"].to_dict() == {"ferry": 0, "toll": 1}
    assert net.left_out["no actor"] == 2


def test_rows_in_any_order_make_the_same_network() -> None:
    net, turned = made(), made(statements()[::-1])
    assert net.matrix.equals(turned.matrix)
    assert net.edges.equals(turned.edges)


def test_no_statements_make_an_empty_network() -> None:
    for mode, normalization in (("two-mode", "activity"), ("one-mode", "jaccard"), ("one-mode", "cosine")):
        net = made(statements()[:0], mode=mode, normalization=normalization)
        assert net.matrix.shape == (0, 0)
        assert net.edges.empty


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"normalization": "jaccard"}, "two-mode network it may be no, activity, prominence"),
        ({"mode": "one-mode", "normalization": "activity"}, "one-mode network it may be no, average, jaccard, cosine"),
        ({"aggregation": "congruence"}, "two-mode network it may be ignore, combine, subtract"),
        ({"mode": "one-mode", "aggregation": "combine"}, "may be ignore, congruence, conflict, subtract"),
        ({"aggregation": "subtract", "qualifier": None}, "needs a qualifier"),
        ({"mode": "three-mode"}, "two-mode or one-mode"),
        ({"duplicates": "day"}, "include, document, week, month, year, range"),
        ({"columns": "actor"}, "must be different"),
        ({"columns": "theme"}, "no column theme"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        network(statements(), **{"rows": "actor", "columns": "concept", "qualifier": "agreement", **options})


@pytest.mark.parametrize("agreement", [{"+": "yes", "-": "no"}, {"+": 2, "-": -2}])
def test_other_qualifiers_are_refused(agreement: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="boolean, or -1, 0 and 1"):
        made(statements(agreement), aggregation="subtract")


def test_a_date_that_is_none_is_refused_where_it_matters() -> None:
    frame = statements().assign(date="soon")
    assert made(frame, duplicates="document").n_statements == 7
    with pytest.raises(ValueError, match="soon"):
        made(frame, duplicates="month")
    with pytest.raises(ValueError, match="not dates"):
        made(frame.assign(date=3), duplicates="month")
