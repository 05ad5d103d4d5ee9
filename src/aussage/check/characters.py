"""Characters that no article and no name has: traces of broken conversions, and signs that cannot be seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Failing, Group
from aussage.check.tables import Tables
from aussage.diagnostics import Severity
from aussage.tables import TABLES

characters = Group("plausibility", level=Severity.WARNING)

NEVER_ASSIGNED = r"\x{FDD0}-\x{FDEF}" + "".join(rf"\x{{{plane:X}FFFE}}-\x{{{plane:X}FFFF}}" for plane in range(17))
# UTF-8 read as Windows-1252. Left out is what a word in capitals that ends in Ã or Â can have after it: … ’ ” — ».
MOJIBAKE = "Ã[\u00a1-\u00ba\u00bc-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ‘“•–˜™š›œžŸ]|Â[\u00a0-\u00ba\u00bc-\u00bf]|â€|ï»¿"
# Soft hyphens, no-break spaces, joiners and the marks LRM and RLM are in no list: publishers, scripts and emoji need
# them. Nor are code points that are not assigned yet: which these are depends on what is installed.
ODD = {
    "control characters": r"[\x00-\x08\x0b-\x1f\x7f-\x{9F}]",
    "replacement characters": r"\x{FFFD}",
    "private or impossible characters": rf"[\p{{Co}}{NEVER_ASSIGNED}]",
    "bidirectional controls": r"[\x{202A}-\x{202E}\x{2066}-\x{2069}]",
    "zero-width characters": r"[\x{200B}\x{2060}\x{FEFF}]",
    "line separators": r"[\x{2028}\x{2029}]",
    "UTF-8 read as another encoding": MOJIBAKE,
}
ODD_IN_NAMES = {**ODD, "line ends, tabs and soft hyphens": r"[\t\n\x{AD}]"}
DECOMPOSED = "characters not in normal form C"
# Everything but characters that stand in normal form C in any company: Latin letters, common punctuation, currencies.
PERHAPS_DECOMPOSED = r"[^\x00-\x{2FF}\x{2010}-\x{2027}\x{202F}-\x{205E}\x{20A0}-\x{20C0}]"
NAMES = {
    "actors": {"labels": "label", "also": ""},
    "locations": {"labels": "label", "also": ""},
    "issues": {"labels": "label"},
}


def _odd(texts: pa.Array, kinds: Mapping[str, str]) -> Iterator[tuple[str, pa.Array]]:
    """What is odd, and the numbers of the texts that have it; most texts are read once, for all kinds together."""
    suspect = pc.match_substring_regex(texts, "|".join((*kinds.values(), PERHAPS_DECOMPOSED)))
    numbers = pa.array(range(len(texts)), pa.int64()).filter(suspect)
    suspects = texts.filter(suspect)
    for kind, pattern in kinds.items():
        yield kind, numbers.filter(pc.match_substring_regex(suspects, pattern))
    perhaps = pc.match_substring_regex(suspects, PERHAPS_DECOMPOSED)
    pairs = zip(numbers.filter(perhaps).to_pylist(), suspects.filter(perhaps).to_pylist(), strict=True)
    decomposed = [number for number, text in pairs if not unicodedata.is_normalized("NFC", text)]
    yield DECOMPOSED, pa.array(decomposed, pa.int64())


@characters.rule(
    "odd-characters",
    "The text of a document has characters that no article has.",
    "They come from broken conversions or cannot be seen; searches and word counts miss the words that hold them.",
    "documents",
    "text",
)
def odd_characters(tables: Tables) -> Iterator[Failing]:
    """Control, private, impossible, bidirectional, zero-width characters, mojibake, and what is not in NFC.

    Soft hyphens and no-break spaces are typography and are kept as the publisher set them.
    """
    texts = tables.texts("documents", "text")
    key = tables.texts("documents", "document_id")
    for kind, numbers in _odd(texts, ODD):
        yield Failing("documents", key.take(numbers), "text", kind)


@characters.rule(
    "odd-name",
    "A name of an entry has characters that no name has.",
    "Two names that look the same would be different ones; whoever types the name does not find it.",
    "actors locations issues",
    "labels also",
)
def odd_name(tables: Tables) -> Iterator[Failing]:
    """As in texts, and line ends, tabs and soft hyphens; in the names of all languages and the other names."""
    for name, columns in NAMES.items():
        key = tables.texts(name, TABLES[name].key)
        for column, field in columns.items():
            lists = tables.lists(name, column)
            texts = lists.field(field) if field else lists.items
            for kind, numbers in _odd(texts, ODD_IN_NAMES):
                yield Failing(name, key.take(pa.array(lists.rows[numbers.to_numpy()])), column, kind)
