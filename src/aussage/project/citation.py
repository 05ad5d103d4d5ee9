"""Examines what a project says for citations: identifiers whose check digits fit, days, licences, relations, names."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from aussage.diagnostics import Diagnostics, nearest
from aussage.project.vocabularies import IDENTIFIER_SCHEMES, LANGUAGES, RELATIONS, RESOURCE_KINDS
from aussage.records.sources import Corpus, Creator
from aussage.source.tree import Path, Source

LANGUAGE = re.compile(r"([a-z]{2,3})(-[A-Za-z0-9]{2,8})*", re.ASCII)
ADDRESS = re.compile(r"https?://[!-~]+", re.ASCII)
DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]+", re.ASCII)
ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32


def orcid_fits(orcid: str) -> bool:
    """Whether the last character of an ORCID iD is the check digit of the others (ISO 7064, MOD 11-2)."""
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def ror_fits(ror: str) -> bool:
    """Whether the last two digits of a ROR id are the check digits of the others (ISO 7064, MOD 97-10)."""
    code = ror.rsplit("/", 1)[-1]
    number = 0
    for character in code[:-2]:
        number = number * 32 + ROR_ALPHABET.index(character)
    return 98 - number * 100 % 97 == int(code[-2:])


def licence_as_registered(licence: str) -> str | None:
    """The SPDX expression as the SPDX list spells it; nothing if it names a licence that is not in the list."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        return str(canonicalize_license_expression(licence))
    except InvalidLicenseExpression:
        return None


def examine_citation(corpus: Corpus, source: Source, diagnostics: Diagnostics) -> None:
    """Report what is wrong with the facts that go into citation metadata; their form has been examined before."""
    examination = _Examination(source, diagnostics)
    for number, creator in enumerate(corpus.creators):
        examination.creator(creator, ("corpus", "creators", number))
    examination.licences(corpus)
    examination.languages(corpus)
    examination.keywords(corpus)
    examination.day(corpus)
    examination.funding(corpus)
    examination.related(corpus)
    examination.address(corpus.url, ("corpus", "url"))


class _Examination:
    """The checks of one project file."""

    def __init__(self, source: Source, diagnostics: Diagnostics) -> None:
        self.source = source
        self.diagnostics = diagnostics

    def report(self, code: str, path: Path, message: str, expected: str = "", near: list[str] | None = None) -> None:
        self.source.report(self.diagnostics, code, path, message, expected=expected, nearest=near or [])

    def creator(self, creator: Creator, path: Path) -> None:
        is_person = creator.kind == "person"
        if is_person and not re.fullmatch(r"[^,]*\S[^,]*, \S[^,]*", creator.name):
            self.report("person-name", (*path, "name"), f"»{creator.name}« does not show the family name")
        if creator.orcid is not None and not is_person:
            self.report("wrong-value", (*path, "orcid"), "an ORCID iD belongs to a person, not to an organisation")
        if creator.ror is not None and is_person:
            message = "a ROR id belongs to an organisation; a person has affiliations"
            self.report("wrong-value", (*path, "ror"), message)
        if creator.orcid is not None and not orcid_fits(creator.orcid):
            self.report("check-digit", (*path, "orcid"), f"the check digit of »{creator.orcid}« does not fit")
        self.ror(creator.ror, (*path, "ror"))
        for number, affiliation in enumerate(creator.affiliations):
            self.ror(affiliation.ror, (*path, "affiliations", number, "ror"))

    def ror(self, ror: str | None, path: Path) -> None:
        if ror is not None and not ror_fits(ror):
            self.report("check-digit", path, f"the check digits of »{ror}« do not fit")

    def licences(self, corpus: Corpus) -> None:
        for name in ("annotations", "code"):
            licence = getattr(corpus.licences, name)
            registered = licence_as_registered(licence) if licence is not None else licence
            if registered != licence:
                message = f"»{licence}« is no licence of the SPDX list"
                near = [registered] if registered else []
                self.report("unknown-licence", ("corpus", "licences", name), message, "an id as in CC-BY-4.0", near)

    def languages(self, corpus: Corpus) -> None:
        for number, language in enumerate(corpus.languages):
            form = LANGUAGE.fullmatch(language)
            if not form or (len(form[1]) == 2 and form[1] not in LANGUAGES):
                message = f"»{language}« is the code of no language"
                self.report("unknown-language", ("corpus", "languages", number), message, "ISO 639, as in de or deu")

    def keywords(self, corpus: Corpus) -> None:
        known: dict[str, str] = {}
        for number, keyword in enumerate(corpus.keywords):
            folded = " ".join(keyword.casefold().split())
            if folded in known:
                message = f"»{keyword}« is there already, as »{known[folded]}«"
                self.report("repeated-keyword", ("corpus", "keywords", number), message)
            known.setdefault(folded, keyword)

    def day(self, corpus: Corpus) -> None:
        try:
            date.fromisoformat(corpus.released or "2000-01-01")
        except ValueError:
            self.report("no-such-day", ("corpus", "released"), f"there is no day {corpus.released}")

    def funding(self, corpus: Corpus) -> None:
        for number, funding in enumerate(corpus.funding):
            path: Path = ("corpus", "funding", number)
            self.ror(funding.ror, (*path, "ror"))
            self.address(funding.url, (*path, "url"))

    def related(self, corpus: Corpus) -> None:
        for number, work in enumerate(corpus.related):
            path: Path = ("corpus", "related", number)
            self.one_of(work.relation, RELATIONS, (*path, "relation"), "relation of DataCite")
            self.one_of(work.scheme, IDENTIFIER_SCHEMES, (*path, "scheme"), "kind of identifier of DataCite")
            if work.kind is not None:
                self.one_of(work.kind, RESOURCE_KINDS, (*path, "kind"), "kind of resource of DataCite")
            if work.scheme == "URL":
                self.address(work.identifier, (*path, "identifier"))
            elif work.scheme == "DOI" and not DOI.fullmatch(work.identifier):
                message = f"»{work.identifier}« is no DOI"
                self.report("wrong-value", (*path, "identifier"), message, "10.…/…, without https://doi.org/")

    def one_of(self, value: str, values: tuple[str, ...], path: Path, what: str) -> None:
        if value not in values:
            near = list(chain(_in_other_letters(value, values), nearest(value, values)))
            self.report("wrong-value", path, f"»{value}« is no {what}", ", ".join(values), list(dict.fromkeys(near)))

    def address(self, address: str | None, path: Path) -> None:
        if address is not None and not ADDRESS.fullmatch(address):
            self.report("wrong-value", path, f"»{address}« is no web address", "https://…")


def _in_other_letters(value: str, values: tuple[str, ...]) -> Iterator[str]:
    """The values that differ only in capitals."""
    return (known for known in values if known.casefold() == value.casefold())
