"""A build in parts finds what the build in one go finds: every defect, at the same place."""

from pathlib import Path

import pytest
from fixtures import fresh, load, spoil

from aussage.diagnostics import Diagnostic
from aussage.parts import Settings, build

FOLDER = Path(__file__).parents[1] / "invalid"
FIXTURES = {path.stem: load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
ONE_DOCUMENT = Settings(usual=1)
"""Every document is a part."""
SOME = sorted(FIXTURES)[::25]


def short(finding: Diagnostic) -> tuple[object, ...]:
    return finding.code, finding.place.file, finding.place.line, finding.place.column, finding.message


@pytest.mark.parametrize(
    "name", [*SOME, *(pytest.param(n, marks=pytest.mark.prove) for n in FIXTURES if n not in SOME)]
)
def test_findings_are_those_of_the_build_in_one_go(name: str, tmp_path: Path) -> None:
    project = fresh(tmp_path / "project" / name)
    spoil(project, FIXTURES[name]["edits"])
    at_once = build(project, tmp_path / "at-once")
    in_parts = build(project, tmp_path / "in-parts", ONE_DOCUMENT)
    assert [short(one) for one in in_parts.diagnostics] == [short(one) for one in at_once.diagnostics]
    assert (in_parts.folder is None) == (at_once.folder is None)
    assert in_parts.content_hash == at_once.content_hash
