"""A comparison as JSON, written piece by piece, so that any number of changes can be listed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from aussage.release.comparison.comparison import Comparison


def comparison_json(found: Comparison) -> Iterator[str]:
    """Pieces of one JSON object (ASCII): the summary, and under `changes` every change, the heaviest first."""
    yield json.dumps(found.summary(), ensure_ascii=True, indent=2)[: -len("\n}")]
    yield ',\n  "changes": ['
    between = "\n    "
    for change in found.changes():
        yield between + json.dumps(change.as_record(), ensure_ascii=True)
        between = ",\n    "
    yield "\n  ]\n}\n" if between.startswith(",") else "]\n}\n"
