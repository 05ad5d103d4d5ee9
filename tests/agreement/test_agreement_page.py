"""`aussage agree` and its page: what is shown, that nothing is loaded, and that it can be read."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from closed_page import Page
from made_up_coders import frames, two_coders

from aussage.agreement import compare
from aussage.agreement.page import comparison_page
from aussage.cli.agree import command
from aussage.compile import build

CODEBOOK = {
    "variables": [
        {"name": "type", "column": "claim_type", "label": {"en": "Type"}, "definition": "What kind it is.", "values": [
            {"value": "COMMIT", "label": {"en": "Commitment"}, "definition": "Announces an own act & <more>."},
            {"value": "REPORT", "label": {"en": "Report"}, "definition": "An observer could check it."}]},
    ]
}  # fmt: skip
DECISION = {
    "adjudication_id": "d/d001", "document_id": "d", "sentence_id": "d/s01", "subject": "claim",
    "ids": ["d/a/s01.c1", "d/b/s01.c1"], "variable": "type", "coders": ["a", "b"], "said": ["COMMIT", "REPORT"],
    "decision": "COMMIT", "ruling": "R08", "codebook_change": None, "reason": "He <i>announces</i> it.",
}  # fmt: skip
LOADING = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "source"}


def page(adjudications: pd.DataFrame | None = None) -> str:
    tables = two_coders()
    tables = frames(tables.claims.to_dict("records"), tables.mentions.to_dict("records"), adjudications=adjudications)
    return comparison_page(compare(tables, replicates=50), tables, CODEBOOK, "Bridges & <halls>")


def test_nothing_is_loaded_and_all_is_escaped() -> None:
    text = page()
    found = Page(text)
    names = {name for name, _ in found.elements}
    assert not names & LOADING
    assert not re.search(r"https?:|url\(|@import|\son\w+=|\sstyle=", text)
    policy = next(attrs["content"] for name, attrs in found.elements if "http-equiv" in attrs)
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "<b>" not in text
    assert "Die Halle &lt;b&gt; bleibt" in text
    assert "Announces an own act &amp; &lt;more&gt;." in text
    assert "Bridges &amp; &lt;halls&gt;" in text


def test_differences_come_first_with_definitions_in_their_sentence() -> None:
    text = page()
    assert text.index('id="differences"') < text.index('id="sentences"')
    assert "Der Rat sagt <mark>A</mark>." in text
    assert "Der Rat sagt <mark>A.</mark>" in text
    assert "An observer could check it." in text
    assert "b: nothing here" in text
    assert text.count("undecided") == 6
    assert "too few" in text
    assert "between model coders" in text


def test_a_decision_is_shown_with_its_reason() -> None:
    text = page(pd.DataFrame([DECISION]))
    assert text.count("undecided") == 5
    assert "Reason: He &lt;i&gt;announces&lt;/i&gt; it." in text
    assert "Ruling: R08" in text
    short = DECISION | {"sentence_id": "s01", "ids": ["b/s01.c1"], "variable": "claim_type"}
    assert page(pd.DataFrame([short])).count("undecided") == 5
    other = DECISION | {"variable": "modality"}
    assert page(pd.DataFrame([other])).count("undecided") == 6


def test_it_can_be_used_by_keyboard_and_has_names() -> None:
    found = Page(page())
    ids = {attrs["id"] for _, attrs in found.elements if "id" in attrs}
    links = [attrs["href"] or "" for name, attrs in found.elements if name == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= ids
    regions = [attrs for _, attrs in found.elements if attrs.get("role") == "region"]
    assert regions
    assert all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in regions)
    assert ("html", {"lang": "en"}) in found.elements
    style = next(words for words in found.words if "prefers-color-scheme" in words)
    assert "@media print" in style
    assert ":focus-visible" in style


def test_a_browser_takes_the_style_and_reports_nothing(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium on this machine")
    path = tmp_path / "page.html"
    path.write_text(page(), encoding="utf-8")
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    answer = subprocess.run(
        [browser, *options, "--enable-logging=stderr", "--virtual-time-budget=1000", "--dump-dom", path.as_uri()],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    if "<mark>" not in answer.stdout:
        pytest.skip("Chromium does not start here")
    assert "Content Security Policy" not in answer.stderr
    assert Page(answer.stdout.strip()).words


@pytest.fixture
def two(neudorf: Path) -> Path:
    """The made-up project with a second coder, built."""
    folder = neudorf
    first = folder / "dataset/annotations/bruecken/coder-a.yaml"
    text = first.read_text(encoding="utf-8").replace("coder: coder-a", "coder: coder-b")
    changed = text.replace("modality: PR+", "modality: CT+").replace("role: venue", "role: theatre")
    first.with_name("coder-b.yaml").write_text(changed, encoding="utf-8")
    with (folder / "dataset/registry/coders.yaml").open("a", encoding="utf-8") as coders:
        coders.write("- {id: coder-b, kind: language-model, name: made up too}\n")
    assert build(folder).folder
    return folder


def test_the_command_prints_writes_and_answers_in_json(two: Path, tmp_path: Path) -> None:
    html = tmp_path / "page.html"
    answer = CliRunner().invoke(command, [str(two), "--html", str(html)])
    assert answer.exit_code == 0, answer.output
    assert "Agreement between coders of different kinds: coder-a (program), coder-b (language model)" in answer.output
    assert "5 units, fewer than 20" in answer.output
    assert "2 differences" in answer.output
    assert "<mark>" in html.read_text(encoding="utf-8")
    record = json.loads(CliRunner().invoke(command, [str(two), "--json"]).output)
    assert record["ok"]
    assert [row["variable"] for row in record["differences"]] == ["modality", "role"]
    assert record["claims"][0]["exact"] == 1
    assert record == json.loads(CliRunner().invoke(command, [str(two), "--json"]).output)


def test_one_coder_is_exit_code_1_and_says_how_to_add_another(two: Path) -> None:
    answer = CliRunner().invoke(command, [str(two), "--coders", "coder-a"])
    assert answer.exit_code == 1
    assert "nothing to compare" in answer.output
    assert "aussage build" in answer.output
    record = json.loads(CliRunner().invoke(command, [str(two), "--coders", "coder-a", "--json"]).output)
    assert not record["ok"]
    assert CliRunner().invoke(command, [str(two / "seeds" / "nowhere")]).exit_code == 2
