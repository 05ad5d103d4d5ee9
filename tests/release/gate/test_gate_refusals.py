"""What cannot be read wholly does not pass the gate; folders, names and nested archives do not hide anything."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
import zlib

import pyarrow as pa
import pytest
from gate_plants import ARTICLE, CLEAN, RUN, jpeg, parquet, pdf, place, png, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from aussage.release.gate import Leak, Limits, Unread, WithheldText, examine, examine_tree, judge, withheld_texts

WITHHELD = WithheldText({"neudorf": ARTICLE})
LONG = (CLEAN + " ") * 400


def encrypted() -> bytes:
    data = bytearray(zipped("a.txt", CLEAN.encode()))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def unlisted() -> bytes:
    """A zip with one more entry before its first, which its directory does not list."""
    hidden = zipped("b.txt", CLEAN.encode())
    file = io.BytesIO()
    file.write(hidden[: hidden.index(b"PK\x01\x02")])
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("a.txt", CLEAN)
    return file.getvalue()


REFUSED = {
    "encrypted zip": encrypted(),
    "entry not listed": unlisted(),
    "damaged zip": zipped("a.txt", LONG.encode()).replace(b"\0\0\0a.txt", b"\0\0\0a.txt\xff\xff"),
    "zip cut off": zipped("a.txt", LONG.encode())[:60],
    "gzip cut off": gzip.compress(LONG.encode())[:-20],
    "zstd cut off": pa.compress(LONG.encode(), "zstd", asbytes=True)[:40],
    "Parquet cut off": parquet(pa.table({"x": [LONG]}))[:-30],
    "PNG cut off": png()[:-20],
    "PNG with a damaged text": png((b"zTXt", b"Comment\0\0" + zlib.compress(b"abc" * 99)[:-9])),
    "JPEG cut off": jpeg((0xFE, b"abcdefgh"))[:9],
    "encrypted PDF": pdf(b"BT ET", more=b"<< /Encrypt 5 0 R >>\n"),
    "PDF with an unknown filter": pdf(b"BT ET", filters=b"/LZWDecode"),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "DuckDB": bytes(8) + b"DUCK" + bytes(50),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_does_not_pass(kind):
    findings = list(examine("a", REFUSED[kind], WITHHELD))
    assert findings
    assert all(isinstance(finding, Unread) and finding.reason for finding in findings)


def test_a_bomb_is_refused_by_its_ratio():
    limits = Limits(harmless=1 << 20, ratio=100)
    findings = list(examine("a.gz", gzip.compress(bytes(4 << 20)), WITHHELD, limits))
    assert [type(finding) for finding in findings] == [Unread]
    assert "bomb" in findings[0].reason


def test_too_much_and_too_deep_are_refused():
    data = zipped("a", LONG.encode())
    assert any(isinstance(found, Unread) for found in examine("a", data, WITHHELD, Limits(unpacked=1000)))
    for number in range(6):
        data = zipped(f"{number}.zip", data)
    assert list(examine("a", data, WITHHELD)) == []
    assert any("inside each other" in found.reason for found in examine("a", data, WITHHELD, Limits(depth=4)))


def test_a_finding_says_where_it_is():
    inner = zipped("tables/a.parquet", parquet(pa.table({"note": [RUN]})))
    (leak,) = [found for found in examine("x.zip", zipped("b.zip", inner), WITHHELD) if "dictionary" not in found.path]
    assert leak.path == "x.zip › b.zip › tables/a.parquet › column note"
    assert (leak.start, leak.end, leak.words) == (*place(RUN), RUN)


def test_longest_runs_are_named_once():
    text = f"{ARTICLE} Und noch einmal: {RUN}"
    (leak,) = examine("a", text.encode(), WITHHELD)
    assert leak.words == ARTICLE.rstrip(".")


def test_a_run_across_two_pieces_of_a_large_file_is_found():
    text = "ach so " * 149_795 + RUN + " ach so" * 10_000
    (leak,) = examine("a", text.encode(), WITHHELD)
    assert leak.words == RUN


def test_a_short_run_is_found_as_whole_words_only():
    withheld = WithheldText({"a": "wo er in S1 so da ist"})
    (leak,) = examine("x", b"er in S1 so da", withheld)
    assert leak.words == "er in S1 so da"
    assert list(examine("x", b"er in S1 so dass", withheld)) == []


def test_unspaced_scripts_count_each_character():
    withheld = WithheldText({"a": "橋は春まで閉鎖されている"})
    assert [leak.words for leak in examine("x", "x 春まで閉鎖 y".encode(), withheld)] == ["春まで閉鎖"]
    assert list(examine("x", "春まで閉".encode(), withheld)) == []


def test_a_folder_is_examined_with_its_names_and_links(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "clean.txt").write_text(CLEAN)
    (tmp_path / "a" / RUN).write_bytes(b"")
    (tmp_path / "b.txt").write_text(RUN)
    (tmp_path / "link").symlink_to(tmp_path / "b.txt")
    found = {finding.path: type(finding) for finding in examine_tree(tmp_path, WITHHELD)}
    assert found == {f"a/{RUN}": Leak, "b.txt": Leak, "link": Unread}
    verdict = judge([tmp_path / "a" / "clean.txt"], WITHHELD)
    assert verdict.passed
    assert verdict.files == 1


def test_withheld_texts_are_those_of_a_corpus(tmp_path):
    columns = {"document_id": ["a", "b"], "rights_status": ["cleared", "restricted"], "rights_embargo": [None, None]}
    (tmp_path / "documents.parquet").write_bytes(parquet(pa.table({**columns, "text": ["frei", "nicht frei"]})))
    assert withheld_texts(tmp_path) == {"a": "frei", "b": "nicht frei"}
    assert withheld_texts(tmp_path, every=False) == {"b": "nicht frei"}


def as_json(word: str, how: int) -> str:
    escapes = ("".join(f"\\u{ord(letter):04x}" for letter in word), json.dumps(word)[1:-1], word)
    return escapes[how % 3]


def as_html(word: str, how: int) -> str:
    escapes = (
        "".join(f"&#{ord(letter)};" for letter in word),
        "".join(f"&#x{ord(letter):x};" for letter in word),
        f"{word[:2]}<i class='x'>{word[2:]}</i>",
        html.escape(word),
    )
    return escapes[how % 4]


HOW = st.lists(st.integers(0, 11), min_size=7, max_size=7)
AROUND = st.text(st.characters(codec="utf-8", exclude_categories=["L", "N", "M", "Cs", "Cf"]), max_size=30)


@settings(max_examples=25, deadline=None)
@given(HOW, st.recursive(st.text(max_size=8), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_a_run_is_found_in_any_json(how, around):
    written = " ".join(as_json(word, number) for word, number in zip(RUN.split(), how, strict=True))
    data = f'[{json.dumps(around)}, {{"a": ["-", "{written}"]}}, {json.dumps(around)}]'
    leaks = list(examine("a", data.encode(), WITHHELD))
    assert any(leak.start <= place(RUN)[0] and place(RUN)[1] <= leak.end for leak in leaks)


@settings(max_examples=25, deadline=None)
@given(HOW, AROUND)
def test_a_run_is_found_in_any_html(how, around):
    written = "</p>\n<p>".join(as_html(word, number) for word, number in zip(RUN.split(), how, strict=True))
    data = f"<html><p title='{html.escape(around)}'>{written}</p>{html.escape(around)}</html>"
    leaks = list(examine("a", data.encode(), WITHHELD))
    assert any(leak.start <= place(RUN)[0] and place(RUN)[1] <= leak.end for leak in leaks)
