"""A second and a third made-up coder of the made-up project, and what is decided between them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from click.testing import CliRunner
from fixtures import building, load

from aussage.compile import BuildResult
from aussage.compile.gold_text import yaml_text

Row = dict[str, Any]
Edits = Mapping[str, str]
ANNOTATIONS = Path("dataset/annotations/bruecken")
ADJUDICATION = ANNOTATIONS / "adjudication.yaml"
GOLD = ANNOTATIONS / "gold.yaml"
# What coder-a has besides; then how the others differ from coder-a.
IN_A = {"relation: supports}\n": "relation: supports}\n- {id: r02, from: s02.c2, to: s02.c1, relation: elaborates}\n"}
IN_B = {
    "coder: coder-a": "coder: coder-b",
    "cue: mitteilte": "cue: [Wie, mitteilte]",
    "type: COMMIT": "type: FORECAST",
    "claimant: fire-brigade": "claimant: [fire-brigade, administration]",
    """\
  - id: s02.c2
    content: die selbst in Altdorf wohnt
    type: REPORT
    modality: CT+
    time: present
    main_clause: false
""": "",
    "  actors:\n  - {id: s03.a1,": """\
  - {id: s03.c2, content: der Fluss steigt, type: FORECAST, modality: PS+, time: future}
  actors:
  - {id: s03.a2, text: Fluss, actor: city}
  - {id: s03.a1,""",
    "text: Bürgermeisterin Anna Beispiel, actor": "text: Anna Beispiel, actor",
    "role: venue": "role: theatre",
    "relation: supports}\n- {id: r02, from: s02.c2, to: s02.c1, relation: elaborates}": """\
relation: elaborates}
- {id: r02, from: s03.c1, to: s01.c1, relation: elaborates}""",
    "content: Die Feuerwehr übt in Neudorf\n": """\
content: [Die Feuerwehr übt in Neudorf]
    voice: narrator
    causal: false
    evidence: unstated
    stance: 0
""",
}
IN_C = {
    "coder: coder-a": "coder: coder-c",
    "type: COMMIT": "type: DIRECTIVE",
    "time: future\n    af": "time: past\n    af",
}
GROUNDS = {"ruling": "R01", "reason": "Made up."}


def edit(path: Path, edits: Edits) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in edits.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def add_coder(folder: Path, coder: str, edits: Edits) -> None:
    path = folder / ANNOTATIONS / f"{coder}.yaml"
    path.write_bytes((folder / ANNOTATIONS / "coder-a.yaml").read_bytes())
    edit(path, edits)
    with (folder / "dataset/registry/coders.yaml").open("a", encoding="utf-8") as coders:
        coders.write(f"- {{id: {coder}, kind: program, name: made up for tests}}\n")


def run(command: Any, folder: Path, *options: str) -> int:
    outcome = CliRunner().invoke(command, [str(folder), *options])
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit), outcome.exception
    return outcome.exit_code


def record(folder: Path) -> Row:
    return load((folder / ADJUDICATION).read_text(encoding="utf-8"))


def decisions(folder: Path) -> dict[str, Row]:
    return {decision["id"]: decision for decision in record(folder)["decisions"]}


def decide(folder: Path, **outcomes: Row) -> None:
    """Write decisions into adjudication.yaml."""
    adjudication = record(folder)
    for decision in adjudication["decisions"]:
        if decision["id"] in outcomes:
            decision |= GROUNDS | outcomes[decision["id"]]
    (folder / ADJUDICATION).write_text(yaml_text(adjudication), encoding="utf-8")


def decide_all(folder: Path, coder: str, **others: Row) -> None:
    decide(folder, **{id_: {"take": coder} for id_ in decisions(folder)} | others)


def built(folder: Path) -> BuildResult:
    result = building.build(folder)
    assert not result.diagnostics.has_errors, list(result.diagnostics)
    return result


def rows(folder: Path, table: str, layer: str = "gold") -> dict[str, Row]:
    """The rows of a layer by the last part of their id."""
    found = pq.read_table(folder / f"dataset/corpus/{table}.parquet").to_pylist()
    return {next(iter(row.values())).rsplit("/", 1)[-1]: row for row in found if row.get("layer", layer) == layer}


def plain(table: Mapping[str, Row], *leaving_out: str) -> dict[str, Row]:
    """Rows without what differs between a coder's layer and gold."""

    def local(value: Any) -> Any:
        value = [local(item) for item in value] if isinstance(value, list) else value
        return value.rsplit("/", 1)[-1] if isinstance(value, str) else value

    out = {"layer", *leaving_out}
    return {
        id_: {name: local(cell) for name, cell in row.items() if name not in out}
        for id_, row in table.items()
        if not row.get("is_derived")
    }
