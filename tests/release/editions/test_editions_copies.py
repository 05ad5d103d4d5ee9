"""Users' copies: harmless differences do no harm, others are shown where they are, all at once."""

import hashlib
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_editions import ALTSTADT, ARTICLES, FAHRT, THIRD, text_of, write_copies, write_corpus

from aussage.cli.rehydrate import command
from aussage.corpus.errors import CorpusError
from aussage.release.editions.comparing import Copy, restored
from aussage.release.editions.folding import fold
from aussage.release.editions.rehydration import CopiesDiffer, rehydrate
from aussage.release.editions.restoration import Demanded, demanded_documents, digest_of, restoration_rows
from aussage.release.editions.text_free import make_text_free

TEXT = text_of(FAHRT)
PLAIN = str.maketrans("„“»«–‑", '""""--')
SALT = "00" * 32
OTHER_MATTER = "Startseite | Abo\nKultur\n\n"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies")
    make_text_free(write_corpus(folder / "corpus"), folder / "text-free")
    return folder / "text-free"


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return write_copies(tmp_path / "copies")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "\ufeff" + text,
        lambda text: text.translate(PLAIN).replace("…", "..."),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  \n").strip(),
        lambda text: OTHER_MATTER + text + "\nMehr zum Thema: 12 Züge\n",
        lambda text: text.replace("\n\n", "\n\nAnzeige: Kaufen Sie jetzt. Warum nicht?\n\n"),
        lambda text: "\n".join([FAHRT[7], FAHRT[9], FAHRT[1], FAHRT[3]]),
        lambda text: text.replace(FAHRT[5], "", 1),
    ],
    ids=["crlf", "cr", "nfd", "bom", "straight", "nbsp", "wrapped", "around", "between", "swapped", "one-for-two"],
)
def test_harmless_differences_give_the_same_article(
    change: Callable[[str], str], edition: Path, copies: Path, tmp_path: Path
) -> None:
    (copies / "fahrt.txt").write_bytes(change(TEXT).encode())
    rehydrate(edition, [copies], tmp_path / "full")
    full = (edition.parent / "corpus" / "documents.parquet").read_bytes()
    assert (tmp_path / "full" / "documents.parquet").read_bytes() == full


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_are_read_where_the_sentences_then_fit(
    encoding: str, edition: Path, copies: Path, tmp_path: Path
) -> None:
    (copies / "altstadt.txt").write_bytes(text_of(ALTSTADT).encode(encoding))
    done = rehydrate(edition, [copies], tmp_path / "full")
    assert done.notes == [f"{copies / 'altstadt.txt'} is no UTF-8; it was read as {encoding}"]


def test_a_file_that_cannot_be_decoded_is_said(edition: Path, copies: Path, tmp_path: Path) -> None:
    (copies / "fahrt.txt").write_bytes(TEXT.encode("cp437", "replace"))
    with pytest.raises(CopiesDiffer) as raised:
        rehydrate(edition, [copies], tmp_path / "full")
    assert raised.value.problems == [f"{copies / 'fahrt.txt'} is no UTF-8; save it as UTF-8 and try again"]


def failing(edition: Path, copies: Path, tmp_path: Path, text: str) -> CopiesDiffer:
    (copies / "fahrt.txt").write_text(text, encoding="utf-8", newline="")
    with pytest.raises(CopiesDiffer) as raised:
        rehydrate(edition, [copies], tmp_path / "full")
    assert not (tmp_path / "full").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["copies"]
    return raised.value


def test_a_changed_word_is_shown_where_it_is(edition: Path, copies: Path, tmp_path: Path) -> None:
    text = OTHER_MATTER + TEXT.replace("\n", "\r\n").replace("bestritt", "bezweifelte")
    (found,) = failing(edition, copies, tmp_path, text).differences
    assert (found.document_id, found.sentence_id) == ("fahrt", "fahrt/s04")
    assert (found.line, found.column) == (7, 1)
    assert found.words == FAHRT[7].replace("bestritt", "bezweifelte")
    assert (found.expected_length, found.found_length) == (len(FAHRT[7]), len(FAHRT[7]) + 3)
    assert "line 7, column 1: »Der Rat bezweifelte" in str(found)


def test_a_missing_sentence_is_shown_before_what_follows(edition: Path, copies: Path, tmp_path: Path) -> None:
    (found,) = failing(edition, copies, tmp_path, TEXT.replace(f"{FAHRT[7]} ", "")).differences
    assert (found.sentence_id, found.line, found.column, found.found_length) == ("fahrt/s04", 4, 1, 0)
    assert "missing at" in str(found)
    assert "before »Warum?«" in str(found)


def test_all_differences_of_all_files_are_shown_at_once(edition: Path, copies: Path, tmp_path: Path) -> None:
    (copies / "altstadt.txt").write_text(text_of(ALTSTADT).replace("gut", "schlecht").replace("* * *", "+++"))
    (copies / "norden.txt").unlink()
    text = TEXT.replace("sperrt", "öffnet").replace("alt«", "neu«")
    found = failing(edition, copies, tmp_path, text).differences
    assert [difference.sentence_id for difference in found] == ["altstadt/s02", "", "fahrt/s01", "fahrt/s02", ""]
    assert [(difference.line, difference.column) for difference in found[2:4]] == [(1, 1), (2, 1)]
    assert str(found[1]).startswith("altstadt between sentences: differs at")
    assert str(found[4]) == f"norden: there is no copy of this article ({len(text_of(THIRD))} characters)"


def test_files_are_known_by_what_is_in_them(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT.translate(PLAIN), encoding="utf-8")
    (tmp_path / "two.html").write_text(OTHER_MATTER + text_of(ALTSTADT), encoding="utf-8")
    (tmp_path / "norden.md").write_text(text_of(THIRD), encoding="utf-8")
    (tmp_path / "other.txt").write_text("Ganz etwas anderes.", encoding="utf-8")
    files = [tmp_path / name for name in ("other.txt", "two.html", "norden.md", "one.txt")]
    done = rehydrate(edition, files, tmp_path / "full")
    assert done.notes == [f"{tmp_path / 'other.txt'} is no copy of an article of this corpus"]


def test_one_file_may_hold_all_articles(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "all.txt").write_text("\n\n".join(map(text_of, ARTICLES.values())), encoding="utf-8")
    assert rehydrate(edition, [tmp_path / "all.txt"], tmp_path / "full").notes == []


def test_a_damaged_edition_is_refused(edition: Path, copies: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for path in edition.iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    (other / "manifest.json").write_text((edition / "manifest.json").read_text().replace('"salt"', '"pepper"'))
    with pytest.raises(CorpusError, match="it has no salt"):
        rehydrate(other, [copies], tmp_path / "full")
    changed = write_corpus(tmp_path / "changed", notes={"fahrt": "A note."})
    make_text_free(changed, tmp_path / "changed-free")
    (other / "manifest.json").write_bytes((edition / "manifest.json").read_bytes())
    (other / "claims.parquet").write_bytes((tmp_path / "changed-free" / "claims.parquet").read_bytes())
    with pytest.raises(CorpusError, match=r"claims\.parquet cannot be used: its content hash"):
        rehydrate(other, [copies], tmp_path / "full")


def test_a_folder_with_other_files_is_left_alone(edition: Path, copies: Path) -> None:
    with pytest.raises(CorpusError, match="no files of a corpus"):
        rehydrate(edition, [copies], copies)
    assert len(list(copies.iterdir())) == 3


def test_a_file_that_is_not_there_is_named(edition: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="there is no file"):
        rehydrate(edition, [tmp_path / "nowhere.txt"], tmp_path / "full")


def test_the_command_writes_the_full_edition(edition: Path, copies: Path, tmp_path: Path) -> None:
    files = sorted(map(str, copies.iterdir()))
    arguments = [str(edition), "--text", *files, "--out", str(tmp_path / "full"), "--json"]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["rows"]["documents"] == 3
    assert (tmp_path / "full" / "claims.parquet").is_file()


def test_the_command_shows_every_difference(edition: Path, copies: Path, tmp_path: Path) -> None:
    (copies / "fahrt.txt").write_text(TEXT.replace("Rat", "Bürgermeister"), encoding="utf-8")
    arguments = [str(edition), "--text", str(copies), "--out", str(tmp_path / "full")]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 1
    assert "fahrt/s01: differs at" in result.output
    assert "fahrt/s04: differs at" in result.output
    shown = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).output)
    assert [difference["sentence_id"] for difference in shown["differences"]] == ["fahrt/s01", "fahrt/s04"]
    assert CliRunner().invoke(command, [str(edition)]).exit_code == 2


WILD = st.text(
    st.one_of(st.sampled_from(" aAäß\u0308\u0301„“»'-–….!🌉\u200b\u00ad1ﬁ"), st.characters(exclude_categories=("Cs",))),
    max_size=20,
)


def one_document(sentences: list[str], gaps: list[str]) -> tuple[str, Demanded]:
    """An article of these sentences, and what an edition without texts knows of it."""
    text, bounds = gaps[0], []
    for sentence, gap in zip(sentences, gaps[1:], strict=True):
        bounds.append((len(text), len(text) + len(sentence)))
        text += sentence + gap
    digest = hashlib.sha256(text.encode()).hexdigest()
    rows = [
        {
            "sentence_id": f"a/{number}",
            "document_id": "a",
            "char_start": start,
            "char_end": end,
            "text_digest": digest_of(SALT, fold(text[start:end])),
        }
        for number, (start, end) in enumerate(bounds)
    ]
    part = {
        "documents": pa.Table.from_pylist([{"document_id": "a", "text": text, "sha256": digest}]),
        "sentences": pa.Table.from_pylist(rows),
    }
    return text, demanded_documents(part | {"restoration": restoration_rows(part, SALT)})[0]


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_any_article_comes_back_from_copies_with_more_around_it(data: st.DataObject) -> None:
    sentences = [
        kept
        for sentence in data.draw(st.lists(WILD, min_size=1, max_size=5))
        if fold(kept := unicodedata.normalize("NFC", f"A{sentence}.").strip())
    ]
    gaps = ["", *data.draw(st.lists(st.sampled_from([" ", "\n\n", " ** ", "\u00a0"]), min_size=5, max_size=5))]
    text, demanded = one_document(sentences, gaps[: len(sentences) + 1])
    copies = [text, unicodedata.normalize("NFD", text), text.replace("\n", "\r\n"), f"Menu | x\n{text}\nImprint"]
    for copy in copies:
        assert restored(demanded, Copy(Path("a.txt"), copy), SALT) == text


@settings(deadline=None, max_examples=100)
@given(st.integers(0, len(TEXT) - 1), st.characters(categories=("Ll", "Nd")))
def test_any_changed_letter_is_found_in_its_sentence(place: int, sign: str) -> None:
    text, demanded = one_document(FAHRT[1::2], FAHRT[0::2])
    copy = Copy(Path("a.txt"), text[:place] + sign + text[place + 1 :])
    found = restored(demanded, copy, SALT)
    if fold(copy.text) == fold(text):
        assert found == text
    elif isinstance(found, list):  # what changed between sentences, or in one of two alike, does no harm
        piece = [piece for piece in demanded.pieces if piece.start <= len(fold(text[:place] + "x")) - 1 <= piece.end]
        assert {difference.sentence_id for difference in found} <= {near.sentence_id for near in piece}
        assert all((difference.line, difference.column) <= line_and_column(text, place) for difference in found)


def line_and_column(text: str, place: int) -> tuple[int, int]:
    before = text[:place]
    return before.count("\n") + 1, place - before.rfind("\n")


def test_a_large_copy_that_lacks_everything_takes_bounded_work() -> None:
    _, demanded = one_document([f"Sentence {number} is here." for number in range(300)], [" "] * 301)
    copy = Copy(Path("a.txt"), "word " * 50_000)
    assert len(restored(demanded, copy, SALT)) == 300
