"""What a project's codebook and registries hold, for the peer that compiles in pandas."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import yaml

TEXT = pd.ArrowDtype(pa.string())


@dataclass(frozen=True)
class Known:
    """The values of each codebook variable in their order, its defaults, and frames of entries by id."""

    version: str
    values: dict[str, list]
    defaults: dict[str, object]
    modes: set[str]
    issues: pd.DataFrame
    actors: pd.DataFrame
    locations: pd.DataFrame
    coders: pd.DataFrame

    def targets(self) -> pd.Series:
        """The labels of everything that a stance can be about: issues before actors."""
        labels = pd.concat([self.issues["label"], self.actors["label"]])
        return labels[~labels.index.duplicated()]


def read_known(project: Path) -> Known:
    """Read codebook and registries of a project in JSON Lines."""
    codebook = yaml.load((project / "schema" / "codebook.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    variables = {variable["name"]: variable for variable in codebook["variables"]}
    values = {name: [value["value"] for value in one.get("values", ())] for name, one in variables.items()}
    modes = {
        f"{kind}/{mode['value']}"
        for mode in variables["event_mode"]["values"]
        for kind in mode.get("of_type") or values["event_type"]
    }
    issues = [
        {"id": issue["id"], "label": _label(issue["proposition"]), "frame": issue["frame"]}
        for issue in codebook["issues"]
    ]
    return Known(
        codebook["version"],
        values,
        {name: one.get("default") for name, one in variables.items()},
        modes,
        _frame(issues),
        _frame([_actor(actor) for actor in _lines(project, "actors")]),
        _frame([_location(location) for location in _lines(project, "locations")]),
        _frame([{"id": coder["id"], "name": coder["name"]} for coder in _lines(project, "coders")]),
    )


def _lines(project: Path, table: str) -> list[dict]:
    path = project / "dataset" / "registry" / f"{table}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _frame(rows: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow")
    if not frame["id"].is_unique:
        raise SystemExit("ids that are not unique in codebook or registry")
    return frame.set_index("id")


def _label(labels: dict[str, str]) -> str:
    return labels.get("en") or labels[min(labels)]


def _actor(actor: dict) -> dict:
    wikidata = actor.get("ids", {}).get("wikidata", {}).get("id")
    country = actor.get("country")
    return {
        "id": actor["id"],
        "label": _label(actor["label"]),
        "actor_type": actor["type"],
        "country": country,
        "wikidata_id": wikidata,
    }


def _location(location: dict) -> dict:
    point = location.get("coordinates", {})
    return {
        "id": location["id"],
        "label": _label(location["label"]),
        "latitude": point.get("latitude"),
        "longitude": point.get("longitude"),
        "iso_3166_1_id": location.get("ids", {}).get("iso_3166_1", {}).get("id"),
    }


def looked_up(ids: pd.Series, column: pd.Series) -> pd.Series:
    """The values of a column for ids of its index; empty where there is no id or no such entry."""
    found = column.reindex(pd.Index(ids))
    return pd.Series(found.array, index=ids.index)
