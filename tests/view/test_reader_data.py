"""What the reader's file holds, seen without a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_up_reader import STORY, common, made_up, story, unpacked
from second_coder import ANNOTATIONS, IN_A, IN_B, add_coder, built, edit, run

import aussage
from aussage.cli.adjudicate import command as adjudicate
from aussage.cli.read import command as read
from aussage.tables.of_documents import CLAIMS
from aussage.view.reader import Chart, reader_page
from aussage.view.reader.matching import groups_of
from aussage.view.reader.offsets import browser_offsets
from aussage.view.reader.page import PROGRAM, assembled
from aussage.view.reader.record import ELSEWHERE, SECTIONS

STATIC = Path(aussage.__file__).parent / "view" / "reader" / "static"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project with two coders and a list of their differences, built."""
    from neudorf import copy_neudorf

    folder = copy_neudorf(tmp_path_factory.mktemp("reader") / "neudorf")
    edit(folder / ANNOTATIONS / "coder-a.yaml", IN_A)
    add_coder(folder, "coder-b", IN_B)
    run(adjudicate, folder, "--adjudicator", "coder-a")
    built(folder)
    return folder


def test_the_page_holds_the_whole_corpus(project: Path) -> None:
    corpus = aussage.load(project)
    page = reader_page(corpus)
    found = [unpacked(page, f"article-{number}") for number in range(len(corpus.documents))]
    assert [article["text"] for article in found] == corpus.documents["text"].to_list()
    claims = [claim["claim_id"] for article in found for layer in article["layers"] for claim in layer["claims"]]
    assert sorted(claims) == sorted(corpus.layer("all").claims["claim_id"])
    mentions = [
        mention["mention_id"] for article in found for layer in article["layers"] for mention in layer["mentions"]
    ]
    assert sorted(mentions) == sorted(corpus.layer("all").mentions["mention_id"])
    shared = unpacked(page, "shared")
    assert [row["document_id"] for row in shared["index"]] == corpus.documents["document_id"].to_list()
    assert shared["codebook"]["variables"]["type"]["values"]["DENIAL"]["definition"]


def test_a_difference_comes_with_its_decision(project: Path) -> None:
    page = reader_page(aussage.load(project))
    article = next(found for n in range(2) if (found := unpacked(page, f"article-{n}"))["decisions"])
    group = next(group for group in article["groups"] if "cue_text" in group.get("differs", ()))
    decided = [article["decisions"][number]["variable"] for number in group["decisions"]]
    assert "cue" in decided
    missing = [group for group in article["groups"] if "coder-b" in group.get("missing", ())]
    assert [article["layers"][0]["claims"][group["claims"]["gold"]]["content_text"] for group in missing] == [
        "die selbst in Altdorf wohnt"
    ]


def test_the_same_corpus_gives_the_same_bytes(project: Path) -> None:
    assert reader_page(aussage.load(project)) == reader_page(aussage.load(project))


def test_the_command_writes_the_file_and_says_where(project: Path, tmp_path: Path) -> None:
    outcome = CliRunner().invoke(read, [str(project), "--no-charts"])
    assert outcome.exit_code == 0, outcome.output
    assert "build/reader.html" in outcome.output
    assert (project / "build/reader.html").read_text(encoding="utf-8") == reader_page(aussage.load(project))
    inside = project / "dataset/corpus/reader.html"
    assert CliRunner().invoke(read, [str(project), "--out", str(inside)]).exit_code == 2
    assert not inside.exists()
    (tmp_path / "aussage.toml").write_text("", encoding="utf-8")
    outcome = CliRunner().invoke(read, [str(tmp_path)])
    assert outcome.exit_code == 1
    assert "aussage build" in outcome.output


def test_the_page_is_small_and_names_nothing_outside() -> None:
    page = assembled(common(), [])
    assert len(page.encode()) < 150_000
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|@import|url\(", page
    )


def test_only_its_own_program_and_style_run() -> None:
    page = assembled(common(), [story()])
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (program,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    for text in (style, program):
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in page
    assert "unsafe" not in page.split("<title>")[0]


def test_text_of_the_corpus_never_stands_in_the_markup() -> None:
    hostile = "</script><script>alert(1)</script>"
    chart = Chart(hostile, b"<svg onload='alert(1)'/>", '"><img src=x onerror=alert(1)>')
    about = common()["corpus"] | {"title": hostile}
    page = assembled(common(corpus=about), [made_up("bad", hostile)], [chart])
    assert "alert(1)</script>" not in page
    assert "<img src=x" not in page
    assert "<svg" not in page
    assert unpacked(page, "article-0")["text"] == hostile


def test_offsets_count_utf16_units() -> None:
    text = "a😀b\u0308𝔸z"
    place = browser_offsets(text)
    units = [len(text[:n].encode("utf-16-le")) // 2 for n in range(len(text) + 1)]
    assert [place(n) for n in range(len(text) + 1)] == units
    claim = story()["layers"][0]["claims"][1]
    start, end = claim["content_spans"][0]
    assert STORY.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le") == claim["content_text"]


def test_claims_that_share_most_are_put_together() -> None:
    def layer(*spans: tuple[int, int]) -> list[dict[str, object]]:
        return [{"content_spans": [span]} for span in spans]

    layers = {"gold": layer((0, 10), (20, 30)), "a": layer((0, 9), (5, 30)), "b": layer((40, 50), (8, 12))}
    assert groups_of(layers) == [{"gold": 0, "a": 0, "b": 1}, {"gold": 1, "a": 1}, {"b": 0}]


def test_the_record_shows_every_column_of_a_claim() -> None:
    shown = {column for rows in SECTIONS.values() for column, _, _ in rows}
    assert shown | ELSEWHERE == {column.name for column in CLAIMS.columns}
    assert not shown & ELSEWHERE


def test_both_languages_say_the_same_things() -> None:
    labels = unpacked(assembled(common(), []), "shared")["labels"]
    assert labels["de"].keys() == labels["en"].keys()
    holes = {
        name: [sorted(re.findall(r"\{\w+\}", labels[language][name])) for language in labels] for name in labels["de"]
    }
    assert [name for name, (one, other) in holes.items() if one != other] == []
    program = "".join((STATIC / f"{name}.js").read_text(encoding="utf-8") for name in PROGRAM)
    program += (STATIC / "reader.html").read_text(encoding="utf-8")
    said = set(re.findall(r"say(?:Or)?\('(\w+)'", program)) | set(re.findall(r'data-label(?:-aria)?="(\w+)"', program))
    assert said <= labels["de"].keys()


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast(scheme: int) -> None:
    style = (STATIC / "reader.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--([\w-]+):light-dark\((#\w{6}),(#\w{6})\)", style)
    colours = {name: both[scheme] for name, *both in pairs}
    claimants = [name for name in colours if name.startswith("claimant-")]
    assert len(claimants) == 9
    for ink in ("ink", "quiet", "link", "warn", *claimants):
        for paper in ("paper", "soft", "chosen"):
            if paper == "chosen" and ink in ("link", "warn"):
                continue  # neither stands on it
            bright, dark = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)


def test_the_command_puts_charts_in_unless_told_not_to(project: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert", reason="charts need the extra aussage[notebooks]")
    out = tmp_path / "page.html"
    assert CliRunner().invoke(read, [str(project), "--out", str(out)]).exit_code == 0
    assert "data:image/svg+xml;base64," in out.read_text(encoding="utf-8")
