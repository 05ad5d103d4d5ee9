"""Tables: every row is an article, columns become facts by their names, and mistakes are told by line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aussage.diagnostics import Diagnostics
from aussage.intake import Arrival, Columns, Facts, Intake, arrivals
from aussage.source import Project

ROWS = [
    {"Title": "One", "text": 'It is "open".\nIt stays, he said.', "DATE": "2024-01-02T03:04:05", "key": "ART_1"},
    {"Title": None, "text": "Die Brücke ist zu.", "DATE": None, "key": "ART_2"},
]
COLUMNS = Columns(document_id="key")
MOST = 5


@pytest.fixture
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aussage.intake.taking.MOST_FILES", MOST)


def read(path: Path, found: Diagnostics, columns: Columns = COLUMNS) -> list[Arrival]:
    return list(arrivals(path, path.name, Facts("de"), columns, None, found))


def table(folder: Path, ending: str) -> Path:
    path = folder / f"rows{ending}"
    names = list(ROWS[0])
    if ending == ".parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path)
        return path
    if ".jsonl" in ending:
        text = "\n".join(json.dumps(row) for row in ROWS) + "\n"
    else:
        sign = "\t" if ending == ".tsv" else ";" if ending == ".csv" else ","
        cells = [names, *([row[name] or "" for name in names] for row in ROWS)]
        text = "".join(sign.join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in cells)
        text = text.replace(f'"{names[0]}"', names[0])
    data = text.encode("utf-8-sig")
    path.write_bytes(gzip.compress(data) if ending.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".csv.gz", ".jsonl", ".jsonl.gz", ".parquet"])
def test_every_row_is_an_article(tmp_path: Path, ending: str) -> None:
    found = Diagnostics()
    one, two = read(table(tmp_path, ending), found)
    assert list(found) == []
    assert [one.text, two.text] == [row["text"] for row in ROWS]
    assert [one.document_id, two.document_id] == ["art-1", "art-2"]
    assert (one.facts.title, one.facts.date) == ("One", "2024-01-02")
    assert (two.facts.title, two.facts.date, two.facts.language) == (None, None, "de")


def test_a_column_that_is_not_there_is_reported_once_with_those_that_are(tmp_path: Path) -> None:
    found = Diagnostics()
    assert read(table(tmp_path, ".csv"), found, Columns(text="txt")) == []
    (finding,) = found
    assert finding.code == "missing-field"
    assert finding.nearest[0] == "text"
    assert "Title, text, DATE, key" in finding.expected


def test_all_bad_rows_are_told_by_their_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "Gut."}\n{"text": \n{"text": "b\\u0000"}\n[1]\n{"text": " "}\n{"text": "\\ud800"}\n')
    found = Diagnostics()
    assert [one.text for one in read(path, found, Columns())] == ["Gut."]
    assert [(finding.code, finding.place.line) for finding in found] == [
        ("json-syntax", 2),
        ("control-character", 3),
        ("wrong-type", 4),
        ("no-paragraphs", 5),
        ("lone-surrogate", 6),
    ]
    short = tmp_path / "short.csv"
    short.write_text('text,title\n"two\nlines",x\nonly text\n')
    found = Diagnostics()
    assert len(read(short, found, Columns())) == 1
    assert [(finding.code, finding.place.line) for finding in found] == [("wrong-value", 4)]


@pytest.mark.parametrize(("name", "data"), [("a.parquet", b"no parquet"), ("a.csv", b"text\ncaf\xe9\n")])
def test_a_table_that_cannot_be_read_is_a_finding(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    found = Diagnostics()
    assert read(tmp_path / name, found) == []
    assert [finding.code for finding in found] == ["unreadable-file" if "parquet" in name else "wrong-encoding"]


@pytest.mark.usefixtures("_few_are_many")
def test_very_many_rows_become_one_file_of_json_lines_that_builds(neudorf: Path, tmp_path: Path) -> None:
    from aussage.compile import build

    path = tmp_path / "wire.jsonl"
    many = MOST + 1
    lines = (json.dumps({"text": f"Brücke {n} ist zu. Der Rat {n * 7919} tagt."}) for n in range(many))
    path.write_text("\n".join(lines), encoding="utf-8")
    found = Diagnostics()
    taken = Intake(Project(neudorf), found, coder="coder-a").take(read(path, found, Columns()))
    assert len(taken) == many
    assert {one.record.relative_to(neudorf).as_posix() for one in taken} == {"seeds/wire.jsonl"}
    assert sum(one.sentences for one in taken) == 2 * many
    result = build(neudorf)
    assert not result.diagnostics.has_errors
    assert result.rows["documents"] == many + 1


@pytest.mark.usefixtures("_few_are_many")
def test_a_bad_fact_among_very_many_rows_stops_all_and_leaves_nothing(neudorf: Path, tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    dates = ["2024-01-02"] * MOST + ["yesterday"]
    path.write_text("\n".join(json.dumps({"text": f"Nummer {n}.", "date": day}) for n, day in enumerate(dates)))
    before = sorted(neudorf.rglob("*"))
    found = Diagnostics()
    assert Intake(Project(neudorf), found).take(read(path, found, Columns())) == []
    errors = [finding for finding in found if finding.code == "wrong-value"]
    assert [str(finding.place) for finding in errors] == [f"wire.jsonl:{MOST + 1}:1"]
    assert sorted(neudorf.rglob("*")) == before
