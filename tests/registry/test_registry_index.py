"""A registry that is looked up in an index says and finds the same as one in memory."""

import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_actors import IN_MEMORY, actor, both, codebook, codes, loaded, project

from aussage.compile.entities import entity_batches, entity_rows, entity_rows_by_id
from aussage.registry import index, indexing

PLACE = {"latitude": 91, "longitude": 5.5, "precision": "settlement", "status": "verified"}
LOCATION = {"id": "neudorf", "type": "settlement", "label": {"de": "Neudorf"}, "coordinates": PLACE}
WITHDRAWN = {"table": "actors", "id": "ida", "reason": "takedown", "version": "1.0.0"}
BAD = [
    actor("anna", parent="berta"),
    actor("berta", parent="carla", country="XX"),
    actor("carla", parent="berta"),
    actor("dora", parent="emma", ids={"wikidata": {"status": "recalled", "id": "X1"}}),
    actor("anna", country="YY"),
    "",
    '{"id": "fritz", "type": "nobody", "label": {"de": "Fritz"}}',
    actor("gustav", parent="fritz"),
    actor("hans", parent="hans", note="»grün«"),
    actor("Hans"),
    actor("ida", parent="anne"),
]
IDS = st.sampled_from("abcdef")
ENTRIES = st.lists(st.tuples(IDS, st.none() | IDS, st.none() | st.sampled_from(["DE", "QQ"])), max_size=12)


def test_findings_are_the_same(tmp_path: Path) -> None:
    folder = project(tmp_path, actors__jsonl=BAD, locations__jsonl=[LOCATION], **{"..___withdrawn__jsonl": [WITHDRAWN]})
    registry, findings = both(folder)
    assert set(codes(findings)) == {
        ("parent-circle", "actors.jsonl:2:80"),
        ("unknown-country", "actors.jsonl:2:100"),
        ("unknown-parent", "actors.jsonl:4:78"),
        ("bad-outside-id", "actors.jsonl:4:135"),
        ("duplicate-id", "actors.jsonl:5:8"),
        ("unknown-category", "actors.jsonl:7:25"),
        ("parent-circle", "actors.jsonl:9:78"),
        ("bad-id", "actors.jsonl:10:8"),
        ("reused-id", "actors.jsonl:11:8"),
        ("unknown-parent", "actors.jsonl:11:76"),
        ("coordinates-range", "locations.jsonl:1:97"),
        ("outside-id-status", "locations.jsonl:1:156"),
    }
    assert registry.spoiled == {"actors": {"fritz", "Hans"}}
    near = {found.nearest for found in findings if found.place.line == 11 and found.code == "unknown-parent"}
    assert near == {("anna",)}
    assert not registry.complete


def test_a_line_that_is_no_json_may_be_any_actor(tmp_path: Path) -> None:
    folder = project(tmp_path, actors__jsonl=[actor("anna", parent="berta"), '{"id": "berta"', actor("carla")])
    registry, findings = both(folder)
    assert codes(findings) == [("json-syntax", "actors.jsonl:2:15")]
    assert registry.unread == {"actors"}
    assert registry.may_hold("actors", "anybody")


def test_yaml_and_lines_are_one_registry(tmp_path: Path) -> None:
    yaml = "actors:\n- {id: anna, type: person, label: {de: Anna}, parent: carla}\n"
    yaml += "- {id: anna, type: person, label: {de: Anna}}\n- {id: berta, type: person, label: {de: B}, country: XX}\n"
    files = {"actors__yaml": yaml.encode(), "actors__jsonl": [actor("berta"), actor("carla", parent="berta")]}
    registry, findings = both(project(tmp_path, **files))
    assert codes(findings) == [
        ("duplicate-id", "actors.jsonl:1:8"),
        ("duplicate-id", "actors.yaml:3:8"),
        ("unknown-country", "actors.yaml:4:54"),
    ]
    assert registry.actors["berta"].record.label == {"de": "B"}
    assert pickle.loads(pickle.dumps(registry)).actors["berta"].record.label == {"de": "B"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ENTRIES, st.integers(0, 12))
def test_any_parents_and_repeated_ids(
    tmp_path: Path, entries: list[tuple[str, str | None, str | None]], cut: int
) -> None:
    records = [actor(id_, parent=parent, country=country) for id_, parent, country in entries]
    both(project(tmp_path, actors___2__jsonl=records[cut:], actors___1__jsonl=records[:cut]))


def test_a_long_chain_of_parents_takes_no_longer_than_it_has_links(tmp_path: Path) -> None:
    count = 3_000
    records = [actor(f"a{number}", parent=f"a{(number + 1) % count}") for number in range(count)]
    _, findings = both(project(tmp_path, actors__jsonl=records))
    assert [found.code for found in findings] == ["parent-circle"]
    assert findings[0].message.startswith("a0 → a1 → ")


def test_what_is_like_an_unknown_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many ids only neighbours are compared; a slip at the beginning, at the end or in the middle is still found."""
    monkeypatch.setattr(index, "MOST_COMPARED", 40)
    names = [f"{first}-{last}-{n}" for n in range(10) for first in ("anna", "berta", "otto") for last in ("au", "bach")]
    registry, _ = loaded(project(tmp_path, actors__jsonl=[actor(name) for name in [*names, "vera-muster"]]))
    for wanted in ("wera-muster", "vera-mustr", "vera-m-muster", "muster"):
        assert registry.nearest("actors", wanted)[0] == "vera-muster"
    assert registry.nearest("actors", "issue-of-vera", ["issue-of-peace"])[0] == "issue-of-peace"
    assert registry.nearest("actors", "\uffff" * 1000) == []


def test_very_many_missing_parents_are_all_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MOST_SUGGESTIONS", 2)
    _, findings = loaded(project(tmp_path, actors__jsonl=[actor(f"a{n}", parent=f"b{n}") for n in range(5)]))
    assert [found.code for found in findings] == ["unknown-parent"] * 5
    assert [bool(found.nearest) for found in findings].count(True) <= 2


def test_rows_for_tables(tmp_path: Path) -> None:
    point = {**PLACE, "latitude": 50, "status": "recalled"}
    records = [actor(f"a{n}", also=["A"]) for n in range(7, 0, -1)]
    folder = project(tmp_path, actors__jsonl=records, locations__jsonl=[{**LOCATION, "coordinates": point}])
    registry, findings = both(folder)
    assert not findings
    expected = entity_rows(codebook(), loaded(folder, IN_MEMORY)[0])
    assert entity_rows(codebook(), registry) == expected
    for table, rows in expected.items():
        batches = list(entity_batches(codebook(), registry, table, 3))
        assert [row for batch in batches for row in batch] == rows
        assert max(map(len, batches)) <= 3
    by_id = pickle.loads(pickle.dumps(entity_rows_by_id(registry)))
    assert [by_id["actors"][row["actor_id"]] for row in expected["actors"]] == expected["actors"]
    assert by_id["locations"].get("neudorf") == expected["locations"][0]
    assert by_id["actors"].get("nobody", {}) == {}
    assert (len(by_id["actors"]), list(by_id["actors"])) == (7, [f"a{n}" for n in range(1, 8)])
    with pytest.raises(KeyError):
        by_id["actors"]["nobody"]


def test_digest_changes_with_what_is_said_of_the_ids(tmp_path: Path) -> None:
    records = [actor("anna"), actor("berta")]
    before, _ = loaded(project(tmp_path, actors__jsonl=records))
    of_anna, of_berta = before.digest("actors", ["anna"]), before.digest("actors", ["berta", "berta"])
    absent = before.digest("actors", ["carla"])
    after, _ = loaded(project(tmp_path, actors__jsonl=[actor("carla"), actor("anna", note="new"), records[1]]))
    assert after.digest("actors", ["berta"]) == of_berta
    assert after.digest("actors", ["anna"]) != of_anna
    assert after.digest("actors", ["carla"]) != absent
    assert after.digest("actors", ["anna", "berta"]) == after.digest("actors", ["berta", "anna"])
    assert before.identity != after.identity
