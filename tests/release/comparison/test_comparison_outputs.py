"""What people and machines are told; what strangers wrote does nothing there; the command and its exit codes."""

import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from comparison_corpora import built, clean, compared, drop, row

from aussage.cli.diff import command
from aussage.release.comparison import Comparison
from aussage.release.comparison.ledger import Ledger
from aussage.release.comparison.markdown import code, comparison_markdown
from aussage.release.comparison.page import comparison_page
from aussage.release.comparison.printing import comparison_text
from aussage.release.comparison.record import comparison_json

EVIL = "`](x) <script>alert(1)</script> \x1b[31m\u202e & | # *b*\n## no"


def altered(rows: Any) -> None:
    """A removed row, a re-coded cell, a note that a stranger wrote."""
    drop(rows, "mentions", "fahrt/gold/s02.a1")
    row(rows, "claims", "fahrt/gold/s01.c1")["modality"] = "PS+"
    row(rows, "claims", "fahrt/coder-a/s05.c1")["note"] = EVIL


@pytest.fixture
def found(tmp_path: Path) -> Comparison:
    return compared(tmp_path, altered)


def test_text(found: Comparison) -> None:
    text = "\n".join(comparison_text(found))
    assert "ask for a major step of the corpus's version; 1.0.0 to 1.0.0 is TOO SMALL" in text
    assert "The least version is 2.0.0" in text
    assert "~ claims fahrt/gold/s01.c1 modality: CT+ → PS+" in text
    order = [text.index(word) for word in ("ATTENTION", "MAJOR annotation", "MINOR annotation", "PATCH annotation")]
    assert order == sorted(order)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_first_rows_and_how_to_see_the_rest(tmp_path: Path) -> None:
    def recode(rows: Any) -> None:
        for claim in rows["claims"]:
            claim["evidence"] = "cited"

    text = "\n".join(comparison_text(compared(tmp_path, recode), 4))
    assert text.count("evidence: unstated → cited") == 4
    assert "… and 6 more; --all shows all" in text


def test_markdown(found: Comparison) -> None:
    text = "\n".join(comparison_markdown(found))
    assert "### Annotation" in text
    assert "- minor, changed `claims fahrt/gold/s01.c1 modality`: `CT+` → `PS+`" in text
    outside = re.sub(r"``.*?``(?!`)|`[^`]*`", "", text)
    assert "script" not in outside
    assert not re.search(r"^## no", text, re.MULTILINE)


@pytest.mark.parametrize("text", ["a", "`", "``a`", " ", "", "a`b"])
def test_a_span_of_code_cannot_be_ended(text: str) -> None:
    span = code(text)
    fence = re.match("`+", span)
    assert fence is not None
    assert span.endswith(fence[0])
    assert fence[0] not in span[len(fence[0]) : -len(fence[0])]


class Tags(HTMLParser):
    """Collects tags and what they load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.loads += [value for name, value in attrs if name in ("src", "href") and not value.startswith("#")]


def test_the_page_loads_nothing(found: Comparison) -> None:
    page = comparison_page(found)
    tags = Tags()
    tags.feed(page)
    assert not {"script", "b", "img", "link"} & set(tags.tags)
    assert not tags.loads
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert page == comparison_page(found)


def test_json_has_every_change(found: Comparison) -> None:
    record = json.loads("".join(comparison_json(found)))
    assert record["step"] == "major"
    assert record["is_version_too_small"] is True
    assert [change["step"] for change in record["changes"]] == ["major", "minor", "patch"]
    assert record["changes"][2]["new"] == EVIL
    assert record["counts"]["annotation"] == {"removed": 1, "changed": 2, "added": 0}
    assert json.loads("".join(comparison_json(found))) == record


def test_many_changes_go_to_a_file(found: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aussage.release.comparison.ledger.IN_MEMORY", 10)
    ledger = Ledger()
    changes = list(found.changes())
    for _ in range(3):
        ledger.add(changes)
        next(ledger.changes())
    assert list(ledger.changes()) == [change for change in changes for _ in range(3)]


def run(*arguments: object) -> Any:
    """Run the command."""
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_the_command(tmp_path: Path) -> None:
    old, new, page = clean(tmp_path), built(tmp_path, altered), tmp_path / "diff.html"
    done = run(old, new, "--html", page)
    assert done.exit_code == 1, done.output
    assert "MAJOR annotation" in done.output
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run(old, old).exit_code == 0
    assert json.loads(run(old, new, "--json").output)["differ"] is True
    assert run(old, new, "--markdown").output.startswith("## ")


def test_wrong_use(tmp_path: Path) -> None:
    old = clean(tmp_path)
    for arguments in ((old, tmp_path / "nowhere"), (old, old, "--json", "--markdown"), (old, old, "--html", old / "a")):
        done = run(*arguments)
        assert done.exit_code == 2, done.output
        assert "Traceback" not in done.output


def test_a_refused_bundle_is_told_line_by_line(tmp_path: Path) -> None:
    strange = tmp_path / "strange.zip"
    with zipfile.ZipFile(strange, "w") as file:
        file.writestr("../evil\x1b.txt", "")
    done = run(clean(tmp_path), strange)
    assert done.exit_code == 2
    assert "published:\n- " in done.output
    assert "\x1b" not in done.output


def test_the_built_corpus_is_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    (project / "dataset").mkdir(parents=True)
    (project / "aussage.toml").write_text("", encoding="utf-8")
    built(tmp_path, altered).rename(project / "dataset" / "corpus")
    monkeypatch.chdir(project)
    done = run(clean(tmp_path))
    assert done.exit_code == 1, done.output
    assert "1 removed, 2 changed" in done.output
