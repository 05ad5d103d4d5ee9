"""The adapter of the German news quotation attribution corpus: nothing is lost, and what is wrong is said."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "german-news-quotation-attribution"
sys.path[:0] = [str(EXAMPLE), str(Path(__file__).parent)]

import adapt  # noqa: E402
import made_up_wikinews as made_up  # noqa: E402
import wikinews_counts as counts  # noqa: E402
import wikinews_format as corpus_format  # noqa: E402
import wikinews_reading as corpus_reading  # noqa: E402
import wikinews_text as article_text  # noqa: E402

ROLES = ("quote", "speaker", "cue", "frame", "addressee")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, str(EXAMPLE / "adapt.py"), *map(str, arguments)]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def adapted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The project that the adapter makes of the fixture, and its report."""
    folder = tmp_path_factory.mktemp("wikinews")
    done = run(made_up.write(folder / "fetched"), folder / "project", "--json")
    assert done.returncode == 0, done.stderr
    return folder / "project", json.loads(done.stdout)


def claims(project: Path, document: str) -> list[dict[str, Any]]:
    """The gold claims of a document, in the order of the annotations in its file."""
    import pyarrow.parquet as pq

    rows = pq.read_table(project / "dataset" / "corpus" / "claims.parquet").to_pylist()
    mine = [row for row in rows if row["document_id"] == document and row["layer"] == "gold"]
    return sorted(mine, key=lambda row: json.loads(row["note"])["position"])


def labels(project: Path, ids: list[str]) -> list[str]:
    import pyarrow.parquet as pq

    names = pq.read_table(project / "dataset" / "corpus" / "actors.parquet", columns=["actor_id", "label"])
    by_id = {row["actor_id"]: row["label"] for row in names.to_pylist()}
    return [by_id[id_] for id_ in ids]


def test_every_document_quote_role_and_span_is_counted_on_both_sides(
    adapted: tuple[Path, dict[str, Any]],
) -> None:
    _, report = adapted
    given = made_up.documents().values()
    quotes = [quote for document in given for quote in document["annotations"]]
    spans = {role: [quote[role]["spans"] if quote[role] else [] for quote in quotes] for role in ROLES}
    expected = {
        "documents": len(given),
        "quotes": len(quotes),
        "quotes of type Direct": sum(quote["type"] == "Direct" for quote in quotes),
        "quotes of medium (none)": sum(quote["medium"] is None for quote in quotes),
        "quotes marked as nested": sum(quote["isNested"] for quote in quotes),
        "all spans": sum(len(found) for role in ROLES for found in spans[role]),
        "all roles in several pieces": sum(len(found) > 1 for role in ROLES for found in spans[role]),
        "texts, letter by letter": len(given),
        "quotes, with every category and span": len(quotes),
    }
    expected |= {f"{role} spans": sum(map(len, spans[role])) for role in ROLES}
    counted = {line["name"]: line for line in report["counts"]}
    assert {name: counted[name]["given"] for name in expected} == expected
    assert all(line["given"] == line["built"] + line["set_aside"] for line in report["counts"])
    assert report["exit_codes"] == {"build": 0, "check": 0}
    assert report["agrees"]
    assert counted["documents"]["set_aside"] == 2
    assert counted["quotes"]["set_aside"] == 2


def test_pieces_roles_and_forms_stand_in_their_columns(adapted: tuple[Path, dict[str, Any]]) -> None:
    bridges, building = claims(adapted[0], "wikinews-101")
    assert bridges["content_text"] == "Die Brücken bleiben gesperrt"
    assert len(bridges["content_spans"]) == 2
    assert (bridges["source_text"], bridges["cue_text"]) == ("die Bürgermeisterin", "so")
    assert (bridges["form"], building["form"]) == ("indirect", "reported")
    assert building["cue_text"] == "kündigte an"
    assert json.loads(bridges["note"])["spans"] == {"frame": [[11, 36]]}
    assert json.loads(bridges["note"])["medium"] == "Speech"
    assert labels(adapted[0], bridges["claimant_ids"]) == ["die Bürgermeisterin"]


def test_what_the_corpus_does_not_say_is_not_coded(adapted: tuple[Path, dict[str, Any]]) -> None:
    told, bare = claims(adapted[0], "wikinews-105")
    for column in ("claim_type", "modality", "time", "alignment", "evidence"):
        assert told[column] == "not-coded"
    assert bare["form"] == "not-coded"
    assert bare["claimant_ids"] == ["no-speaker-marked"]
    assert bare["source_spans"] == []
    assert labels(adapted[0], [told["addressee_id"]]) == ["Dem Amt dem Bauamt zumal"]
    assert len(told["source_spans"]) == 2


def test_a_quote_runs_over_sentences_and_its_speaker_stands_in_another(adapted: tuple[Path, dict[str, Any]]) -> None:
    (several,) = claims(adapted[0], "wikinews-102")
    assert len(several["sentence_ids"]) == 3
    assert several["content_text"].startswith("„Wir öffnen früh.")
    closed, sleep, leave, tired = claims(adapted[0], "wikinews-104")
    assert closed["source_text"] == "Der Wirt"
    assert closed["sentence_id"] != "wikinews-104/s01"
    assert (closed["form"], sleep["form"]) == ("free", "free-indirect")
    pronouns = [claim["claimant_ids"][0] for claim in (sleep, leave, tired)]
    assert labels(adapted[0], pronouns) == ["Er"] * 3
    assert len(set(pronouns)) == 3, "one pronoun at three places is not taken for one person"


def test_nested_quotes_have_a_chain_where_the_order_is_known(adapted: tuple[Path, dict[str, Any]]) -> None:
    outer, inner, *equal = claims(adapted[0], "wikinews-103")
    assert labels(adapted[0], inner["chain"]) == ["Der Kapitän"]
    assert labels(adapted[0], inner["claimant_ids"]) == ["der Trainer"]
    assert [outer["chain"], *(claim["chain"] for claim in equal)] == [[], [], []]
    assert [json.loads(claim["note"])["id"] for claim in equal] == [7, 7]


def test_offsets_in_code_points_and_in_utf_16_come_to_the_same(adapted: tuple[Path, dict[str, Any]]) -> None:
    columns = ("content_text", "content_spans", "source_text", "cue_text")
    points, units = (claims(adapted[0], f"wikinews-{number}") for number in (301, 302))
    assert [[row[c] for c in columns] for row in points] == [[row[c] for c in columns] for row in units]
    assert points[0]["content_text"] == "„🔥 Wir löschen 🔥“"
    assert adapted[1]["limits"]["documents whose offsets count UTF-16 code units"] == 1


def test_a_text_that_does_not_fit_is_changed_and_can_be_put_back(adapted: tuple[Path, dict[str, Any]]) -> None:
    first, second = claims(adapted[0], "wikinews-303")
    assert first["content_text"] == "Übermäßig laut sei der Bär"
    assert (first["source_text"], second["content_text"]) == ("Jörg", "So")


def test_a_name_that_is_given_twice_gets_two_ids(adapted: tuple[Path, dict[str, Any]]) -> None:
    import pyarrow.parquet as pq

    ids = pq.read_table(adapted[0] / "dataset" / "corpus" / "documents.parquet", columns=["document_id"])
    assert {"wikinews-101", "wikinews-101-2", "wikinews-ganz-ohne-nummer"} <= set(ids.column(0).to_pylist())


def test_what_cannot_be_compiled_is_kept_beside(adapted: tuple[Path, dict[str, Any]]) -> None:
    lines = [json.loads(line) for line in (adapted[0] / "set-aside.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["reason"] for line in lines] == ["the article has no words"] * 2 + ["the quote marks no words"]
    fixture = made_up.documents()
    assert all(line["given"] in (fixture[line["file"]], *fixture[line["file"]]["annotations"]) for line in lines)


def read_all(folder: Path) -> list[corpus_format.SourceDocument]:
    found = [corpus_reading.read_document(*file) for file in corpus_format.corpus_files(folder)]
    return [document for document, _ in found if document is not None]


def write(folder: Path, project: Path) -> adapt.Adapted:
    files = corpus_format.corpus_files(folder)
    return adapt.write_project(read_all(folder), dict(files), project, small_codebook(project.parent))


def small_codebook(folder: Path) -> Path:
    """A codebook without variables, for what is not built."""
    path = folder / "codebook.yaml"
    path.write_text("variables: []\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("loss", ["quote", "span", "moved", "document", "text"])
def test_a_loss_is_noticed(loss: str, adapted: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    made = write(made_up.write(tmp_path / "fetched"), tmp_path / "project")
    built = counts.read_built(adapted[0] / "dataset" / "corpus")
    assert all(line.agrees for line in counts.compare(made.given, built, made.set_aside))
    number = next(n for n, document in enumerate(built.documents) if document.file.startswith("data/dev/105"))
    spoiled = spoil(built.documents[number], loss)
    rest = [*built.documents[:number], *([spoiled] if spoiled else []), *built.documents[number + 1 :]]
    lines = counts.compare(made.given, counts.Built(tuple(rest)), made.set_aside)
    assert not all(line.agrees for line in lines)


def spoil(document: counts.Counted, loss: str) -> counts.Counted | None:
    if loss == "document":
        return None
    if loss == "text":
        return replace(document, text=document.text[:-1])
    if loss == "quote":
        return replace(document, quotes=document.quotes[1:])
    quote = document.quotes[0]
    spans = quote.roles["frame"].spans
    less = spans[1:] if loss == "span" else ((spans[0][0] + 1, spans[0][1]), *spans[1:])
    roles = quote.roles | {"frame": replace(quote.roles["frame"], spans=less)}
    return replace(document, quotes=(replace(quote, roles=roles), *document.quotes[1:]))


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    fixture = made_up.documents()
    backwards = dict(reversed(fixture.items()))
    for name, content in (("one", fixture), ("two", backwards)):
        write(made_up.write(tmp_path / f"fetched-{name}", content), tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 8
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetched = made_up.write(tmp_path / "fetched", made_up.documents())
    text = "Der Rat sagte, es regne."
    content = made_up.role(text, "es regne")
    wrong = made_up.document("x", text, [made_up.quote(text, content) for _ in range(6)])
    wrong["mood"] = "grim"
    wrong["annotations"][0]["quote"]["spans"][0]["colour"] = "red"
    wrong["annotations"][1]["type"] = "Whispered"
    wrong["annotations"][2]["speaker"] = "der Rat"
    del wrong["annotations"][3]["quote"]
    wrong["annotations"][4]["cue"] = {"spans": [{"charBegin": "4"}]}
    wrong["annotations"][5] = made_up.quote(text, content, medium="Song") | {"isNested": "no"}
    outside = made_up.document("y", text, [made_up.quote(text, made_up.placed(text, [(3, 400), (9, 4)]))])
    made_up.write(fetched, {"data/dev/wrong.json": wrong, "data/dev/outside.json": outside})
    (fetched / "data" / "broken.json").write_text('{"annotations": [\n}', encoding="utf-8")
    (fetched / "data" / "twice.json").write_text('{"id": 1, "id": 2}', encoding="utf-8")
    (fetched / "data" / "latin.json").write_bytes('{\n"documentName": "ä"}'.encode("latin-1"))
    (fetched / "data" / "list.json").write_text("[]", encoding="utf-8")
    (fetched / "data" / "half.json").write_text(
        '{"documentName": "z", "originalText": "\\ud83d", "annotations": []}', encoding="utf-8"
    )
    assert adapt.main([str(fetched), str(tmp_path / "project")]) == 1
    said = capsys.readouterr().err
    for expected in (
        "data/broken.json:2:1: no JSON",
        "data/twice.json:1:1: the key »id« stands twice",
        "data/latin.json:2:1: byte 0xe4",
        "data/list.json:1:1: a list where an object was expected",
        "half of a surrogate pair",
        "there is no field »mood«",
        "there is no field »colour«",
        "»Whispered« is no type; expected Direct, Indirect",
        "a text where an object was expected",
        "the field »quote« is missing",
        "»charBegin« is a text; expected a whole number",
        "the field »charEnd« is missing",
        "»Song« is no medium",
        "»isNested« is a text; expected a truth value",
        "the span from 3 to 400 does not fit",
        "the span from 9 to 4 does not fit",
        "nothing was written",
    ):
        assert expected in said, expected
    assert not (tmp_path / "project").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["fetched"]


def test_a_finding_has_the_line_on_which_the_value_stands(tmp_path: Path) -> None:
    text = "Der Rat sagte, es regne."
    wrong = made_up.document("x", text, [made_up.quote(text, made_up.role(text, "es regne"), "Whispered")])
    folder = made_up.write(tmp_path, {"wrong.json": wrong})
    _, (finding,) = corpus_reading.read_document("wrong.json", folder / "wrong.json")
    line = (folder / "wrong.json").read_text(encoding="utf-8").splitlines()[finding.line - 1]
    assert line[finding.column - 1 :] == '"Whispered"'


def test_wrong_use_is_refused_before_anything_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fetched = made_up.write(tmp_path / "fetched", {})
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine", encoding="utf-8")
    for arguments, said in (
        ([tmp_path / "nowhere", tmp_path / "p"], "there is no folder"),
        ([fetched, full], "is there already"),
        ([fetched, fetched / "project"], "lies in the downloaded folder"),
        ([fetched, tmp_path / "p", "--limit", "0"], "at least 1"),
        ([fetched, tmp_path / "p", "--codebook", tmp_path / "none.yaml"], "no codebook"),
        ([fetched, tmp_path / "p"], "no file *.json"),
    ):
        assert adapt.main([str(argument) for argument in arguments]) == 2
        assert said in capsys.readouterr().err
    assert (full / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "given",
    ["a\r\nb\rc", "\u202aa\u202c b", "A\u0308 \x00o\u0308\x1f", "\x00", "o\u0308\u0323\u0308 \r\n", "fein"],
)
def test_a_cleaned_text_can_be_put_back_and_positions_stay_in_order(given: str) -> None:
    clean = article_text.clean_text(given)
    assert article_text.restored(clean.text, clean.record()) == given
    positions = [clean.position(at) for at in range(len(given) + 1)]
    assert positions == sorted(positions)
    assert (positions[0], positions[-1]) == (0, len(clean.text))
    assert article_text.clean_text(clean.text) == article_text.CleanText(clean.text)


def test_a_build_that_fails_is_a_difference_and_only_the_first_files_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = made_up.write(tmp_path / "fetched", made_up.many(3))
    failed = subprocess.CompletedProcess[str]([], 1, "", "error[duplicate-id]: made up")
    monkeypatch.setattr(adapt, "_aussage", lambda command, project: failed)
    (tmp_path / "project").mkdir()
    options = ["--limit", "2", "--codebook", str(small_codebook(tmp_path))]
    assert adapt.main([str(fetched), str(tmp_path / "project"), *options]) == 1
    said = capsys.readouterr()
    assert "made up" in said.err
    assert "NOT EVERYTHING CAME THROUGH" in said.err
    line = next(line.split() for line in said.out.splitlines() if line.startswith("documents "))
    assert line[1:] == ["2", "0", "0", "DIFFERS"]
    seeds = (tmp_path / "project" / "seeds" / "wikinews.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in seeds] == ["wikinews-10000", "wikinews-10001"]


@pytest.mark.prove
def test_a_corpus_of_that_size_comes_through(tmp_path: Path) -> None:
    fetched = made_up.write(tmp_path / "fetched", made_up.many(1000))
    done = run(fetched, tmp_path / "project", "--json", "--limit", "990")
    assert done.returncode == 0, done.stderr
    counted = {line["name"]: line for line in json.loads(done.stdout)["counts"]}
    assert counted["documents"]["built"] == 990


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(3))
def test_texts_and_spans_of_any_kind_come_through(seed: int, tmp_path: Path) -> None:
    fetched = made_up.write(tmp_path / "fetched", made_up.hostile(seed, 100))
    done = run(fetched, tmp_path / "project", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
