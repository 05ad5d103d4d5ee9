"""Whatever an article holds and however an annotation is spoiled: a build gives a whole corpus or findings."""

import io
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fixtures import CODEBOOK, fresh, run, template
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from aussage.check import check
from aussage.diagnostics import Diagnostics, Severity, as_text
from aussage.intake import Facts, take_in
from aussage.source import Project

ACTORS = ["council", "city", "administration", "fire-brigade", "anna-beispiel"]
LOCATIONS = ["neudorf", "altdorf", "germany"]
COMMON = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def examples(few: int, many: int) -> pytest.MarkDecorator:
    """How many examples are tried; more of them are a longer proof."""
    return pytest.mark.parametrize("number", [few, pytest.param(many, marks=pytest.mark.prove)])


WORDS = st.sampled_from(
    [
        "die", "Brücke", "Straße", "120", "3,5", "„Halt“,", "»nein«", "z. B.", "Dr.", "nicht.", "ja!", "wirklich?", "…",
        "👩🏽‍🚒", "🇩🇪", "שלום", "مرحبا", "می‌خواهم", "กำลัง", "漢字。", "e\u0323\u0302",
        "a\u200bb", "x\u2028y", "x\u2029y",
        "x\u0085y", "\u00a0", "\u3000", "\ufeff", "\u00ad", "ﬁ", "ǅ", "ẞ", "\U000e0061", "w" * 300, "-", ":", "#", "'",
        '"', "\\", "{a: b}", "[x]", "&a", "*a", "!!str", "---", "null", "true", "\t",
    ]
)  # fmt: skip
CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
)
ARTICLES = st.lists(
    st.lists(st.one_of(WORDS, WORDS, st.text(CHARACTERS, min_size=1, max_size=8)), min_size=1, max_size=12).map(
        " ".join
    ),
    min_size=1,
    max_size=4,
).map(lambda paragraphs: unicodedata.normalize("NFC", "\n".join(paragraphs)))


@contextmanager
def project_without_documents() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        project = fresh(Path(folder) / "neudorf")
        shutil.rmtree(project / "dataset/annotations")
        shutil.rmtree(project / "seeds")
        yield project


def quotation(draw: st.DrawFn, text: str, first: int, last: int, most: int) -> tuple[Any, int, int]:
    """A quotation of words that begin between `first` and `last`, and where they stand."""
    starts = [at for at in range(first, last) if not text[at].isspace()]
    start = draw(st.sampled_from(starts))
    ends = [end for end in range(start + 1, min(len(text), most) + 1) if not text[end - 1].isspace()]
    end = draw(st.sampled_from(ends))
    words, places = text[start:end], []
    at = text.find(words, first)
    while 0 <= at < last:
        places.append(at)
        at = text.find(words, at + 1)
    if len(places) == 1 and draw(st.booleans()):
        return words, start, end
    return {"text": words, "occurrence": places.index(start) + 1}, start, end


def drawn_claim(draw: st.DrawFn, text: str, bounds: tuple[int, int], id_: str) -> tuple[dict[str, Any], list[str]]:
    """A claim that breaks no rule, and the words of its content in the order of the article."""
    first, last = bounds
    pieces: list[tuple[Any, int, int]] = []
    for _ in range(draw(st.integers(1, 3))):
        piece = quotation(draw, text, first, last, last + 60)
        if all(piece[2] <= start or end <= piece[1] for _, start, end in pieces):
            pieces.append(piece)
    content = [piece for piece, _, _ in pieces]
    claim: dict[str, Any] = {
        "id": id_,
        "content": content[0] if len(content) == 1 and draw(st.booleans()) else content,
        "type": draw(st.sampled_from(["REPORT", "ASSESS", "COMMIT"])),
        "modality": draw(st.sampled_from(["CT+", "PR-", "UU"])),
        "time": draw(st.sampled_from(["past", "present", "future"])),
    }
    if draw(st.booleans()):
        claim |= {"claimant": draw(st.sampled_from(ACTORS)), "form": "indirect"}
        claim["cue"] = quotation(draw, text, first, last, last)[0]
        claim["source"] = quotation(draw, text, first, last, last)[0]
    if draw(st.booleans()):
        claim |= {"stance": -1, "target": draw(st.sampled_from([*ACTORS, "sand-enough"]))}
    if draw(st.booleans()):
        claim |= {"issue": "bridges-closed", "agreement": draw(st.sampled_from([-1, 0, 1]))}
    ordered = sorted(pieces, key=lambda piece: piece[1])
    return claim, [text[start:end] for _, start, end in ordered]


@st.composite
def drawn_annotation(draw: st.DrawFn, text: str, sentences: list[dict[str, Any]]) -> Any:
    """An annotation without mistakes of an article, and the content of its claims by id."""
    contents: dict[str, list[str]] = {}
    made = []
    for sentence in sentences:
        id_, bounds = sentence["id"], (sentence["start"], sentence["end"])
        entry: dict[str, Any] = {"id": id_, "text": text[slice(*bounds)], "claims": [], "actors": [], "locations": []}
        for number in range(draw(st.integers(0, 2))):
            claim, words = drawn_claim(draw, text, bounds, f"{id_}.c{number}")
            entry["claims"].append(claim)
            contents[claim["id"]] = words
        for kind, ids, more in (("actors", ACTORS, {}), ("locations", LOCATIONS, {"role": "venue"})):
            for number in range(draw(st.integers(0, 1))):
                words = quotation(draw, text, *bounds, bounds[1])[0]
                words = words if isinstance(words, dict) else {"text": words}
                mention = {"id": f"{id_}.{kind[0]}{number}", **words, kind[:-1]: draw(st.sampled_from(ids)), **more}
                entry[kind].append(mention)
        made.append(entry)
    annotation = {"document": "wasser", "coder": "coder-a", "codebook": "1.0.0", "sentences": made}
    claims = list(contents)
    if len(claims) > 1 and draw(st.booleans()):
        annotation["relations"] = [{"id": "r1", "from": claims[0], "to": claims[1], "relation": "supports"}]
    return annotation, contents


def write(project: Path, annotation: Any, as_yaml: bool) -> None:
    """The annotation as JSON Lines or as YAML (which JSON is, apart from line separators)."""
    line = json.dumps(annotation, ensure_ascii=False)
    for sign in "\x85\u2028\u2029":
        line = line.replace(sign, f"\\u{ord(sign):04x}")
    name = "wasser/coder-a.yaml" if as_yaml else "all.jsonl"
    path = project / "dataset/annotations" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line + "\n", encoding="utf-8")


def taken_in(project: Path, text: str) -> list[dict[str, Any]] | None:
    """The frozen sentences of an article, or nothing if it was refused with findings."""
    article = project.parent / "wasser.txt"
    article.write_text(text, encoding="utf-8", newline="")
    found = Diagnostics()
    record = take_in(Project(project), article, Facts("de"), found)
    if record is None:
        assert found.has_errors
        return None
    assert (project / "seeds/wasser.txt").read_bytes() == article.read_bytes()
    sentences = YAML(typ="safe", pure=True).load(record.read_text(encoding="utf-8"))["sentences"]
    assert (
        "".join(text[s["start"] : s["end"]] for s in sentences).split()
        == "".join(text[a:b] for a, b in _joined(sentences)).split()
    )
    return list(sentences)


def _joined(sentences: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(sentence["start"], sentence["end"]) for sentence in sentences]


@examples(10, 30)
def test_an_annotation_without_mistakes_becomes_a_corpus(number: int) -> None:
    @settings(COMMON, max_examples=number)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        with project_without_documents() as project:
            text = data.draw(ARTICLES)
            sentences = taken_in(project, text)
            if sentences is None:
                event("the article was refused")
                return
            annotation, contents = data.draw(drawn_annotation(text, sentences))
            write(project, annotation, data.draw(st.booleans()))
            result = run(project)
            assert [as_text(finding) for finding in result.diagnostics] == []
            assert result.folder is not None
            rows = pq.read_table(result.folder / "claims.parquet").to_pylist()
            assert len(rows) == 2 * len(contents)
            for row in rows:
                spans = [text[span["start"] : span["end"]] for span in row["content_spans"]]
                assert spans == contents[row["claim_id"].rsplit("/", 1)[-1]]
                assert row["content_text"] == " ".join(spans)
            mentions = sum(len(s["actors"]) + len(s["locations"]) for s in annotation["sentences"])
            assert result.rows["mentions"] == 2 * mentions
            assert result.rows["sentences"] == len(sentences)
            event(f"{min(len(contents), 3)} claims or more")
            if len(text) % 4 == 0:  # a check takes longer than a build
                assert errors_of_check(result.folder, project) == []

    holds()


def errors_of_check(folder: Path, project: Path) -> list[Any]:
    return [finding for finding in check(folder, project).findings if finding.level is Severity.ERROR]


VALUES = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        2,
        1.5,
        "",
        " ",
        "x",
        "s01",
        "council",
        "ＣＴ+",
        "CT+",
        [],
        {},
        [[]],
        {"text": "x"},
        [{}],
        "x" * 600,
    ]
)


@st.composite
def spoiled(draw: st.DrawFn, value: Any) -> Any:
    """A record with one value somewhere in it changed, removed, repeated or added."""
    if isinstance(value, dict) and value and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(value)))
        return value | {key: draw(spoiled(value[key]))}
    if isinstance(value, list) and value and draw(st.integers(0, 4)):
        number = draw(st.integers(0, len(value) - 1))
        return [*value[:number], draw(spoiled(value[number])), *value[number + 1 :]]
    if isinstance(value, dict):
        kept = {key: part for key, part in value.items() if draw(st.integers(0, 5))}
        return kept | draw(
            st.dictionaries(st.sampled_from(["id", "text", "note", "x", "occurrence"]), VALUES, max_size=1)
        )
    if isinstance(value, list):
        return draw(st.sampled_from([value[:-1], value + value[:1], value[::-1], [*value, None]]))
    if isinstance(value, str) and value and draw(st.booleans()):
        return draw(st.sampled_from([value[:-1], value + "x", value.upper(), value[::-1], value + "\u0301", value * 2]))
    return draw(VALUES)


@examples(14, 40)
def test_a_spoiled_annotation_becomes_a_corpus_or_findings(number: int) -> None:
    @settings(COMMON, max_examples=number)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        with project_without_documents() as project:
            text = data.draw(ARTICLES)
            sentences = taken_in(project, text)
            if sentences is None:
                event("the article was refused")
                return
            annotation, _ = data.draw(drawn_annotation(text, sentences))
            for _ in range(data.draw(st.integers(1, 2))):
                annotation = data.draw(spoiled(annotation))
            write(project, annotation, data.draw(st.booleans()))
            result = run(project)
            texts = [as_text(finding) for finding in result.diagnostics]
            assert len(texts) == len(result.diagnostics)
            event("findings" if result.diagnostics.has_errors else "a corpus")
            if result.diagnostics.has_errors:
                assert result.folder is None
                assert not (project / "dataset/corpus").exists()
                return
            assert result.folder is not None
            entries = annotation["sentences"] if isinstance(annotation, dict) else []
            claims = sum(len(entry.get("claims", ())) for entry in entries)
            assert result.rows["claims"] == 2 * claims
            assert errors_of_check(result.folder, project) == []

    holds()


TOKENS = st.sampled_from(
    [token.encode() for token in (
        "[", "]", "{", "}", ":", ": ", "- ", ",", '"', "'", "\n", "\t", " ", "  ", "#", "&a", "*a", "!!int ",
        "!", "%YAML 1.1",
        "<<: ", "|", ">", "? ", "---\n", "...\n", "null", "true", "no", "012", "1e999", ".nan", "0x1", "=",
        "[[x]]", "[x]",
        "\u2028", "\u0085", "\ufeff", "\u202e", "\x00", "\x1b", "\r", "e\u0301", "🙂", "\\ud800", "\\u0000",
        "\\", "9" * 30,
        '{"id": 1}', "[" * 40, "a.b.c = 1", "1979-05-27", "id", "text", "@", "`", "~",
    )] + [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xff\xfe", b"\xef\xbb\xbf"]
)  # fmt: skip
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(TOKENS, st.binary(max_size=4)))
EDITS = st.lists(EDIT, min_size=1, max_size=4)


def edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for share, length, token in edits:
        at = int(share * len(data))
        data = data[:at] + token + data[at + length :]
    return data


FILES = [
    "dataset/annotations/bruecken/coder-a.yaml",
    "dataset/annotations/more.jsonl",
    "dataset/registry/actors.yaml",
    "dataset/registry/locations.yaml",
    "dataset/registry/coders.yaml",
    "dataset/registry/actors.jsonl",
    "dataset/withdrawn.yaml",
    "seeds/bruecken.yaml",
    "seeds/bruecken.txt",
    "seeds/more.jsonl",
    "aussage.toml",
]
MORE = {
    "dataset/registry/actors.jsonl": '{"id": "river", "type": "population", "label": {"de": "Fluss"}}\n',
    "dataset/withdrawn.yaml": "withdrawn:\n- {table: actors, id: mayor, reason: correction, version: 0.0.1}\n",
    "seeds/more.jsonl": '{"id": "damm", "language": "de", "text": "Der Damm h\\u00e4lt.", "rights": {"status": "cleared"}, "sentences": [{"id": "s01", "start": 0, "end": 14}]}\n',  # noqa: E501
    "dataset/annotations/more.jsonl": '{"document": "damm", "coder": "coder-a", "codebook": "1.0.0", "sentences": [{"id": "s01", "text": "Der Damm h\\u00e4lt.", "claims": [{"id": "s01.c1", "content": ["Der Damm"], "type": "REPORT", "modality": "CT+", "time": "past"}]}]}\n',  # noqa: E501
}


@examples(30, 80)
def test_any_bytes_give_findings_and_no_exception(number: int) -> None:
    @settings(COMMON, max_examples=number)
    @given(st.sampled_from(FILES), EDITS)
    def holds(name: str, edits: list[tuple[float, int, bytes]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            project = fresh(Path(folder) / "neudorf")
            for more, text in MORE.items():
                (project / more).write_text(text, encoding="utf-8")
            (project / name).write_bytes(edited((project / name).read_bytes(), edits))
            result = run(project)
            event("findings" if result.diagnostics.has_errors else "a corpus")
            assert (result.folder is None) == result.diagnostics.has_errors
            assert all(as_text(finding).isprintable() or "\n" in as_text(finding) for finding in result.diagnostics)

    holds()


@pytest.fixture(scope="module")
def lean_codebook() -> bytes:
    """The codebook without its explanations, so that it is read quickly."""
    record = YAML(typ="safe", pure=True).load(template()[CODEBOOK].decode())
    record["rulings"] = record["rulings"][:1]
    values = [value for variable in record["variables"] for value in variable.get("values", ())]
    for entry in (*record["variables"], *values):
        for key in ("include", "exclude", "example", "near_miss", "decided_by"):
            entry.pop(key, None)
        entry["definition"] = "d"
        entry["label"] = {"en": "l"}
    stream = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = None
    writer.dump(record, stream)
    return stream.getvalue().encode()


@settings(COMMON, max_examples=25)
@given(EDITS)
def test_any_bytes_in_a_codebook(lean_codebook: bytes, edits: list[tuple[float, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = fresh(Path(folder) / "neudorf")
        (project / CODEBOOK).write_bytes(edited(lean_codebook, edits))
        result = run(project)
        event("findings" if result.diagnostics.has_errors else "a corpus")
        assert (result.folder is None) == result.diagnostics.has_errors


def test_the_lean_codebook_is_a_codebook(lean_codebook: bytes, tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    (project / CODEBOOK).write_bytes(lean_codebook)
    assert [as_text(finding) for finding in run(project).diagnostics] == []
