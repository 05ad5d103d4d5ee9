"""Check digits: every identifier with one wrong digit is found."""

import pytest

from aussage.project.citation import ROR_ALPHABET, licence_as_registered, orcid_fits, ror_fits
from aussage.project.vocabularies import LANGUAGES, three_letters
from aussage.release.metadata.people import licence_address

ORCIDS = ("0000-0002-1825-0097", "0000-0002-1694-233X", "0000-0001-5109-3700")
RORS = ("https://ror.org/05gq02987", "https://ror.org/04wxnsj81", "https://ror.org/00rbzpz17")


@pytest.mark.parametrize("orcid", ORCIDS)
def test_an_orcid_with_one_wrong_digit_does_not_fit(orcid: str) -> None:
    assert orcid_fits(orcid)
    for place, character in enumerate(orcid):
        for digit in "0123456789X" if place == len(orcid) - 1 else "0123456789":
            if character != "-" and digit != character:
                assert not orcid_fits(orcid[:place] + digit + orcid[place + 1 :])


@pytest.mark.parametrize("ror", RORS)
def test_a_ror_id_with_one_wrong_character_does_not_fit(ror: str) -> None:
    assert ror_fits(ror)
    for place in range(len("https://ror.org/0"), len(ror)):
        for character in "0123456789" if place >= len(ror) - 2 else ROR_ALPHABET:
            if character != ror[place]:
                assert not ror_fits(ror[:place] + character + ror[place + 1 :])


def test_languages_have_three_letters_in_archives() -> None:
    assert [three_letters(language) for language in ("de", "de-AT", "gsw", "EN")] == ["deu", "deu", "gsw", "eng"]
    assert all(len(two) == 2 and len(three) == 3 for two, three in LANGUAGES.items())
    assert len(set(LANGUAGES.values())) == len(LANGUAGES)


def test_licences_are_those_of_the_spdx_list() -> None:
    assert licence_as_registered("cc-by-4.0") == "CC-BY-4.0"
    assert licence_as_registered("LicenseRef-Neudorf") == "LicenseRef-Neudorf"
    assert licence_as_registered("CC-BY-5.0") is None
    assert licence_as_registered("free for all") is None


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC-BY-NC-ND-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC-BY-3.0-DE", "https://creativecommons.org/licenses/by/3.0/de/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT", "https://spdx.org/licenses/MIT.html"),
        ("MIT OR Apache-2.0", None),
        ("LicenseRef-Neudorf", None),
    ],
)
def test_a_licence_leads_to_its_own_page(licence: str, address: str | None) -> None:
    assert licence_address(licence) == address
