"""Personal data that a news article rarely needs: ways to reach, visit or pay somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Failing, Group
from aussage.check.slices import bytes_of
from aussage.check.tables import Tables, kept
from aussage.diagnostics import Severity

privacy = Group("privacy", level=Severity.WARNING)

# Each kind is looked for twice: by a loose pattern of RE2 over all sentences, and in what that finds by a strict one.
# The loose ones do without \b, with which RE2 is slow on letters beyond ASCII.
MAIL_LOOSE = r"@[^\s@]+\."
MAIL = re.compile(r"(?<![\w.])[\w.%+-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
TELEPHONE_LOOSE = r"\+ ?[1-9]|(?:^|[^\w.,:])0\d|(?:Tel|Telefon|Fax|fax|Mobil|nummer)[.: ]{1,3}\(?\d"
BEFORE, BETWEEN = r"(?<![\w+.,:/–-])(?<!\d[ \u00a0])", r"[ \u00a0()/–-]{0,3}"
AFTER = r"(?![.,:]?\d|[ \u00a0]?(?:Uhr|Euro|Prozent|[€$%]))"
TELEPHONES = (
    re.compile(rf"{BEFORE}(?:\+ ?|00 ?)([1-9](?:{BETWEEN}\d){{6,13}}){AFTER}"),
    re.compile(rf"{BEFORE}\(?0[1-9]\d{{1,4}}\)?[ \u00a0/–-]{{1,3}}([1-9](?:[ \u00a0-]?\d){{3,8}}){AFTER}"),
    re.compile(rf"{BEFORE}(01[5-7]\d{{8,9}}){AFTER}"),
    re.compile(
        r"\b(?:Tel|Telefon|Telefonnummer|Telefax|Fax|Mobil|Mobilnummer|Rufnummer)\b[.: ]{1,3}"
        rf"\(?(\d(?:{BETWEEN}\d){{4,12}}){AFTER}"
    ),
)
FEWEST_DIGITS = 8  # of a number that begins with the code of its place
AMOUNT_OR_YEAR = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+|(?:19|20)\d\d")
ACCOUNT_LOOSE = r"[A-Z]{2}\d{2} ?[A-Z0-9]{4}"
ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
ADDRESS_LOOSE = r"(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Gg]asse|[Aa]llee) \d"
ADDRESS = re.compile(
    r"(?<![\w-])(?!Die |Der |Das |Diese |Eine )(?!(?:Bundes|Landes|Land|Staats|Kreis|Fern|Europa|Schnell)stra)"
    r"[A-ZÄÖÜ][\w-]*(?: ?[Ss]tra(?:ß|ss)e| ?[Ss]tr\.| ?[Gg]asse| ?[Aa]llee) \d{1,3}(?: ?[a-h])?"
    r"(?=[,;:)!?]|\.?$|\. | (?:in|im|am|und|bis|gemeldet|wohn\w*|leb\w*)\b)(?!,\d)"
)


@kept
def _with_digits(tables: Tables) -> tuple[pa.Array, pa.Array]:
    """The ids and texts of the sentences that have a digit; numbers and addresses can only stand in these few."""
    ids, texts = tables.texts("sentences", "sentence_id"), tables.texts("sentences", "text")
    words = bytes_of(texts)
    digits = np.flatnonzero((words.data >= ord("0")) & (words.data <= ord("9")))
    found = np.zeros(len(texts), bool)
    found[np.searchsorted(words.offsets[1:], digits, side="right")] = True
    return ids.filter(pa.array(found)), texts.filter(pa.array(found))


def _found(sentences: tuple[pa.Array, pa.Array], loose: str, is_found: Callable[[str], bool]) -> Failing:
    """The sentences, given as ids and texts, that match the loose pattern and in which something is found."""
    ids, texts = sentences
    suspect = pc.match_substring_regex(texts, loose)
    pairs = zip(ids.filter(suspect).to_pylist(), texts.filter(suspect).to_pylist(), strict=True)
    return Failing("sentences", [id_ for id_, text in pairs if is_found(text)], "text")


@privacy.rule(
    "mail-address",
    "A sentence has an e-mail address.",
    "It reaches somebody who was not asked; an editorial office's may stay.",
    "sentences",
    "text",
)
def mail_address(tables: Tables) -> Iterator[Failing]:
    """A name, @ and a domain; names of accounts such as @name are none."""
    sentences = tables.texts("sentences", "sentence_id"), tables.texts("sentences", "text")
    yield _found(sentences, MAIL_LOOSE, lambda text: bool(MAIL.search(text)))


@privacy.rule(
    "telephone-number",
    "A sentence has a telephone number.",
    "It reaches somebody who was not asked; a public helpline's may stay.",
    "sentences",
    "text",
)
def telephone_number(tables: Tables) -> Iterator[Failing]:
    """With the code of a country or, as in Germany, of a place or network, or after a word such as Telefon."""
    yield _found(_with_digits(tables), TELEPHONE_LOOSE, has_telephone_number)


def has_telephone_number(text: str) -> bool:
    """Whether a text has a telephone number; amounts, years, dates, times and file numbers are none."""
    return any(
        not AMOUNT_OR_YEAR.fullmatch(match.group(1))
        and (match.re is not TELEPHONES[1] or sum(map(str.isdigit, match.group())) >= FEWEST_DIGITS)
        for pattern in TELEPHONES
        for match in pattern.finditer(text)
    )


@privacy.rule(
    "bank-account",
    "A sentence has the number of a bank account.",
    "It is money's way to somebody who was not asked; an appeal's for donations may stay.",
    "sentences",
    "text",
)
def bank_account(tables: Tables) -> Iterator[Failing]:
    """An IBAN whose check digits are right."""
    yield _found(_with_digits(tables), ACCOUNT_LOOSE, has_bank_account)


def has_bank_account(text: str) -> bool:
    """Whether a text has an IBAN: turned round and read as a number it leaves 1 by 97 (ISO 13616, ISO 7064)."""
    ibans = (match.group().replace(" ", "") for match in ACCOUNT.finditer(text))
    return any(int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1 for iban in ibans)


@privacy.rule(
    "street-address",
    "A sentence has a street with the number of a house.",
    "It may be where somebody lives; that of a public building may stay.",
    "sentences",
    "text",
)
def street_address(tables: Tables) -> Iterator[Failing]:
    """German streets; numbered roads and numbers that count what follows (Lindenstraße 12 Menschen) are none."""
    yield _found(_with_digits(tables), ADDRESS_LOOSE, lambda text: bool(ADDRESS.search(text)))
